import type { AllergyIntolerance } from '@medplum/fhirtypes'
import type { Locale } from '#platform/words.ts'
import { allergens, reactions } from '../data/allergy-names.data.ts'
import { speak } from './choose-language.ts'
import type { RecordOptions } from './explain-condition.ts'
import { isFact } from './judge-facts.ts'
import { namePlainly, readTable, type PlainName } from './name-plainly.ts'
import { asList, asText, asThing, asThings, nameOf, statusOf } from './read-loosely.ts'
import { firstDay, sayDay, type Day } from './say-dates.ts'

export type ExplainedAllergy = PlainName & {
  locale: Locale
  offer: string | null
  group: 'now' | 'past'
  statusWords: string | null
  doubt: string | null
  /** "This could be dangerous. Tell everyone who treats you." */
  danger: string | null
  isDangerous: boolean
  /** "Medicine", "Food", "Surroundings" */
  kinds: string[]
  reactions: { what: string; how: string | null }[]
  since: Day | null
  writtenOn: Day | null
  writtenBy: string | null
  remarks: string[]
  /** It says that there are none: "No known allergies". */
  isNone: boolean
}

const allergenTable = readTable(allergens, 4)
const reactionTable = readTable(reactions, 4)
const none = new Set(allergenTable.rows.slice(0, 3).map(row => row.en))
const kindsKnown = new Set(['food', 'medication', 'environment', 'biologic'])

/** An allergy: to what, what it does, how dangerous, in plain words. Null for what is no fact (R21). */
export function explainAllergy(resource: AllergyIntolerance, options: RecordOptions): ExplainedAllergy | null {
  const thing = asThing(resource)
  if (!isFact(thing)) return null
  const { locale, say, offer } = speak('allergies', options)
  const clinical = statusOf(thing.clinicalStatus) ?? ''
  const criticality = statusOf(thing.criticality) ?? ''
  const told = asThings(thing.reaction)
  const isSevere = told.some(reaction => reaction.severity === 'severe' || asThings(reaction.manifestation).some(one => namePlainly(one, 'en', 'condition', reactionTable).name.startsWith('A dangerous')))
  const isDangerous = criticality === 'high' || isSevere
  const isPast = clinical === 'inactive' || clinical === 'resolved'
  const isUnsure = criticality === 'unable-to-assess'
  return {
    ...namePlainly(allergen(thing.code), locale, 'condition', allergenTable), locale, offer, isDangerous,
    group: isPast ? 'past' : 'now',
    statusWords: isPast ? say(`explain.allergy.${clinical}`) : null,
    doubt: /^(unconfirmed|presumed)$/.test(statusOf(thing.verificationStatus) ?? '') ? say('explain.allergy.doubt') : null,
    danger: isDangerous ? say('explain.allergy.high') : isUnsure ? say('explain.allergy.not-known') : criticality === 'low' ? say('explain.allergy.low') : null,
    kinds: asList(thing.category).filter(kind => typeof kind === 'string' && kindsKnown.has(kind)).map(kind => say(`explain.allergy.kind.${String(kind)}`)),
    reactions: told.flatMap(reaction => asThings(reaction.manifestation).map(one => ({ what: namePlainly(one, locale, 'condition', reactionTable).name, how: severityWords(reaction.severity, say) }))),
    since: firstDay(locale, options.zone, thing.onsetDateTime, asThing(thing.onsetPeriod).start),
    writtenOn: sayDay(thing.recordedDate, locale, options.zone),
    writtenBy: nameOf(thing.recorder, options.look) ?? nameOf(thing.asserter, options.look),
    remarks: asThings(thing.note).map(note => asText(note.text)).filter(text => text !== null),
    isNone: none.has(namePlainly(allergen(thing.code), 'en', 'condition', allergenTable).name),
  }
}

const severityWords = (severity: unknown, say: (key: string) => string): string | null => (severity === 'mild' || severity === 'moderate' || severity === 'severe' ? say(`explain.allergy.${severity}`) : null)

/** "Allergy to X" and "Product containing X" name X. */
function allergen(concept: unknown): unknown {
  const thing = asThing(concept)
  const text = asText(thing.text)
  const bare = text?.replace(/^(allergy to|product containing( only)?|propensity to adverse reactions? to)\s+/i, '')
  return bare && bare !== text ? { ...thing, text: bare.charAt(0).toUpperCase() + bare.slice(1) } : concept
}
