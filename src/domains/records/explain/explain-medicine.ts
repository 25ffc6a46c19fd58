import type { MedicationRequest, MedicationStatement } from '@medplum/fhirtypes'
import type { Locale, Say } from '#platform/words.ts'
import { speak } from './choose-language.ts'
import { isFact, wasNotDone } from './judge-facts.ts'
import { nameMedicine, type MedicineName } from './name-medicine.ts'
import { namePlainly, type PlainName } from './name-plainly.ts'
import { readDosage } from './read-dosage.ts'
import { asText, asThing, asThings, isThing, nameOf, statusOf, wordsOf, type Loose } from './read-loosely.ts'
import { firstDay, sayDay, type Day } from './say-dates.ts'

export type MedicineStatus = 'active' | 'ended' | 'on-hold' | 'planned' | 'unsure' | 'stopped' | 'completed' | 'not-taken' | 'do-not-take'
export type ExplainedMedicine = MedicineName & {
  locale: Locale
  offer: string | null
  status: MedicineStatus
  /** What the status means, and what to do next. */
  statusWords: string
  next: string
  /** Where it stands on the page: taken now, to be asked about, or past. */
  group: 'now' | 'ask' | 'past'
  /** How to take it, a line for each step. Empty: `doseHelp` says whom to ask. */
  dose: string[]
  /** What the prescriber wrote, where the lines were built from codes. */
  written: string[]
  doseHelp: string | null
  reasons: PlainName[]
  date: Day | null
  /** "Written on May 4, 2026 by Dr. Ada Moreno": date and person, each said to be missing when it is. */
  source: string
  until: Day | null
  /** "Ask us if you still take this", when it is older than 13 months or has no date. */
  ask: string | null
}
export type MedicineOptions = {
  locale: Locale
  now: Date
  demo?: boolean
  zone?: string
  /** The Medication that a reference points to, and the name of a person. */
  medicationOf?: (reference: string) => unknown
  look?: (reference: string) => string | null | undefined
}

const statuses: ReadonlyMap<string, MedicineStatus> = new Map([['active', 'active'], ['on-hold', 'on-hold'], ['intended', 'planned'], ['stopped', 'stopped'], ['completed', 'completed'], ['not-taken', 'not-taken'], ['ended', 'ended']])
const oldAfterMonths = 13

/** A medicine with its status in words, what to do next, its date and who wrote it (D15). Null for what is no fact (R21). */
export function explainMedicine(resource: MedicationRequest | MedicationStatement, options: MedicineOptions): ExplainedMedicine | null {
  const thing = asThing(resource)
  if (!isFact(thing) && !wasNotDone(thing)) return null
  const { locale, say, offer } = speak('medicines', options)
  const dosages = asThings(thing.dosageInstruction ?? thing.dosage).map(dosage => readDosage(dosage, locale, say))
  const date = firstDay(locale, options.zone, thing.authoredOn, thing.effectiveDateTime, asThing(thing.effectivePeriod).start, thing.dateAsserted)
  const until = endOf(thing, locale, options.zone)
  const status = statusIn(thing, until, options.now)
  const group = status === 'active' ? 'now' : status === 'stopped' || status === 'completed' || status === 'not-taken' ? 'past' : 'ask'
  const dose = dosages.map(one => one.line ?? one.written).filter(line => line !== null)
  const isOld = date === null || isOlder(date, options.now)
  return {
    ...nameMedicine(codedName(thing, options) ?? say('explain.medicine.no-name'), say),
    locale, offer, status, group, dose, date, until,
    statusWords: say(`explain.medicine.${status}`),
    next: say(`explain.medicine.${status}.next`),
    written: dosages.filter(one => one.line !== null && one.written !== null).map(one => one.written ?? ''),
    doseHelp: dose.length === 0 ? say('explain.medicine.dose-help') : null,
    reasons: asThings(thing.reasonCode).map(reason => namePlainly(reason, locale, 'condition')),
    source: sourceOf(thing, date, options, say),
    ask: group !== 'past' && isOld ? say('explain.medicine.ask') : null,
  }
}

function statusIn(thing: Loose, until: Day | null, now: Date): MedicineStatus {
  if (thing.doNotPerform === true) return 'do-not-take'
  const status = statuses.get(statusOf(thing.status) ?? '') ?? 'unsure'
  return status === 'active' && until !== null && until.time + 86_400_000 < now.getTime() ? 'ended' : status
}

/** The last day that the prescriber planned. */
function endOf(thing: Loose, locale: Locale, zone: string | undefined): Day | null {
  const bounds = asThings(thing.dosageInstruction ?? thing.dosage).map(dosage => asThing(asThing(asThing(asThing(dosage).timing).repeat).boundsPeriod).end)
  const ends = [...bounds, asThing(thing.effectivePeriod).end].map(end => sayDay(end, locale, zone)).filter(day => day !== null)
  return ends.toSorted((a, b) => b.time - a.time)[0] ?? null
}

function isOlder(date: Day, now: Date): boolean {
  const limit = new Date(date.time)
  limit.setUTCMonth(limit.getUTCMonth() + oldAfterMonths)
  return limit.getTime() < now.getTime()
}

/** The name in the record itself, in a Medication inside it, or in one that it points to. */
function codedName(thing: Loose, options: MedicineOptions): string | null {
  const own = wordsOf(thing.medicationCodeableConcept)
  if (own !== null) return own
  const reference = asThing(thing.medicationReference)
  const target = asText(reference.reference)
  const contained = target?.startsWith('#') ? asThings(thing.contained).find(one => one.id === target.slice(1)) : undefined
  const found = contained ?? (target === null ? undefined : options.medicationOf?.(target))
  const medication = isThing(found) ? found : {}
  const ingredients = asThings(medication.ingredient).map(one => wordsOf(one.itemCodeableConcept)).filter(words => words !== null)
  return wordsOf(medication.code) ?? asText(reference.display) ?? (ingredients.join(' / ') || null)
}

function sourceOf(thing: Loose, date: Day | null, options: MedicineOptions, say: Say): string {
  const teller = asText(asThing(thing.informationSource).reference) ?? asText(asThing(thing.reportedReference).reference) ?? ''
  const isFromPatient = thing.reportedBoolean === true || /^(Patient|RelatedPerson)\//.test(teller)
  const day = date?.words
  if (isFromPatient) return day ? say('explain.medicine.you-told-on', { day }) : say('explain.medicine.you-told')
  const who = nameOf(thing.requester, options.look) ?? nameOf(thing.informationSource, options.look) ?? nameOf(thing.recorder, options.look)
  if (day && who) return say('explain.medicine.written', { day, who })
  return day ? say('explain.medicine.written-on', { day }) : who ? say('explain.medicine.written-by', { who }) : say('explain.medicine.no-source')
}
