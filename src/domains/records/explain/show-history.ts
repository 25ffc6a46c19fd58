import { words, type Locale } from '#platform/words.ts'
import { chooseRange } from './choose-range.ts'
import type { Comparator, UsualRange } from './place-in-range.ts'
import { asThing, asThings, codeIn, nameOf, statusOf, type Loose } from './read-loosely.ts'
import { readValue, sayMeasure, sayShort } from './read-value.ts'
import { firstDay, type Day } from './say-dates.ts'
import { isSameUnit, type Unit } from './show-units.ts'

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
export type HistoryPoint = { time: number; number: number; value: string; day: string; isNow: boolean }
export type HistoryModel = {
  title: string
  /** All values in one sentence, for those who hear the chart. */
  summary: string
  /** Oldest first, at most five; "<5" has no place and stands in `notDrawn`. */
  points: HistoryPoint[]
  notDrawn: string[]
  /** The usual range, where the laboratory used one and the same for all of them. */
  band: { low: number | null; high: number | null; lowWords: string | null; highWords: string | null; words: string } | null
  unit: string
  /** For a table, newest first. */
  rows: { value: string; day: string }[]
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
  const shown = values.slice(0, most)
  if (shown.length < 2) return null
  const say = words(options.locale)
  const range = sharedRange(shown)
  const rows = shown.map(value => ({ value: sayMeasure(value), day: value.day.words }))
  return {
    title: say('explain.history.title', { name: options.name }),
    summary: rows.map(row => say('explain.history.point', row)).join(' '),
    points: shown.filter(value => value.comparator === null).toReversed().map(value => ({ time: value.day.time, number: Number(value.digits), value: sayShort({ ...value, unit: null }), day: value.day.short, isNow: value === shown[0] })),
    notDrawn: shown.filter(value => value.comparator !== null).map(value => say('explain.history.point', { value: sayMeasure(value), day: value.day.words })),
    band: range && { low: range.low === null ? null : Number(range.low), high: range.high === null ? null : Number(range.high), lowWords: range.low, highWords: range.high, words: say('explain.line.usual') },
    unit: shown[0]?.unit?.shown ?? '',
    rows,
  }
}

/** A laboratory that changed its range in between gets no band: a point would seem to move that did not. */
function sharedRange(values: readonly PastValue[]): UsualRange | null {
  const first = values[0]?.range
  return first && values.every(value => value.range?.low === first.low && value.range.high === first.high) ? first : null
}
