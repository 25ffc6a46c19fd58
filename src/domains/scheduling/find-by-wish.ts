import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { dayIn, instantAt, offsetOf } from '#platform/when.ts'
import { keepSchedule } from './access.ts'
import { listOpenTimes } from './list-open-times.ts'
import { weekdayOf } from './read-day-words.ts'
import type { Wish } from './read-wish.ts'
import type { OpenTime, VisitType } from './shared.ts'
import { dayMs } from './trace-zone.ts'

/** How far is looked where no last day was said. */
const usualDays = 28
const mostDays = 190
const mostShown = 48

/** Times that fit, in order, as the clock of their place tells day and hour. */
export async function findByWish(ctx: Ctx<StaffActor>, wish: Wish, { type, zone }: { type: VisitType; zone: string }): Promise<OpenTime[]> {
  mustBeAbleTo(ctx, keepSchedule)
  const today = dayIn(ctx.now(), zone)
  const [first, last] = [wish.from ?? today, wish.until]
  // A day wider at both ends: a place in another zone has its day at other hours. What is outside is sorted out below.
  const from = new Date(Math.max(ctx.now().getTime(), instantAt(first, '00:00', zone).getTime() - dayMs))
  const wanted = last === undefined ? Date.parse(`${first}T00:00:00Z`) + usualDays * dayMs : Date.parse(`${last}T00:00:00Z`) + 2 * dayMs
  const to = new Date(Math.min(wanted, from.getTime() + mostDays * dayMs))
  if (from >= to) return []
  const times = await listOpenTimes(ctx, { type, from, to, isStaff: true, locationId: wish.place, ...(wish.who.length === 1 && { resourceId: wish.who[0] }) })
  return times.filter(time => (wish.who.length === 0 || wish.who.includes(time.resourceId)) && fits(wish, time, first)).slice(0, mostShown)
}

function fits({ until, weekdays, part }: Wish, { startsAt, zone }: OpenTime, first: string): boolean {
  const day = dayIn(startsAt, zone)
  if (day < first || (until !== undefined && day > until) || (weekdays && !weekdays.includes(weekdayOf(day)))) return false
  if (!part) return true
  const wall = new Date(startsAt.getTime() + offsetOf(zone, startsAt))
  const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes()
  return minute >= part.from && minute < part.to
}
