import { hash, randomBytes } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { attempt, inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { beginFeed, isSourceTaken, ownSource, trustReviews } from '#records'
import { manageFeeds } from './access.ts'
import type { Sender } from './read-parts.ts'
import { addOffset } from './read-times.ts'

export type NewSender = { source: string; facility: string | null; zone: string; numberSystem: string | null
  /** It is the practice's own EHR: what its clinicians sign there counts as looked at here (R22). */
  isOwnEhr?: boolean }
type Added = { ok: true; token: string; id: string } | Refused<'not-a-name' | 'not-a-zone' | 'too-long' | 'taken'>
const newToken = () => randomBytes(32).toString('base64url')
const hashOf = (token: string) => hash('sha256', token, 'buffer')

/** The day on which a source goes live counts whole. */
const dayBegan = (now: Date, zone: string) => new Date(addOffset(`${new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now)}T00:00:00`, zone))

/** Lets a system send, and gives it a token, which is shown once and kept as its hash. From that day on its results are news; older ones are history (R4+). */
export function addSender(ctx: Ctx<StaffActor | SystemActor>, { source, facility, zone, numberSystem, isOwnEhr = false }: NewSender): Promise<Added> {
  return inTransaction<StaffActor | SystemActor, Added>(ctx, async tx => {
    if (tx.actor.kind === 'staff') mustBeAbleTo(tx, manageFeeds)
    if (!/^[a-z0-9][a-z0-9._-]{0,59}$/.test(source)) return refused('not-a-name')
    if (!Intl.supportedValuesOf('timeZone').includes(zone) && zone !== 'UTC') return refused('not-a-zone')
    if ((facility?.length ?? 0) > 60 || (numberSystem?.length ?? 0) > 200) return refused('too-long')
    // At the command line somebody who owns the machine may let a source go on that came as files before.
    if (source === ownSource || (tx.actor.kind === 'staff' && await isSourceTaken(tx, source))) return refused('taken')
    const token = newToken()
    const { rows } = await sql<{ id: string }>`
      insert into feeds.sender (source, facility, zone, number_system, token_sha256, added_at)
      values (${source}, ${facility}, ${zone}, ${numberSystem}, ${hashOf(token)}, ${tx.now()})
      on conflict do nothing
      returning id
    `.execute(tx.db.kysely)
    if (rows.length === 0) return refused('taken')
    await beginFeed(tx, { source, from: dayBegan(tx.now(), zone), isOwnEhr })
    await audit(tx, 'feeds.sender-added', { kind: 'sender', ids: [rows[0]!.id] })
    return { ok: true, token, id: rows[0]!.id }
  })
}

/** A sender's new token, from this moment on; the old one is worth nothing. Who had been ended may send again. */
export function replaceToken(ctx: Ctx<StaffActor>, id: string): Promise<{ token: string } | Refused<'taken'>> {
  return inTransaction<StaffActor, { token: string } | Refused<'taken'>>(ctx, async tx => {
    mustBeAbleTo(tx, manageFeeds)
    const token = newToken()
    const done = await attempt(tx, inner => sql<{ id: string }>`update feeds.sender set token_sha256 = ${hashOf(token)}, ended_at = null where id = ${id}::uuid returning id`.execute(inner.db.kysely))
    if (!done.ok) return refused('taken')   // another has its MSH-4 meanwhile
    if (done.value.rows.length === 0) throw new NotFound()
    await audit(tx, 'feeds.token-replaced', { kind: 'sender', ids: [id] })
    return { token }
  })
}

/** 'token': nothing comes over HTTPS any more. 'sender': nothing comes at all; what has come is put away still. */
export function endSending(ctx: Ctx<StaffActor>, id: string, what: 'token' | 'sender'): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, manageFeeds)
    const { rows } = await sql`
      update feeds.sender set token_sha256 = null, ended_at = case when ${what} = 'sender' then coalesce(ended_at, ${tx.now()}) else ended_at end where id = ${id}::uuid returning id
    `.execute(tx.db.kysely)
    if (rows.length === 0) throw new NotFound()
    await audit(tx, what === 'token' ? 'feeds.token-ended' : 'feeds.sender-ended', { kind: 'sender', ids: [id] })
  })
}

/** Whether what our clinicians sign there counts as looked at here (R22). */
export function sayOwnEhr(ctx: Ctx<StaffActor>, id: string, isOwnEhr: boolean): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, manageFeeds)
    const { rows } = await sql<{ source: string }>`select source from feeds.sender where id = ${id}::uuid`.execute(tx.db.kysely)
    if (!rows[0]) throw new NotFound()
    await trustReviews(tx, rows[0].source, isOwnEhr)
    await audit(tx, 'feeds.reviews-trusted', { kind: 'sender', ids: [id], detail: { isOwnEhr } })
  })
}

type Found = Sender & { facility: string | null }
const columns = sql`source, zone, number_system as "numberSystem", facility`
async function one(ctx: Ctx, where: ReturnType<typeof sql>): Promise<Sender | undefined> {
  const { rows } = await sql<Found>`select ${columns} from feeds.sender where ${where}`.execute(ctx.db.kysely)
  return rows[0]
}
export const senderByFacility = (ctx: Ctx, facility: string): Promise<Sender | undefined> => one(ctx, sql`ended_at is null and facility = ${facility}`)
export const senderByToken = (ctx: Ctx, source: string, token: string): Promise<Sender | undefined> => one(ctx, sql`ended_at is null and source = ${source} and token_sha256 = ${hashOf(token)}`)
/** Also one that may send no more: what it sent before is put away. */
export const senderByName = (ctx: Ctx, source: string): Promise<Sender | undefined> => one(ctx, sql`source = ${source}`)
