import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction, sql } from '#platform/db.ts'
import { isMailAddress, queueMail } from '#platform/email.ts'
import { NotFound } from '#platform/errors.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { hashToken } from '#platform/session.ts'
import { words } from '#platform/words.ts'
import { hashPassword, isPassword, passwordProblem, type PasswordProblem } from './check-password.ts'
import { hashRecoveryCode, newRecoveryCodes, sealTotp, totpStep } from './check-second-factor.ts'
import { makeToken } from './one-time-token.ts'
import { personFacts, type PersonFacts } from './person-facts.ts'
import { tellOfChange } from './reset-password.ts'
import { db } from './tables.ts'

export type SignedInActor = PatientActor | ProxyActor | StaffActor
const freshMinutes = 5

/** Whether the person has shown proof in the last five minutes: asked before factors, mailbox and export. Source: ASVS 7.5.1. */
export const hasFreshProof = (ctx: Ctx): boolean => ctx.session !== undefined && ctx.now().getTime() - ctx.session.provenAt.getTime() <= freshMinutes * 60_000

export async function ownFacts(ctx: Ctx<SignedInActor>): Promise<PersonFacts> {
  const facts = await personFacts(ctx, ctx.actor.personId)
  if (!facts) throw new NotFound()
  return facts
}

/** Takes the password again and marks the session as freshly proven. */
export async function proveAgain(ctx: Ctx<SignedInActor>, password: string): Promise<{ ok: true } | Refused<'wrong'>> {
  const { passwordHash } = await ownFacts(ctx)
  if (!(await isPassword(passwordHash, password))) {
    await sql`select accounts.door_failed(${ctx.actor.personId}::uuid)`.execute(ctx.db.kysely)
    return refused('wrong')
  }
  await markProven(ctx)
  return { ok: true }
}
export async function markProven(ctx: Ctx<SignedInActor>): Promise<void> {
  await db(ctx).updateTable('platform.session').set({ proven_at: ctx.now() }).where('id', '=', ctx.actor.sessionId).execute()
  await audit(ctx, 'account.proven', { kind: 'person', ids: [ctx.actor.personId] })
}

export async function changeLanguage(ctx: Ctx<SignedInActor>, locale: 'en' | 'es'): Promise<void> {
  const { personId } = ctx.actor
  await db(ctx).updateTable('accounts.person').set({ locale }).where('id', '=', personId).execute()
  await db(ctx).updateTable('platform.session').set({ locale }).where('person_id', '=', personId).where('ended_at', 'is', null).execute()
}

/** A new password; every other session ends. Needs fresh proof. */
export function changePassword(ctx: Ctx<SignedInActor>, password: string): Promise<{ ok: true } | Refused<'prove-first' | PasswordProblem>> {
  return inTransaction<SignedInActor, { ok: true } | Refused<'prove-first' | PasswordProblem>>(ctx, async tx => {
    if (!hasFreshProof(tx)) return refused('prove-first')
    const me = await ownFacts(tx)
    const problem = passwordProblem(password, { hasSecondFactor: me.totpSecret !== null || me.passkeys > 0, own: [me.name, me.email ?? ''] })
    if (problem) return refused(problem)
    await db(tx).updateTable('accounts.person').set({ password_hash: await hashPassword(password) }).where('id', '=', me.id).execute()
    await endOtherSessions(tx, 'password-changed')
    await audit(tx, 'account.password-set', { kind: 'person', ids: [me.id], detail: { by: 'self' } })
    if (me.email) await tellOfChange(tx, { email: me.email, id: me.id, locale: me.locale }, 'password')
    return { ok: true }
  })
}

/** Turns codes from an app on, once one of them was typed, and gives ten recovery codes, shown this once. */
export function addTotp(ctx: Ctx<SignedInActor>, { secret, code }: { secret: string; code: string }): Promise<{ ok: true; recoveryCodes: string[] } | Refused<'prove-first' | 'wrong-code'>> {
  return inTransaction<SignedInActor, { ok: true; recoveryCodes: string[] } | Refused<'prove-first' | 'wrong-code'>>(ctx, async tx => {
    if (!hasFreshProof(tx)) return refused('prove-first')
    const step = /^[A-Z2-7]{32}$/.test(secret) ? totpStep(secret, code.replace(/\s/g, ''), tx.now()) : undefined
    if (step === undefined) return refused('wrong-code')
    const me = await ownFacts(tx)
    await db(tx).updateTable('accounts.person').set({ totp_secret: sealTotp(tx, me.id, secret), totp_last_step: step }).where('id', '=', me.id).execute()
    const recoveryCodes = newRecoveryCodes()
    await db(tx).deleteFrom('accounts.recovery_code').where('person_id', '=', me.id).execute()
    await db(tx).insertInto('accounts.recovery_code').values(recoveryCodes.map(each => ({ person_id: me.id, code_hash: hashRecoveryCode(each), used_at: null }))).execute()
    await audit(tx, 'account.app-added', { kind: 'person', ids: [me.id] })
    if (me.email) await tellOfChange(tx, { email: me.email, id: me.id, locale: me.locale }, 'app')
    return { ok: true, recoveryCodes }
  })
}

/** Staff keep at least one strong factor. */
const wouldBeWeak = (me: PersonFacts, left: { totp: boolean; passkeys: number }) => me.roles.length > 0 && !left.totp && left.passkeys === 0

export function removeTotp(ctx: Ctx<SignedInActor>): Promise<{ ok: true } | Refused<'prove-first' | 'last-factor'>> {
  return inTransaction<SignedInActor, { ok: true } | Refused<'prove-first' | 'last-factor'>>(ctx, async tx => {
    if (!hasFreshProof(tx)) return refused('prove-first')
    const me = await ownFacts(tx)
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
    if (!hasFreshProof(tx)) return refused('prove-first')
    const me = await ownFacts(tx)
    const isOnlyWay = me.passkeys === 1 && me.passwordHash === null
    if (isOnlyWay || wouldBeWeak(me, { totp: me.totpSecret !== null, passkeys: me.passkeys - 1 })) return refused('last-factor')
    const gone = await db(tx).deleteFrom('accounts.passkey').where('id', '=', id).where('person_id', '=', me.id).returning('id').executeTakeFirst()
    if (!gone) throw new NotFound()
    await audit(tx, 'account.passkey-removed', { kind: 'person', ids: [me.id] })
    if (me.email) await tellOfChange(tx, { email: me.email, id: me.id, locale: me.locale }, 'passkey')
    return { ok: true }
  })
}

export type SessionRow = { id: string; device: string; startedAt: Date; seenAt: Date; isThis: boolean }
export async function listSessions(ctx: Ctx<SignedInActor>): Promise<SessionRow[]> {
  const rows = await db(ctx).selectFrom('platform.session').select(['id', 'device', 'created_at', 'seen_at'])
    .where('person_id', '=', ctx.actor.personId).where('ended_at', 'is', null).where('absolute_until', '>', ctx.now()).orderBy('seen_at', 'desc').limit(30).execute()
  const idle = ctx.now().getTime() - 30 * 60_000
  return rows.filter(row => row.seen_at.getTime() > idle).map(row => ({ id: row.id, device: row.device, startedAt: row.created_at, seenAt: row.seen_at, isThis: row.id === ctx.actor.sessionId }))
}
export async function endOtherSessions(tx: Ctx<SignedInActor>, because = 'ended-by-owner'): Promise<void> {
  await db(tx).updateTable('platform.session').set({ ended_at: tx.now(), ended_because: because })
    .where('person_id', '=', tx.actor.personId).where('id', '<>', tx.actor.sessionId).where('ended_at', 'is', null).execute()
  await audit(tx, 'account.sessions-ended', { kind: 'person', ids: [tx.actor.personId] })
}

/** Mails a link to the new mailbox; the mailbox changes when it is opened. Needs fresh proof. */
export function askForNewEmail(ctx: Ctx<SignedInActor>, email: string): Promise<{ ok: true } | Refused<'prove-first' | 'bad-email'>> {
  return inTransaction<SignedInActor, { ok: true } | Refused<'prove-first' | 'bad-email'>>(ctx, async tx => {
    if (!hasFreshProof(tx)) return refused('prove-first')
    const mailbox = email.trim().toLowerCase()
    if (!isMailAddress(mailbox)) return refused('bad-email')
    const me = await ownFacts(tx)
    const say = words(me.locale)
    const token = await makeToken(tx, 'new-email', { personId: me.id, value: mailbox, minutes: 60 })
    await queueMail(tx, { to: mailbox, personId: me.id, subject: say('accounts.mail.new-email.subject'), text: say('accounts.mail.new-email.text', { link: `${tx.house.config.publicUrl}/portal/settings/email/${token}` }) })
    return { ok: true }
  })
}
/** Makes the proven mailbox the person's own; the old one is told. */
export function useNewEmail(ctx: Ctx<SignedInActor>, token: string): Promise<{ ok: true } | Refused<'link-over' | 'email-taken'>> {
  return inTransaction<SignedInActor, { ok: true } | Refused<'link-over' | 'email-taken'>>(ctx, async tx => {
    const { rows } = await sql<{ person_id: string | null; value: string | null }>`select person_id, value from accounts.door_use_token(${hashToken(token)}, 'new-email')`.execute(tx.db.kysely)
    const held = rows[0]
    if (!held?.value || held.person_id !== tx.actor.personId) return refused('link-over')
    const me = await ownFacts(tx)
    const done = await attempt(tx, inner => db(inner).updateTable('accounts.person').set({ email: held.value }).where('id', '=', me.id).execute())
    if (!done.ok) return refused('email-taken')
    await audit(tx, 'account.email-changed', { kind: 'person', ids: [me.id] })
    if (me.email) await tellOfChange(tx, { email: me.email, id: me.id, locale: me.locale }, 'email')
    return { ok: true }
  })
}
