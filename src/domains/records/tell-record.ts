import type { AllergyIntolerance, Condition, Encounter, Immunization, MedicationRequest, Observation, Procedure } from '@medplum/fhirtypes'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale } from '#platform/words.ts'
import { explainAllergy } from './explain/explain-allergy.ts'
import { explainCondition, explainProcedure } from './explain/explain-condition.ts'
import { explainImmunization } from './explain/explain-immunization.ts'
import { explainMedicine } from './explain/explain-medicine.ts'
import { explainObservation } from './explain/explain-observation.ts'
import { explainVisit } from './explain/explain-visit.ts'
import { parseKeepingDigits } from './explain/keep-digits.ts'
import { plainTestName } from './explain/plain-titles.ts'
import { asText, asThing, asThings, codesOf, nameOf, statusOf, wordsOf, type Loose } from './explain/read-loosely.ts'
import { sayDay } from './explain/say-dates.ts'
import type { ExportedItem } from './export-record.ts'
import type { LookUp } from './look-up-names.ts'
import { attachmentsOf } from './read-attachment.ts'
import { readAppointment } from './read-appointment.ts'
import { isTestOrder } from './read-order.ts'

/** A line of a record that is read on paper: what, the words, when. */
export type ToldLine = { title: string; words: string[]; when: string | null }
export type ToldPart = { part: 'results' | 'medicines' | 'conditions' | 'allergies' | 'immunizations' | 'vitals' | 'procedures' | 'visits' | 'orders' | 'notes' | 'comments' | 'said'; lines: ToldLine[] }

type Options = { locale: Locale; now: Date; zone: string; demo: boolean; look?: (reference: string) => string | null; medicationOf?: (reference: string) => unknown }
const present = (words: readonly (string | null | undefined | false)[]): string[] => words.filter(word => typeof word === 'string' && word !== '') as string[]

/** One thing in plain words, as its page says it in short; null for what has none. */
export function tellThing(kind: string, resource: unknown, options: Options): ToldLine | null {
  const day = (value: unknown) => sayDay(value, options.locale, options.zone)?.words ?? null
  if (kind === 'test' || kind === 'vital' || kind === 'social' || kind === 'survey') {
    const told = explainObservation(resource as Observation, options)
    return told && { title: told.name, words: present([told.value?.text, told.headline.text !== told.value?.text && told.headline.text, told.rangeText]), when: told.taken?.words ?? null }
  }
  if (kind === 'report') {
    const thing = asThing(resource)
    const conclusion = asText(thing.conclusion)
    return conclusion ? { title: wordsOf(thing.code) ?? '', words: [conclusion], when: day(thing.effectiveDateTime ?? thing.issued) } : null
  }
  if (kind === 'note') {
    const thing = asThing(resource)
    const texts = attachmentsOf(resource).flatMap(one => (one.kind === 'text' ? [one.text] : one.kind === 'html' ? [one.html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')] : []))
    return { title: wordsOf(thing.type) ?? wordsOf(asThings(thing.category)[0]) ?? '', words: texts, when: day(thing.date) }
  }
  if (kind === 'medicine') {
    const told = explainMedicine(resource as MedicationRequest, options)
    return told && { title: told.name, words: present([...told.dose, told.statusWords, told.source]), when: told.date?.words ?? null }
  }
  if (kind === 'condition') { const told = explainCondition(resource as Condition, options); return told && { title: told.name, words: present([told.medicalName !== told.name && told.medicalName, told.statusWords]), when: told.since?.words ?? null } }
  if (kind === 'allergy') { const told = explainAllergy(resource as AllergyIntolerance, options); return told && { title: told.name, words: present([told.danger, told.statusWords, ...told.reactions.map(reaction => reaction.what)]), when: told.writtenOn?.words ?? null } }
  if (kind === 'immunization') { const told = explainImmunization(resource as Immunization, options); return told && { title: told.name, words: present([told.statusWords, told.dose]), when: told.date?.words ?? null } }
  if (kind === 'procedure') { const told = explainProcedure(resource as Procedure, options); return told && { title: told.name, words: present([told.statusWords]), when: told.date?.words ?? null } }
  if (kind === 'visit') { const told = explainVisit(resource as Encounter, options); return told && { title: told.name, words: present([told.statusWords, told.where, ...told.withWhom]), when: told.start?.words ?? null } }
  if (kind === 'appointment') {
    const told = readAppointment(asThing(resource))
    const say = words(options.locale)
    if (told.status === 'gone' || !told.startsAt) return null
    return { title: told.kind || say('visits.title'), words: present([say(`visits.status.${told.status}`), told.people.map(person => nameOf(person, options.look)).filter(Boolean).join(', '), told.placeNames[0], told.reason]), when: formatWhen(told.startsAt, options.zone, 'moment', options.locale) }
  }
  if (kind === 'answers') return tellAnswers(asThing(resource), options.locale, day)
  // One that is done has its result among the results.
  if (kind === 'order') {
    const thing = asThing(resource)
    const test = { code: codesOf(thing.code)[0]?.code ?? null, name: wordsOf(thing.code) ?? '' }
    return statusOf(thing.status) === 'completed' || !isTestOrder(thing) ? null : { title: plainTestName(test, options.locale), words: present([nameOf(thing.requester, options.look)]), when: day(thing.authoredOn) }
  }
  return null
}

/** In the reader's language where it was written in it, else in the one in which it was read. */
function inLanguage(thing: Loose, field: string, locale: Locale): string {
  const other = asThings(asThing(thing[`_${field}`]).extension).map(one => asThings(one.extension)).find(parts => parts.some(part => part.valueCode === locale))
  return asText(other?.find(part => part.url === 'content')?.valueString) ?? asText(thing[field]) ?? ''
}

/** What was told before a visit: each question with its answer. */
function tellAnswers(response: Loose, locale: Locale, day: (value: unknown) => string | null): ToldLine {
  const say = words(locale)
  const answerOf = (item: Loose): string => asThings(item.answer).map(one => (typeof one.valueBoolean === 'boolean' ? say(one.valueBoolean ? 'visits.yes' : 'visits.no') : asText(one.valueString) ?? inLanguage(asThing(one.valueCoding), 'display', locale))).join(', ')
  return { title: say('visits.answers'), words: asThings(response.item).map(item => `${inLanguage(item, 'text', locale).replace(/[^?:]$/, '$&:')} ${answerOf(item)}`), when: day(response.authored) }
}

const partOf: Readonly<Record<string, ToldPart['part']>> = { test: 'results', report: 'results', medicine: 'medicines', condition: 'conditions', allergy: 'allergies', immunization: 'immunizations', vital: 'vitals', social: 'vitals', survey: 'vitals', procedure: 'procedures', visit: 'visits', appointment: 'visits', answers: 'visits', order: 'orders', note: 'notes' }
const order: readonly ToldPart['part'][] = ['conditions', 'allergies', 'medicines', 'results', 'vitals', 'immunizations', 'procedures', 'visits', 'orders', 'notes']

/** A whole record in plain words, part by part, for paper and for a single page. `looks`: what its references call, by source. */
export function tellRecord(items: readonly ExportedItem[], options: Options, looks: ReadonlyMap<string, LookUp>): ToldPart[] {
  const parts = new Map<ToldPart['part'], ToldLine[]>()
  for (const { kind, body, source } of items) {
    const look = looks.get(source)
    const part = partOf[kind]
    const line = part && tellThing(kind, parseKeepingDigits(body), look ? { ...options, look: look.nameOf, medicationOf: look.resourceOf } : options)
    if (part && line) parts.set(part, [...(parts.get(part) ?? []), line])
  }
  return order.flatMap(part => (parts.has(part) ? [{ part, lines: parts.get(part)! }] : []))
}
