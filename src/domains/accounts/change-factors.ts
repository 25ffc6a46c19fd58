import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { hashRecoveryCode, newRecoveryCodes, sealTotp, totpStep } from './check-second-factor.ts'
import type { SignedInActor } from './enter-with-token.ts'
import type { PersonFacts } from './person-facts.ts'
import { mayChangeFactors, ownFacts } from './prove-session.ts'
import { tellOfChange } from './reset-password.ts'
import { db } from './tables.ts'
import { askForNewPasskey, keepPasskey, type Challenge } from './use-passkey.ts'

/** Turns codes from an app on, once one of them was typed, and gives ten recovery codes, shown this once. */
export function addTotp(ctx: Ctx<SignedInActor>, { secret, code }: { secret: string; code: string }): Promise<{ ok: true; recoveryCodes: string[] } | Refused<'prove-first' | 'wrong-code'>> {
  return inTransaction<SignedInActor, { ok: true; recoveryCodes: string[] } | Refused<'prove-first' | 'wrong-code'>>(ctx, async tx => {
    const me = await ownFacts(tx)
    if (!mayChangeFactors(tx, me)) return refused('prove-first')
    const step = /^[A-Z2-7]{32}$/.test(secret) ? totpStep(secret, code.replace(/\s/g, ''), tx.now()) : undefined
    if (step === undefined) return refused('wrong-code')
    await db(tx).updateTable('accounts.person').set({ totp_secret: sealTotp(tx, me.id, secret), totp_last_step: step }).where('id', '=', me.id).execute()
    const recoveryCodes = await keepRecoveryCodes(tx, me.id)
    await audit(tx, 'account.app-added', { kind: 'person', ids: [me.id] })
    if (me.email) await tellOfChange(tx, { email: me.email, id: me.id, locale: me.locale }, 'app')
    return { ok: true, recoveryCodes }
  })
}

/** Staff keep at least one strong factor. */
const wouldBeWeak = (me: PersonFacts, left: { totp: boolean; passkeys: number }) => me.roles.length > 0 && !left.totp && left.passkeys === 0

export function removeTotp(ctx: Ctx<SignedInActor>): Promise<{ ok: true } | Refused<'prove-first' | 'last-factor'>> {
  return inTransaction<SignedInActor, { ok: true } | Refused<'prove-first' | 'last-factor'>>(ctx, async tx => {
    const me = await ownFacts(tx)
    if (!mayChangeFactors(tx, me)) return refused('prove-first')
    if (wouldBeWeak(me, { totp: false, passkeys: me.passkeys })) return refused('last-factor')
    await db(tx).updateTable('accounts.person').set({ totp_secret: null, totp_last_step: null }).where('id', '=', me.id).execute()
    await db(tx).deleteFrom('accounts.recovery_code').where('person_id', '=', me.id).execute()
    await audit(tx, 'account.app-removed', { kind: 'person', ids: [me.id] })
    if (me.email) await tellOfChange(tx, { email: me.email, id: me.id, locale: me.locale }, 'app')
    return { ok: true }
  })
}

export type PasskeyRow = { id: string; name: string; transports: string[]; createdAt: Date; usedAt: Date | null }
export async function listPasskeys(ctx: Ctx<SignedInActor>): Promise<PasskeyRow[]> {
  const rows = await db(ctx).selectFrom('accounts.passkey').select(['id', 'name', 'transports', 'created_at', 'used_at']).where('person_id', '=', ctx.actor.personId).orderBy('created_at').limit(30).execute()
  return rows.map(row => ({ id: row.id, name: row.name, transports: row.transports, createdAt: row.created_at, usedAt: row.used_at }))
}
export function removePasskey(ctx: Ctx<SignedInActor>, id: string): Promise<{ ok: true } | Refused<'prove-first' | 'last-factor'>> {
  return inTransaction<SignedInActor, { ok: true } | Refused<'prove-first' | 'last-factor'>>(ctx, async tx => {
    const me = await ownFacts(tx)
    if (!mayChangeFactors(tx, me)) return refused('prove-first')
    const isOnlyWay = me.passkeys === 1 && me.passwordHash === null
    if (isOnlyWay || wouldBeWeak(me, { totp: me.totpSecret !== null, passkeys: me.passkeys - 1 })) return refused('last-factor')
    const gone = await db(tx).deleteFrom('accounts.passkey').where('id', '=', id).where('person_id', '=', me.id).returning('id').executeTakeFirst()
    if (!gone) throw new NotFound()
    await audit(tx, 'account.passkey-removed', { kind: 'person', ids: [me.id] })
    if (me.email) await tellOfChange(tx, { email: me.email, id: me.id, locale: me.locale }, 'passkey')
    return { ok: true }
  })
}

/** What the page needs to ask this person's browser for one more passkey. */
export async function askForMyPasskey(ctx: Ctx<SignedInActor>): Promise<Challenge> {
  const [me, has] = [await ownFacts(ctx), await listPasskeys(ctx)]
  return askForNewPasskey(ctx, { personId: me.id, name: me.email ?? me.name, has })
}
export function addPasskey(ctx: Ctx<SignedInActor>, answer: { ticket: string; response: string; name: string }): Promise<{ ok: true; id: string } | Refused<'prove-first' | 'not-accepted'>> {
  return inTransaction<SignedInActor, { ok: true; id: string } | Refused<'prove-first' | 'not-accepted'>>(ctx, async tx => {
    const me = await ownFacts(tx)
    if (!mayChangeFactors(tx, me)) return refused('prove-first')
    const kept = await keepPasskey(tx, me.id, answer)
    if (kept.ok && me.email) await tellOfChange(tx, { email: me.email, id: me.id, locale: me.locale }, 'passkey')
    return kept
  })
}
export async function namePasskey(ctx: Ctx<SignedInActor>, id: string, name: string): Promise<void> {
  const done = await db(ctx).updateTable('accounts.passkey').set({ name: name.trim().slice(0, 80) || 'Passkey' }).where('id', '=', id).where('person_id', '=', ctx.actor.personId).returning('id').executeTakeFirst()
  if (!done) throw new NotFound()
}
/** Ten new recovery codes; the old ones are over. */
export function renewRecoveryCodes(ctx: Ctx<SignedInActor>): Promise<{ ok: true; recoveryCodes: string[] } | Refused<'prove-first' | 'no-app'>> {
  return inTransaction<SignedInActor, { ok: true; recoveryCodes: string[] } | Refused<'prove-first' | 'no-app'>>(ctx, async tx => {
    const me = await ownFacts(tx)
    if (!mayChangeFactors(tx, me)) return refused('prove-first')
    if (me.totpSecret === null) return refused('no-app')
    const recoveryCodes = await keepRecoveryCodes(tx, me.id)
    await audit(tx, 'account.codes-renewed', { kind: 'person', ids: [me.id] })
    return { ok: true, recoveryCodes }
  })
}
async function keepRecoveryCodes(tx: Ctx, personId: string): Promise<string[]> {
  const recoveryCodes = newRecoveryCodes()
  await db(tx).deleteFrom('accounts.recovery_code').where('person_id', '=', personId).execute()
  await db(tx).insertInto('accounts.recovery_code').values(recoveryCodes.map(each => ({ person_id: personId, code_hash: hashRecoveryCode(each), used_at: null }))).execute()
  return recoveryCodes
}
