import type { CarePlan, Condition, Procedure } from '@medplum/fhirtypes'
import type { Locale, Say } from '#platform/words.ts'
import { speak } from './choose-language.ts'
import { isFact, wasNotDone } from './judge-facts.ts'
import { namePlainly, type PlainName } from './name-plainly.ts'
import { asText, asThing, asThings, nameOf, statusOf, wordsOf } from './read-loosely.ts'
import { firstDay, sayDay, type Day } from './say-dates.ts'

export type RecordOptions = { locale: Locale; now: Date; demo?: boolean; zone?: string; look?: (reference: string) => string | null | undefined }
export type ExplainedCondition = PlainName & {
  locale: Locale
  group: 'now' | 'past'
  /** "Now", "In the past", "Quiet for now". */
  statusWords: string
  /** "Not sure yet. Your care team is checking." */
  doubt: string | null
  since: Day | null
  until: Day | null
  writtenOn: Day | null
  writtenBy: string | null
  /** The writer's own remarks, as sent. */
  remarks: string[]
}

const past: ReadonlySet<string> = new Set(['resolved', 'inactive', 'remission'])
const remarksOf = (notes: unknown): string[] => asThings(notes).map(note => asText(note.text)).filter(text => text !== null)

/** A condition by a plain, respectful name, with its medical name (D14). Null for what is no fact (R21). */
export function explainCondition(resource: Condition, options: RecordOptions): ExplainedCondition | null {
  const thing = asThing(resource)
  if (!isFact(thing)) return null
  const { locale, say } = speak('names', options)
  const clinical = statusOf(thing.clinicalStatus) ?? ''
  const verification = statusOf(thing.verificationStatus) ?? ''
  const since = firstDay(locale, options.zone, thing.onsetDateTime, asThing(thing.onsetPeriod).start)
  const until = firstDay(locale, options.zone, thing.abatementDateTime, asThing(thing.abatementPeriod).end)
  const isPast = past.has(clinical) || (clinical === '' && until !== null)
  return {
    ...namePlainly(thing.code, locale, 'condition'), locale, since, until,
    group: isPast ? 'past' : 'now',
    statusWords: say(`explain.condition.${clinical === 'remission' ? 'quiet' : clinical === 'relapse' || clinical === 'recurrence' ? 'back' : isPast ? 'past' : 'now'}`),
    doubt: /^(unconfirmed|provisional|differential)$/.test(verification) ? say('explain.condition.doubt') : null,
    writtenOn: sayDay(thing.recordedDate, locale, options.zone),
    writtenBy: nameOf(thing.recorder, options.look) ?? nameOf(thing.asserter, options.look),
    remarks: remarksOf(thing.note),
  }
}

export type ExplainedProcedure = PlainName & {
  locale: Locale
  /** Null when it was done; else "Not done", "Planned", "Not finished". */
  statusWords: string | null
  isDone: boolean
  date: Day | null
  reasons: PlainName[]
  doneBy: string | null
  where: string | null
  remarks: string[]
}

export function explainProcedure(resource: Procedure, options: RecordOptions): ExplainedProcedure | null {
  const thing = asThing(resource)
  if (!isFact(thing) && !wasNotDone(thing)) return null
  const { locale, say } = speak('names', options)
  const status = statusOf(thing.status) ?? ''
  const isDone = status === 'completed'
  return {
    ...namePlainly(thing.code, locale, 'procedure'), locale, isDone,
    statusWords: isDone ? null : say(`explain.procedure.${procedureWords.get(status) ?? 'unsure'}`),
    date: firstDay(locale, options.zone, thing.performedDateTime, asThing(thing.performedPeriod).start),
    reasons: asThings(thing.reasonCode).map(reason => namePlainly(reason, locale, 'condition')),
    doneBy: asThings(thing.performer).map(one => nameOf(one.actor, options.look)).find(name => name !== null) ?? null,
    where: nameOf(thing.location, options.look),
    remarks: remarksOf(thing.note),
  }
}
const procedureWords: ReadonlyMap<string, string> = new Map([['not-done', 'not-done'], ['preparation', 'planned'], ['in-progress', 'going-on'], ['on-hold', 'on-hold'], ['stopped', 'stopped']])

export type ExplainedCarePlan = { locale: Locale; names: PlainName[]; title: string | null; statusWords: string; group: 'now' | 'past'; steps: { name: PlainName; statusWords: string | null }[]; since: Day | null; until: Day | null; summary: string | null }

/** What the care team and the person plan to do. */
export function explainCarePlan(resource: CarePlan, options: RecordOptions): ExplainedCarePlan | null {
  const thing = asThing(resource)
  if (!isFact(thing)) return null
  const { locale, say } = speak('names', options)
  const status = statusOf(thing.status) ?? ''
  const group = /^(completed|revoked)$/.test(status) ? 'past' : 'now'
  const kinds = asThings(thing.category).filter(category => statusOf(category) !== 'assess-plan').map(category => namePlainly(category, locale, 'plan'))
  const title = asText(thing.title)
  return {
    locale, group, title,
    names: kinds.length > 0 ? kinds : [{ name: title ?? say('explain.name.plan'), medicalName: null, isKnown: title !== null }],
    statusWords: say(`explain.plan.${status === 'on-hold' ? 'on-hold' : status === 'revoked' ? 'stopped' : group}`),
    steps: asThings(thing.activity).map(one => stepOf(asThing(one.detail), locale, say)).filter(step => step !== null),
    since: sayDay(asThing(thing.period).start, locale, options.zone),
    until: sayDay(asThing(thing.period).end, locale, options.zone),
    summary: asText(thing.description),
  }
}

function stepOf(detail: Readonly<Record<string, unknown>>, locale: Locale, say: Say): ExplainedCarePlan['steps'][number] | null {
  const status = statusOf(detail.status) ?? ''
  if (/^(cancelled|entered-in-error)$/.test(status) || detail.doNotPerform === true) return null
  const concept = wordsOf(detail.code) === null ? { text: asText(detail.description) } : detail.code
  if (wordsOf(concept) === null) return null
  return { name: namePlainly(concept, locale, 'procedure'), statusWords: status === 'completed' ? say('explain.plan.step-done') : status === 'stopped' ? say('explain.plan.stopped') : null }
}
