import { isDay } from '#platform/when.ts'
import { asText, asThing, asThings, codesOf, type Loose } from './explain/read-loosely.ts'

/** Who a Patient resource says the person is. Only what can be used; a birth date that is no day of the calendar is none. */
export type Identity = {
  name: string
  given: string
  family: string
  birthDate: string | null
  sex: 'male' | 'female' | 'other' | 'unknown' | null
  language: string | null
  phone: string | null
  email: string | null
  address: string | null
  mrn: string | null
  mrnSystem: string | null
  isDeceased: boolean
  /** The source keeps the record and does not use it. */
  isInactive: boolean
}

const cut = (text: string | null, most: number): string | null => (text === null ? null : text.replaceAll('\0', '').slice(0, most) || null)

function nameOf(resource: Loose): { name: string; given: string; family: string } {
  const names = asThings(resource.name)
  const best = names.find(one => one.use === 'official') ?? names.find(one => one.use === 'usual') ?? names.find(one => one.use !== 'old' && one.use !== 'nickname') ?? names[0]
  const thing = asThing(best)
  const given = (Array.isArray(thing.given) ? thing.given : []).map(asText).filter(part => part !== null).join(' ')
  const family = asText(thing.family) ?? ''
  return { given: cut(given, 200) ?? '', family: cut(family, 200) ?? '', name: cut(`${given} ${family}`.trim() || asText(thing.text), 300) ?? noName }
}

/** '1972-04-17', if there is such a day and it is neither before 1880 nor ahead by more than a year. */
function birthDateOf(value: unknown): string | null {
  const text = asText(value)
  return text !== null && isDay(text) && text >= '1880-01-01' && text <= '2100-01-01' ? text : null
}

function contactOf(resource: Loose, system: 'phone' | 'email'): string | null {
  const all = asThings(resource.telecom).filter(one => one.system === system && one.use !== 'old')
  const best = all.find(one => one.use === 'mobile') ?? all.find(one => one.use === 'home') ?? all[0]
  return cut(asText(asThing(best).value), 254)
}

function addressOf(resource: Loose): string | null {
  const thing = asThing(asThings(resource.address).find(one => one.use !== 'old'))
  const lines = [...(Array.isArray(thing.line) ? thing.line : []), thing.city, thing.state, thing.postalCode].map(asText).filter(part => part !== null)
  return cut(lines.join(', ') || asText(thing.text), 500)
}

/** The medical record number: by its type code, else the first identifier that is no social security, licence or passport number. */
function numberOf(resource: Loose): { mrn: string | null; mrnSystem: string | null } {
  const identifiers = asThings(resource.identifier).filter(one => asText(one.value) !== null && one.use !== 'old')
  const typed = (code: string) => identifiers.find(one => codesOf(one.type).some(type => type.code === code))
  const private_ = new Set(['SS', 'DL', 'PPN', 'SB', 'NI'])
  const best = typed('MR') ?? identifiers.find(one => !codesOf(one.type).some(type => private_.has(type.code)) && !/us-ssn|passport/i.test(asText(one.system) ?? ''))
  return { mrn: cut(asText(asThing(best).value), 120), mrnSystem: cut(asText(asThing(best).system), 300) ?? (best ? '' : null) }
}

/** What stands where a source gives no name. It is nobody's name. */
export const noName = 'No name'

/** A number that does not say whose it is, is its source's own: two sources may give the same one to two people. */
export const ownNumber = (who: Identity, source: string): Identity => (who.mrn !== null && who.mrnSystem === '' ? { ...who, mrnSystem: `source:${source}` } : who)

export function readIdentity(resource: Loose): Identity {
  const communication = asThings(resource.communication)
  const language = codesOf(asThing(communication.find(one => one.preferred === true) ?? communication[0]).language)[0]?.code ?? null
  const sex = asText(resource.gender)
  return {
    ...nameOf(resource), ...numberOf(resource),
    birthDate: birthDateOf(resource.birthDate),
    sex: sex === 'male' || sex === 'female' || sex === 'other' || sex === 'unknown' ? sex : null,
    language: cut(language, 20), phone: contactOf(resource, 'phone'), email: contactOf(resource, 'email')?.toLowerCase() ?? null, address: addressOf(resource),
    isDeceased: resource.deceasedBoolean === true || asText(resource.deceasedDateTime) !== null,
    // One that was replaced by another number is not used either, and its person is with us.
    isInactive: resource.active === false && !asThings(resource.link).some(link => link.type === 'replaced-by'),
  }
}

/** What kind of thing a reference calls, and its id there: 'Patient/1', 'urn:uuid:…', a full address, with or without a version. */
export function readReference(reference: string): { type: string | null; id: string } {
  const bare = reference.replace(/\/_history\/[^/]*$/, '').split('#')[0]!.split('?')[0]!
  if (/^urn:(uuid|oid):/i.test(bare)) return { type: null, id: bare.slice(bare.lastIndexOf(':') + 1).toLowerCase() }
  const parts = bare.split('/')
  return { type: parts.at(-2) ?? null, id: parts.at(-1) ?? '' }
}
