import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { hashToken } from '#platform/session.ts'
import { isPassword } from './check-password.ts'
import { checkSecondFactor, tryCode } from './check-second-factor.ts'
import type { Entered, SignedInActor } from './enter-with-token.ts'
import { personFacts, type PersonFacts } from './person-facts.ts'
import { personOfPasskey } from './use-passkey.ts'

const freshMinutes = 5

/** Whether the person has shown proof in the last five minutes: asked before factors, mailbox and export. Source: ASVS 7.5.1. */
export const hasFreshProof = (ctx: Ctx): boolean => ctx.session !== undefined && ctx.now().getTime() - ctx.session.provenAt.getTime() <= freshMinutes * 60_000

const hasFactor = (me: PersonFacts) => me.totpSecret !== null || me.passkeys > 0
/** A password alone must not replace the second factor that guards it. */
export const needsFactor = (ctx: Ctx, me: PersonFacts): boolean => ctx.session?.isStrong !== true && hasFactor(me)
export const mayChangeFactors = (ctx: Ctx, me: PersonFacts): boolean => hasFreshProof(ctx) && !needsFactor(ctx, me)

export async function ownFacts(ctx: Ctx<SignedInActor>): Promise<PersonFacts> {
  const facts = await personFacts(ctx, ctx.actor.personId)
  if (!facts || facts.isDisabled) throw new NotFound()
  return facts
}

export type Proof = { password: string } | { code: string } | { ticket: string; response: string }
export type Proven = { ok: true } | Refused<'wrong'> | { ok: false; reason: 'too-many'; retryAfterSeconds: number }

/** Takes a proof again and marks the session as freshly proven; a passkey or a code also makes it strong. A failure is kept: the caller must not undo it. */
export async function proveSession(tx: Entered, token: string, proof: Proof): Promise<Proven> {
  const { personId } = tx.actor
  const turn = await takeTurn(tx, 'sign-in', { account: personId })
  if (!turn.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: turn.retryAfterSeconds }
  const me = await ownFacts(tx)
  const wait = 'code' in proof ? await tryCode(tx, personId) : 0
  if (wait > 0) return { ok: false, reason: 'too-many', retryAfterSeconds: wait }
  const isRight = 'password' in proof ? !needsFactor(tx, me) && (await isPassword(me.passwordHash, proof.password))
    : 'code' in proof ? await checkSecondFactor(tx, personId, proof.code)
    : (await personOfPasskey(tx, proof)) === personId
  if (!isRight) {
    if (!('code' in proof)) await sql`select accounts.door_failed(${personId}::uuid)`.execute(tx.db.kysely)
    await audit(tx, 'account.proof-refused', { kind: 'person', ids: [personId] })
    return refused('wrong')
  }
  if ('code' in proof) await sql`select accounts.door_succeeded(${personId}::uuid)`.execute(tx.db.kysely)
  await markProven(tx, token, !('password' in proof))
  return { ok: true }
}

/** The session has just been proven, with a second factor where `isStrong`. */
export async function markProven(tx: Entered, token: string, isStrong: boolean): Promise<void> {
  await sql`select accounts.door_prove_session(${hashToken(token)}, ${isStrong})`.execute(tx.db.kysely)
  await audit(tx, 'account.proven', { kind: 'person', ids: [tx.actor.personId], detail: { strong: isStrong } })
}
