import type { Ctx } from '#platform/ctx.ts'
import { addDays, dayIn, instantAt } from '#platform/when.ts'
import { readAvailability } from './read-availability.ts'
import { findOpenSlots } from './find-open-slots.ts'
import { readNeeds } from './read-settings.ts'
import type { OpenTime, VisitType } from './shared.ts'
import { dayMs, minuteMs } from './trace-zone.ts'

export type TimeSearch = {
  type: VisitType
  from: Date
  /** Beginnings before this instant. */
  to: Date
  resourceId?: string | undefined
  /** Of those who do it, these alone. */
  among?: readonly string[] | undefined
  locationId?: string | undefined
  /** Bookings whose time counts as free: one's own that is moved, one's own hold. */
  ignore?: readonly string[]
  /** Staff look past lead time and horizon. */
  isStaff?: boolean
  most?: number
}

/** From when to when a kind of visit can be booked online: after its lead time, to the end of its last day where it takes place. */
export function bookableSpan(type: Pick<VisitType, 'leadMinutes' | 'aheadDays'>, now: Date, zone: string): { from: Date; to: Date } {
  const last = addDays(dayIn(now, zone), type.aheadDays + 1)
  return { from: new Date(now.getTime() + type.leadMinutes * minuteMs), to: instantAt(last, '00:00', zone) }
}

/** Times at which this visit can be booked, in order; at the same moment and place one of each clinician. */
export async function listOpenTimes(ctx: Ctx, { type, from, to, resourceId, among, locationId, ignore = [], isStaff = false, most = 2_000 }: TimeSearch): Promise<OpenTime[]> {
  const [who = [], ...others] = await readNeeds(ctx, type.id)
  const leads = who.filter(id => (resourceId === undefined || id === resourceId) && (among === undefined || among.includes(id)))
  if (leads.length === 0) return []
  const there = await readAvailability(ctx, { resources: [...leads, ...others.flat()], from, to, ignore })
  const found: OpenTime[] = []
  for (const lead of leads) {
    for (const place of there.placesOf(lead)) {
      if (locationId !== undefined && place !== locationId) continue
      const zone = there.zoneOf(place)!
      const span = isStaff ? { from, to } : bookableSpan(type, ctx.now(), zone)
      const needs = others.map(group => group.filter(id => id !== lead && there.isAt(id, place)))
      const times = new Map([...new Set(needs.flat())].map(id => [id, there.timesAt(id, place)]))
      if (needs.some(group => group.length === 0)) continue
      const slots = findOpenSlots({
        visit: type, zone, most, from: Math.max(from.getTime(), span.from.getTime()), to: Math.min(to.getTime(), span.to.getTime()),
        needs: [[there.timesAt(lead, place)], ...needs.map(group => group.map(id => times.get(id)!))],
      })
      for (const at of slots) found.push({ startsAt: new Date(at), endsAt: new Date(at + type.durationMinutes * minuteMs), resourceId: lead, locationId: place, zone })
    }
  }
  return found.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()).slice(0, most)
}

/**
 * The times of the first `days` that have any, and the day after them. Looks a week ahead first, then further and further: most who look for a time
 * find it soon, and what is taken in the months after need not be read for them.
 */
export async function listFirstDays(ctx: Ctx, search: TimeSearch, days: number): Promise<{ times: OpenTime[]; later: string | undefined }> {
  const found = new Map<string, OpenTime[]>()
  for (let from = search.from, ahead = 7; from < search.to && found.size <= days; ahead *= 2) {
    const to = new Date(Math.min(search.to.getTime(), from.getTime() + ahead * dayMs))
    for (const time of await listOpenTimes(ctx, { ...search, from, to })) {
      const day = dayIn(time.startsAt, time.zone)
      const of = found.get(day)
      if (of) of.push(time)
      else found.set(day, [time])
    }
    from = to
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  return { times: sorted.slice(0, days).flatMap(([, of]) => of), later: sorted[days]?.[0] }
}

/** The same times with one choice for each moment and place: whoever comes first in the practice's order. */
export function firstAvailable(times: readonly OpenTime[]): OpenTime[] {
  const seen = new Set<string>()
  return times.filter(({ startsAt, locationId }) => !seen.has(`${startsAt.getTime()} ${locationId}`) && seen.add(`${startsAt.getTime()} ${locationId}`))
}

/** The open times nearest to a moment, `count` of them, in order: what is offered to who came too late. */
export async function nearestTimes(ctx: Ctx, search: Omit<TimeSearch, 'from' | 'to'>, around: Date, count = 6): Promise<OpenTime[]> {
  for (const days of [2, 14, 90]) {
    const times = await listOpenTimes(ctx, { ...search, from: new Date(Math.max(ctx.now().getTime(), around.getTime() - days * dayMs)), to: new Date(around.getTime() + days * dayMs) })
    const near = firstAvailable(times).sort((a, b) => Math.abs(a.startsAt.getTime() - around.getTime()) - Math.abs(b.startsAt.getTime() - around.getTime())).slice(0, count)
    if (near.length === count || days === 90) return near.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  }
  return []
}
