/**
 * How to get ready for a test and how long its result takes, as the program knows it: a beginning that each practice makes its own on
 * /console/what-to-expect. General advice of US laboratories and patient leaflets, not confirmed for any one laboratory: none of it decides anything.
 * The days are from the sample to the result, on the long side, so that nobody waits in fear of a day that was promised.
 */
export const preparations = {
  nothing: {
    en: 'You do not need to do anything special. You may eat and drink as you always do.',
    es: 'No tiene que hacer nada especial. Puede comer y beber como siempre.',
  },
  fasting: {
    en: 'Do not eat for 8 to 12 hours before the test. You may drink water. If you take medicine for sugar, call us first.',
    es: 'No coma de 8 a 12 horas antes de la prueba. Puede beber agua. Si toma medicina para el azúcar, llámenos antes.',
  },
  askFasting: {
    en: 'Some people must not eat for 8 hours before. If we did not tell you, call us and ask. You may drink water.',
    es: 'Algunas personas no deben comer 8 horas antes. Si no le dijimos nada, llámenos y pregunte. Puede beber agua.',
  },
  vitamins: {
    en: 'You may eat and drink. Tell us if you take biotin or hair and nail pills. They can change the result.',
    es: 'Puede comer y beber. Díganos si toma biotina o pastillas para el pelo y las uñas. Pueden cambiar el resultado.',
  },
  morning: {
    en: 'The blood should be taken in the morning, before 10. Ask us if you may eat first.',
    es: 'La sangre se toma en la mañana, antes de las 10. Pregunte si puede comer antes.',
  },
  iron: {
    en: 'Come in the morning if you can. Ask us if you should skip your iron pill that day.',
    es: 'Venga en la mañana si puede. Pregunte si ese día debe dejar su pastilla de hierro.',
  },
  thinner: {
    en: 'You may eat and drink. Tell us of each medicine you take. Do not stop a blood thinner on your own.',
    es: 'Puede comer y beber. Díganos qué medicinas toma. No deje por su cuenta la medicina para la sangre.',
  },
  rest: {
    en: 'Do not do hard sport for two days before. You may eat and drink.',
    es: 'No haga deporte fuerte dos días antes. Puede comer y beber.',
  },
  psa: {
    en: 'For two days before, do not ride a bike and do not have sex. Both can change the result. You may eat and drink.',
    es: 'Dos días antes, no ande en bicicleta ni tenga sexo. Las dos cosas pueden cambiar el resultado. Puede comer y beber.',
  },
  urine: {
    en: 'You will fill a small cup with urine. Wash first. Let a little run out, then fill the cup.',
    es: 'Usted llena un vaso pequeño con orina. Lávese antes. Deje salir un poco y luego llene el vaso.',
  },
  urineFirst: {
    en: 'You will fill a small cup with urine. Do not pass urine for one hour before.',
    es: 'Usted llena un vaso pequeño con orina. No orine una hora antes.',
  },
  swab: {
    en: 'A soft swab takes a sample from your nose or throat. It takes less than a minute.',
    es: 'Un hisopo suave toma una muestra de la nariz o la garganta. Dura menos de un minuto.',
  },
  stool: {
    en: 'You get a kit to use at home. The kit tells you each step. Send it back as soon as you can.',
    es: 'Le damos un kit para usar en casa. El kit explica cada paso. Devuélvalo lo antes posible.',
  },
  pap: {
    en: 'For two days before, do not have sex and do not use creams in the vagina. If you have your period, call us.',
    es: 'Dos días antes, no tenga sexo ni use cremas en la vagina. Si tiene la regla, llámenos.',
  },
  xray: {
    en: 'Take off metal things, such as chains. Tell us if you may be pregnant.',
    es: 'No lleve cosas de metal, como una cadena. Díganos si puede estar embarazada.',
  },
  breast: {
    en: 'Do not use lotion or powder under your arms that day. Wear a top that you can take off. Tell us if you may be pregnant.',
    es: 'Ese día no use crema ni polvo bajo los brazos. Lleve una blusa que se quite fácil. Díganos si puede estar embarazada.',
  },
  bones: {
    en: 'Do not take calcium pills for one day before. Wear clothes with no metal. Tell us if you may be pregnant.',
    es: 'No tome pastillas de calcio un día antes. Lleve ropa sin metal. Díganos si puede estar embarazada.',
  },
  ultrasound: {
    en: 'You do not need to do anything special. A nurse puts gel on your chest and makes moving pictures of your heart.',
    es: 'No tiene que hacer nada especial. Le ponen gel en el pecho y hacen imágenes de su corazón.',
  },
} as const
export type Preparation = keyof typeof preparations

/** What a group of tests or a picture looks at: the table of plain words tells it for single tests alone. */
export const groupMeanings: Readonly<Record<string, { en: string; es: string }>> = {
  '51990-0': { en: 'Looks at your blood sugar, your salts and how your kidneys work.', es: 'Mira el azúcar y las sales de su sangre y cómo están sus riñones.' },
  '24323-8': { en: 'Looks at your blood sugar, your salts, your kidneys and your liver.', es: 'Mira el azúcar, las sales, los riñones y el hígado.' },
  '58410-2': { en: 'Counts the cells in your blood.', es: 'Cuenta las células de su sangre.' },
  '57698-3': { en: 'Looks at the good and bad fats in your blood.', es: 'Mira las grasas buenas y malas de su sangre.' },
  '24356-8': { en: 'Looks at your urine for signs of germs, sugar or blood.', es: 'Busca en su orina señales de gérmenes, azúcar o sangre.' },
  '24325-3': { en: 'Looks at how your liver works.', es: 'Mira cómo está su hígado.' },
  '24362-6': { en: 'Looks at how your kidneys work.', es: 'Mira cómo están sus riñones.' },
  '24326-1': { en: 'Looks at the salts in your blood.', es: 'Mira las sales de su sangre.' },
  '55454-3': { en: 'Shows your mean blood sugar for the last 2 to 3 months.', es: 'Muestra su azúcar de los últimos 2 o 3 meses.' },
  '34535-5': { en: 'Looks for an early sign that the kidneys leak protein.', es: 'Busca una señal de que los riñones pierden proteína.' },
  '55204-2': { en: 'Looks at how your thyroid works.', es: 'Mira cómo está su tiroides.' },
  '50190-8': { en: 'Looks at how much iron your body has.', es: 'Mira cuánto hierro tiene su cuerpo.' },
  '34528-0': { en: 'Shows how long your blood takes to clot.', es: 'Muestra cuánto tarda su sangre en hacer un coágulo.' },
  '83311-1': { en: 'Takes a picture to see how strong your bones are.', es: 'Toma una imagen para ver qué tan fuertes son sus huesos.' },
  '30746-2': { en: 'Takes a picture of your lungs and heart.', es: 'Toma una imagen de sus pulmones y su corazón.' },
  '24606-6': { en: 'Takes pictures of your breasts to find changes early.', es: 'Toma imágenes de los senos para ver cambios a tiempo.' },
  '34552-0': { en: 'Makes moving pictures of your heart with sound.', es: 'Hace imágenes de su corazón con sonido.' },
}

const told: readonly [Preparation, number, string][] = [
  ['nothing', 2, '4548-4 55454-3 2160-0 98979-8 3094-0 2951-2 2823-3 2075-0 2028-9 17861-6 2885-2 1751-7 1975-2 1968-7 1742-6 1920-8 6768-6 2324-2 2777-1 19123-9 24325-3 24362-6 24326-1'],
  ['nothing', 2, '6690-2 789-8 718-7 4544-3 787-2 788-0 777-3 751-8 731-0 711-2 58410-2 3084-1 1988-5 30522-7 4537-7 3040-3 48065-7'],
  ['nothing', 5, '10835-7 1884-6 2132-9 2284-8 11572-5 8061-4 8099-4 2731-8 62292-8 5334-8 5403-1 22322-2 56888-1 13955-0 5196-1 20507-0 21198-7 882-1'],
  ['askFasting', 2, '2345-7 51990-0 24323-8 2093-3 2085-9 13457-7 43396-1 57698-3'],
  ['fasting', 2, '1558-6 2571-8'],
  ['vitamins', 3, '3016-3 3024-7 3051-0 55204-2 67151-1 30934-4 33762-6'],
  ['morning', 5, '2986-8 2842-3'],
  ['iron', 3, '2276-4 2498-4 2500-7 2502-3 50190-8'],
  ['thinner', 2, '6301-6 5902-2 34528-0'],
  ['rest', 2, '2157-6'],
  ['psa', 3, '2857-1'],
  ['urine', 2, '20454-5 5792-7 5794-3 5799-2 5802-4 24356-8 9318-7 34535-5 2106-3'],
  ['urine', 4, '630-4'],
  ['urineFirst', 5, '43304-5 43305-2'],
  ['swab', 2, '94500-6 80382-5 80383-3 78012-2'],
  ['stool', 7, '29771-3'],
  ['pap', 21, '10524-7 21440-3'],
  ['xray', 3, '30746-2'],
  ['breast', 7, '24606-6'],
  ['bones', 7, '83311-1'],
  ['ultrasound', 7, '34552-0'],
]

/** By code, as plain words are told under it: how to get ready, and days to the result. */
export const whatToExpect: ReadonlyMap<string, { preparation: Preparation; resultDays: number }> = new Map(
  told.flatMap(([preparation, resultDays, codes]) => codes.split(' ').map(code => [code, { preparation, resultDays }] as const)))
/** A test that nobody has said it of. */
export const usualResultDays = 5
