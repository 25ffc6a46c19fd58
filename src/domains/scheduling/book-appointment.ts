import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mayActFor } from '#platform/scope.ts'
import type { Locale } from '#platform/words.ts'
import { taskWordsOf, type Guarded } from '#safety'
import { openRequest } from './answer-request.ts'
import { keepAnswers, type Answer } from './answer-questions.ts'
import { askEstimate, owingOf, type Owing } from './ask-estimate.ts'
import { freeClaims } from './claim-time.ts'
import { isBeforeCutoff, oneAtATime, readHold, readOwn, type Hold } from './hold-time.ts'
import { readCalendar } from './keep-calendar.ts'
import { noteStep } from './note-step.ts'
import { promiseAnswer } from './promise-answer.ts'
import { readVisitType } from './read-settings.ts'
import { mostAhead, mostReason, type Pays, type Status } from './shared.ts'

type PatientSide = PatientActor | ProxyActor
export type BookingWords = { reason: string; locale: Locale; pays?: Pays; answers?: readonly Answer[]; guarded?: Guarded }
export type Booked = { ok: true; id: string; isMoved: boolean; isRequest: boolean }
/** Booked at once, or asked for where somebody must say yes. */
type Standing = { status: 'booked' | 'requested'; confirmBy: Date | null }

/**
 * Makes a visit of a held time, or moves one to it. Asked twice, it answers with the visit that is there. The number of the hold becomes the
 * visit's, so that its claims stay where they are.
 */
export function bookHeld(ctx: Ctx<PatientSide>, holdId: string, words: BookingWords): Promise<Booked | Refused<'hold-ended' | 'too-late'>> {
  return inTransaction<PatientSide, Booked | Refused<'hold-ended' | 'too-late'>>(ctx, async tx => {
    const patientId = await mayActFor(tx, tx.actor.patientId)
    await oneAtATime(tx, patientId)
    const hold = await readHold(tx, patientId, holdId)
    if (hold && !hold.moves && (await readOwn(tx, patientId)).ahead.length >= mostAhead) return refused('hold-ended')
    const { rows: claims } = hold
      ? await sql<{ id: string }>`update scheduling.claim set expires_at = null where booking_id = ${holdId}::uuid and expires_at > ${tx.now()} returning id`.execute(tx.db.kysely)
      : { rows: [] }
    if (!hold || claims.length === 0) return await findBooked(tx, patientId, holdId) ?? refused('hold-ended')
    if (hold.moves) return moveTo(tx, hold, hold.moves, claims.map(claim => claim.id))
    const { status, confirmBy } = await standingOf(tx, hold, (await readVisitType(tx, hold.visitTypeId, { isOpen: false }))?.needsApproval ?? true)
    await sql`
      insert into scheduling.appointment (id, patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, reason, reason_locale, pays, status, confirm_by, booked_at, booked_by, booked_as)
      values (${hold.id}::uuid, ${patientId}::uuid, ${hold.visitTypeId}::uuid, ${hold.resourceId}::uuid, ${hold.locationId}::uuid, ${hold.mode}, ${hold.startsAt}, ${hold.endsAt},
        ${words.reason.trim().slice(0, mostReason)}, ${words.locale}, ${words.pays ?? null}, ${status}, ${confirmBy}, ${tx.now()}, ${tx.actor.personId}::uuid, ${tx.actor.kind})
    `.execute(tx.db.kysely)
    await keepAnswers(tx, hold.id, words.answers ?? [])
    await sql`delete from scheduling.hold where id = ${hold.id}::uuid`.execute(tx.db.kysely)
    await noteStep(tx, { appointmentId: hold.id, patientId, step: status, version: 1, startsAt: hold.startsAt, note: taskWordsOf(words.guarded) })
    if (confirmBy) {
      await openRequest(tx, { ...hold, patientId, confirmBy })
      await enqueue(tx, 'scheduling.tell', { appointmentId: hold.id })
    }
    await oweEstimate(tx, { ...hold, patientId }, owingOf(words.pays, words.reason, ...(words.answers ?? []).map(answer => answer.said.en)))
    return { ok: true, id: hold.id, isMoved: false, isRequest: confirmBy !== null }
  })
}

/** Asked for where the practice must say yes, or an EHR keeps the calendar and has not got it yet. */
export const standingOf = async (tx: Ctx, hold: Pick<Hold, 'startsAt' | 'locationId'>, mustBeAsked = false): Promise<Standing> => (mustBeAsked || (await readCalendar(tx)).source !== null ? { status: 'requested', confirmBy: await promiseAnswer(tx, hold) } : { status: 'booked', confirmBy: null })

/** Whoever books: what a visit costs is owed to somebody who pays for it, or asks. */
export async function oweEstimate(tx: Ctx, { id, patientId, visitTypeId, locationId, startsAt }: Pick<Hold, 'id' | 'patientId' | 'visitTypeId' | 'locationId' | 'startsAt'>, owing: Owing | undefined): Promise<void> {
  if (!owing) return
  const type = await readVisitType(tx, visitTypeId, { isOpen: false })
  await askEstimate(tx, { appointmentId: id, patientId, startsAt, locationId, owing, priceCents: type?.priceCents ?? null })
}

/** The visit that a hold has become: it kept its number. */
export async function findBooked(tx: Ctx, patientId: string, id: string): Promise<Booked | undefined> {
  const { rows } = await sql<{ status: Status }>`select status from scheduling.appointment where id = ${id}::uuid and patient_id = ${patientId}::uuid`.execute(tx.db.kysely)
  return rows[0] && { ok: true, id, isMoved: false, isRequest: rows[0].status === 'requested' }
}

/** The old time is let go in the same moment in which the new one is booked, or asked for: a yes counts for the time that it was said to. */
async function moveTo(tx: Ctx<PatientSide>, hold: Hold, id: string, claims: readonly string[]): Promise<Booked | Refused<'too-late' | 'hold-ended'>> {
  const { rows } = await sql<{ startsAt: Date; visitTypeId: string; status: Status }>`
    select starts_at as "startsAt", visit_type_id as "visitTypeId", status from scheduling.appointment where id = ${id}::uuid and patient_id = ${hold.patientId}::uuid and status in ('requested', 'booked')
    for update
  `.execute(tx.db.kysely)
  const type = rows[0] && await readVisitType(tx, rows[0].visitTypeId, { isOpen: false })
  if (!type || !isBeforeCutoff(type, rows[0]!.startsAt, tx.now())) {
    await sql`delete from scheduling.claim where booking_id = ${hold.id}::uuid`.execute(tx.db.kysely)
    await sql`delete from scheduling.hold where id = ${hold.id}::uuid`.execute(tx.db.kysely)
    return refused(type ? 'too-late' : 'hold-ended')
  }
  const { status, confirmBy } = await standingOf(tx, hold, type.needsApproval || rows[0]!.status === 'requested')
  await freeClaims(tx, id)
  await sql`update scheduling.claim set booking_id = ${id}::uuid where id = any (${claims as string[]}::uuid[])`.execute(tx.db.kysely)
  const { rows: [moved] } = await sql<{ version: number }>`
    update scheduling.appointment
    set resource_id = ${hold.resourceId}::uuid, location_id = ${hold.locationId}::uuid, mode = ${hold.mode}, starts_at = ${hold.startsAt}, ends_at = ${hold.endsAt}, status = ${status}, confirm_by = ${confirmBy},
      extra_seat_because = null, version = version + 1
    where id = ${id}::uuid
    returning version
  `.execute(tx.db.kysely)
  await sql`delete from scheduling.hold where id = ${hold.id}::uuid`.execute(tx.db.kysely)
  await noteStep(tx, { appointmentId: id, patientId: hold.patientId, step: 'moved', version: moved!.version, startsAt: hold.startsAt })
  return { ok: true, id, isMoved: true, isRequest: confirmBy !== null }
}
