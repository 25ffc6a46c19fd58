import { randomUUID } from 'node:crypto'
import type { Ctx, PatientActor, ProxyActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mayActFor, type AuthorizedPatientId } from '#platform/scope.ts'
import { claimTime } from './claim-time.ts'
import { listOpenTimes, nearestTimes } from './list-open-times.ts'
import { readVisitType } from './read-settings.ts'
import { holdMinutes, mostAhead, type Mode, type OpenTime, type VisitType } from './shared.ts'
import { dayMs, minuteMs } from './trace-zone.ts'

export type TimeWish = {
  patientId: string
  visitTypeId: string
  mode: Mode
  resourceId: string
  locationId: string
  startsAt: Date
  /** The visit that is moved to this time. */
  moves?: string
  /** With which reason it was looked for. */
  about?: string
}
export type JustTaken = Refused<'just-taken'> & { nearest: OpenTime[] }
export type Held = { ok: true; id: string; expiresAt: Date }
type PatientSide = PatientActor | ProxyActor

/** Kinds of visit that somebody with a portal can book themselves. */
export const isBookable = ({ who }: Pick<VisitType, 'who'>): boolean => who === 'anyone' || who === 'established'

/** Keeps a time for ten minutes while the rest is asked. One at a time for each person: a second lets the first go. */
export function holdTime(ctx: Ctx<PatientSide>, wish: TimeWish): Promise<Held | JustTaken | Refused<'not-offered' | 'too-many' | 'too-late'>> {
  return inTransaction<PatientSide, Held | JustTaken | Refused<'not-offered' | 'too-many' | 'too-late'>>(ctx, async tx => {
    const patientId = await mayActFor(tx, wish.patientId)
    await oneAtATime(tx, patientId)
    const type = await readVisitType(tx, wish.visitTypeId, { isOpen: wish.moves === undefined })
    if (!type || !type.modes.includes(wish.mode) || (!wish.moves && !isBookable(type))) return refused('not-offered')
    const { ahead, holds } = await readOwn(tx, patientId)
    if (wish.moves) {
      const moved = ahead.find(one => one.id === wish.moves)
      if (!moved) return refused('not-offered')
      if (!isBeforeCutoff(type, moved.startsAt, tx.now())) return refused('too-late')
    } else if (ahead.length >= mostAhead) return refused('too-many')
    const search = { type, resourceId: wish.resourceId, locationId: wish.locationId }
    const [time] = await listOpenTimes(tx, { ...search, from: wish.startsAt, to: new Date(wish.startsAt.getTime() + 1), ignore: holds })
    if (time) await dropHolds(tx, holds)
    const held = time && await keepTime(tx, { ...wish, patientId, personId: tx.actor.personId }, time, type)
    return held ?? { ok: false, reason: 'just-taken', nearest: await nearestTimes(tx, { type, resourceId: wish.resourceId }, wish.startsAt) }
  })
}

/** What counts a patient's visits and adds to them does so alone: of a hundred posts at once each would see none. */
export async function oneAtATime(tx: Ctx, patientId: AuthorizedPatientId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`visits of ${patientId}`}, 0))`.execute(tx.db.kysely)
}

/** `personId`: whose the hold is; null for somebody new, who has no account. */
export async function keepTime(tx: Ctx, wish: Omit<TimeWish, 'startsAt'> & { patientId: AuthorizedPatientId; personId: string | null }, { startsAt, endsAt }: OpenTime, type: VisitType): Promise<Held | undefined> {
  const [id, expiresAt] = [randomUUID(), new Date(tx.now().getTime() + holdMinutes * minuteMs)]
  await sql`
    insert into scheduling.hold (id, patient_id, person_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, moves, about, expires_at)
    values (${id}::uuid, ${wish.patientId}::uuid, ${wish.personId}::uuid, ${type.id}::uuid, ${wish.resourceId}::uuid, ${wish.locationId}::uuid, ${wish.mode}, ${startsAt}, ${endsAt}, ${wish.moves ?? null}::uuid, (select id from scheduling.reason where id = ${wish.about ?? null}::uuid), ${expiresAt})
  `.execute(tx.db.kysely)
  if (await claimTime(tx, { bookingId: id, type, resourceId: wish.resourceId, locationId: wish.locationId, startsAt, expiresAt })) return { ok: true, id, expiresAt }
  await sql`delete from scheduling.hold where id = ${id}::uuid`.execute(tx.db.kysely)
  return undefined
}

/** A visit can be moved and cancelled online until so long before it begins. */
export const cutoffOf = (type: Pick<VisitType, 'cutoffMinutes'>, startsAt: Date): Date => new Date(startsAt.getTime() - type.cutoffMinutes * minuteMs)
export const isBeforeCutoff = (type: Pick<VisitType, 'cutoffMinutes'>, startsAt: Date, now: Date): boolean => now < cutoffOf(type, startsAt)

/** What this patient has booked ahead, and what this person holds. */
export async function readOwn(tx: Ctx<PatientSide>, patientId: AuthorizedPatientId): Promise<{ ahead: { id: string; startsAt: Date }[]; holds: string[] }> {
  const { rows } = await sql<{ id: string; startsAt: Date; isHold: boolean }>`
    select id, starts_at as "startsAt", false as "isHold"
    from scheduling.appointment
    where patient_id = ${patientId}::uuid and status in ('requested', 'booked') and starts_at > ${tx.now()}
    union all
    select id, starts_at, true from scheduling.hold where person_id = ${tx.actor.personId}::uuid
    limit 100
  `.execute(tx.db.kysely)
  return { ahead: rows.filter(row => !row.isHold), holds: rows.filter(row => row.isHold).map(row => row.id) }
}

/** Their times first, while it is still known whose they are. One that was booked meanwhile, in another tab, no longer runs out and stays. */
export async function dropHolds(tx: Ctx, holds: readonly string[]): Promise<void> {
  if (holds.length === 0) return
  await sql`delete from scheduling.claim where booking_id = any (${holds as string[]}::uuid[]) and expires_at is not null`.execute(tx.db.kysely)
  await sql`delete from scheduling.hold where id = any (${holds as string[]}::uuid[])`.execute(tx.db.kysely)
}

export type Hold = { id: string; patientId: string; visitTypeId: string; resourceId: string; locationId: string; mode: Mode; startsAt: Date; endsAt: Date; moves: string | null; about: string | null; expiresAt: Date }

/** A hold of this patient's that has not run out. */
export async function readHold(ctx: Ctx, patientId: AuthorizedPatientId, id: string): Promise<Hold | undefined> {
  const { rows } = await sql<Hold>`
    select id, patient_id as "patientId", visit_type_id as "visitTypeId", resource_id as "resourceId", location_id as "locationId", mode, starts_at as "startsAt", ends_at as "endsAt", moves, about, expires_at as "expiresAt"
    from scheduling.hold
    where id = ${id}::uuid and patient_id = ${patientId}::uuid and expires_at > ${ctx.now()}
  `.execute(ctx.db.kysely)
  return rows[0]
}

/** The numbers of what this person holds: their own time is shown to them as free. */
export async function ownHolds(ctx: Ctx<PatientSide>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from scheduling.hold where person_id = ${ctx.actor.personId}::uuid`.execute(ctx.db.kysely)
  return rows.map(row => row.id)
}

/** Clears away holds that ran out, with their claims, and keys of visits that are over; returns how many holds. */
export function sweepHolds(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    await sql`delete from scheduling.claim where expires_at <= ${tx.now()}`.execute(tx.db.kysely)
    await sql`delete from scheduling.visit_link l using scheduling.appointment a where a.id = l.appointment_id and a.ends_at < ${tx.now()}`.execute(tx.db.kysely)
    // Somebody new who did not book within a day: what they typed is not kept.
    await sql`delete from scheduling.newcomer where appointment_id is null and made_at <= ${new Date(tx.now().getTime() - dayMs)}`.execute(tx.db.kysely)
    const { numAffectedRows } = await sql`delete from scheduling.hold where expires_at <= ${tx.now()}`.execute(tx.db.kysely)
    return Number(numAffectedRows ?? 0)
  })
}
