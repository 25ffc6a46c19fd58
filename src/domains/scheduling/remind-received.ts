import { auditList } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { sendNotice } from '#notices'
import { practiceZone, readPractice } from '#practice'
import { touchDue } from './remind-patients.ts'
import type { ReceivedStatus } from './shared.ts'
import { tellEach } from './tell-each.ts'

type Due = { id: string; patientId: string; locationId: string | null; startsAt: Date; bookedAt: Date; version: number; status: ReceivedStatus }
const hourMs = 3_600_000
/** Visits of the EHR that keeps the calendar, while the practice wants them told of. One that is a visit here is told of as that, and never twice. */
const told = sql`
  select r.id, r.patient_id as "patientId", r.location_id as "locationId", r.starts_at as "startsAt", r.first_at as "bookedAt", r.version, r.status
  from scheduling.received r join scheduling.calendar c on c.source = r.source and c.reminds
  where r.appointment_id is null and not r.is_restricted`

/** As with ours: decided from what is true when it is due. Returns how many visits it told of. */
export async function remindReceived(ctx: Ctx<SystemActor>): Promise<number> {
  const now = ctx.now()
  const near = await inTransaction(ctx, async tx => (await sql<Due>`
    ${told} and r.status = 'booked' and r.starts_at > ${now} and r.starts_at <= ${new Date(now.getTime() + 72 * hourMs)}
      and not exists (select from scheduling.received_told t where t.visit_id = r.id and t.version = r.version and t.touch = case when r.starts_at <= ${new Date(now.getTime() + 24 * hourMs)} then '1-day' else '3-days' end)
    order by r.starts_at
    limit 500
  `.execute(tx.db.kysely)).rows)
  return tellEach(ctx, near, async (tx, { id }) => {
    const { rows: [visit] } = await sql<Due>`${told} and r.id = ${id}::uuid and r.status = 'booked'`.execute(tx.db.kysely)
    const touch = visit && touchDue(visit, now, await zoneOf(tx, visit.locationId))
    if (!touch || !(await tellOnce(tx, visit, touch)).isTold) return false
    await auditList(tx, 'appointment.reminded', [visit])
    return true
  })
}

/** The EHR moved or cancelled it: whoever looks after it hears that something changed, once for each change. */
export function tellOfReceived(ctx: Ctx<SystemActor>, visitId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    const { rows: [visit] } = await sql<Due>`${told} and r.id = ${visitId}::uuid`.execute(tx.db.kysely)
    if (!visit || visit.startsAt <= tx.now()) return
    const { isTold, later } = await tellOnce(tx, visit, 'changed')
    if (later) await enqueue(tx, 'scheduling.tell-received', { visitId }, { key: `tell-later:${visitId}`, runAt: later })
    if (isTold) await auditList(tx, 'appointment.reminded', [visit])
  })
}

async function zoneOf(tx: Ctx, locationId: string | null): Promise<string> {
  return (await readPractice(tx))?.locations.find(one => one.id === locationId)?.zone ?? await practiceZone(tx)
}

async function tellOnce(tx: Ctx<SystemActor>, visit: Due, touch: '3-days' | '1-day' | 'changed'): Promise<{ isTold: boolean; later?: Date }> {
  const { rows } = await sql`select from scheduling.received_told where visit_id = ${visit.id}::uuid and version = ${visit.version} and touch = ${touch}`.execute(tx.db.kysely)
  if (rows.length > 0) return { isTold: false }
  const isOff = visit.status === 'cancelled' || visit.status === 'gone'
  const { told: count, later } = await sendNotice(tx, {
    kind: touch !== 'changed' ? 'visit-coming' : isOff ? 'visit-cancelled' : 'visit-moved', patientId: visit.patientId, dedupe: `${visit.id}:${visit.version}:${touch}`,
    about: { type: 'received-visit', id: visit.id }, notAfter: visit.startsAt, visit: { at: visit.startsAt, zone: await zoneOf(tx, visit.locationId), path: '/portal/appointments', ...(visit.locationId && { locationId: visit.locationId }) },
  })
  if (later) return { isTold: count > 0, later }
  await sql`
    insert into scheduling.received_told (visit_id, version, touch, at, told) values (${visit.id}::uuid, ${visit.version}, ${touch}, ${tx.now()}, ${count}) on conflict do nothing
  `.execute(tx.db.kysely)
  return { isTold: true }
}
