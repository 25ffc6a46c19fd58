import { addDays, dayIn, instantAt } from '#platform/when.ts'
import { weekdays, type ExceptionDay, type Period, type WeekHours } from './shared.ts'

/** A stretch of real time in which a place is open. */
export type Span = { from: Date; to: Date }

const dayMs = 86_400_000
/** How far ahead an opening is looked for: longer than any holiday, shorter than for ever. */
const mostDaysAhead = 400
const mostClockDays = 3_700

/** 1 is Monday. */
export const weekdayOf = (day: string) => weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]!

/** When a place is open on a calendar day: the exception of that day, or what its weekday says. */
export function periodsOn(day: string, hours: WeekHours, exceptions: readonly ExceptionDay[]): readonly Period[] {
  const exception = exceptions.find(other => other.day === day)
  return exception ? exception.periods : hours[weekdayOf(day)] ?? []
}

export const clockTime = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const instantOf = (day: string, minutes: number, zone: string): Date =>
  minutes === 1440 ? instantAt(addDays(day, 1), '00:00', zone) : instantAt(day, clockTime(minutes), zone)

/** The open stretches of one day in order. What a clock change swallows wholly is left out. */
function spansOn(day: string, hours: WeekHours, exceptions: readonly ExceptionDay[], zone: string): Span[] {
  return [...periodsOn(day, hours, exceptions)].sort((a, b) => a.opens - b.opens)
    .map(({ opens, closes }) => ({ from: instantOf(day, opens, zone), to: instantOf(day, closes, zone) }))
    .filter(({ from, to }) => from < to)
}

/** Open stretches in order, from those of the day before `start` on: a clock change may carry one past midnight. */
function* spansFrom(start: Date, hours: WeekHours, exceptions: readonly ExceptionDay[], zone: string, days: number): Generator<Span> {
  let day = dayIn(new Date(start.getTime() - dayMs), zone)
  for (let count = 0; count < days; count++, day = addDays(day, 1)) yield* spansOn(day, hours, exceptions, zone)
}

/** Whether a place is open at an instant. The minute of opening counts as open, the minute of closing does not. */
export function isOpenAt(hours: WeekHours, exceptions: readonly ExceptionDay[], zone: string, instant: Date): boolean {
  for (const { from, to } of spansFrom(instant, hours, exceptions, zone, 3)) if (from <= instant && instant < to) return true
  return false
}

/** When it next opens or closes, and which; undefined when it never does within a year, or never closes. */
export function nextChange(hours: WeekHours, exceptions: readonly ExceptionDay[], zone: string, instant: Date): { at: Date; opens: boolean } | undefined {
  let openUntil: Date | undefined
  for (const { from, to } of spansFrom(instant, hours, exceptions, zone, mostDaysAhead)) {
    if (to <= instant) continue
    if (openUntil === undefined && from > instant) return { at: from, opens: true }
    if (openUntil !== undefined && from > openUntil) return { at: openUntil, opens: false }
    if (openUntil === undefined || to > openUntil) openUntil = to
  }
  const isEndless = openUntil !== undefined && openUntil.getTime() > instant.getTime() + (mostDaysAhead - 4) * dayMs
  return openUntil === undefined || isEndless ? undefined : { at: openUntil, opens: false }
}

/** The instant at which the place has been open for `minutes` (> 0) since `start`; undefined for a place that is never open. */
export function addBusinessMinutes(start: Date, minutes: number, hours: WeekHours, exceptions: readonly ExceptionDay[], zone: string): Date | undefined {
  if (!(minutes > 0)) throw new Error('business minutes are more than none')
  if (Object.values(hours).every(periods => periods.length === 0) && !exceptions.some(({ periods }) => periods.length > 0)) return undefined
  let left = minutes * 60_000
  let counted = start.getTime()
  for (const { from, to } of spansFrom(start, hours, exceptions, zone, mostClockDays)) {
    const begin = Math.max(from.getTime(), counted)
    const room = to.getTime() - begin
    if (room <= 0) continue
    if (room >= left) return new Date(begin + left)
    left -= room
    counted = to.getTime()
  }
  return undefined
}

/** Real minutes that the place is open between two instants. */
export function businessMinutesBetween(start: Date, end: Date, hours: WeekHours, exceptions: readonly ExceptionDay[], zone: string): number {
  let sum = 0
  let counted = start.getTime()
  const days = Math.ceil((end.getTime() - start.getTime()) / dayMs) + 3
  for (const { from, to } of spansFrom(start, hours, exceptions, zone, days)) {
    const begin = Math.max(from.getTime(), counted)
    const room = Math.min(to.getTime(), end.getTime()) - begin
    if (room <= 0) continue
    sum += room
    counted = begin + room
  }
  return sum / 60_000
}

/** What is wrong with a day's periods; they may touch, not overlap. */
export function periodProblem(periods: readonly Period[]): 'upside-down' | 'overlap' | undefined {
  const sorted = [...periods].sort((a, b) => a.opens - b.opens)
  if (sorted.some(({ opens, closes }) => closes <= opens)) return 'upside-down'
  return sorted.some((period, index) => index > 0 && period.opens < sorted[index - 1]!.closes) ? 'overlap' : undefined
}
