import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import type { Locale } from '#platform/words.ts'
import { practiceZone, readPractice } from '#practice'
import { seeSchedule } from './access.ts'
import { noteSeen } from './note-seen.ts'
import type { Coming, DeclineReason, Mode, Pays, Status, Step } from './shared.ts'

export type Appointment = {
  id: string
  patientId: string
  visitTypeId: string
  resourceId: string
  /** Who sees the patient, by name. */
  who: string
  clinicianId: string | null
  locationId: string
  mode: Mode
  startsAt: Date
  endsAt: Date
  reason: string
  reasonLocale: Locale
  pays: Pays | null
  status: Status
  /** Until when somebody says yes or no to what was asked for. */
  confirmBy: Date | null
  extraSeatBecause: string | null
  /** They said that they come, when and where. */
  saidComingAt: Date | null
  saidComingHow: Coming | null
  version: number
  /** It is the EHR's, and this is what that calls it. */
  fromEhr?: string
}

const appointments = sql`
  select a.id, a.patient_id as "patientId", a.visit_type_id as "visitTypeId", a.resource_id as "resourceId", r.name as who, r.clinician_id as "clinicianId", a.location_id as "locationId", a.mode,
    a.starts_at as "startsAt", a.ends_at as "endsAt", a.reason, a.reason_locale as "reasonLocale", a.pays, a.status, a.confirm_by as "confirmBy", a.extra_seat_because as "extraSeatBecause", a.said_coming_at as "saidComingAt", a.said_coming_how as "saidComingHow", a.version
  from scheduling.appointment a
  join scheduling.known_resource r on r.id = a.resource_id`

/** The visits of a patient: what is ahead, the next first, and what is over or cancelled, the latest first. */
export async function listOwnVisits(ctx: Ctx, patientId: AuthorizedPatientId): Promise<{ ahead: Appointment[]; past: Appointment[] }> {
  const { rows: ahead } = await sql<Appointment>`
    ${appointments}
    where a.patient_id = ${patientId}::uuid and a.ends_at > ${ctx.now()} and a.status in ('requested', 'booked', 'arrived')
    order by a.starts_at, a.id
    limit 50
  `.execute(ctx.db.kysely)
  const { rows: past } = await sql<Appointment>`
    ${appointments}
    where a.patient_id = ${patientId}::uuid and (a.ends_at <= ${ctx.now()} or a.status not in ('requested', 'booked', 'arrived'))
    order by a.starts_at desc, a.id
    limit 30
  `.execute(ctx.db.kysely)
  await audit(ctx, 'appointments.viewed', { patientId, kind: 'appointment', ids: [...ahead, ...past].map(row => row.id) })
  return { ahead, past }
}

/** When the next visit begins, in which zone, and its number; null for one that another system sent. */
export async function nextAppointment(ctx: Ctx, patientId: AuthorizedPatientId): Promise<{ id: string | null; startsAt: Date; zone: string } | undefined> {
  const { rows } = await sql<{ id: string | null; startsAt: Date; locationId: string | null }>`
    (select id, starts_at as "startsAt", location_id as "locationId" from scheduling.appointment where patient_id = ${patientId}::uuid and status = 'booked' and starts_at > ${ctx.now()} order by starts_at limit 1)
    union all
    (select null, starts_at, location_id from scheduling.received
    where patient_id = ${patientId}::uuid and appointment_id is null and status in ('requested', 'booked') and starts_at > ${ctx.now()} order by starts_at limit 1)
    order by 2
    limit 1
  `.execute(ctx.db.kysely)
  if (!rows[0]) return undefined
  const { locationId, ...next } = rows[0]
  return { ...next, zone: (await readPractice(ctx))?.locations.find(place => place.id === locationId)?.zone ?? await practiceZone(ctx) }
}

export async function readOwnVisit(ctx: Ctx, patientId: AuthorizedPatientId, id: string): Promise<Appointment> {
  const { rows } = await sql<Appointment>`${appointments} where a.id = ${id}::uuid and a.patient_id = ${patientId}::uuid`.execute(ctx.db.kysely)
  if (!rows[0]) throw new NotFound()
  await audit(ctx, 'appointments.viewed', { patientId, kind: 'appointment', ids: [id] })
  return rows[0]
}

/** Why a visit of this patient's was not confirmed, if it was so. */
export async function readDecline(ctx: Ctx, id: string): Promise<DeclineReason | undefined> {
  const { rows } = await sql<{ note: DeclineReason }>`select note from scheduling.appointment_step where appointment_id = ${id}::uuid and step = 'declined' order by id desc limit 1`.execute(ctx.db.kysely)
  return rows[0]?.note
}

export type VisitFilter = { from: Date; to: Date; locationId?: string | undefined; resourceId?: string | undefined; hasCancelled?: boolean }

/** All visits that begin in a stretch of time, in order, 1,000 at most; each patient's seeing is an event of theirs. */
export async function listVisits(ctx: Ctx<StaffActor>, { from, to, locationId, resourceId, hasCancelled = false }: VisitFilter): Promise<Appointment[]> {
  mustBeAbleTo(ctx, seeSchedule)
  const { rows } = await sql<Appointment>`
    ${appointments}
    where a.starts_at >= ${from} and a.starts_at < ${to}
      and (${locationId ?? null}::uuid is null or a.location_id = ${locationId ?? null}::uuid)
      and (${resourceId ?? null}::uuid is null or a.resource_id = ${resourceId ?? null}::uuid)
      and (${hasCancelled} or a.status <> 'cancelled')
    order by a.starts_at, a.id
    limit 1000
  `.execute(ctx.db.kysely)
  await noteSeen(ctx, `visits ${from.getTime()} ${to.getTime()} ${locationId} ${resourceId} ${hasCancelled}`, rows)
  return rows
}

export type VisitStep = { at: Date; byPerson: string | null; byKind: 'patient' | 'proxy' | 'staff' | 'system' | 'visitor'; step: Step; startsAt: Date; note: string; through: 'text' | 'link' | null }

/** One visit with its history, oldest first. */
export async function readVisit(ctx: Ctx<StaffActor>, id: string): Promise<Appointment & { steps: VisitStep[] }> {
  mustBeAbleTo(ctx, seeSchedule)
  const { rows: [visit] } = await sql<Appointment>`${appointments} where a.id = ${id}::uuid`.execute(ctx.db.kysely)
  if (!visit) throw new NotFound()
  const { rows: steps } = await sql<VisitStep>`
    select at, by_person as "byPerson", by_kind as "byKind", step, starts_at as "startsAt", note, through from scheduling.appointment_step where appointment_id = ${id}::uuid order by id limit 200
  `.execute(ctx.db.kysely)
  await audit(ctx, 'appointments.viewed', { patientId: visit.patientId, kind: 'appointment', ids: [id] })
  return { ...visit, steps }
}
