import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { attempt, inTransaction } from '#platform/db.ts'
import { isMailAddress } from '#platform/email.ts'
import { NotFound } from '#platform/errors.ts'
import { linkTo } from '#platform/letter-facts.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { sendLetter } from '#platform/send-letter.ts'
import { hashPassword, passwordProblem, type PasswordProblem } from './check-password.ts'
import type { SignedInActor } from './enter-with-token.ts'
import { makeToken, useToken } from './one-time-token.ts'
import { hasFreshProof, mayChangeFactors, ownFacts } from './prove-session.ts'
import { tellOfChange } from './reset-password.ts'
import { db } from './tables.ts'

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

export type SessionRow = { id: string; device: string; startedAt: Date; seenAt: Date; isThis: boolean }
export async function listSessions(ctx: Ctx<SignedInActor>): Promise<SessionRow[]> {
  const rows = await db(ctx).selectFrom('platform.session').select(['id', 'device', 'created_at', 'seen_at', 'idle_minutes'])
    .where('person_id', '=', ctx.actor.personId).where('ended_at', 'is', null).where('absolute_until', '>', ctx.now()).orderBy('seen_at', 'desc').limit(30).execute()
  return rows.filter(row => row.seen_at.getTime() + row.idle_minutes * 60_000 > ctx.now().getTime()).map(row => ({ id: row.id, device: row.device, startedAt: row.created_at, seenAt: row.seen_at, isThis: row.id === ctx.actor.sessionId }))
}
/** Ends one of one's own sessions elsewhere. */
export async function endOneSession(tx: Ctx<SignedInActor>, sessionId: string): Promise<void> {
  const gone = await db(tx).updateTable('platform.session').set({ ended_at: tx.now(), ended_because: 'ended-by-owner' })
    .where('id', '=', sessionId).where('person_id', '=', tx.actor.personId).where('ended_at', 'is', null).returning('id').executeTakeFirst()
  if (!gone) throw new NotFound()
  await audit(tx, 'account.sessions-ended', { kind: 'person', ids: [tx.actor.personId] })
}
export async function endOtherSessions(tx: Ctx<SignedInActor>, because = 'ended-by-owner'): Promise<void> {
  await db(tx).updateTable('platform.session').set({ ended_at: tx.now(), ended_because: because })
    .where('person_id', '=', tx.actor.personId).where('id', '<>', tx.actor.sessionId).where('ended_at', 'is', null).execute()
  await audit(tx, 'account.sessions-ended', { kind: 'person', ids: [tx.actor.personId] })
}

/** Mails a link to the new mailbox; the mailbox changes when it is opened. Needs fresh proof. */
export function askForNewEmail(ctx: Ctx<SignedInActor>, email: string): Promise<{ ok: true } | Refused<'prove-first' | 'bad-email'>> {
  return inTransaction<SignedInActor, { ok: true } | Refused<'prove-first' | 'bad-email'>>(ctx, async tx => {
    const me = await ownFacts(tx)
    if (!mayChangeFactors(tx, me)) return refused('prove-first')
    const mailbox = email.trim().toLowerCase()
    if (!isMailAddress(mailbox)) return refused('bad-email')
    const token = await makeToken(tx, 'new-email', { personId: me.id, value: mailbox, minutes: 60 })
    await sendLetter(tx, 'new-email', { link: linkTo(tx.house, `/portal/settings/email/${token}`, { origin: tx.origin }) }, { to: mailbox, personId: me.id, locale: me.locale })
    return { ok: true }
  })
}
/** Makes the proven mailbox the person's own; the old one is told. */
export function useNewEmail(ctx: Ctx<SignedInActor>, token: string): Promise<{ ok: true } | Refused<'link-over' | 'email-taken'>> {
  return inTransaction<SignedInActor, { ok: true } | Refused<'link-over' | 'email-taken'>>(ctx, async tx => {
    const held = await useToken(tx, 'new-email', token)
    if (!held?.value || held.personId !== tx.actor.personId) return refused('link-over')
    const mailbox = held.value
    const me = await ownFacts(tx)
    const done = await attempt(tx, inner => db(inner).updateTable('accounts.person').set({ email: mailbox }).where('id', '=', me.id).execute())
    if (!done.ok) return refused('email-taken')
    await audit(tx, 'account.email-changed', { kind: 'person', ids: [me.id] })
    if (me.email) await tellOfChange(tx, { email: me.email, id: me.id, locale: me.locale }, 'email')
    return { ok: true }
  })
}
