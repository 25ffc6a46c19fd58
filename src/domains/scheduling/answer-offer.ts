import { randomUUID } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { withdrawMail } from '#platform/email.ts'
import { enqueue } from '#platform/jobs.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mayActFor, type AuthorizedPatientId } from '#platform/scope.ts'
import { openRequest } from './answer-request.ts'
import { owingOf } from './ask-estimate.ts'
import { oweEstimate, standingOf } from './book-appointment.ts'
import { claimTime, freeClaims } from './claim-time.ts'
import { isBeforeCutoff, oneAtATime, ownHolds, type JustTaken } from './hold-time.ts'
import { listOpenTimes, nearestTimes } from './list-open-times.ts'
import { noteStep } from './note-step.ts'
import { readVisitType } from './read-settings.ts'
import { endOffers, otherVisits } from './settle-offers.ts'
import { isPlanned, type Mode, type OfferEnd, type Pays, type Status, type VisitType } from './shared.ts'

type PatientSide = PatientActor | ProxyActor
export type Offer = {
  id: string; waitId: string; visitTypeId: string; mode: Mode; resourceId: string; locationId: string; startsAt: Date; endsAt: Date; expiresAt: Date; endedWhy: OfferEnd | null; reason: string
  /** What it became. */
  becameId: string | null
  isWaitOver: boolean
  /** The visit that it would move, as that is now. */
  visitId: string | null
  visitStartsAt: Date | null
  visitStatus: Status | null
}

/** An offer of this patient's, whatever became of it. `lock`: nobody answers it beside. */
export async function readOffer(ctx: Ctx, patientId: AuthorizedPatientId, id: string, { lock = false } = {}): Promise<Offer> {
  const { rows: [offer] } = await sql<Offer>`
    select o.id, o.wait_id as "waitId", w.visit_type_id as "visitTypeId", w.mode, o.resource_id as "resourceId", o.location_id as "locationId", o.starts_at as "startsAt", o.ends_at as "endsAt",
      o.expires_at as "expiresAt", o.ended_why as "endedWhy", w.reason, o.appointment_id as "becameId", w.ended_at is not null as "isWaitOver",
      a.id as "visitId", a.starts_at as "visitStartsAt", a.status as "visitStatus"
    from scheduling.wait_offer o
    join scheduling.wait w on w.id = o.wait_id
    left join scheduling.appointment a on a.id = w.appointment_id
    where o.id = ${id}::uuid and o.patient_id = ${patientId}::uuid
    ${lock ? sql`for update of w` : sql``}
  `.execute(ctx.db.kysely)
  if (!offer) throw new NotFound()
  if (!lock) await audit(ctx, 'wait.viewed', { patientId, kind: 'wait', ids: [offer.waitId] })
  return offer
}

export type Accepted = { ok: true; id: string; isMoved: boolean }
export type OfferRefusal = JustTaken | Refused<'ended' | 'too-late' | 'not-earlier' | 'clashes'>

/** Whether an offer can still be taken, by how things are now. Undefined: it can. */
export function whyNot(offer: Offer, type: VisitType, now: Date): Exclude<OfferRefusal, JustTaken> | undefined {
  if (offer.endedWhy !== null || offer.expiresAt <= now || offer.isWaitOver || (offer.visitStatus !== null && !isPlanned(offer.visitStatus))) return refused('ended')
  if (offer.visitStartsAt && offer.visitStartsAt <= offer.startsAt) return refused('not-earlier')
  if (offer.visitStartsAt && !isBeforeCutoff(type, offer.visitStartsAt, now)) return refused('too-late')
  return undefined
}

/**
 * Takes an offered time: a visit is moved to it, or one is booked. The first who takes it has it: the exclusion constraint says who that was, and the others
 * read the nearest times. Taken twice, it answers with the visit that is there. Whoever took one waits no longer, so that what this sets free goes from hand to hand
 * as often as there are people who wait, and not round and round.
 */
export function acceptOffer(ctx: Ctx<PatientSide>, id: string, { pays }: { pays?: Pays } = {}): Promise<Accepted | OfferRefusal> {
  return inTransaction<PatientSide, Accepted | OfferRefusal>(ctx, async tx => {
    const patientId = await mayActFor(tx, tx.actor.patientId)
    await oneAtATime(tx, patientId)
    await holdOfferedVisit(tx, id)
    const offer = await readOffer(tx, patientId, id, { lock: true })
    if (offer.becameId) return { ok: true, id: offer.becameId, isMoved: offer.becameId === offer.visitId }
    const type = (await readVisitType(tx, offer.visitTypeId, { isOpen: false }))!
    const ignore = [...await ownHolds(tx), ...(offer.visitId ? [offer.visitId] : [])]
    const taken = async (): Promise<JustTaken> => ({ ok: false, reason: 'just-taken', nearest: await nearestTimes(tx, { type, resourceId: offer.resourceId, ignore }, offer.startsAt) })
    if (offer.endedWhy === 'taken') return taken()
    const no = whyNot(offer, type, tx.now())
    if (no) return no
    if (await clashes(tx, patientId, offer)) return refused('clashes')
    const [time] = await listOpenTimes(tx, { type, resourceId: offer.resourceId, locationId: offer.locationId, from: offer.startsAt, to: new Date(offer.startsAt.getTime() + 1), isStaff: true, ignore })
    const done = time && await (offer.visitId ? moveTo(tx, patientId, offer, type) : bookAt(tx, patientId, offer, type, pays))
    if (!done) return taken()
    await closeWait(tx, patientId, offer, done)
    return done
  })
}

/** The visit that would be moved is held first: it may just now be cancelled or moved elsewhere, by a link or at the desk. What is read after it is so. */
async function holdOfferedVisit(tx: Ctx, offerId: string): Promise<void> {
  await sql`
    select from scheduling.appointment
    where id = (select w.appointment_id from scheduling.wait_offer o join scheduling.wait w on w.id = o.wait_id where o.id = ${offerId}::uuid)
    for update
  `.execute(tx.db.kysely)
}

/** Another visit of theirs at that time. */
async function clashes(tx: Ctx, patientId: AuthorizedPatientId, { visitId, startsAt, endsAt }: Offer): Promise<boolean> {
  const { rows } = await sql`
    select from (${otherVisits(sql`${patientId}::uuid`, sql`${visitId}::uuid`)}) v where v.starts_at < ${endsAt} and v.ends_at > ${startsAt} limit 1
  `.execute(tx.db.kysely)
  return rows.length > 0
}

/** The new time is claimed beside the old one, which is let go in the same moment. Where somebody must say yes, it is asked for. */
async function moveTo(tx: Ctx<PatientSide>, patientId: AuthorizedPatientId, offer: Offer, type: VisitType): Promise<Accepted | undefined> {
  const { visitId, resourceId, locationId, startsAt, endsAt } = offer
  const id = visitId!
  const { rows: before } = await sql<{ id: string }>`select id from scheduling.claim where booking_id = ${id}::uuid`.execute(tx.db.kysely)
  if (!(await claimTime(tx, { bookingId: id, type, resourceId, locationId, startsAt }))) return undefined
  const { rows: all } = await sql<{ id: string }>`select id from scheduling.claim where booking_id = ${id}::uuid`.execute(tx.db.kysely)
  const { status, confirmBy } = await standingOf(tx, offer, type.needsApproval || offer.visitStatus === 'requested')
  const old = new Set(before.map(claim => claim.id))
  await freeClaims(tx, id, { but: all.map(claim => claim.id).filter(one => !old.has(one)) })
  const { rows: [moved] } = await sql<{ version: number }>`
    update scheduling.appointment
    set resource_id = ${resourceId}::uuid, location_id = ${locationId}::uuid, starts_at = ${startsAt}, ends_at = ${endsAt}, status = ${status}, confirm_by = ${confirmBy}, extra_seat_because = null, version = version + 1
    where id = ${id}::uuid
    returning version
  `.execute(tx.db.kysely)
  await noteStep(tx, { appointmentId: id, patientId, step: 'moved', version: moved!.version, startsAt })
  return { ok: true, id, isMoved: true }
}

/** As a held time becomes a visit: the number stays, so the claims do. */
async function bookAt(tx: Ctx<PatientSide>, patientId: AuthorizedPatientId, offer: Offer, type: VisitType, pays: Pays | undefined): Promise<Accepted | undefined> {
  const id = randomUUID()
  const { resourceId, locationId, startsAt, endsAt, mode } = offer
  await sql`
    insert into scheduling.hold (id, patient_id, person_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, expires_at)
    values (${id}::uuid, ${patientId}::uuid, ${tx.actor.personId}::uuid, ${type.id}::uuid, ${resourceId}::uuid, ${locationId}::uuid, ${mode}, ${startsAt}, ${endsAt}, ${tx.now()})
  `.execute(tx.db.kysely)
  const isClaimed = await claimTime(tx, { bookingId: id, type, resourceId, locationId, startsAt })
  if (isClaimed) {
    const { status, confirmBy } = await standingOf(tx, offer, type.needsApproval)
    await sql`
      insert into scheduling.appointment (id, patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, reason, pays, status, confirm_by, booked_at, booked_by, booked_as)
      values (${id}::uuid, ${patientId}::uuid, ${type.id}::uuid, ${resourceId}::uuid, ${locationId}::uuid, ${mode}, ${startsAt}, ${endsAt}, ${offer.reason}, ${pays ?? null}, ${status}, ${confirmBy}, ${tx.now()}, ${tx.actor.personId}::uuid, ${tx.actor.kind})
    `.execute(tx.db.kysely)
    await noteStep(tx, { appointmentId: id, patientId, step: status, version: 1, startsAt })
    if (confirmBy) {
      await openRequest(tx, { id, patientId, locationId, confirmBy })
      await enqueue(tx, 'scheduling.tell', { appointmentId: id })
    }
    await oweEstimate(tx, { id, patientId, visitTypeId: type.id, locationId, startsAt }, owingOf(pays, offer.reason))
  }
  await sql`delete from scheduling.hold where id = ${id}::uuid`.execute(tx.db.kysely)
  return isClaimed ? { ok: true, id, isMoved: false } : undefined
}

async function closeWait(tx: Ctx<PatientSide>, patientId: AuthorizedPatientId, offer: Offer, { id }: Accepted): Promise<void> {
  await sql`update scheduling.wait_offer set ended_at = ${tx.now()}, ended_why = 'accepted', appointment_id = ${id}::uuid, moved_from = ${offer.visitStartsAt} where id = ${offer.id}::uuid`.execute(tx.db.kysely)
  const { rows } = await sql<{ id: string }>`select id from scheduling.wait_offer where wait_id = ${offer.waitId}::uuid and ended_at is null`.execute(tx.db.kysely)
  await endOffers(tx, rows.map(row => row.id), 'withdrawn')
  await sql`update scheduling.wait set ended_at = ${tx.now()}, ended_why = 'accepted' where id = ${offer.waitId}::uuid`.execute(tx.db.kysely)
  await withdrawMail(tx, { type: 'wait-offer', id: offer.id })
  await audit(tx, 'wait.accepted', { patientId, kind: 'wait', ids: [offer.waitId] })
  await enqueue(tx, 'scheduling.wait', {})
}

/** Does not want this time; goes on waiting. */
export function declineOffer(ctx: Ctx<PatientSide>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    const patientId = await mayActFor(tx, tx.actor.patientId)
    const offer = await readOffer(tx, patientId, id, { lock: true })
    if (offer.endedWhy !== null) return
    await endOffers(tx, [id], 'declined')
    await audit(tx, 'wait.declined', { patientId, kind: 'wait', ids: [offer.waitId] })
    await enqueue(tx, 'scheduling.wait', {})   // theirs in the group goes to the next
  })
}
