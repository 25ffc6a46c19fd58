import { words, type Locale } from '#platform/words.ts'
import { decimal, toNumber } from './compare-decimals.ts'
import { codeIn, type Loose, asThing, asThings, nameOf, statusOf } from './read-loosely.ts'
import { readValue, sayMeasure } from './read-value.ts'
import { firstDay, type Day } from './say-dates.ts'
import { chooseRange } from './choose-range.ts'
import { isSameUnit, type Unit } from './show-units.ts'
import type { Comparator, UsualRange } from './place-in-range.ts'

/** One value of the past, as far as a history needs it. `lab` also tells sources apart when no laboratory is named. */
export type PastValue = {
  loinc: string
  lab: string
  unit: Unit | null
  digits: string
  comparator: Comparator | null
  day: Day
  range: UsualRange | null
}
export type HistoryPoint = { x: number; y: number | null; value: string; day: string; short: string; isNow: boolean }
export type HistoryModel = {
  /** Oldest first, at most five, x and y from 0 to 100 (y upward); y is null for "<5", which has no place. */
  points: HistoryPoint[]
  /** The usual range, where the laboratory used one and the same for all of them. */
  band: { from: number; to: number } | null
  low: string | null
  high: string | null
  unit: string
  /** For the table and for screen readers: newest first. */
  rows: { value: string; day: string }[]
  title: string
}

const most = 5
const finished: ReadonlySet<string> = new Set(['final', 'amended', 'corrected'])

/** The past value in an Observation, or null: not finished, not a number, no date, no code. `source` stands for a laboratory without a name. */
export function pastValueOf(resource: unknown, options: { locale: Locale; zone?: string; source?: string; look?: (reference: string) => string | null | undefined }): PastValue | null {
  const observation: Loose = asThing(resource)
  const loinc = codeIn(observation.code, 'loinc')
  const value = readValue(observation, options.locale)
  const day = firstDay(options.locale, options.zone, observation.effectiveDateTime, asThing(observation.effectivePeriod).start, observation.effectiveInstant, observation.issued)
  if (loinc === null || value.kind !== 'number' || !day || !finished.has(statusOf(observation.status) ?? '')) return null
  const { range } = chooseRange(observation, value.unit?.sent ?? null, {}, day.time)
  return { loinc, lab: labOf(observation, options.look) ?? options.source ?? '', unit: value.unit, digits: value.digits, comparator: value.comparator, day, range }
}

export function labOf(observation: Loose, look?: (reference: string) => string | null | undefined): string | null {
  for (const performer of asThings(observation.performer)) {
    const name = nameOf(performer, look)
    if (name !== null) return name
  }
  return null
}

const isSameMeasure = (a: PastValue, b: PastValue): boolean =>
  a.loinc === b.loinc && a.lab === b.lab && (a.unit === null) === (b.unit === null) && isSameUnit(a.unit?.sent ?? null, b.unit?.sent ?? null)

/** The last five of the same code, unit and laboratory, up to and with `current`. It draws; it claims no trend. Source: D7. */
export function lastValues(current: PastValue, all: readonly PastValue[]): PastValue[] {
  const seen = new Set<string>([`${current.day.time} ${current.digits}`])
  const earlier = all.filter(value => value !== current && value.day.time <= current.day.time && isSameMeasure(value, current))
  return [current, ...earlier.toSorted((a, b) => b.day.time - a.day.time).filter(value => {
    const key = `${value.day.time} ${value.digits}`
    return seen.has(key) ? false : (seen.add(key), true)
  })].slice(0, most)
}

/** Chart and table of the values given: newest first, of one measure (see `lastValues`). Null with fewer than two. */
export function history(values: readonly PastValue[], options: { locale: Locale; name: string }): HistoryModel | null {
  const shown = values.slice(0, most).toReversed()
  const newest = shown.at(-1)
  if (!newest || shown.length < 2) return null
  const numbers = shown.map(value => (value.comparator ? null : toNumber(decimal(value.digits) ?? { units: 0n, scale: 0 })))
  const range = sharedRange(shown)
  const [low, high] = [decimal(range?.low), decimal(range?.high)].map(end => (end ? toNumber(end) : null))
  const known = [...numbers, low, high].filter((number): number is number => typeof number === 'number' && Number.isFinite(number))
  const [bottom, top] = [Math.min(...known), Math.max(...known)]
  const room = (top - bottom || Math.abs(top) || 1) * 0.18
  const put = (number: number): number => Math.round(((number - bottom + room) / (top - bottom + 2 * room)) * 10_000) / 100
  const span = newest.day.time - (shown[0]?.day.time ?? 0) || 1
  return {
    points: shown.map((value, index) => ({
      x: Math.round(((value.day.time - (shown[0]?.day.time ?? 0)) / span) * 10_000) / 100,
      y: typeof numbers[index] === 'number' ? put(numbers[index]) : null,
      value: sayMeasure({ digits: value.digits, comparator: value.comparator, unit: null }),
      day: value.day.words, short: value.day.short, isNow: value === newest,
    })),
    band: range && known.length > 0 ? { from: typeof low === 'number' ? put(low) : 0, to: typeof high === 'number' ? put(high) : 100 } : null,
    low: range?.low ?? null,
    high: range?.high ?? null,
    unit: newest.unit?.shown ?? '',
    rows: values.slice(0, most).map(value => ({ value: sayMeasure(value), day: value.day.words })),
    title: words(options.locale)('explain.history.title', { name: options.name }),
  }
}

/** A laboratory that changed its range in between gets no band: a point would seem to move that did not. */
function sharedRange(values: readonly PastValue[]): UsualRange | null {
  const first = values[0]?.range
  return first && values.every(value => value.range?.low === first.low && value.range.high === first.high) ? first : null
}
