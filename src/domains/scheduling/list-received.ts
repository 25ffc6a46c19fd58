import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { seeSchedule } from './access.ts'
import type { VisitFilter } from './list-appointments.ts'
import { noteSeen } from './note-seen.ts'
import type { ReceivedStatus } from './shared.ts'

/** A visit that another system sent and that is no visit of ours. `isOurs`: by the EHR that keeps our calendar. */
export type ReceivedVisit = {
  id: string; patientId: string; source: string; isOurs: boolean; startsAt: Date; endsAt: Date; status: Exclude<ReceivedStatus, 'gone'>
  /** Who sees the patient, in the sender's words or ours; may be empty. */
  who: string
  /** Of ours, whoever is first. */
  resourceId: string | null
  locationId: string | null
  placeName: string
  what: string
  version: number
}

const received = sql`
  select r.id, r.patient_id as "patientId", r.source, coalesce(r.source = c.source, false) as "isOurs", r.starts_at as "startsAt", r.ends_at as "endsAt", r.status, r.with_name as who, r.with_ids[1] as "resourceId",
    r.location_id as "locationId", r.place_name as "placeName", r.what, r.version
  from scheduling.received r left join scheduling.calendar c on true`

/** Of one patient: what is ahead, the next first; what is over or was cancelled, the latest first. */
export async function listOwnReceived(ctx: Ctx, patientId: AuthorizedPatientId): Promise<{ ahead: ReceivedVisit[]; past: ReceivedVisit[] }> {
  const { rows: ahead } = await sql<ReceivedVisit>`
    ${received}
    where r.patient_id = ${patientId}::uuid and r.appointment_id is null and r.ends_at > ${ctx.now()} and r.status in ('requested', 'booked', 'arrived')
    order by r.starts_at, r.id
    limit 50
  `.execute(ctx.db.kysely)
  const { rows: past } = await sql<ReceivedVisit>`
    ${received}
    where r.patient_id = ${patientId}::uuid and r.appointment_id is null and r.status <> 'gone' and (r.ends_at <= ${ctx.now()} or r.status not in ('requested', 'booked', 'arrived'))
    order by r.starts_at desc, r.id
    limit 30
  `.execute(ctx.db.kysely)
  if (ahead.length + past.length > 0) await audit(ctx, 'appointments.viewed', { patientId, kind: 'received-visit', ids: [...ahead, ...past].map(row => row.id) })
  return { ahead, past }
}

/** What the EHR that keeps the calendar has in a stretch of time, in order, 1,000 at most. */
export async function listReceived(ctx: Ctx<StaffActor>, { from, to, locationId, resourceId, hasCancelled = false }: VisitFilter): Promise<ReceivedVisit[]> {
  mustBeAbleTo(ctx, seeSchedule)
  const { rows } = await sql<ReceivedVisit>`
    ${received}
    where r.source = c.source and r.starts_at >= ${from} and r.starts_at < ${to} and r.appointment_id is null and r.status <> 'gone'
      and (${locationId ?? null}::uuid is null or r.location_id is null or r.location_id = ${locationId ?? null}::uuid)
      and (${resourceId ?? null}::uuid is null or ${resourceId ?? null}::uuid = any (r.with_ids))
      and (${hasCancelled} or r.status <> 'cancelled')
    order by r.starts_at, r.id
    limit 1000
  `.execute(ctx.db.kysely)
  await noteSeen(ctx, `received ${from.getTime()} ${to.getTime()} ${locationId} ${resourceId} ${hasCancelled}`, rows)
  return rows
}

export async function readReceived(ctx: Ctx<StaffActor>, id: string): Promise<ReceivedVisit> {
  mustBeAbleTo(ctx, seeSchedule)
  const { rows: [visit] } = await sql<ReceivedVisit>`${received} where r.id = ${id}::uuid and r.status <> 'gone'`.execute(ctx.db.kysely)
  if (!visit) throw new NotFound()
  await audit(ctx, 'appointments.viewed', { patientId: visit.patientId, kind: 'received-visit', ids: [id] })
  return visit
}
