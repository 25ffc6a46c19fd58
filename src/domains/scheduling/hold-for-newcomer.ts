import { randomUUID } from 'node:crypto'
import { addressGroup } from '#platform/client-address.ts'
import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { hashToken, newToken } from '#platform/session.ts'
import type { Locale } from '#platform/words.ts'
import { asNewcomer, findNewcomer, isForNewcomers, type NewcomerCtx } from './find-newcomer.ts'
import { dropHolds, keepTime, oneAtATime, type Hold, type JustTaken } from './hold-time.ts'
import { listOpenTimes, nearestTimes } from './list-open-times.ts'
import { mayActFor } from '#platform/scope.ts'
import { readVisitType } from './read-settings.ts'
import type { Mode } from './shared.ts'

/** `about`: with which reason it was looked for. */
export type NewcomerWish = { about?: string; token?: string | undefined; visitTypeId: string; mode: Mode; resourceId: string; locationId: string; startsAt: Date; locale: Locale; clientAddress: string }
export type NewcomerHeld = { ok: true; token: string; id: string; expiresAt: Date }
/** So many can be in the middle of it in one neighbourhood: enough for a waiting room, too few to hold a day. */
const mostHeldBeside = 3

/** Keeps a time for ten minutes for somebody whom we do not know. The same time asked for again is kept no longer than it was. */
export async function holdForNewcomer(ctx: Ctx<VisitorActor>, wish: NewcomerWish): Promise<NewcomerHeld | JustTaken | Refused<'not-offered' | 'too-often'>> {
  const turn = await takeTurn(ctx, 'hold-time', { address: wish.clientAddress })
  if (!turn.ok) return refused('too-often')
  const known = wish.token === undefined ? undefined : await findNewcomer(ctx, wish.token)
  const [id, token] = known && !known.isBooked ? [known.id, wish.token!] : [randomUUID(), newToken()]
  return inTransaction(asNewcomer(ctx, id), tx => hold(tx as NewcomerCtx, id, token, wish))
}

async function hold(tx: NewcomerCtx, id: string, token: string, { about, visitTypeId, mode, resourceId, locationId, startsAt, locale, clientAddress }: NewcomerWish): Promise<NewcomerHeld | JustTaken | Refused<'not-offered' | 'too-often'>> {
  const patientId = await mayActFor(tx, id)
  await oneAtATime(tx, patientId)
  const type = await readVisitType(tx, visitTypeId)
  if (!type || !isForNewcomers(type) || !type.modes.includes(mode)) return refused('not-offered')
  const before = await newcomerHold(tx)
  if (before && before.visitTypeId === visitTypeId && before.resourceId === resourceId && before.locationId === locationId && before.mode === mode && before.startsAt.getTime() === startsAt.getTime()) return { ok: true, token, id: before.id, expiresAt: before.expiresAt }
  const origin = tx.house.keys.mac('newcomer-origin', addressGroup(clientAddress))
  const { rows: [beside] } = await sql<{ count: number }>`select scheduling.door_held_beside(${origin}) as count`.execute(tx.db.kysely)
  if (beside!.count >= mostHeldBeside) return refused('too-often')
  const own = await ownHolds(tx)
  const [time] = await listOpenTimes(tx, { type, resourceId, locationId, from: startsAt, to: new Date(startsAt.getTime() + 1), ignore: own })
  if (time) await dropHolds(tx, own)
  const kept = time && await keepTime(tx, { patientId, personId: null, visitTypeId, mode, resourceId, locationId, ...(about && { about }) }, time, type)
  if (!kept) return { ok: false, reason: 'just-taken', nearest: await nearestTimes(tx, { type, resourceId }, startsAt) }
  await sql`
    insert into scheduling.newcomer (id, token_hash, made_at, made_from, locale) values (${id}::uuid, ${hashToken(token)}, ${tx.now()}, ${origin}, ${locale})
    on conflict (id) do update set locale = excluded.locale, made_from = excluded.made_from
  `.execute(tx.db.kysely)
  return { ok: true, token, id: kept.id, expiresAt: kept.expiresAt }
}

async function ownHolds(tx: NewcomerCtx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from scheduling.hold where patient_id = ${tx.actor.patientId}::uuid limit 20`.execute(tx.db.kysely)
  return rows.map(row => row.id)
}

/** The time that is kept for them now; with `isOver` also the last that was. */
export async function newcomerHold(tx: NewcomerCtx, { isOver = false } = {}): Promise<Hold | undefined> {
  const { rows } = await sql<Hold>`
    select id, patient_id as "patientId", visit_type_id as "visitTypeId", resource_id as "resourceId", location_id as "locationId", mode, starts_at as "startsAt", ends_at as "endsAt", moves, about, expires_at as "expiresAt"
    from scheduling.hold
    where patient_id = ${tx.actor.patientId}::uuid and (expires_at > ${tx.now()} or ${isOver})
    order by expires_at desc
    limit 1
  `.execute(tx.db.kysely)
  return rows[0]
}
