import { randomUUID } from 'node:crypto'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mayActFor } from '#platform/scope.ts'
import { finishTaskAbout } from '#work'
import { keepSchedule } from './access.ts'
import { requestTask } from './answer-request.ts'
import { owingOf } from './ask-estimate.ts'
import { oweEstimate, standingOf } from './book-appointment.ts'
import { claimTime, freeClaims } from './claim-time.ts'
import { listOpenTimes, nearestTimes } from './list-open-times.ts'
import { noteStep } from './note-step.ts'
import { readNeeds, readVisitType } from './read-settings.ts'
import { readAvailability } from './read-availability.ts'
import type { JustTaken } from './hold-time.ts'
import { isPlanned, mostReason, type Mode, type Pays, type Status, type VisitType } from './shared.ts'
import { minuteMs } from './trace-zone.ts'

export type DeskTime = {
  resourceId: string
  locationId: string
  mode: Mode
  startsAt: Date
  /** Why this visit stands beside another, or outside the hours. Without it the time must be free. */
  extraSeatBecause?: string
}
export type DeskWish = DeskTime & { patientId: string; visitTypeId: string; reason: string; pays?: Pays }
export type DeskRefusal = JustTaken | Refused<'not-offered' | 'in-the-past'>

/** Whether a time may be booked at the desk: an open one by itself, any other with a reason. */
async function check(tx: Ctx, type: VisitType | undefined, { resourceId, locationId, mode, startsAt, extraSeatBecause }: DeskTime, ignore: readonly string[] = []): Promise<{ ok: true; type: VisitType } | DeskRefusal> {
  if (!type || !type.modes.includes(mode) || !(await readNeeds(tx, type.id))[0]?.includes(resourceId)) return refused('not-offered')
  if (startsAt.getTime() < tx.now().getTime() - 60 * minuteMs) return refused('in-the-past')
  const to = new Date(startsAt.getTime() + 1)
  if (extraSeatBecause !== undefined) {
    const there = await readAvailability(tx, { resources: [resourceId], from: startsAt, to })
    return extraSeatBecause.trim().length >= 3 && there.zoneOf(locationId) ? { ok: true, type } : refused('not-offered')
  }
  const [time] = await listOpenTimes(tx, { type, resourceId, locationId, from: startsAt, to, isStaff: true, ignore })
  return time ? { ok: true, type } : { ok: false, reason: 'just-taken', nearest: await nearestTimes(tx, { type, resourceId, isStaff: true, ignore }, startsAt) }
}
const because = ({ extraSeatBecause }: DeskTime): string | null => extraSeatBecause?.trim().slice(0, 200) ?? null
const endOf = (type: VisitType, { startsAt }: DeskTime): Date => new Date(startsAt.getTime() + type.durationMinutes * minuteMs)

/** The desk books: at once, since nobody types for ten minutes. */
export function bookForPatient(ctx: Ctx<StaffActor>, wish: DeskWish): Promise<{ ok: true; id: string } | DeskRefusal> {
  return inTransaction<StaffActor, { ok: true; id: string } | DeskRefusal>(ctx, async tx => {
    mustBeAbleTo(tx, keepSchedule)
    const patientId = await mayActFor(tx, wish.patientId)
    const checked = await check(tx, await readVisitType(tx, wish.visitTypeId), wish)
    if (!checked.ok) return checked
    const [id, { type }] = [randomUUID(), checked]
    const { status, confirmBy } = await standingOf(tx, wish)
    await sql`
      insert into scheduling.appointment (id, patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, reason, pays, status, confirm_by, extra_seat_because, booked_at, booked_by, booked_as)
      values (${id}::uuid, ${patientId}::uuid, ${type.id}::uuid, ${wish.resourceId}::uuid, ${wish.locationId}::uuid, ${wish.mode}, ${wish.startsAt}, ${endOf(type, wish)},
        ${wish.reason.trim().slice(0, mostReason)}, ${wish.pays ?? null}, ${status}, ${confirmBy}, ${because(wish)}, ${tx.now()}, ${tx.actor.personId}::uuid, 'staff')
    `.execute(tx.db.kysely)
    if (!(await claimTime(tx, { ...wish, bookingId: id, type, hasExtraSeat: because(wish) !== null }))) throw new Lost(wish, type)
    await noteStep(tx, { appointmentId: id, patientId, step: status, version: 1, startsAt: wish.startsAt, note: because(wish) ?? '' })
    // "Not known yet" is how the desk's form begins, and not what somebody said.
    await oweEstimate(tx, { ...wish, id, patientId }, owingOf(wish.pays === 'unsure' ? undefined : wish.pays, wish.reason))
    return { ok: true, id }
  }).catch(error => tellLost(ctx, error))
}

/** Somebody was faster between the look and the claim: what was written is undone, and the nearest times are told. */
class Lost extends Error {
  readonly wish: DeskTime
  readonly type: VisitType
  constructor(wish: DeskTime, type: VisitType) { super('just taken'); this.wish = wish; this.type = type }
}
async function tellLost(ctx: Ctx<StaffActor>, error: unknown): Promise<JustTaken> {
  if (!(error instanceof Lost)) throw error
  return { ok: false, reason: 'just-taken', nearest: await nearestTimes(ctx, { type: error.type, resourceId: error.wish.resourceId, isStaff: true }, error.wish.startsAt) }
}

/** The desk moves a visit that has not begun; one that was asked for is confirmed by it. `version`: what the desk saw; another has changed it since when they differ. */
export function moveForPatient(ctx: Ctx<StaffActor>, id: string, { version, ...time }: DeskTime & { version: number }): Promise<{ ok: true } | DeskRefusal | Refused<'changed-meanwhile'>> {
  return inTransaction<StaffActor, { ok: true } | DeskRefusal | Refused<'changed-meanwhile'>>(ctx, async tx => {
    mustBeAbleTo(tx, keepSchedule)
    const { rows: [found] } = await sql<{ patientId: string; visitTypeId: string; version: number; status: Status }>`
      select patient_id as "patientId", visit_type_id as "visitTypeId", version, status from scheduling.appointment where id = ${id}::uuid for update
    `.execute(tx.db.kysely)
    if (!found || !isPlanned(found.status) || found.version !== version) return refused('changed-meanwhile')
    const checked = await check(tx, await readVisitType(tx, found.visitTypeId, { isOpen: false }), time, [id])
    if (!checked.ok) return checked
    const { type } = checked
    await freeClaims(tx, id)
    if (!(await claimTime(tx, { ...time, bookingId: id, type, hasExtraSeat: because(time) !== null }))) throw new Lost(time, type)
    const { status, confirmBy } = await standingOf(tx, time)
    await sql`
      update scheduling.appointment
      set resource_id = ${time.resourceId}::uuid, location_id = ${time.locationId}::uuid, mode = ${time.mode}, starts_at = ${time.startsAt}, ends_at = ${endOf(type, time)}, status = ${status}, confirm_by = ${confirmBy}, extra_seat_because = ${because(time)}, version = version + 1
      where id = ${id}::uuid
    `.execute(tx.db.kysely)
    await noteStep(tx, { appointmentId: id, patientId: found.patientId, step: 'moved', version: version + 1, startsAt: time.startsAt, note: because(time) ?? '' })
    if (found.status === 'requested') await finishTaskAbout(tx, { type: 'appointment', ids: [id] }, 'Moved to a time that we keep.', { kind: requestTask })
    await enqueue(tx, 'scheduling.tell', { appointmentId: id })
    return { ok: true }
  }).catch(error => tellLost(ctx, error))
}
