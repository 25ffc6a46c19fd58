import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { keepSchedule } from './access.ts'
import { claimTime, freeClaims } from './claim-time.ts'
import { closeLine, type CopyWhat } from './copy-line.ts'
import type { Kept } from './keep-received.ts'
import { noteStep } from './note-step.ts'
import { readVisitType } from './read-settings.ts'
import { isPlanned, type ReceivedStatus, type Status, type Step } from './shared.ts'
import { takeTimes } from './take-times.ts'
import { minuteMs } from './trace-zone.ts'

/** A visit that begins so near to another of the same patient with the same clinician is that one. */
const nearMinutes = 10
type Ours = { id: string; patientId: string; visitTypeId: string; resourceId: string; locationId: string; startsAt: Date; endsAt: Date; status: Status; version: number; toCopy: CopyWhat | null }

const ours = sql`
  select a.id, a.patient_id as "patientId", a.visit_type_id as "visitTypeId", a.resource_id as "resourceId", a.location_id as "locationId", a.starts_at as "startsAt", a.ends_at as "endsAt", a.status, a.version,
    (select l.what from scheduling.copy_line l where l.appointment_id = a.id and l.done_at is null) as "toCopy"
  from scheduling.appointment a`

async function readOurs(tx: Ctx, id: string): Promise<Ours | undefined> {
  const { rows: [row] } = await sql<Ours>`${ours} where a.id = ${id}::uuid for update of a`.execute(tx.db.kysely)
  return row
}

const isStanding = (status: ReceivedStatus): boolean => status === 'requested' || status === 'booked' || status === 'arrived'
/** Which of ours it is: the one whose number it carries as the placer's, else the one at about that time with the same clinician. Always the same patient's. */
async function findOurs(tx: Ctx, { patientId, numbers, withIds, startsAt, status }: Kept): Promise<Ours | undefined> {
  const stands = isStanding(status)
  const { rows: [row] } = await sql<Ours>`
    ${ours}
    where a.patient_id = ${patientId}::uuid and not exists (select from scheduling.received r where r.appointment_id = a.id)
      and (a.id::text = any (${numbers}::text[]) and (a.status <> 'cancelled' or not ${stands})
        or (${stands} and a.status in ('requested', 'booked') and a.resource_id = any (${withIds}::uuid[]) and abs(extract(epoch from a.starts_at - ${startsAt}::timestamptz)) <= ${nearMinutes * 60}))
    order by (a.id::text = any (${numbers}::text[])) desc, abs(extract(epoch from a.starts_at - ${startsAt}::timestamptz)), a.id
    limit 1
    for update of a
  `.execute(tx.db.kysely)
  return row
}

/** What the EHR says of a visit is so of ours, if it is one of ours. Returns whether it is: then it is told of as that. */
export async function settleVisit(tx: Ctx<SystemActor>, visit: Kept): Promise<boolean> {
  const known = visit.appointmentId === null ? undefined : await readOurs(tx, visit.appointmentId)
  const found = known ?? (visit.status === 'gone' ? undefined : await findOurs(tx, visit))
  if (!found || found.patientId !== visit.patientId) return false
  if (known?.status === 'cancelled' && known.toCopy === null && isStanding(visit.status)) {
    // It was given up, and the EHR has it again: that is another visit, and is the EHR's alone.
    await sql`update scheduling.received set appointment_id = null where id = ${visit.id}::uuid`.execute(tx.db.kysely)
    return false
  }
  if (!known) await sql`update scheduling.received set appointment_id = ${found.id}::uuid where id = ${visit.id}::uuid`.execute(tx.db.kysely)
  await follow(tx, visit, found)
  return true
}

async function follow(tx: Ctx<SystemActor | StaffActor>, visit: Kept, own: Ours): Promise<void> {
  const isOff = visit.status === 'cancelled' || visit.status === 'gone'
  if (isOff) {
    if (isPlanned(own.status)) {
      await freeClaims(tx, own.id)
      await change(tx, own, { status: 'cancelled' }, 'cancelled', 'practice')
      await enqueue(tx, 'scheduling.tell', { appointmentId: own.id })
    }
    return closeLine(tx, own.id, 'ehr')
  }
  if (own.status === 'cancelled') return   // it is to be cancelled there, and stands on the list
  const isNear = Math.abs(visit.startsAt.getTime() - own.startsAt.getTime()) <= nearMinutes * minuteMs
  // It was moved here, and the EHR speaks of the time that it had: that is nothing new.
  if (own.toCopy === 'move' && !isNear && visit.wasStartsAt?.getTime() === visit.startsAt.getTime()) return
  if (isPlanned(own.status)) await takeOver(tx, visit, own)
  else if (visit.status === 'booked') await change(tx, own, { status: 'booked' }, 'reopened')
  if (visit.status === 'arrived' || visit.status === 'completed' || visit.status === 'no-show') await mark(tx, visit.status, own.id)
  if (visit.status !== 'requested') await closeLine(tx, own.id, 'ehr', visit.startsAt)
}

/** Its time, clinician and place are ours from now on, and it stands as confirmed. */
async function takeOver(tx: Ctx<SystemActor | StaffActor>, visit: Kept, own: Ours): Promise<void> {
  const resourceId = visit.withIds.includes(own.resourceId) ? own.resourceId : visit.withIds[0] ?? own.resourceId
  const locationId = visit.locationId ?? own.locationId
  const isMoved = visit.startsAt.getTime() !== own.startsAt.getTime() || resourceId !== own.resourceId || locationId !== own.locationId
  const status = visit.status === 'requested' ? own.status : 'booked'
  if (!isMoved && status === own.status) return
  const type = await readVisitType(tx, own.visitTypeId, { isOpen: false })
  let because: string | null = null
  if (isMoved && type) {
    await freeClaims(tx, own.id)
    await claimTime(tx, { bookingId: own.id, type, resourceId, locationId, startsAt: visit.startsAt, hasExtraSeat: true, isDecided: true })
    const { rows: [seat] } = await sql<{ most: number | null }>`select max(seat)::int as most from scheduling.claim where booking_id = ${own.id}::uuid`.execute(tx.db.kysely)
    because = (seat?.most ?? 0) > 0 ? 'The EHR has it so' : null
  }
  await change(tx, own, { status, resourceId, locationId, startsAt: visit.startsAt, endsAt: isMoved ? visit.endsAt : own.endsAt, because }, isMoved ? 'moved' : 'confirmed', because ?? '')
  if (visit.startsAt.getTime() !== own.startsAt.getTime() || status !== own.status) await enqueue(tx, 'scheduling.tell', { appointmentId: own.id })
}

async function mark(tx: Ctx<SystemActor | StaffActor>, status: 'arrived' | 'completed' | 'no-show', id: string): Promise<void> {
  const own = await readOurs(tx, id)
  if (own && own.status !== status && own.status !== 'cancelled') await change(tx, own, { status }, status)
}

type Change = { status: Status; resourceId?: string; locationId?: string; startsAt?: Date; endsAt?: Date; because?: string | null }
async function change(tx: Ctx, own: Ours, { status, resourceId = own.resourceId, locationId = own.locationId, startsAt = own.startsAt, endsAt = own.endsAt, because }: Change, step: Step, note = ''): Promise<void> {
  await sql`
    update scheduling.appointment
    set status = ${status}, confirm_by = case when ${status} = 'requested' then confirm_by end, resource_id = ${resourceId}::uuid, location_id = ${locationId}::uuid, starts_at = ${startsAt}, ends_at = ${endsAt},
      extra_seat_because = case when ${because === undefined} then extra_seat_because else ${because ?? null} end, version = version + 1
    where id = ${own.id}::uuid
  `.execute(tx.db.kysely)
  await noteStep(tx, { appointmentId: own.id, patientId: own.patientId, step, version: own.version + 1, startsAt, note, isEhrs: true })
}

/** Staff say that a visit of the EHR's is this one of ours: from now on they are one. */
export function matchReceived(ctx: Ctx<StaffActor>, appointmentId: string, receivedId: string): Promise<{ ok: true } | Refused<'changed-meanwhile'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'changed-meanwhile'>>(ctx, async tx => {
    mustBeAbleTo(tx, keepSchedule)
    const own = await readOurs(tx, appointmentId)
    if (!own || !isPlanned(own.status)) return refused('changed-meanwhile')   // given up meanwhile: the EHR's stays a visit of its own
    const { rows: [visit] } = await sql<Kept>`
      update scheduling.received r set appointment_id = ${appointmentId}::uuid
      from scheduling.calendar c
      where r.id = ${receivedId}::uuid and r.source = c.source and r.appointment_id is null and r.patient_id = ${own.patientId}::uuid and r.status in ('requested', 'booked')
        and not exists (select from scheduling.received o where o.appointment_id = ${appointmentId}::uuid)
      returning r.id, r.patient_id as "patientId", r.starts_at as "startsAt", r.ends_at as "endsAt", r.status, r.with_ids as "withIds", r.location_id as "locationId", r.numbers, r.is_restricted as "isRestricted", r.version, r.appointment_id as "appointmentId",
        null as "wasStartsAt", null as "wasStatus", null as "wasVersion"
    `.execute(tx.db.kysely)
    if (!visit) return refused('changed-meanwhile')
    await follow(tx, visit, own)
    await takeTimes(tx, [visit.id])
    return { ok: true }
  })
}
