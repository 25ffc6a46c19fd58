import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { isPassword } from './check-password.ts'
import { checkSecondFactor, tryCode } from './check-second-factor.ts'
import { personFacts } from './person-facts.ts'
import { spelled } from './shared.ts'
import { startSession, type Started } from './start-session.ts'
import { makeToken, readToken, useToken } from './one-time-token.ts'

export type Where = { clientAddress: string; userAgent: string }
type Found = { id: string; password_hash: string | null; has_totp: boolean; passkeys: number; roles: string[]; is_disabled: boolean }
export type SignInOutcome =
  | ({ ok: true } & Started)
  | { ok: true; next: 'code'; ticket: string }
  | Refused<'wrong'>
  | { ok: false; reason: 'too-many'; retryAfterSeconds: number }

async function findAccount(tx: Ctx, name: string): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select id, password_hash, has_totp, passkeys, roles, is_disabled
    from accounts.door_find(${name})
  `.execute(tx.db.kysely)
  return rows[0]
}

/**
 * The first step: name and password. One password is verified whoever asks, so that neither the answer nor its time says
 * whether the account exists; the limit goes by what was typed, for the same reason. Who has a second factor gets a ticket for the
 * next step and no session yet.
 */
export async function signIn(ctx: Ctx, { name, password }: { name: string; password: string }, where: Where): Promise<SignInOutcome> {
  const turn = await takeTurn(ctx, 'sign-in', { account: spelled(name), address: where.clientAddress })
  if (!turn.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: turn.retryAfterSeconds }
  const found = await inTransaction(ctx, tx => findAccount(tx, spelled(name)))
  const isRight = await isPassword(found?.password_hash, password)
  return inTransaction(ctx, async tx => {
    if (!found || !isRight || found.is_disabled) {
      if (found) await sql`select accounts.door_failed(${found.id}::uuid)`.execute(tx.db.kysely)
      await audit(tx, 'sign-in.refused', found ? { kind: 'person', ids: [found.id] } : {})
      return refused('wrong')
    }
    if (found.has_totp) return { ok: true, next: 'code', ticket: await makeToken(tx, 'half-way', { personId: found.id, minutes: 10 }) } as const
    return { ok: true, ...(await startSession(tx, found.id, { isStrong: false, userAgent: where.userAgent, how: 'password' })) } as const
  })
}

/** The second step: a code from the app, or one of the recovery codes. The ticket dies with success, after ten minutes, or after twenty looks. */
export async function finishSignIn(ctx: Ctx, { ticket, code }: { ticket: string; code: string }, where: Where): Promise<SignInOutcome | Refused<'start-again'>> {
  const turn = await takeTurn(ctx, 'sign-in', { account: ticket, address: where.clientAddress })
  if (!turn.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: turn.retryAfterSeconds }
  return inTransaction(ctx, async tx => {
    const held = await readToken(tx, 'half-way', ticket)
    if (!held?.personId) return refused('start-again')
    if ((await personFacts(tx, held.personId))?.isDisabled !== false) return refused('start-again')
    const wait = await tryCode(tx, held.personId)
    if (wait > 0) return { ok: false, reason: 'too-many', retryAfterSeconds: wait }
    if (!(await checkSecondFactor(tx, held.personId, code))) {
      await audit(tx, 'sign-in.code-refused', { kind: 'person', ids: [held.personId] })
      return refused('wrong')
    }
    if (!(await useToken(tx, 'half-way', ticket))) return refused('start-again')
    return { ok: true, ...(await startSession(tx, held.personId, { isStrong: true, userAgent: where.userAgent, how: 'code' })) } as const
  })
}
