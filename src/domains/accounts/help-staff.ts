import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { queueMail } from '#platform/email.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { managePeople } from './access.ts'
import { inviteDays, inviteLink } from './manage-staff.ts'
import { endSessionsOf } from './start-session.ts'
import { db } from './tables.ts'

export type StaffFactors = { hasPassword: boolean; hasApp: boolean; passkeys: number }

/** How somebody who works here signs in. */
export async function factorsOf(ctx: Ctx<StaffActor>, personId: string): Promise<StaffFactors> {
  mustBeAbleTo(ctx, managePeople)
  const { rows } = await sql<StaffFactors>`
    select p.password_hash is not null as "hasPassword", p.totp_secret is not null as "hasApp", (select count(*)::int from accounts.passkey k where k.person_id = p.id) as passkeys
    from accounts.person p
    where p.id = ${personId}::uuid and exists (select from accounts.person_role r where r.person_id = p.id)
  `.execute(ctx.db.kysely)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

/**
 * For a colleague who lost phone and codes: every way in ends, with every session, and a link to choose new ones goes to their mailbox alone.
 * Nobody does it for themselves: that would be a way around proof.
 */
export function resetFactors(ctx: Ctx<StaffActor>, personId: string): Promise<{ ok: true } | Refused<'yourself' | 'shut-out'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'yourself' | 'shut-out'>>(ctx, async tx => {
    mustBeAbleTo(tx, managePeople)
    if (personId === tx.actor.personId) return refused('yourself')
    const person = await staffPerson(tx, personId)
    if (person.isDisabled) return refused('shut-out')
    await db(tx).updateTable('accounts.person').set({ password_hash: null, totp_secret: null, totp_last_step: null }).where('id', '=', personId).execute()
    await db(tx).deleteFrom('accounts.passkey').where('person_id', '=', personId).execute()
    await db(tx).deleteFrom('accounts.recovery_code').where('person_id', '=', personId).execute()
    await endSessionsOf(tx, personId, 'factors-reset')
    await audit(tx, 'staff.factors-reset', { kind: 'person', ids: [personId] })
    await mailLink(tx, person)
    return { ok: true }
  })
}

/** Sends a new invitation to somebody who has not chosen a password yet. */
export function inviteAgain(ctx: Ctx<StaffActor>, personId: string): Promise<{ ok: true } | Refused<'has-sign-in' | 'shut-out'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'has-sign-in' | 'shut-out'>>(ctx, async tx => {
    mustBeAbleTo(tx, managePeople)
    const person = await staffPerson(tx, personId)
    if (person.isDisabled) return refused('shut-out')
    if ((await factorsOf(tx, personId)).hasPassword) return refused('has-sign-in')
    await mailLink(tx, person)
    await audit(tx, 'staff.invited-again', { kind: 'person', ids: [personId] })
    return { ok: true }
  })
}

type Person = { id: string; name: string; email: string | null; isDisabled: boolean }
async function staffPerson(tx: Ctx, personId: string): Promise<Person> {
  const row = await db(tx).selectFrom('accounts.person as p').select(['p.id', 'p.name', 'p.email', 'p.disabled_at'])
    .where('p.id', '=', personId).where(eb => eb.exists(eb.selectFrom('accounts.person_role as r').select('r.role').whereRef('r.person_id', '=', 'p.id'))).executeTakeFirst()
  if (!row) throw new NotFound()
  return { id: row.id, name: row.name, email: row.email, isDisabled: row.disabled_at !== null }
}

async function mailLink(tx: Ctx, { id, name, email }: Person): Promise<void> {
  const link = await inviteLink(tx, id)
  if (!email) return
  await queueMail(tx, {
    to: email, personId: id, kind: 'staff', isInternal: true, subject: 'Your sign-in for the practice',
    text: `Hello ${name},\n\nopen this link within ${inviteDays} days to choose how you sign in to the practice's console:\n\n${link}\n\nIf you did not expect this, call your manager.\n`,
  })
}
