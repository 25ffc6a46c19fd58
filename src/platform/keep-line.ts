import { audit } from '#platform/audit.ts'
import { carryMail, isLoopback, type Carried } from '#platform/carry-mail.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { Way } from '#platform/email.ts'
import type { House } from '#platform/house.ts'
import { enqueue } from '#platform/jobs.ts'

/** What carries mails or texts. `isVendor`: they are in others' hands, and that asks for an agreement. */
type Line = { isVendor: boolean; carry: (carried: Carried) => Promise<{ vendorId: string | null }> }
export function lineOf(house: House, way: Way): Line | undefined {
  const { smtpUrl } = house.config
  if (way === 'text') return house.textLine && { isVendor: true, carry: house.textLine.send }
  return smtpUrl ? { isVendor: !isLoopback(new URL(smtpUrl).hostname), carry: async carried => { await carryMail(house, smtpUrl, carried); return { vendorId: null } } } : undefined
}

/** No agreement, or one that is over: nothing leaves (45 CFR 164.504(e)). The last day counts to its end, by UTC. */
export const isAgreed = (agreedUntil: string | null, now: Date): boolean => agreedUntil !== null && agreedUntil >= now.toISOString().slice(0, 10)

export const ways: readonly Way[] = ['mail', 'text']
/** none: nothing carries it. own: a server on this very machine. held: no agreement holds. ends-soon: within 30 days. */
export type LineState = { way: Way; state: 'none' | 'own' | 'held' | 'ends-soon' | 'agreed'; vendor: string | null; agreedUntil: string | null }

export async function readLines(ctx: Ctx): Promise<LineState[]> {
  const { rows } = await sql<{ way: Way; vendor: string; agreed_until: string }>`select way, vendor, agreed_until::text from platform.line`.execute(ctx.db.kysely)
  return ways.map(way => {
    const said = rows.find(row => row.way === way)
    // What runs from the keyboard opens no line for texts, and says the same of it.
    const line = lineOf(ctx.house, way) ?? (way === 'text' && ctx.house.config.twilio ? { isVendor: true } : undefined)
    const agreedUntil = said?.agreed_until ?? null
    const soon = new Date(ctx.now().getTime() + 30 * 86_400_000)
    const state = !line ? 'none' : !line.isVendor ? 'own' : !isAgreed(agreedUntil, ctx.now()) ? 'held' : !isAgreed(agreedUntil, soon) ? 'ends-soon' : 'agreed'
    return { way, state, vendor: said?.vendor ?? null, agreedUntil }
  })
}

/** Keeps until when a vendor has agreed. What was held for want of it leaves now. Returns how many. */
export async function agreeLine(tx: Ctx<StaffActor>, { way, vendor, until }: { way: Way; vendor: string; until: string }): Promise<number> {
  await sql`
    insert into platform.line (way, vendor, agreed_until, set_at, set_by) values (${way}, ${vendor}, ${until}::date, ${tx.now()}, ${tx.actor.personId}::uuid)
    on conflict (way) do update set vendor = excluded.vendor, agreed_until = excluded.agreed_until, set_at = excluded.set_at, set_by = excluded.set_by
  `.execute(tx.db.kysely)
  await audit(tx, 'mail.line-agreed', { detail: { way, until } })
  if (!isAgreed(until, tx.now())) return 0
  const { rows } = await sql<{ id: string }>`
    update platform.mail set kept_at = null, problem = null
    where way = ${way} and kept_at is not null and problem = 'no-agreement' and words is not null
    returning id
  `.execute(tx.db.kysely)
  for (const { id } of rows) await enqueue(tx, 'platform.send-mail', { mailId: id }, { key: `mail:${id}` })
  return rows.length
}
