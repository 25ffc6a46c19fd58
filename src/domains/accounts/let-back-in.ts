import { audit } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { baseOf } from '#platform/place.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { hashPassword } from './check-password.ts'
import { makeToken } from './one-time-token.ts'
import { endSessionsOf } from './start-session.ts'
import { db } from './tables.ts'

export const resetLinkMinutes = 60
type Found = { ok: true; id: string; name: string } | Refused<'nobody' | 'several' | 'disabled'>

/** The one person who signs in with this name or mailbox. */
async function findOne(tx: Ctx<SystemActor>, typed: string): Promise<Found> {
  const wanted = typed.trim().toLowerCase()
  const found = await db(tx).selectFrom('accounts.person').select(['id', 'name', 'sign_in_name', 'disabled_at'])
    .where(eb => eb.or([eb('sign_in_name', '=', wanted), eb('email', '=', wanted)])).limit(10).execute()
  const person = found.find(one => one.sign_in_name === wanted) ?? found[0]
  if (!person) return refused('nobody')
  if (found.length > 1 && person.sign_in_name !== wanted) return refused('several')
  return person.disabled_at === null ? { ok: true, id: person.id, name: person.name } : refused('disabled')
}

/**
 * A link that sets a new password, for whoever is at the server's keyboard to hand on. `withSecondFactor` also takes away passkeys, app and
 * recovery codes, and ends every session: for a telephone that was lost.
 */
export function makeResetLink(ctx: Ctx<SystemActor>, typed: string, { withSecondFactor }: { withSecondFactor: boolean }): Promise<{ ok: true; name: string; link: string } | Extract<Found, { ok: false }>> {
  return inTransaction(ctx, async tx => {
    const person = await findOne(tx, typed)
    if (!person.ok) return person
    if (withSecondFactor) await takeFactorsAway(tx, person.id)
    const token = await makeToken(tx, 'reset', { personId: person.id, minutes: resetLinkMinutes })
    await audit(tx, 'account.reset-made', { kind: 'person', ids: [person.id], detail: { secondFactor: withSecondFactor } })
    return { ok: true as const, name: person.name, link: `${await baseFor(tx, person.id)}/reset/${token}` }
  })
}

/** Where this person signs in. */
async function baseFor(tx: Ctx, personId: string): Promise<string> {
  const role = await db(tx).selectFrom('accounts.person_role').select('role').where('person_id', '=', personId).limit(1).executeTakeFirst()
  return baseOf(tx.house.config, role ? 'console' : 'portal')
}

async function takeFactorsAway(tx: Ctx<SystemActor>, personId: string): Promise<void> {
  await db(tx).updateTable('accounts.person').set({ totp_secret: null, totp_last_step: null }).where('id', '=', personId).execute()
  await db(tx).deleteFrom('accounts.passkey').where('person_id', '=', personId).execute()
  await db(tx).deleteFrom('accounts.recovery_code').where('person_id', '=', personId).execute()
  await endSessionsOf(tx, personId, 'password-changed')
}

/** A first password, chosen at the server's keyboard and already checked. */
export async function givePassword(ctx: Ctx<SystemActor>, personId: string, password: string): Promise<void> {
  const hash = await hashPassword(password)
  await inTransaction(ctx, async tx => {
    await db(tx).updateTable('accounts.person').set({ password_hash: hash }).where('id', '=', personId).execute()
    await audit(tx, 'account.password-set', { kind: 'person', ids: [personId], detail: { by: 'command' } })
  })
}
