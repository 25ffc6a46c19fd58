import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { addDays, dayIn, instantAt } from '#platform/when.ts'
import { practiceZone, readPractice } from '#practice'
import { listOpenTimes } from './list-open-times.ts'
import { readSettings } from './read-settings.ts'
import type { VisitType } from './shared.ts'
import { dayMs } from './trace-zone.ts'

/** Steps that were written shortly before the last count are looked at again: a clock may have been put back, and what ran beside it was not seen. */
const overlapMs = 2 * 3_600_000
/** A year of a large practice at a time. */
const daysAtOnce = 120

/** Counts the days anew whose visits have changed since the last count. Safe to run twice: a day's counts are taken from its visits as they are. Returns how many days it went through. */
export function measureDays(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    await sql`select pg_advisory_xact_lock(hashtextextended('scheduling.measure', 0))`.execute(tx.db.kysely)
    const changed = await changedDays(tx)
    await sql`insert into scheduling.measured (up_to) values (${tx.now()}) on conflict (one) do update set up_to = ${tx.now()}`.execute(tx.db.kysely)
    await countLetGo(tx, changed?.from)
    if (!changed) return 0
    let count = 0
    for (let from = changed.from; from <= changed.to; from = addDays(from, daysAtOnce)) {
      const last = addDays(from, daysAtOnce - 1)
      count += await countDays(tx, from, last < changed.to ? last : changed.to)
    }
    return count
  })
}

/** The stretch of days, widened by one, in which visits stand or stood that have changed; all there are at the first time. */
async function changedDays(tx: Ctx): Promise<{ from: string; to: string } | undefined> {
  const { rows: [last] } = await sql<{ upTo: Date }>`select up_to as "upTo" from scheduling.measured for update`.execute(tx.db.kysely)
  const { rows: [found] } = last
    ? await sql<{ first: Date | null; last: Date | null }>`
        select min(starts_at) as first, max(starts_at) as last
        from scheduling.appointment_step
        where appointment_id = any (array(select appointment_id from scheduling.appointment_step where at >= ${new Date(last.upTo.getTime() - overlapMs)}))
      `.execute(tx.db.kysely)
    : await sql<{ first: Date | null; last: Date | null }>`select min(starts_at) as first, max(starts_at) as last from scheduling.appointment`.execute(tx.db.kysely)
  return found?.first && found.last ? { from: addDays(dayIn(found.first, 'UTC'), -1), to: addDays(dayIn(found.last, 'UTC'), 1) } : undefined
}

/** Takes the days out and puts them in as they are now. */
async function countDays(tx: Ctx, from: string, to: string): Promise<number> {
  const places = (await readPractice(tx))?.locations ?? []
  await sql`delete from scheduling.day_measure where day between ${from}::date and ${to}::date`.execute(tx.db.kysely)
  await sql`
    insert into scheduling.day_measure (day, resource_id, visit_type_id, came, missed, unmarked, cancelled, cancelled_late, online, desk)
    select (a.starts_at at time zone coalesce(z.zone, ${await practiceZone(tx)}))::date as day, a.resource_id, a.visit_type_id,
      count(*) filter (where a.status in ('arrived', 'completed')), count(*) filter (where a.status = 'no-show'), count(*) filter (where a.status in ('requested', 'booked')),
      count(*) filter (where a.status = 'cancelled'), count(*) filter (where gone.at > a.starts_at - interval '24 hours'),
      count(*) filter (where a.booked_as in ('patient', 'proxy')), count(*) filter (where a.booked_as = 'staff')
    from scheduling.appointment a
    left join unnest(${places.map(place => place.id)}::uuid[], ${places.map(place => place.zone)}::text[]) as z (id, zone) on z.id = a.location_id
    left join lateral (select max(s.at) as at from scheduling.appointment_step s where s.appointment_id = a.id and s.step in ('cancelled', 'declined') and a.status = 'cancelled') gone on true
    where a.starts_at >= ${from}::date - interval '1 day' and a.starts_at < ${to}::date + interval '2 days'
      and (a.starts_at at time zone coalesce(z.zone, ${await practiceZone(tx)}))::date between ${from}::date and ${to}::date
    group by 1, 2, 3
  `.execute(tx.db.kysely)
  return (Date.parse(to) - Date.parse(from)) / dayMs + 1
}

/** Puts the times that were let go in anew: from the first day whose visits have changed, or from today on, since what is kept free may have changed without them. */
async function countLetGo(tx: Ctx, changedFrom: string | undefined): Promise<void> {
  const zone = await practiceZone(tx)
  const today = dayIn(tx.now(), zone)
  const from = changedFrom !== undefined && changedFrom < today ? changedFrom : today
  await sql`delete from scheduling.day_refill where day >= ${from}::date`.execute(tx.db.kysely)
  await sql`
    insert into scheduling.day_refill (day, let_go, refilled, by_offer)
    select day, let_go, refilled, by_offer from scheduling.door_refills(${instantAt(from, '00:00', zone)}, ${zone})
  `.execute(tx.db.kysely)
}

/** When on each day the third open times are looked for: before the first visits, at the same time every day. */
export const measuredAt = '07:00'
/** As far as that looks ahead. */
export const thirdWithinDays = 180

/**
 * Days from today to the day of the third open time, of each clinician and kind of visit: the first may be a time that somebody has just let go.
 * Every day of the calendar counts. Source: Institute for Healthcare Improvement, third next available appointment.
 */
export function measureThirdOpen(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    const zone = await practiceZone(tx)
    const today = dayIn(tx.now(), zone)
    if (tx.now() < instantAt(today, measuredAt, zone)) return 0
    const { rows } = await sql`select from scheduling.third_open where day = ${today}::date limit 1`.execute(tx.db.kysely)
    if (rows.length > 0) return 0
    let count = 0
    for (const type of (await readSettings(tx)).types.filter(one => one.isOpen)) {
      for (const resourceId of type.needs[0] ?? []) {
        const days = await thirdOpen(tx, type, resourceId)
        const { numAffectedRows } = await sql`
          insert into scheduling.third_open (day, resource_id, visit_type_id, days) values (${today}::date, ${resourceId}::uuid, ${type.id}::uuid, ${days}) on conflict do nothing
        `.execute(tx.db.kysely)
        count += Number(numAffectedRows)
      }
    }
    return count
  })
}

/** Looks a week ahead, then further and further; past lead time and horizon, as the desk does. */
async function thirdOpen(tx: Ctx, type: VisitType, resourceId: string): Promise<number | null> {
  const [now, most] = [tx.now(), new Date(tx.now().getTime() + thirdWithinDays * dayMs)]
  const found = []
  for (let from = now, ahead = 7; from < most && found.length < 3; ahead *= 2) {
    const to = new Date(Math.min(most.getTime(), from.getTime() + ahead * dayMs))
    found.push(...await listOpenTimes(tx, { type, resourceId, from, to, isStaff: true, most: 3 }))
    from = to
  }
  const third = found[2]
  return third ? (Date.parse(dayIn(third.startsAt, third.zone)) - Date.parse(dayIn(now, third.zone))) / dayMs : null
}
