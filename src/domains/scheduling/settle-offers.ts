import type { RawBuilder } from 'kysely'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { withdrawMail } from '#platform/email.ts'
import { dayIn } from '#platform/when.ts'
import { practiceZone } from '#practice'
import { listOpenTimes } from './list-open-times.ts'
import { readVisitTypes } from './read-settings.ts'
import type { OfferEnd } from './shared.ts'

/** Numbers of what somebody keeps while they type: it may come free again, so it ends no offer. */
async function readHolds(tx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct booking_id as id from scheduling.claim where expires_at > ${tx.now()}`.execute(tx.db.kysely)
  return rows.map(row => row.id)
}

export type Slot = { visitTypeId: string; resourceId: string; locationId: string; startsAt: Date }
const slotKey = ({ resourceId, locationId, startsAt }: Omit<Slot, 'visitTypeId'>): string => `${resourceId} ${locationId} ${startsAt.getTime()}`

/** Whether each of these times is still nobody's, and within somebody's hours: by how the calendar is, whoever changed it. */
export async function findTaken<T extends Slot>(tx: Ctx, slots: readonly T[]): Promise<T[]> {
  if (slots.length === 0) return []
  const [types, holds, taken] = [await readVisitTypes(tx), await readHolds(tx), [] as T[]]
  for (const [typeId, of] of Map.groupBy(slots, slot => slot.visitTypeId)) {
    const [type, starts] = [types.get(typeId)!, of.map(slot => slot.startsAt.getTime())]
    const open = await listOpenTimes(tx, { type, from: new Date(Math.min(...starts)), to: new Date(Math.max(...starts) + 1), ignore: holds, isStaff: true, most: Infinity })
    const there = new Set(open.map(slotKey))
    taken.push(...of.filter(slot => !there.has(slotKey(slot))))
  }
  return taken
}

/** Ends waits that are over: the visit was cancelled or has begun, or the last day that was wanted is past. */
async function endWaits(tx: Ctx<SystemActor>): Promise<void> {
  const today = dayIn(tx.now(), await practiceZone(tx))
  await sql`
    update scheduling.wait w set ended_at = ${tx.now()}, ended_why = case when w.until_day < ${today}::date then 'until' else 'over' end
    where w.ended_at is null and (w.until_day < ${today}::date or exists (
      select from scheduling.appointment a where a.id = w.appointment_id and (a.status not in ('booked', 'requested') or a.starts_at <= ${tx.now()})))
  `.execute(tx.db.kysely)
}

/** Ends offers and takes back what was written of them and has not left. */
export async function endOffers(tx: Ctx, ids: readonly string[], why: Exclude<OfferEnd, 'accepted'>): Promise<void> {
  if (ids.length === 0) return
  await sql`update scheduling.wait_offer set ended_at = ${tx.now()}, ended_why = ${why} where id = any (${ids as string[]}::uuid[]) and ended_at is null`.execute(tx.db.kysely)
  for (const id of ids) await withdrawMail(tx, { type: 'wait-offer', id })
}

/** Beginning and end of what somebody has planned besides one visit, here or as another system says. */
export const otherVisits = (patient: RawBuilder<unknown>, but: RawBuilder<unknown>): RawBuilder<{ starts_at: Date; ends_at: Date }> => sql`
  select v.starts_at, v.ends_at from scheduling.appointment v where v.patient_id = ${patient} and v.id is distinct from ${but} and v.status in ('requested', 'booked', 'arrived')
  union all
  select r.starts_at, r.ends_at from scheduling.received r where r.patient_id = ${patient} and r.appointment_id is null and r.status in ('requested', 'booked', 'arrived')`

type Open = Slot & { id: string; isOver: boolean; isOf: boolean }
/** Ends what is no offer any more. In the order of what its reader would want to know first. */
export async function settleOffers(tx: Ctx<SystemActor>): Promise<void> {
  await endWaits(tx)
  const { rows } = await sql<Open>`
    select o.id, w.visit_type_id as "visitTypeId", o.resource_id as "resourceId", o.location_id as "locationId", o.starts_at as "startsAt", o.expires_at <= ${tx.now()} as "isOver",
      w.ended_at is not null or a.starts_at <= o.starts_at or exists (
        select from (${otherVisits(sql`o.patient_id`, sql`w.appointment_id`)}) v where v.starts_at < o.ends_at and v.ends_at > o.starts_at) as "isOf"
    from scheduling.wait_offer o
    join scheduling.wait w on w.id = o.wait_id
    left join scheduling.appointment a on a.id = w.appointment_id
    where o.ended_at is null
    order by o.id
    limit 2000
    for update of o
  `.execute(tx.db.kysely)
  const end = (of: readonly Open[], why: Exclude<OfferEnd, 'accepted'>) => endOffers(tx, of.map(one => one.id), why)
  const [off, rest] = [rows.filter(one => one.isOf), rows.filter(one => !one.isOf)]
  await end(off, 'withdrawn')
  await end(rest.filter(one => one.isOver), 'expired')
  await end(await findTaken(tx, rest.filter(one => !one.isOver)), 'taken')
}
