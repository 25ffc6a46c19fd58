import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { hashToken, newToken } from '#platform/session.ts'

export type Purpose = 'passkey' | 'half-way' | 'reset' | 'invitation' | 'setup' | 'new-email'
export type Held = { personId: string | null; value: string | null }

/** Makes a one-time proof and returns it; the database keeps its hash. */
export async function makeToken(tx: Ctx, purpose: Purpose, { personId = null, value = null, minutes }: { personId?: string | null; value?: string | null; minutes: number }): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(tx.now().getTime() + minutes * 60_000)
  await sql`select accounts.door_make_token(${hashToken(token)}, ${purpose}, ${personId}::uuid, ${value}, ${expiresAt}::timestamptz)`.execute(tx.db.kysely)
  return token
}

const isToken = (text: string) => /^[A-Za-z0-9_-]{43}$/.test(text)
type Row = { person_id: string | null; value: string | null }
const heldFrom = (row: Row | undefined): Held | undefined => row && { personId: row.person_id, value: row.value }

/** What a live token holds. Each look counts; a token that was looked at twenty times is dead. */
export async function readToken(tx: Ctx, purpose: Purpose, token: string): Promise<Held | undefined> {
  if (!isToken(token)) return undefined
  const { rows } = await sql<Row>`select person_id, value from accounts.door_read_token(${hashToken(token)}, ${purpose})`.execute(tx.db.kysely)
  return heldFrom(rows[0])
}

/** Uses a token up. Of two at once, one gets it. */
export async function useToken(tx: Ctx, purpose: Purpose, token: string): Promise<Held | undefined> {
  if (!isToken(token)) return undefined
  const { rows } = await sql<Row>`select person_id, value from accounts.door_use_token(${hashToken(token)}, ${purpose})`.execute(tx.db.kysely)
  return heldFrom(rows[0])
}
