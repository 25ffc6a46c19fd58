import { audit, auditMany } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { seeSchedule } from './access.ts'
import type { Wishes } from './choose-offers.ts'
import type { Mode, OfferEnd, WaitEnd } from './shared.ts'

export type Wait = Wishes & {
  id: string
  patientId: string
  /** The visit that would be moved, and when and where it is now. */
  visitId: string | null
  visitStartsAt: Date | null
  visitLocationId: string | null
  visitTypeId: string
  mode: Mode
  priority: number
  reason: string
  since: Date
  addedAs: 'patient' | 'proxy' | 'staff'
  endedAt: Date | null
  endedWhy: WaitEnd | null
}

const waits = sql`
  select w.id, w.patient_id as "patientId", w.appointment_id as "visitId", a.starts_at as "visitStartsAt", a.location_id as "visitLocationId", w.visit_type_id as "visitTypeId", w.mode, w.resource_id as "resourceId", w.location_id as "locationId",
    w.weekdays, w.parts, w.until_day::text as "untilDay", w.priority, w.reason, w.since, w.added_as as "addedAs", w.ended_at as "endedAt", w.ended_why as "endedWhy"
  from scheduling.wait w
  left join scheduling.appointment a on a.id = w.appointment_id`

export type OpenOffer = { id: string; waitId: string; startsAt: Date; locationId: string; resourceId: string }

export type OwnWaiting = { waits: Wait[]; offers: OpenOffer[] }

/** What a patient waits for, and the offers that they can still answer, the soonest first. */
export async function listOwnWaits(ctx: Ctx, patientId: AuthorizedPatientId): Promise<OwnWaiting> {
  const { rows } = await sql<Wait>`${waits} where w.patient_id = ${patientId}::uuid and w.ended_at is null order by w.since, w.id limit 50`.execute(ctx.db.kysely)
  const { rows: offers } = await sql<OpenOffer>`
    select id, wait_id as "waitId", starts_at as "startsAt", location_id as "locationId", resource_id as "resourceId"
    from scheduling.wait_offer
    where patient_id = ${patientId}::uuid and ended_at is null and expires_at > ${ctx.now()} and wait_id = any (${rows.map(row => row.id)}::uuid[])
    order by starts_at, id
    limit 20
  `.execute(ctx.db.kysely)
  return { waits: rows, offers }
}

/** What somebody waits for with this visit, if they do. */
export async function waitOfVisit(ctx: Ctx, visitId: string): Promise<Wait | undefined> {
  const { rows } = await sql<Wait>`${waits} where w.appointment_id = ${visitId}::uuid and w.ended_at is null`.execute(ctx.db.kysely)
  return rows[0]
}

export async function readOwnWait(ctx: Ctx, patientId: AuthorizedPatientId, id: string): Promise<Wait> {
  const { rows } = await sql<Wait>`${waits} where w.id = ${id}::uuid and w.patient_id = ${patientId}::uuid`.execute(ctx.db.kysely)
  if (!rows[0]) throw new NotFound()
  await audit(ctx, 'wait.viewed', { patientId, kind: 'wait', ids: [id] })
  return rows[0]
}

export type WaitLine = Wait & { openOffers: number; offers: number }

/** Everybody who waits, in the order in which they are asked; with `isOver`, who waited in the last thirty days. */
export async function listWaits(ctx: Ctx<StaffActor>, { isOver = false } = {}): Promise<WaitLine[]> {
  mustBeAbleTo(ctx, seeSchedule)
  const of = isOver ? sql`w.ended_at > ${ctx.now()}::timestamptz - interval '30 days' order by w.ended_at desc, w.id` : sql`w.ended_at is null order by w.priority desc, w.since, w.id`
  const { rows } = await sql<WaitLine>`
    select x.*, h.open as "openOffers", h.all as offers
    from (${waits} where ${of} limit 300) x
    cross join lateral (select count(*) filter (where o.ended_at is null)::integer as open, count(*)::integer as all from scheduling.wait_offer o where o.wait_id = x.id) h
  `.execute(ctx.db.kysely)
  await auditMany(ctx, 'wait.viewed', [...Map.groupBy(rows, row => row.patientId)].map(([patientId, all]) => ({ patientId, count: all.length })))
  return rows
}

export type OfferLine = { id: string; startsAt: Date; locationId: string; who: string; round: number; offeredAt: Date; toldAt: Date | null; told: number; expiresAt: Date; endedAt: Date | null; endedWhy: OfferEnd | null; becameId: string | null }

/** One who waits, with what was offered and how it ended, the latest first. */
export async function readWait(ctx: Ctx<StaffActor>, id: string): Promise<Wait & { offers: OfferLine[] }> {
  mustBeAbleTo(ctx, seeSchedule)
  const { rows: [wait] } = await sql<Wait>`${waits} where w.id = ${id}::uuid`.execute(ctx.db.kysely)
  if (!wait) throw new NotFound()
  const { rows: offers } = await sql<OfferLine>`
    select o.id, o.starts_at as "startsAt", o.location_id as "locationId", r.name as who, o.round, o.offered_at as "offeredAt", o.told_at as "toldAt", o.told, o.expires_at as "expiresAt", o.ended_at as "endedAt",
      o.ended_why as "endedWhy", o.appointment_id as "becameId"
    from scheduling.wait_offer o
    join scheduling.known_resource r on r.id = o.resource_id
    where o.wait_id = ${id}::uuid
    order by o.offered_at desc, o.id
    limit 200
  `.execute(ctx.db.kysely)
  await audit(ctx, 'wait.viewed', { patientId: wait.patientId, kind: 'wait', ids: [id] })
  return { ...wait, offers }
}
