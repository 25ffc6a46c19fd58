import type { Locale } from '#platform/words.ts'
import { digitsOf, shorten } from './keep-digits.ts'
import type { Comparator } from './place-in-range.ts'
import { asText, asThing, codesOf, isThing, wordsOf, type Code, type Loose } from './read-loosely.ts'
import { sayDay } from './say-dates.ts'
import { isSameUnit, unitOf, type Unit } from './show-units.ts'

export type Observed =
  | { kind: 'number'; digits: string; comparator: Comparator | null; unit: Unit | null }
  | { kind: 'words'; words: string; codes: readonly Code[]; isLong: boolean }
  | { kind: 'span' | 'ratio' | 'time'; words: string }
  | { kind: 'truth'; isTrue: boolean }
  | { kind: 'tracing' }
  | { kind: 'none' }

const nothing: Observed = { kind: 'none' }
const numberWord = /^(<=|>=|<|>|≤|≥)?\s*([+-]?\d{1,15}(?:\.\d{1,15})?)$/
const comparators: ReadonlyMap<string, Comparator> = new Map<string, Comparator>([['<', '<'], ['<=', '<='], ['≤', '<='], ['>', '>'], ['>=', '>='], ['≥', '>=']])

/** Whatever kind of value an Observation or one of its parts carries. */
export function readValue(holder: Loose, locale: Locale): Observed {
  if (isThing(holder.valueQuantity)) return readQuantity(holder.valueQuantity)
  if (isThing(holder.valueCodeableConcept)) {
    const words = wordsOf(holder.valueCodeableConcept)
    return words === null ? nothing : { kind: 'words', words, codes: codesOf(holder.valueCodeableConcept), isLong: words.length > 120 }
  }
  const text = asText(holder.valueString)
  if (text !== null) return readWords(text)
  const whole = digitsOf(holder.valueInteger) ?? digitsOf(holder.valueDecimal)
  if (whole !== null) return { kind: 'number', digits: whole, comparator: null, unit: null }
  if (typeof holder.valueBoolean === 'boolean') return { kind: 'truth', isTrue: holder.valueBoolean }
  if (isThing(holder.valueRange)) return readSpan(holder.valueRange)
  if (isThing(holder.valueRatio)) return readRatio(holder.valueRatio)
  if (isThing(holder.valueSampledData)) return { kind: 'tracing' }
  return readTime(holder, locale)
}

function readQuantity(quantity: Loose): Observed {
  const digits = digitsOf(quantity.value)
  if (digits === null) {
    const word = asText(quantity.value)                        // "pending" where a number should be
    return word === null ? nothing : readWords(word)
  }
  return { kind: 'number', digits, comparator: comparators.get(asText(quantity.comparator) ?? '') ?? null, unit: unitOf(quantity) }
}

function readWords(text: string): Observed {
  const match = numberWord.exec(text)
  if (match?.[2]) return { kind: 'number', digits: match[2].replace(/^\+/, ''), comparator: comparators.get(match[1] ?? '') ?? null, unit: null }
  return { kind: 'words', words: text, codes: [], isLong: text.length > 120 || text.includes('\n') }
}

export const sayQuantity = (value: unknown): string | null => {
  const quantity = asThing(value)
  const digits = digitsOf(quantity.value)
  if (digits === null) return null
  const unit = unitOf(quantity)
  return sayMeasure({ digits, comparator: comparators.get(asText(quantity.comparator) ?? '') ?? null, unit })
}

/** "< 5.40 mg/dL": every digit as sent. */
export function sayMeasure(value: { digits: string; comparator: Comparator | null; unit: Unit | null }): string {
  return `${value.comparator ? `${value.comparator} ` : ''}${value.digits}${value.unit?.shown ? joined(value.unit.shown) : ''}`
}
/** The same for a picture: at most six figures. */
export const sayShort = (value: { digits: string; comparator: Comparator | null; unit: Unit | null }): string => sayMeasure({ ...value, digits: shorten(value.digits).digits })
const joined = (unit: string): string => (unit === '%' ? '%' : ` ${unit}`)

function readSpan(range: Loose): Observed {
  const low = sayQuantity(range.low)
  const high = sayQuantity(range.high)
  if (low === null && high === null) return nothing
  const [from, to] = [asThing(range.low), asThing(range.high)]
  const isShared = low !== null && high !== null && isSameUnit(asText(from.unit), asText(to.unit))
  return { kind: 'span', words: isShared ? `${digitsOf(from.value)}–${high}` : low === null ? `≤ ${high}` : high === null ? `≥ ${low}` : `${low} – ${high}` }
}

function readRatio(ratio: Loose): Observed {
  const top = sayQuantity(ratio.numerator)
  const bottom = sayQuantity(ratio.denominator)
  if (top === null || bottom === null) return nothing
  return { kind: 'ratio', words: `${top} : ${bottom}` }          // a titre: 1 : 80
}

function readTime(holder: Loose, locale: Locale): Observed {
  const clock = asText(holder.valueTime)
  if (clock !== null) return { kind: 'time', words: clock }
  const period = asThing(holder.valuePeriod)
  const days = [holder.valueDateTime, period.start, period.end].map(value => sayDay(value, locale)?.words).filter(words => words !== undefined)
  return days.length > 0 ? { kind: 'time', words: days.join(' – ') } : nothing
}

/** Why a value is missing, as a code: FHIR's dataAbsentReason. */
export function absentReason(holder: Loose): string | null {
  const codes = codesOf(holder.dataAbsentReason)
  if (codes[0]) return codes[0].code
  const value = codesOf(holder.valueCodeableConcept)
  const nothingSaid = value.find(code => /data-absent-reason|NullFlavor/i.test(code.system))
  return nothingSaid?.code ?? (wordsOf(holder.dataAbsentReason) !== null ? 'text' : null)
}
