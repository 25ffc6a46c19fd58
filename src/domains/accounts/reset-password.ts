import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { linkTo, nameStartOf } from '#platform/letter-facts.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { sendLetter } from '#platform/send-letter.ts'
import { hashPassword, passwordProblem, type PasswordProblem } from './check-password.ts'
import { makeToken, readToken, useToken } from './one-time-token.ts'
import { personFacts } from './person-facts.ts'
import { spelled } from './shared.ts'
import type { Where } from './sign-in.ts'
import { endSessionsOf } from './start-session.ts'

const minutes = 30
type Mailbox = { id: string | null; name: string; sign_in_name: string | null; locale: 'en' | 'es' }

/** Mails a link to everybody who signs in with this mailbox or name. What is answered does not depend on whether anybody does. */
export async function askForReset(ctx: Ctx, name: string, where: Where): Promise<{ ok: true } | { ok: false; reason: 'too-many'; retryAfterSeconds: number }> {
  const turn = await takeTurn(ctx, 'reset', { account: spelled(name), address: where.clientAddress })
  if (!turn.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: turn.retryAfterSeconds }
  await inTransaction(ctx, async tx => {
    const { rows } = await sql<Mailbox>`select id, name, sign_in_name, locale from accounts.door_by_email(${spelled(name)})`.execute(tx.db.kysely)
    if (rows.length === 0) await mailNobody(tx)
    for (const person of rows) await mailReset(tx, person)
    await audit(tx, 'reset.asked', { detail: { found: rows.length } })
  })
  return { ok: true }
}

/** For an address that is nobody's the same is done and undone: the time does not say which it was. */
async function mailNobody(tx: Ctx): Promise<void> {
  await sql`savepoint nobody`.execute(tx.db.kysely)
  await mailReset(tx, { id: null, name: 'Nobody', sign_in_name: null, locale: 'en' })
  await sql`rollback to savepoint nobody`.execute(tx.db.kysely)
}

async function mailReset(tx: Ctx, person: Mailbox): Promise<void> {
  const { rows } = await sql<{ email: string | null }>`select accounts.door_email_of(${person.id}::uuid) as email`.execute(tx.db.kysely)
  const email = rows[0]?.email ?? 'nobody@example.invalid'
  const link = linkTo(tx.house, `${person.locale === 'es' ? '/es' : ''}/reset/${await makeToken(tx, 'reset', { personId: person.id, minutes })}`, { origin: tx.origin })
  await sendLetter(tx, 'reset', { link, minutes, ...(person.sign_in_name && { signsInAs: nameStartOf(person.sign_in_name) }) }, { to: email, personId: person.id, locale: person.locale })
}

export const isLiveLink = (ctx: Ctx, purpose: 'reset' | 'invitation', token: string): Promise<boolean> =>
  inTransaction(ctx, async tx => (await readToken(tx, purpose, token)) !== undefined)

/** Sets a new password by a mailed link. The second factor stays; every session ends; the person is told. Source: ASVS 6.4.3. */
export async function resetPassword(ctx: Ctx, { purpose, token, password }: { purpose: 'reset' | 'invitation'; token: string; password: string }): Promise<{ ok: true; personId: string } | Refused<'link-over' | PasswordProblem>> {
  const hash = await hashPassword(password)
  return inTransaction(ctx, async tx => {
    const held = await readToken(tx, purpose, token)
    const person = held?.personId ? await personFacts(tx, held.personId) : undefined
    if (!person || person.isDisabled) return refused('link-over')
    const problem = passwordProblem(password, { hasSecondFactor: person.totpSecret !== null || person.passkeys > 0, own: [person.name, person.email ?? ''] })
    if (problem) return refused(problem)
    if (!(await useToken(tx, purpose, token))) return refused('link-over')
    await sql`select accounts.door_set_password(${person.id}::uuid, ${hash})`.execute(tx.db.kysely)
    await endSessionsOf(tx, person.id, 'password-changed')
    await audit(tx, 'account.password-set', { kind: 'person', ids: [person.id], detail: { by: purpose } })
    if (person.email && purpose === 'reset') await tellOfChange(tx, { email: person.email, id: person.id, locale: person.locale }, 'password')
    return { ok: true, personId: person.id }
  })
}

/** Tells the person by mail that how they sign in was changed: what, not how, and whom to call. */
export async function tellOfChange(tx: Ctx, person: { email: string; id: string; locale: 'en' | 'es' }, what: 'password' | 'passkey' | 'app' | 'email'): Promise<void> {
  await sendLetter(tx, 'changed', { what }, { to: person.email, personId: person.id, locale: person.locale })
}
