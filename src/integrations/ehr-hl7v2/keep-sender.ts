import { hash, randomBytes } from 'node:crypto'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { beginFeed } from '#records'
import type { Sender } from './read-parts.ts'
import { addOffset } from './read-times.ts'

export type NewSender = { source: string; facility: string | null; zone: string; numberSystem: string | null }
const hashOf = (token: string) => hash('sha256', token, 'buffer')

/** The day on which a source goes live counts whole. */
const dayBegan = (now: Date, zone: string) => new Date(addOffset(`${new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now)}T00:00:00`, zone))

/** Lets a system send, and gives it a token, which is shown once and kept as its hash. From that day on its results are news; older ones are history (R4+). */
export function addSender(ctx: Ctx<SystemActor>, { source, facility, zone, numberSystem }: NewSender): Promise<{ ok: true; token: string } | Refused<'not-a-name' | 'not-a-zone' | 'taken'>> {
  return inTransaction<SystemActor, { ok: true; token: string } | Refused<'not-a-name' | 'not-a-zone' | 'taken'>>(ctx, async tx => {
    if (!/^[a-z0-9][a-z0-9._-]{0,59}$/.test(source)) return refused('not-a-name')
    if (!Intl.supportedValuesOf('timeZone').includes(zone) && zone !== 'UTC') return refused('not-a-zone')
    const token = randomBytes(32).toString('base64url')
    const { rows } = await sql`
      insert into feeds.sender (source, facility, zone, number_system, token_sha256, added_at)
      values (${source}, ${facility}, ${zone}, ${numberSystem}, ${hashOf(token)}, ${tx.now()})
      on conflict do nothing
      returning source
    `.execute(tx.db.kysely)
    if (rows.length === 0) return refused('taken')
    await beginFeed(tx, { source, from: dayBegan(tx.now(), zone) })
    return { ok: true, token }
  })
}

type Found = Sender & { facility: string | null }
const columns = sql`source, zone, number_system as "numberSystem", facility`
async function one(ctx: Ctx, where: ReturnType<typeof sql>): Promise<Sender | undefined> {
  const { rows } = await sql<Found>`select ${columns} from feeds.sender where ended_at is null and ${where}`.execute(ctx.db.kysely)
  return rows[0]
}
export const senderByFacility = (ctx: Ctx, facility: string): Promise<Sender | undefined> => one(ctx, sql`facility = ${facility}`)
export const senderByToken = (ctx: Ctx, source: string, token: string): Promise<Sender | undefined> => one(ctx, sql`source = ${source} and token_sha256 = ${hashOf(token)}`)
export const senderByName = (ctx: Ctx, source: string): Promise<Sender | undefined> => one(ctx, sql`source = ${source}`)
