import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { finishTaskAbout } from '#work'
import { manageFeeds } from './access.ts'

/** One that may send, or might. Counts: of a day, and of thirty days for what was put aside. */
export type SenderRow = {
  id: string; source: string; facility: string | null; zone: string; numberSystem: string | null; addedAt: Date; endedAt: Date | null; hasToken: boolean; isOwnEhr: boolean; silentAfterHours: number | null
  lastAt: Date | null; dayCount: number; waiting: number; aside: number; faults: number
}
export type AsideRow = { id: string; format: 'hl7' | 'fhir' | 'unreadable'; receivedAt: Date; reason: string; isFault: boolean }
export type StrangerRow = { id: string; way: 'mllp' | 'https'; name: string; address: string; kind: string | null; firstAt: Date; lastAt: Date; tries: number }

export async function listSenders(ctx: Ctx<StaffActor>, id: string | null = null): Promise<SenderRow[]> {
  mustBeAbleTo(ctx, manageFeeds)
  const { rows } = await sql<SenderRow>`
    select s.id, s.source, s.facility, s.zone, s.number_system as "numberSystem", s.added_at as "addedAt", s.ended_at as "endedAt", s.token_sha256 is not null as "hasToken", coalesce(r.is_own_ehr, false) as "isOwnEhr", s.silent_after_hours as "silentAfterHours",
      f.last_at as "lastAt", f.day_count::int as "dayCount", f.waiting::int as waiting, f.aside::int as aside, f.faults::int as faults
    from feeds.sender s
    join feeds.door_senders() f on f.source = s.source
    left join records.feed r on r.source = s.source
    where ${id}::uuid is null or s.id = ${id}::uuid
    order by s.ended_at is not null, s.source
    limit 200
  `.execute(ctx.db.kysely)
  return rows
}

export async function readSender(ctx: Ctx<StaffActor>, id: string): Promise<{ sender: SenderRow; aside: AsideRow[] }> {
  const [sender] = await listSenders(ctx, id)
  if (!sender) throw new NotFound()
  const { rows } = await sql<AsideRow>`select id, format, received_at as "receivedAt", reason, is_fault as "isFault" from feeds.door_aside(${sender.source})`.execute(ctx.db.kysely)
  return { sender, aside: rows }
}

export async function listStrangers(ctx: Ctx<StaffActor>): Promise<StrangerRow[]> {
  mustBeAbleTo(ctx, manageFeeds)
  const { rows } = await sql<StrangerRow>`
    select id, way, name, address, kind, first_at as "firstAt", last_at as "lastAt", tries from feeds.stranger order by last_at desc, id limit 50
  `.execute(ctx.db.kysely)
  return rows
}

/** Somebody has seen to it: whoever tries again is new again. What waits in the inbox about them is done. */
export function forgetStranger(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, manageFeeds)
    const { rows } = await sql`delete from feeds.stranger where id = ${id}::uuid returning id`.execute(tx.db.kysely)
    if (rows.length === 0) throw new NotFound()
    await finishTaskAbout(tx, { type: 'stranger', ids: [id] }, 'Seen to.', { kind: 'feed-stranger' })
    await audit(tx, 'feeds.stranger-forgotten', { kind: 'stranger', ids: [id] })
  })
}

/** The manager has spoken with who sends it: the task ends; another fault opens a new one. */
export function settleFaults(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    const { sender } = await readSender(tx, id)
    await finishTaskAbout(tx, { type: 'sender', ids: [sender.id] }, 'Seen to.', { kind: 'feed-fault' })
  })
}
