import { audit } from '#platform/audit.ts'
import type { Ctx, Role, StaffActor, SystemActor } from '#platform/ctx.ts'
import { attempt, inTransaction, sql } from '#platform/db.ts'
import { queueMail } from '#platform/email.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { baseOf } from '#platform/place.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { managePeople, pairsOf, reachOfRole } from './access.ts'
import { makeToken } from './one-time-token.ts'
import { db } from './tables.ts'

export type StaffRow = { personId: string; name: string; email: string | null; roles: Role[]; isDisabled: boolean; hasPassword: boolean }
export const inviteDays = 7

/** Everybody who works here, by name. */
export async function listStaff(ctx: Ctx): Promise<StaffRow[]> {
  const rows = await db(ctx).selectFrom('accounts.person as p')
    .innerJoin('accounts.person_role as r', 'r.person_id', 'p.id')
    .select(['p.id', 'p.name', 'p.email', 'p.disabled_at', 'r.role', eb => eb('p.password_hash', 'is not', null).as('has_password')])
    .orderBy('p.name').orderBy('p.id').orderBy('r.role').limit(1_000).execute()
  const people = new Map<string, StaffRow>()
  for (const row of rows) {
    const person = people.get(row.id) ?? { personId: row.id, name: row.name, email: row.email, roles: [], isDisabled: row.disabled_at !== null, hasPassword: row.has_password === true || (row.has_password as unknown) === 1 }
    person.roles.push(row.role)
    people.set(row.id, person)
  }
  return [...people.values()]
}

/** Names of people by their id, for those whom the actor may see. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx).selectFrom('accounts.person').select(['id', 'name']).where('id', 'in', [...new Set(ids)]).execute()
  return new Map(rows.map(row => [row.id, row.name]))
}

type Boss = StaffActor | SystemActor
const personOf = (actor: Boss) => (actor.kind === 'staff' ? actor.personId : null)

/** Gives a person exactly these roles; grants and live sessions follow in the same transaction. What is new comes first: managers may change their own. */
async function setRoles(tx: Ctx<Boss>, personId: string, roles: readonly Role[]): Promise<void> {
  await setRoleGrants(tx, personId, roles)
  if (roles.length > 0) {
    await db(tx).insertInto('accounts.person_role').values(roles.map(role => ({ person_id: personId, role, given_at: tx.now(), given_by: personOf(tx.actor) })))
      .onConflict(conflict => conflict.columns(['person_id', 'role']).doNothing()).execute()
  }
  await db(tx).deleteFrom('accounts.person_role').where('person_id', '=', personId).$if(roles.length > 0, query => query.where('role', 'not in', [...roles])).execute()
  await db(tx).updateTable('platform.session').set({ roles: [...new Set(roles)].sort() }).where('person_id', '=', personId).where('ended_at', 'is', null).execute()
}

async function setRoleGrants(tx: Ctx<Boss>, personId: string, roles: readonly Role[]): Promise<void> {
  const keyOf = (pair: { category: string; verb: string }) => `${pair.category} ${pair.verb}`
  const wanted = new Map(roles.flatMap(role => pairsOf(reachOfRole[role])).map(pair => [keyOf(pair), pair]))
  const has = await db(tx).selectFrom('platform.access_grant').select(['id', 'category', 'verb']).where('person_id', '=', personId).where('source', '=', 'role').where('revoked_at', 'is', null).limit(100).execute()
  const missing = [...wanted.values()].filter(pair => !has.some(grant => keyOf(grant) === keyOf(pair)))
  const over = has.filter(grant => !wanted.has(keyOf(grant))).map(({ id }) => id)
  if (missing.length > 0) {
    await db(tx).insertInto('platform.access_grant').values(missing.map(({ category, verb }) => ({
      person_id: personId, patient_id: null, category, verb, source: 'role' as const, starts_at: tx.now(), ends_at: null, revoked_at: null, granted_by: personOf(tx.actor),
    }))).execute()
  }
  if (over.length > 0) await db(tx).updateTable('platform.access_grant').set({ revoked_at: tx.now() }).where('id', 'in', over).execute()
}

export type NewStaff = { name: string; email: string; roles: readonly Role[]; locale?: 'en' | 'es' }

/** Adds a person who works here and returns the one-time link with which they choose a password and a second factor. */
export function addStaff(ctx: Ctx<Boss>, { name, email, roles, locale = 'en' }: NewStaff): Promise<{ ok: true; personId: string; link: string } | Refused<'email-taken'>> {
  return inTransaction<Boss, { ok: true; personId: string; link: string } | Refused<'email-taken'>>(ctx, async tx => {
    if (tx.actor.kind === 'staff') mustBeAbleTo(tx, managePeople)
    const made = await attempt(tx, inner => db(inner).insertInto('accounts.person').values({
      name: name.trim(), email: email.trim().toLowerCase(), sign_in_name: null, locale, password_hash: null, patient_id: null, totp_secret: null, totp_last_step: null, created_at: tx.now(), disabled_at: null, disabled_by: null,
    }).returning('id').executeTakeFirstOrThrow())
    if (!made.ok) return refused('email-taken')
    await setRoles(tx, made.value.id, roles)
    const link = await inviteLink(tx, made.value.id)
    await audit(tx, 'staff.added', { kind: 'person', ids: [made.value.id], detail: { roles: roles.join(' ') } })
    return { ok: true, personId: made.value.id, link }
  })
}

export async function inviteLink(tx: Ctx, personId: string): Promise<string> {
  const token = await makeToken(tx, 'invitation', { personId, minutes: inviteDays * 24 * 60 })
  return `${baseOf(tx.house.config, 'console')}/join/${token}`
}

/** Mails the link to the new person. */
export async function inviteStaff(ctx: Ctx<StaffActor>, wish: NewStaff): Promise<{ ok: true; personId: string; link: string } | Refused<'email-taken'>> {
  return inTransaction(ctx, async tx => {
    const added = await addStaff(tx, wish)
    if (!added.ok) return added
    await queueMail(tx, {
      to: wish.email.trim().toLowerCase(), personId: added.personId, kind: 'staff', isInternal: true, subject: 'Your sign-in for the practice',
      text: `Hello ${wish.name},\n\nyou have been invited to work with the practice's console. Open this link within ${inviteDays} days to choose how you sign in:\n\n${added.link}\n\nIf you did not expect this, do nothing.\n`,
    })
    return added
  })
}

/** The last manager stays one: somebody must be able to let people in. One such change at a time, so that two managers do not end each other. */
async function isLastManager(tx: Ctx, personId: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('accounts.managers'))`.execute(tx.db.kysely)
  const managers = await db(tx).selectFrom('accounts.person_role as r').innerJoin('accounts.person as p', 'p.id', 'r.person_id')
    .select('r.person_id').where('r.role', '=', 'manager').where('p.disabled_at', 'is', null).limit(2).execute()
  return managers.length === 1 && managers[0]?.person_id === personId
}

export function changeRoles(ctx: Ctx<StaffActor>, personId: string, roles: readonly Role[]): Promise<{ ok: true } | Refused<'last-manager' | 'no-role'>> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, managePeople)
    if (roles.length === 0) return refused('no-role')
    if (!roles.includes('manager') && (await isLastManager(tx, personId))) return refused('last-manager')
    await setRoles(tx, personId, roles)
    await audit(tx, 'staff.roles-changed', { kind: 'person', ids: [personId], detail: { roles: roles.join(' ') } })
    return { ok: true }
  })
}

/** Shuts a person out, with every session they have, for the next request. */
export function disablePerson(ctx: Ctx<StaffActor>, personId: string): Promise<{ ok: true } | Refused<'last-manager' | 'yourself'>> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, managePeople)
    if (personId === tx.actor.personId) return refused('yourself')
    if (await isLastManager(tx, personId)) return refused('last-manager')
    const done = await db(tx).updateTable('accounts.person').set({ disabled_at: tx.now(), disabled_by: tx.actor.personId }).where('id', '=', personId).where('disabled_at', 'is', null).returning('id').executeTakeFirst()
    if (!done) throw new NotFound()
    await db(tx).updateTable('platform.session').set({ ended_at: tx.now(), ended_because: 'disabled' }).where('person_id', '=', personId).where('ended_at', 'is', null).execute()
    await audit(tx, 'staff.disabled', { kind: 'person', ids: [personId] })
    return { ok: true }
  })
}

export function enablePerson(ctx: Ctx<StaffActor>, personId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, managePeople)
    await db(tx).updateTable('accounts.person').set({ disabled_at: null, disabled_by: null }).where('id', '=', personId).execute()
    await audit(tx, 'staff.enabled', { kind: 'person', ids: [personId] })
  })
}
