import type { ScheduleSeed } from '#scheduling'

const at = (opens: number, closes: number) => ({ opens: opens * 60, closes: closes * 60 })
const [morning, afternoon] = [at(8, 12), at(13, 17)]
const everybody = ['ada-brightmoor', 'tomas-valdemora', 'wren-oakmere']

/** When the three of Kestrel Family Medicine see whom, and for what. */
export const demoSchedule: ScheduleSeed = {
  hours: {
    'ada-brightmoor': { 'alder-falls': { 1: [morning, afternoon], 2: [morning], 3: [at(10, 14), at(15, 19)], 5: [morning, at(13, 15)] }, 'mill-hollow': { 4: [at(9, 12), afternoon] } },
    'tomas-valdemora': { 'alder-falls': { 1: [morning], 3: [at(10, 14), at(15, 19)], 4: [morning, afternoon], 5: [morning, at(13, 15)] }, 'mill-hollow': { 2: [at(9, 12), afternoon] } },
    'wren-oakmere': { 'alder-falls': { 1: [morning, afternoon], 2: [morning, afternoon], 4: [morning], 5: [morning] }, 'mill-hollow': { 6: [at(9, 12)] } },
  },
  rooms: {
    'shots-alder': { name: 'Treatment room', location: 'alder-falls' }, 'shots-mill': { name: 'Treatment room', location: 'mill-hollow' },
  },
  types: {
    'check-up': {
      name: { en: 'Yearly check-up', es: 'Chequeo del año' }, durationMinutes: 40, afterMinutes: 5, alignMinutes: 15, leadMinutes: 1_440, aheadDays: 180, modes: ['in-person'], who: 'established', priceCents: 21_000, look: 1, with: everybody,
      words: { en: 'Once a year we look at all of you and talk about what comes next.', es: 'Una vez al año le vemos entero y hablamos de lo que sigue.' },
      prepare: { en: 'Bring your medicines, or a list of them. Eat and drink as usual.', es: 'Traiga sus medicinas, o una lista. Coma y beba como siempre.' },
    },
    'follow-up': {
      name: { en: 'Follow-up', es: 'Seguimiento' }, durationMinutes: 20, modes: ['in-person', 'phone', 'video'], videoLink: 'https://video.kestrel.example.com/room', who: 'established', priceCents: 12_000, look: 2, with: everybody,
      words: { en: 'To talk about how it goes: a result, a medicine, a plan.', es: 'Para hablar de cómo va: un resultado, una medicina, un plan.' },
    },
    sick: {
      name: { en: 'Something is wrong today', es: 'Algo está mal hoy' }, durationMinutes: 20, leadMinutes: 30, aheadDays: 3, cutoffMinutes: 120, modes: ['in-person', 'phone'], who: 'anyone', priceCents: 14_000, look: 3, with: everybody,
      words: { en: 'A fever, a cough, a sore ear. We keep times free for this each day.', es: 'Fiebre, tos, dolor de oído. Cada día guardamos horas para esto.' },
    },
    vaccine: {
      name: { en: 'Vaccine', es: 'Vacuna' }, durationMinutes: 10, afterMinutes: 5, alignMinutes: 15, modes: ['in-person'], who: 'anyone', priceCents: 4_500, look: 4, with: ['wren-oakmere', 'tomas-valdemora'], needs: [['shots-alder', 'shots-mill']],
      words: { en: 'For you or your child. Wear sleeves that roll up.', es: 'Para usted o su niño. Venga con mangas que se suban.' },
    },
    'new-patient': {
      name: { en: 'First visit', es: 'Primera cita' }, durationMinutes: 60, alignMinutes: 30, leadMinutes: 2_880, modes: ['in-person'], who: 'new', priceCents: 26_000, look: 5, with: ['tomas-valdemora', 'wren-oakmere'],
      words: { en: 'We get to know you. Bring what you have on paper.', es: 'Para conocernos. Traiga los papeles que tenga.' },
    },
    procedure: {
      name: { en: 'Minor procedure', es: 'Procedimiento menor' }, durationMinutes: 45, beforeMinutes: 10, afterMinutes: 10, alignMinutes: 30, leadMinutes: 4_320, modes: ['in-person'], who: 'established', needsApproval: true, priceCents: 18_000, look: 6, with: ['ada-brightmoor'], needs: [['shots-alder', 'shots-mill']],
      words: { en: 'A mole, a wart or a nail that hurts. We look at what you write first, then say yes.', es: 'Un lunar, una verruga o una uña que duele. Primero vemos lo que escribe y luego le decimos si se puede.' },
    },
  },
  questions: {
    'check-up': [
      { kind: 'yes-no', isRequired: true, words: { en: 'Have you been in a hospital since your last visit?', es: '¿Ha estado en un hospital desde su última cita?' } },
      { kind: 'choice', words: { en: 'Do you need help on the way to the room?', es: '¿Necesita ayuda para llegar a la sala?' }, options: [{ en: 'No help', es: 'No necesito' }, { en: 'A wheelchair', es: 'Una silla de ruedas' }, { en: 'Somebody to lead me', es: 'Alguien que me lleve' }] },
      { kind: 'text', words: { en: 'Is there one thing you do not want to forget to ask?', es: '¿Hay algo que no quiere olvidar preguntar?' } },
    ],
    vaccine: [{ kind: 'yes-no', isRequired: true, words: { en: 'Did a vaccine ever make you feel very ill?', es: '¿Alguna vacuna le hizo sentir muy mal?' } }],
  },
  reasons: [
    {
      words: { en: 'I feel ill', es: 'Me siento mal' }, to: 'sick',
      ask: [
        { words: { en: 'Do you have pain in your chest, or trouble breathing?', es: '¿Le duele el pecho o le cuesta respirar?' }, to: 'danger' },
        { words: { en: 'Do you think of hurting yourself?', es: '¿Piensa en hacerse daño?' }, to: 'danger-self' },
        { words: { en: 'Has it gone on for more than four weeks?', es: '¿Lo tiene desde hace más de cuatro semanas?' }, to: 'follow-up' },
      ],
    },
    { words: { en: 'My yearly check-up', es: 'Mi chequeo del año' }, to: 'check-up' },
    { words: { en: 'To talk about a test or a medicine', es: 'Hablar de un examen o una medicina' }, to: 'follow-up' },
    { words: { en: 'A vaccine', es: 'Una vacuna' }, to: 'vaccine' },
    { words: { en: 'A mole or a wart taken off', es: 'Quitarme un lunar o una verruga' }, to: 'procedure' },
    { words: { en: 'A form for school or work', es: 'Un papel para la escuela o el trabajo' }, to: 'call' },
  ],
}

/** What people say they come for. */
export const demoReasons: readonly string[] = ['', '', 'My blood pressure at home is high in the mornings', 'To talk about my last test', 'New glasses did not help, my head still hurts', 'The knee again', 'For the school form', 'I want to stop smoking', 'A rash on my arm for a week', '']

/** Somebody who booked on the site and is in no record yet. */
export const demoNewcomer: Readonly<Record<'for' | 'name' | 'birth-date' | 'asker' | 'contact' | 'speaks' | 'interpreter' | 'needs' | 'pays' | 'plan' | 'reason', string>> = {
  for: 'self', name: 'Rosalía Finchwood', 'birth-date': '1991-06-03', asker: '', contact: '802-555-0177', speaks: 'es', interpreter: 'yes', needs: 'Una rampa para la silla de ruedas', pays: 'self', plan: '', reason: 'Busco un médico de familia',
}
