import type { ExceptionDay, Period } from '#practice/shared'
import { dayMs, instantOn, offsetAt, type Stretch } from './trace-zone.ts'

/** A stretch of real time, in milliseconds; the end is not part of it. */
export type Span = { from: number; to: number }
/** Minutes of the wall clock; past 1440 it goes on after midnight. In force between two days, both included. */
export type WeekRule = { weekday: number; starts: number; ends: number; fromDay?: string | null; untilDay?: string | null }
/** All there is on that day; null: nothing. */
export type SpecialDay = { day: string; starts: number | null; ends: number | null }
export type HoursRules = { weekly: readonly WeekRule[]; special: readonly SpecialDay[]; closures: readonly ExceptionDay[] }

const daysOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs
/** 1 is Monday; 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => ((day + 3) % 7 + 7) % 7 + 1

type Minutes = { starts: number; ends: number }
type Known = { weekly: (Minutes & { weekday: number; first: number; last: number })[]; special: Map<number, Minutes[]>; closures: Map<number, readonly Period[]> }

function readRules({ weekly, special, closures }: HoursRules): Known {
  const days = new Map<number, Minutes[]>()
  for (const { day, starts, ends } of special) {
    const of = days.get(daysOf(day)) ?? []
    days.set(daysOf(day), starts === null || ends === null ? of : [...of, { starts, ends }])
  }
  return {
    weekly: weekly.map(({ weekday, starts, ends, fromDay, untilDay }) => ({ weekday, starts, ends, first: fromDay ? daysOf(fromDay) : -Infinity, last: untilDay ? daysOf(untilDay) : Infinity })),
    special: days,
    closures: new Map(closures.map(({ day, periods }) => [daysOf(day), periods])),
  }
}

/** What is left of a period where the place is closed on its day, or has other hours: each side of midnight by its own day. */
function clip({ starts, ends }: Minutes, day: number, closures: Known['closures']): Minutes[] {
  if (!closures.has(day) && !closures.has(day + 1)) return [{ starts, ends }]
  return [0, 1].flatMap(after => {
    const [low, high] = [Math.max(starts, after * 1440), Math.min(ends, (after + 1) * 1440)]
    if (low >= high) return []
    const open = closures.get(day + after)
    if (!open) return [{ starts: low, ends: high }]
    return open.map(({ opens, closes }) => ({ starts: Math.max(low, opens + after * 1440), ends: Math.min(high, closes + after * 1440) })).filter(one => one.starts < one.ends)
  })
}

/**
 * The real stretches of time that rules of the wall clock mean, from `from` to `to`, in order and joined where they touch. A special day stands
 * above holidays; a holiday above the week. A period belongs to the day on which it starts.
 */
export function expandHours(rules: HoursRules, trace: readonly Stretch[], from: number, to: number): Span[] {
  const known = readRules(rules)
  // A shift goes on into the next day, and past a day that a zone leaves out; a clock that goes back over midnight comes from the day after.
  const [first, last] = [Math.floor((from + offsetAt(trace, from)) / dayMs) - 2, Math.floor((to + offsetAt(trace, to)) / dayMs) + 1]
  const spans: Span[] = []
  for (let day = first; day <= last; day++) {
    const special = known.special.get(day)
    const weekday = weekdayOf(day)
    const periods = special ?? known.weekly.filter(rule => rule.weekday === weekday && rule.first <= day && day <= rule.last).flatMap(rule => clip(rule, day, known.closures))
    for (const { from: starts, to: ends } of join(periods.map(one => ({ from: one.starts, to: one.ends })))) {
      const span = { from: instantOn(trace, day, starts), to: instantOn(trace, day, ends) }
      if (span.from < span.to && span.to > from && span.from < to) spans.push(span)
    }
  }
  return join(spans)
}

/** In order, and one where they touch or overlap. */
export function join(spans: Span[]): Span[] {
  spans.sort((a, b) => a.from - b.from)
  const joined: Span[] = []
  for (const { from, to } of spans) {
    const last = joined.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else joined.push({ from, to })
  }
  return joined
}
