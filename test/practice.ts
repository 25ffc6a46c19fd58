import sharp from 'sharp'
import { foundPractice, type Founded, type PracticeSeed } from '#practice'
import type { TestHouse } from '#test/ctx.ts'

/** A picture as a phone would send it: red, and told where it was taken. */
export const aPhoto = (width = 800, height = 600): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#b0413e' } })
    .withExif({ IFD0: { Copyright: 'SECRET-OWNER' }, IFD3: { GPSLatitude: '44/1 15/1 30/1', GPSLatitudeRef: 'N' } }).jpeg().toBuffer()

const office = (opens: number, closes: number) => [{ opens: opens * 60, closes: closes * 60 }]

/** A small practice: one place open Monday to Friday 8 to 5 in New York, two clinicians, one of them with no room. */
export const smallPractice: PracticeSeed = {
  name: 'Heron Street Clinic',
  goal: 'engage',
  promise: { en: 'Come in and sit down', es: 'Pase y siéntese' },
  phone: '(802) 555-0199',
  afterHours: { en: 'Call the same number. A nurse answers.', es: 'Llame al mismo número. Contesta una enfermera.' },
  locations: {
    'heron-street': {
      name: 'Heron Street', street: '3 Heron Street', city: 'Larkmere', region: 'VT', postalCode: '05999', zone: 'America/New_York',
      hours: { 1: office(8, 17), 2: office(8, 17), 3: office(8, 17), 4: office(8, 17), 5: office(8, 17) },
    },
  },
  exceptions: [{ day: '2026-11-26', name: { en: 'Thanksgiving', es: 'Día de Acción de Gracias' } }],
  services: [{ name: { en: 'Check-ups', es: 'Chequeos' }, words: { en: 'Once a year we look at all of you.', es: 'Una vez al año le vemos entero.' } }],
  plans: ['Millstone Health Plan'],
  clinicians: {
    'nell-harrow': { name: 'Dr. Nell Harrow', gender: 'woman', role: { en: 'Family doctor', es: 'Médica de familia' }, npi: '1234567893', accepting: 'yes', locations: ['heron-street'], line: { en: 'Tell me from the start.', es: 'Cuénteme desde el principio.' } },
    'ivo-marsh': { name: 'Ivo Marsh', role: { en: 'Nurse practitioner', es: 'Enfermero' }, accepting: 'no', languages: ['en', 'es'], locations: ['heron-street'] },
  },
  notices: Object.fromEntries((['privacy-practices', 'nondiscrimination', 'language-help', 'accessibility'] as const).map(kind =>
    [kind, { words: { en: `Our ${kind} text.`, es: `Nuestro texto: ${kind}.` }, effectiveOn: '2026-01-01' }])),
  isPublished: true,
}

export const aPractice = (test: TestHouse, seed: Partial<PracticeSeed> = {}): Promise<Founded> =>
  foundPractice(test.system('practice.found'), { ...smallPractice, ...seed })
