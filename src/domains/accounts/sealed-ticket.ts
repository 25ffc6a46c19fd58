import { randomBytes } from 'node:crypto'
import type { Ctx } from '#platform/ctx.ts'
import { attempt, sql } from '#platform/db.ts'
import { hashToken } from '#platform/session.ts'

/** What a page hands out and takes back once: sealed, so that showing a page writes nothing. */
export type TicketFacts = { personId: string | null; value: string }
type Sealed = TicketFacts & { until: number; salt: string }
const [purpose, place] = ['ticket', 'accounts/ticket']

export function makeTicket(ctx: Pick<Ctx, 'house' | 'now'>, facts: TicketFacts, minutes: number): string {
  const sealed: Sealed = { ...facts, until: ctx.now().getTime() + minutes * 60_000, salt: randomBytes(12).toString('base64url') }
  return ctx.house.keys.seal(purpose, place, Buffer.from(JSON.stringify(sealed))).toString('base64url')
}

/** What a live ticket holds. Its hash is kept until it is over, so that of two answers to one ticket the second gets nothing. */
export async function spendTicket(tx: Ctx, ticket: string): Promise<TicketFacts | undefined> {
  const held = open(tx, ticket)
  if (!held || held.until <= tx.now().getTime()) return undefined
  const spent = await attempt(tx, inner =>
    sql`select accounts.door_make_token(${hashToken(ticket)}, 'passkey', ${held.personId}::uuid, null, ${new Date(held.until)}::timestamptz)`.execute(inner.db.kysely))
  return spent.ok ? { personId: held.personId, value: held.value } : undefined
}

/** What a live ticket says, as often as it is shown: for what was proven on the page before. */
export function readTicket(ctx: Pick<Ctx, 'house' | 'now'>, ticket: string): TicketFacts | undefined {
  const held = open(ctx, ticket)
  return held && held.until > ctx.now().getTime() ? { personId: held.personId, value: held.value } : undefined
}

function open(tx: Pick<Ctx, 'house'>, ticket: string): Sealed | undefined {
  if (ticket.length > 2_000) return undefined
  try {
    return JSON.parse(tx.house.keys.open(purpose, place, Buffer.from(ticket, 'base64url')).toString()) as Sealed
  } catch {
    return undefined   // changed, foreign, or of a key that is gone
  }
}
