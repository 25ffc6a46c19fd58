import type { PracticeSeed } from '#practice'

// Kestrel Family Medicine does not exist, nor does anybody in it. It is the practice that the invented records come from (demo/generate).
// Numbers that start with 9 are never given out as NPIs; 555-01xx is nobody's telephone.

const hours = (opens: number, closes: number) => ({ opens: opens * 60, closes: closes * 60 })
type Pictured = Omit<PracticeSeed, 'pictures' | 'exceptions' | 'notices'>

export const demoPracticeFacts: Pictured = {
  name: 'Kestrel Family Medicine',
  goal: 'engage',
  brandColor: '#195643',
  phone: '(802) 555-0100',
  afterHoursPhone: '(802) 555-0100',
  email: 'desk@kestrel.example.com',
  logo: 'mark',
  frontPicture: 'front-room',
  promise: { en: 'Come in. We have time for you.', es: 'Pase. Tenemos tiempo para usted.' },
  afterHours: {
    en: 'Call the same number, day or night. A nurse picks up, and can wake one of us.',
    es: 'Llame al mismo número, de día o de noche. Contesta una enfermera, y puede despertar a uno de nosotros.',
  },
  story: {
    en: `We are three people who look after families in two small Vermont towns. You see the same face each time, and we do not rush.

Dr. Ada Brightmoor opened this house in 2009. It had been a bakery, and for a year people still walked in for bread. She learned their names at the door. Dr. Tomás Valdemora came in 2016 and Wren Oakmere in 2021.

Since 2019 we also see you in Mill Hollow, in the old mill office by the river, so that nobody there has to cross the pass in winter.

We stay small on purpose. When you call, a person picks up. When a test comes back, you see it when we do, and one of us tells you what it means.`,
    es: `Somos tres personas que cuidan a las familias de dos pueblos de Vermont. Usted ve siempre la misma cara, y no tenemos prisa.

La Dra. Ada Brightmoor abrió esta casa en 2009. Antes era una panadería, y por un año la gente siguió entrando por pan. Ella aprendió sus nombres en la puerta. El Dr. Tomás Valdemora llegó en 2016 y Wren Oakmere en 2021.

Desde 2019 también le vemos en Mill Hollow, en la vieja oficina del molino, junto al río. Así nadie tiene que cruzar la montaña en invierno.

Somos pocos porque así lo queremos. Cuando llama, contesta una persona. Cuando llega un análisis, usted lo ve a la vez que nosotros, y uno de nosotros le dice qué significa.`,
  },
  values: [
    { title: { en: 'You know it first', es: 'Usted lo sabe primero' }, words: { en: 'Your results are yours. You see them as soon as we do, in words you can use.', es: 'Sus resultados son suyos. Los ve tan pronto como nosotros, con palabras claras.' } },
    { title: { en: 'No question is small', es: 'Ninguna pregunta es pequeña' }, words: { en: 'Bring a list. Bring your mother. Ask it twice.', es: 'Traiga una lista. Traiga a su madre. Pregunte dos veces.' } },
    { title: { en: 'What you say stays here', es: 'Lo que dice se queda aquí' }, words: { en: 'Who you love, what you earn, what you fear: it stays in the room.', es: 'A quién ama, cuánto gana, qué teme: se queda en el cuarto.' } },
    { title: { en: 'The price comes first', es: 'El precio, antes' }, words: { en: 'Ask what a visit costs. You get a number before you come, not after.', es: 'Pregunte cuánto cuesta una visita. Le damos la cifra antes de que venga, no después.' } },
  ],
  locations: {
    'alder-falls': {
      name: 'Alder Falls', street: '12 Gristmill Lane', city: 'Alder Falls', region: 'VT', postalCode: '05990', phone: '(802) 555-0100', zone: 'America/New_York',
      geo: { latitude: 44.2412, longitude: -72.6518 }, picture: 'alder-falls',
      hours: { 1: [hours(8, 17)], 2: [hours(8, 17)], 3: [hours(10, 19)], 4: [hours(8, 17)], 5: [hours(8, 15)] },
      parking: { en: 'There are six places in front of the house. The town lot across the lane is free all day.', es: 'Hay seis lugares frente a la casa. El estacionamiento del pueblo, al cruzar la calle, es gratis todo el día.' },
      transit: { en: 'The 14 bus stops at the old bakery sign, two minutes away. It runs each half hour.', es: 'El autobús 14 para junto al viejo letrero de la panadería, a dos minutos. Pasa cada media hora.' },
      access: { en: 'The green door has one low step. Ring the bell on its left and we open the garden door, which has none. Every room is on the ground floor.', es: 'La puerta verde tiene un escalón bajo. Toque el timbre a su izquierda y le abrimos la puerta del jardín, que no tiene ninguno. Todos los cuartos están en la planta baja.' },
    },
    'mill-hollow': {
      name: 'Mill Hollow', street: '88 Millrace Road', city: 'Mill Hollow', region: 'VT', postalCode: '05992', phone: '(802) 555-0101', zone: 'America/New_York',
      geo: { latitude: 44.1987, longitude: -72.7843 }, picture: 'mill-hollow',
      hours: { 2: [hours(9, 12), hours(13, 17)], 4: [hours(9, 12), hours(13, 17)], 6: [hours(9, 12)] },
      parking: { en: 'Park beside the ramp. Two places are wide enough for a side lift.', es: 'Estacione junto a la rampa. Dos lugares son anchos, para quien usa un elevador lateral.' },
      transit: { en: 'The 20 bus stops at the mill. The river path comes right to our door, and the bike rack has a roof.', es: 'El autobús 20 para en el molino. El camino del río llega hasta la puerta, y hay techo para las bicicletas.' },
      access: { en: 'A ramp leads up to the blue door, which opens with a button. The desk has a hearing loop.', es: 'Una rampa lleva a la puerta azul, que se abre con un botón. En la recepción hay un aro para audífonos.' },
    },
  },
  clinicians: {
    'ada-brightmoor': {
      name: 'Dr. Ada Brightmoor', pronouns: 'she/her', gender: 'woman', credentials: 'MD', npi: '9999900019', languages: ['en', 'es'], picture: 'ada-brightmoor', accepting: 'no', locations: ['alder-falls', 'mill-hollow'],
      role: { en: 'Family doctor', es: 'Médica de familia' }, sees: { en: 'Newborns to great-grandparents', es: 'Desde recién nacidos hasta bisabuelos' },
      line: { en: 'Tell me from the start. I will not look at the clock.', es: 'Cuénteme desde el principio. No voy a mirar el reloj.' },
      practise: {
        en: 'I sit down first. I want to hear the whole story before I touch a key. Then I tell you what I think, what I am not sure of, and what we can do. You choose with me. If a test would change nothing, I say so and we skip it.',
        es: 'Me siento primero. Quiero oír toda la historia antes de tocar el teclado. Luego le digo qué pienso, de qué no estoy segura y qué podemos hacer. Usted elige conmigo. Si un análisis no cambia nada, se lo digo y no lo hacemos.',
      },
      care: {
        en: 'High blood pressure, sugar, and hearts that have worked hard. Also those who look after someone else and forget themselves. I ask about them, even when the visit is for the other.',
        es: 'La presión alta, el azúcar y los corazones que han trabajado mucho. También quienes cuidan a otra persona y se olvidan de sí. Pregunto por ellos, aunque la cita sea para el otro.',
      },
      like: {
        en: 'I grew up above a shoe shop, one of five. I sing alto in the town choir and I am always a little flat. On Fridays my dog Biscuit sleeps under my desk. Tell us if you would rather not meet him.',
        es: 'Crecí encima de una zapatería; éramos cinco hermanos. Canto en el coro del pueblo y siempre desafino un poco. Los viernes mi perro Biscuit duerme debajo de mi mesa. Si prefiere no verlo, díganos.',
      },
      trained: {
        en: 'I studied medicine in Burlington and then spent three years in family medicine in a city hospital. I am board certified. One week a year I go back to the ward, to learn what is new.',
        es: 'Estudié en Burlington y luego pasé tres años en un hospital de ciudad, para ser médica de familia. Tengo la certificación. Una semana al año vuelvo al hospital, para aprender lo nuevo.',
      },
    },
    'tomas-valdemora': {
      name: 'Dr. Tomás Valdemora', pronouns: 'he/him', gender: 'man', credentials: 'MD', npi: '9999900027', languages: ['en', 'es'], picture: 'tomas-valdemora', accepting: 'yes', locations: ['alder-falls'],
      role: { en: 'Doctor for adults', es: 'Médico de adultos' }, sees: { en: 'Adults from 18 on', es: 'Adultos desde los 18 años' },
      line: { en: 'Most things get better with time, and with someone who keeps an eye on them.', es: 'Casi todo mejora con tiempo, y con alguien que esté pendiente.' },
      practise: {
        en: 'I like a plan that fits on one page. We write it together and you take it home. When a result needs a talk, I call you myself. I would rather change one thing at a time and see if it helps.',
        es: 'Me gusta un plan que quepa en una hoja. Lo escribimos juntos y usted se lo lleva. Si un resultado pide una charla, le llamo yo mismo. Prefiero cambiar una cosa a la vez y ver si ayuda.',
      },
      care: {
        en: 'Sugar, thyroid, lungs, and people with many pills. I love to find a pill that can go. Many I care for work nights or outdoors, and I know that a plan has to fit the shift.',
        es: 'El azúcar, la tiroides, los pulmones y la gente con muchas pastillas. Me encanta encontrar una que ya sobra. Muchos de mis pacientes trabajan de noche o en el campo, y sé que el plan debe caber en el turno.',
      },
      like: {
        en: 'I was born in Cartagena and came here at nine, in January, in the wrong shoes. On Sundays I bake bread, badly. I coach a soccer team of girls under ten. Once we nearly won.',
        es: 'Nací en Cartagena y llegué aquí a los nueve años, en enero, con los zapatos equivocados. Los domingos hago pan, y me sale mal. Entreno a un equipo de fútbol de niñas. Una vez casi ganamos.',
      },
      trained: {
        en: 'I studied in Boston and stayed there for three years of internal medicine. Then came two years in a clinic for people with diabetes. I am board certified.',
        es: 'Estudié en Boston y me quedé tres años más para formarme en medicina interna. Luego pasé dos años en una clínica para gente con diabetes. Tengo la certificación.',
      },
    },
    'wren-oakmere': {
      name: 'Wren Oakmere', pronouns: 'she/her', gender: 'woman', credentials: 'FNP-C', npi: '9999900035', languages: ['en', 'fr'], picture: 'wren-oakmere', accepting: 'yes', locations: ['mill-hollow', 'alder-falls'],
      role: { en: 'Family nurse practitioner', es: 'Enfermera especialista en familia' }, sees: { en: 'All ages, from the first week', es: 'Todas las edades, desde la primera semana' },
      line: { en: 'There is no silly question. I have asked most of them myself.', es: 'No hay preguntas tontas. Yo misma he hecho casi todas.' },
      practise: {
        en: 'In the room I draw. A sketch of an ear says more than I can. With children I start on the floor and work my way up. If I need to look something up, I turn the screen so that you can see it too.',
        es: 'En el cuarto, dibujo. Un dibujo de un oído dice más que yo. Con los niños empiezo en el suelo y de ahí subo. Si tengo que buscar algo, giro la pantalla para que usted también lo vea.',
      },
      care: {
        en: 'Asthma, skin, vaccines, birth control, and worry. If you have put off coming for years, come to me. I will not scold.',
        es: 'El asma, la piel, las vacunas, los anticonceptivos y las preocupaciones. Si lleva años sin venir, venga conmigo. No le voy a regañar.',
      },
      like: {
        en: 'I was a river guide before I was a nurse, so I stay calm when things tip over. I have two cats, one canoe, and a garden that does as it likes.',
        es: 'Fui guía de río antes de ser enfermera, por eso guardo la calma cuando algo se vuelca. Tengo dos gatos, una canoa y un jardín que hace lo que quiere.',
      },
      trained: {
        en: 'I trained as a nurse in Portland and worked five years on a children’s ward. Then I took my master’s in family care, and I am certified in it.',
        es: 'Me formé como enfermera en Portland y trabajé cinco años con niños en un hospital. Luego hice la maestría en cuidado de la familia, y tengo la certificación.',
      },
    },
  },
  services: [
    { name: { en: 'When you are sick today', es: 'Cuando se enferma hoy' }, words: { en: 'Call before ten and we see you the same day. Fever, ears, cough, a cut, a bad back.', es: 'Llame antes de las diez y le vemos el mismo día. Fiebre, oídos, tos, una cortada, la espalda.' } },
    { name: { en: 'Check-ups and vaccines', es: 'Chequeos y vacunas' }, words: { en: 'A long visit once a year for grown-ups, and all the first ones for babies. Flu and COVID shots without an appointment in fall.', es: 'Una visita larga al año para adultos, y todas las primeras de los bebés. En otoño, vacunas de gripe y COVID sin cita.' } },
    { name: { en: 'Care over the years', es: 'Cuidado a través de los años' }, words: { en: 'High blood pressure, sugar, asthma, thyroid, hearts and lungs. One plan, on one page, that we look at together.', es: 'La presión alta, el azúcar, el asma, la tiroides, el corazón y los pulmones. Un solo plan, en una hoja, que vemos juntos.' } },
    { name: { en: 'Children', es: 'Niños' }, words: { en: 'From the first week of life. Growth, sleep, school, sports forms, and parents who need a word too.', es: 'Desde la primera semana de vida. Cómo crecen, cómo duermen, la escuela, los papeles del deporte, y los padres que también necesitan una palabra.' } },
    { name: { en: 'Women and pregnancy', es: 'Mujeres y embarazo' }, words: { en: 'Birth control, Pap tests, the first months of pregnancy, and the change of life. For the birth we send you to people we trust.', es: 'La píldora y lo demás para no tener hijos, la prueba de Papanicolaou, los primeros meses de embarazo y el cambio de vida. Para el parto le mandamos con gente de confianza.' } },
    { name: { en: 'Mind and mood', es: 'La mente y el ánimo' }, words: { en: 'Low mood, worry, poor sleep, grief, drink. You can say it here. We start with you and bring in help.', es: 'Si está triste, si no duerme, si algo le pesa, si bebe de más. Aquí lo puede decir. Empezamos con usted y buscamos ayuda.' } },
    { name: { en: 'Small procedures', es: 'Procedimientos pequeños' }, words: { en: 'Stitches, moles, warts, ingrown nails, shots into a sore joint.', es: 'Puntos, lunares, verrugas, una uña que se entierra, una inyección en el hombro o la rodilla que duele.' } },
    { name: { en: 'Blood tests in the house', es: 'Análisis de sangre en casa' }, words: { en: 'We draw blood here on every morning we are open. You see your result as soon as the lab sends it.', es: 'Sacamos sangre aquí todas las mañanas que abrimos. Usted ve su resultado en cuanto el laboratorio lo manda.' } },
  ],
  plans: ['Green Valley State Care', 'Larkspur Mutual', 'Medicare Part B', 'Millstone Health Plan', 'Northline Teachers’ Plan', 'Ropewalk Union Health'],
  isPublished: true,
}

/** What each picture of demo/pictures is called and shows. */
export const demoPictures: readonly { key: string; file: string; name: string; alt: { en: string; es: string } }[] = [
  { key: 'mark', file: 'mark.svg', name: 'Mark', alt: { en: 'A lit door under a leafy branch', es: 'Una puerta con luz bajo una rama con hojas' } },
  { key: 'front-room', file: 'hero.svg', name: 'Front room', alt: { en: 'Our front room in the morning: a window with sun, two armchairs, plants, and Dr. Brightmoor at the open green door', es: 'Nuestra sala por la mañana: una ventana con sol, dos sillones, plantas, y la Dra. Brightmoor en la puerta verde abierta' } },
  { key: 'alder-falls', file: 'place-1.svg', name: 'Alder Falls', alt: { en: 'A two-story house with a green door, a striped awning and a bench under a tree', es: 'Una casa de dos pisos con una puerta verde, un toldo de rayas y una banca bajo un árbol' } },
  { key: 'mill-hollow', file: 'place-2.svg', name: 'Mill Hollow', alt: { en: 'A low brick building with wide windows, a ramp to a blue door, and a bicycle outside', es: 'Un edificio bajo de ladrillo con ventanas anchas, una rampa a una puerta azul y una bicicleta afuera' } },
  { key: 'ada-brightmoor', file: 'portrait-1.svg', name: 'Ada Brightmoor', alt: { en: 'Dr. Brightmoor: round glasses, gray in her dark hair, a wide smile', es: 'La Dra. Brightmoor: lentes redondos, canas en el pelo oscuro y una gran sonrisa' } },
  { key: 'tomas-valdemora', file: 'portrait-2.svg', name: 'Tomás Valdemora', alt: { en: 'Dr. Valdemora: short beard, ochre shirt, a quiet smile', es: 'El Dr. Valdemora: barba corta, camisa ocre y una sonrisa tranquila' } },
  { key: 'wren-oakmere', file: 'portrait-3.svg', name: 'Wren Oakmere', alt: { en: 'Wren Oakmere: black hair tied up, a red sweater, a friendly look', es: 'Wren Oakmere: pelo negro recogido, un suéter rojo y una mirada amable' } },
]
