import { panelMembers } from './data/panel-members.data.ts'
import { knowTest } from './explain/know-tests.ts'
import { asText, asThing, asThings, codesOf, statusOf, wordsOf, type Loose } from './explain/read-loosely.ts'
import { readReference } from './read-identity.ts'

/** Where an order stands with whoever placed it. Only an open one is waited for; one on hold is not, until it goes on. */
export type OrderState = 'open' | 'on-hold' | 'completed' | 'cancelled'
export type ReadOrder = {
  state: OrderState
  /** Its codes, comparable with a result's: see `codeKeys`. */
  keys: string[]
  /** Placer's and filler's numbers. */
  numbers: string[]
  orderedBy: string | null
  orderedAt: Date | null
  /** When the sample is to be taken, or the picture made. */
  plannedFor: Date | null
}

const loinc = /loinc\.org|2\.16\.840\.1\.113883\.6\.1$/i
const shared = /loinc\.org|snomed\.info|ama-assn\.org|2\.16\.840\.1\.113883\.6\./i

/**
 * What a test is called so that an order and a result can be compared: LOINC codes under the one that plain words are told under, other codes of
 * public systems as they are, and a laboratory's own only within its source: the same number means another test elsewhere.
 */
export function codeKeys(concept: unknown, source: string): string[] {
  const codes = codesOf(concept)
  if (codes.length === 0) { const words = wordsOf(concept); return words === null ? [] : [`${source}|words|${words.toLowerCase().slice(0, 200)}`] }
  return [...new Set(codes.map(({ system, code }) => {
    const known = loinc.test(system) || system === '' ? knowTest(code) : null
    if (known || loinc.test(system)) return `loinc|${known?.canonical ?? code}`
    return shared.test(system) ? `${system}|${code}` : `${source}|${system}|${code}`
  }))]
}

/** The tests that a group of tests is made of, as keys; none where it is no group that we know. */
export const membersOf = (keys: readonly string[]): string[] => keys.flatMap(key => (panelMembers[key.replace('loinc|', '')] ?? []).map(code => `loinc|${code}`))

const numberKinds: ReadonlySet<string> = new Set(['PLAC', 'FILL', 'PGN', 'ACSN'])
/** What sender and laboratory call an order by. An identifier of no kind may be either's; those of people and things are neither. */
export function orderNumbers(resource: Loose): string[] {
  const own = [...asThings(resource.identifier), ...asThings(resource.basedOn).map(one => asThing(one.identifier))]
  return [...new Set(own.flatMap(one => {
    const kinds = codesOf(one.type).map(({ code }) => code)
    const value = asText(one.value)
    return value === null || value.length > 100 || (kinds.length > 0 && !kinds.some(kind => numberKinds.has(kind))) ? [] : [value]
  }))].slice(0, 20)
}

/** The orders that a result says it answers, by the sender's own ids. */
export const basedOn = (resource: Loose): string[] => asThings(resource.basedOn).map(one => asText(one.reference)).filter(one => one !== null).map(reference => readReference(reference).id).filter(id => id !== '').slice(0, 20)

const notTests = /^(3457005|306206005|409063005|409073007|387713003|306098008|referral|counsel|education|surgery|surgical|therapy|social)/i
const isTestCategory = /^(108252007|363679005|laboratory|lab|imaging|rad|radiology|394914008|15220000|pathology)$/i
const wishes: ReadonlySet<string> = new Set(['proposal', 'plan', 'directive', 'option'])

/** Whether a result is to be waited for: a test or a picture that was truly ordered; no referral, no counselling, no wish, nothing that is not to be done. */
export function isTestOrder(resource: Loose): boolean {
  if (wishes.has(asText(resource.intent) ?? '') || resource.doNotPerform === true || statusOf(resource.status) === 'draft') return false
  const categories = asThings(resource.category).flatMap(category => codesOf(category).map(({ code }) => code))
  if (categories.some(code => isTestCategory.test(code))) return true
  return categories.length === 0 ? !codesOf(resource.code).some(({ code }) => notTests.test(code)) : codesOf(resource.code).some(({ system }) => loinc.test(system))
}

const states: Readonly<Record<string, OrderState>> = { 'on-hold': 'on-hold', completed: 'completed', revoked: 'cancelled', cancelled: 'cancelled', 'entered-in-error': 'cancelled' }
const momentOf = (...candidates: unknown[]): Date | null => {
  for (const candidate of candidates) {
    const text = asText(candidate)
    const time = text === null || !/^\d{4}-\d{2}-\d{2}/.test(text) ? Number.NaN : Date.parse(text.length <= 10 ? `${text}T12:00:00Z` : text)
    if (Number.isFinite(time) && time > Date.UTC(1990, 0, 1) && time < Date.UTC(2100, 0, 1)) return new Date(time)
  }
  return null
}

/** An order as it was sent. Pure, and never throws: rubbish in a field is nothing in it. */
export function readOrder(resource: Loose, source: string): ReadOrder {
  const timing = asThing(resource.occurrenceTiming)
  return {
    state: states[statusOf(resource.status) ?? ''] ?? 'open',
    keys: codeKeys(resource.code, source),
    numbers: orderNumbers(resource),
    orderedBy: asText(asThing(resource.requester).display)?.slice(0, 120) ?? null,
    orderedAt: momentOf(resource.authoredOn),
    plannedFor: momentOf(resource.occurrenceDateTime, asThing(resource.occurrencePeriod).end, asThing(resource.occurrencePeriod).start, timing.event instanceof Array ? timing.event[0] : null),
  }
}
