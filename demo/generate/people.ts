import type { Patient } from '@medplum/fhirtypes'
import { familyParts, speeches, streetKinds, streets, towns, type Speech } from './names.data.ts'
import { DAY, localDate, YEAR } from './practice-clock.ts'
import type { Random } from './seeded-random.ts'

export type Sex = 'female' | 'male'

/** Whom a story can be about. Ages in years, both ends included; days where the story is about the first weeks. */
export type Fits = { ages: readonly [number, number]; days?: readonly [number, number]; sex?: Sex }

export type Person = {
  sex: Sex
  /** Milliseconds, noon UTC of the birth date. */
  born: number
  given: string
  family: string
  speech: Speech
  recordNumber: string
  phone: string | undefined
  email: string | undefined
  town: (typeof towns)[number]
  line: string
}

/** What a demo or a test wants to know beforehand about a person. Dates as YYYY-MM-DD. */
export type Wish = { given?: string; family?: string; sex?: Sex; birthDate?: string; email?: string; language?: string; recordNumber?: string }

export function inventPerson(random: Random, fits: Fits, now: number, place: number, wish: Wish = {}): Person {
  const sex = wish.sex ?? fits.sex ?? (random.chance(0.52) ? 'female' : 'male')
  const age = fits.days ? random.whole(...fits.days) * DAY : (random.whole(...fits.ages) + 0.02 + 0.9 * random.next()) * YEAR
  const born = wish.birthDate ? Date.parse(`${wish.birthDate}T12:00:00Z`) : noon(now - age)
  const speech = speeches.find(one => one.code === wish.language) ?? pickSpeech(random)
  const given = inventGiven(random, speech, sex)
  const family = inventFamily(random, speech)
  const town = random.pick(towns)
  const hasPhone = random.chance(0.94), hasEmail = random.chance(0.8), sharesMailbox = random.chance(0.06)
  const named = { given: wish.given ?? given, family: wish.family ?? family }
  const mailbox = sharesMailbox ? `family.${asciiName(named.family)}` : `${asciiName(named.given)}.${asciiName(named.family)}.${place}`
  return {
    sex, born, ...named, speech, town,
    recordNumber: wish.recordNumber ?? `KFM-${String(100_000 + place)}`,
    phone: hasPhone ? `(${town.area}) 555-01${String(random.whole(0, 99)).padStart(2, '0')}` : undefined,
    email: wish.email ?? (hasEmail ? `${mailbox}@example.com` : undefined),
    line: `${random.whole(1, 990)} ${random.pick(streets)} ${random.pick(streetKinds)}`,
  }
}

const noon = (at: number) => Math.floor(at / DAY) * DAY + DAY / 2

function pickSpeech(random: Random): Speech {
  let left = random.next()
  for (const speech of speeches) if ((left -= speech.share) < 0) return speech
  return speeches[0] as Speech
}

function inventGiven(random: Random, speech: Speech, sex: Sex): string {
  return random.pick(sex === 'female' ? speech.women : speech.men)
}

function inventFamily(random: Random, speech: Speech): string {
  const joined = (parts: readonly [readonly string[], readonly string[]]) => random.pick(parts[0]) + random.pick(parts[1])
  if (speech.families === 'joined') return `${random.pick(speech.roots)}-${joined(familyParts.english)}`
  const [one, two] = [joined(familyParts[speech.families]), joined(familyParts[speech.families])]
  return speech.families === 'spanish' && random.chance(0.4) ? `${one} ${two}` : one
}

const asciiName = (name: string) => name.normalize('NFD').replace(/[^A-Za-z]/g, '').toLowerCase()

const usCore = 'http://hl7.org/fhir/us/core/StructureDefinition/'

/** What the Patient resource says of a person, apart from identity and references. */
export function describePerson(random: Random, person: Person, now: number): Omit<Patient, 'resourceType'> {
  const initial = random.chance(0.5) ? [String.fromCharCode(65 + random.whole(0, 25)) + '.'] : []
  const isAdult = now - person.born > 18 * YEAR
  const nickname = random.chance(0.08) ? [{ use: 'nickname' as const, given: [person.given.slice(0, 3)] }] : []
  return {
    active: true,
    gender: person.sex, birthDate: localDate(person.born),
    name: [{ use: 'official', family: person.family, given: [person.given, ...initial], text: `${person.given} ${person.family}` }, ...nickname],
    identifier: [{
      use: 'usual', system: 'https://kestrel.example.com/record-number', value: person.recordNumber,
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR', display: 'Medical record number' }], text: 'MRN' },
    }],
    telecom: [
      ...(person.phone ? [{ system: 'phone' as const, use: isAdult ? 'mobile' as const : 'home' as const, value: person.phone }] : []),
      ...(person.email ? [{ system: 'email' as const, value: person.email }] : []),
    ],
    address: [{ use: 'home', line: [person.line], city: person.town.city, state: person.town.state, postalCode: person.town.postalCode, country: 'US' }],
    communication: [{
      preferred: true,
      language: { coding: [{ system: 'urn:ietf:bcp:47', code: person.speech.code, display: person.speech.name }], text: person.speech.name },
    }],
    ...(isAdult && { maritalStatus: { text: random.pick(['Married', 'Single', 'Widowed', 'Divorced', 'Domestic partner']) } }),
    extension: [{ url: `${usCore}us-core-birthsex`, valueCode: person.sex === 'female' ? 'F' : 'M' }],
  }
}
