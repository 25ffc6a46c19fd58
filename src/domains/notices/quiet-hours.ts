import { addDays, dayIn, instantAt } from '#platform/when.ts'

/** 0 is Sunday. */
const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()

/** When a ping about what may weigh may go out: undefined is now. Not from eight in the evening to eight in the morning, nor from Friday at three to Monday at eight. Source: R13. */
export function quietUntil(now: Date, zone: string): Date | undefined {
  const today = dayIn(now, zone)
  const at = (day: string, time: string) => instantAt(day, time, zone)
  const day = weekday(today)
  if (day === 6) return at(addDays(today, 2), '08:00')
  if (day === 0) return at(addDays(today, 1), '08:00')
  if (now < at(today, '08:00')) return at(today, '08:00')
  if (day === 5) return now >= at(today, '15:00') ? at(addDays(today, 3), '08:00') : undefined
  return now >= at(today, '20:00') ? at(addDays(today, 1), '08:00') : undefined
}

/** When a text may go out: undefined is now. From eight in the morning to nine in the evening where its reader is (47 CFR 64.1200(c)(1)). */
export function nextTextMorning(now: Date, zone: string): Date | undefined {
  const today = dayIn(now, zone)
  if (now < instantAt(today, '08:00', zone)) return instantAt(today, '08:00', zone)
  return now >= textEvening(now, zone) ? instantAt(addDays(today, 1), '08:00', zone) : undefined
}
/** Nine in the evening of this day, where its reader is. */
export const textEvening = (now: Date, zone: string): Date => instantAt(dayIn(now, zone), '21:00', zone)
