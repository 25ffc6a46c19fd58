import { audit } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { pairsOf, reachOfProxy } from './access.ts'
import { hashPassword } from './check-password.ts'
import { newTotpSecret, sealTotp } from './check-second-factor.ts'
import { db } from './tables.ts'

const selfReach = [
  ['identity', 'see'], ['identity', 'change'], ['results', 'see'], ['notes', 'see'], ['record', 'see'], ['appointments', 'see'], ['appointments', 'change'], ['messages', 'see'], ['messages', 'change'], ['billing', 'see'], ['access-log', 'see'], ['access-log', 'change'],
] as const

/** Makes a person with a password, and with their own record if they have one: for the command line and the demo. */
export function addPatientPerson(ctx: Ctx<SystemActor>, wish: { name: string; email: string; password: string; patientId: string | null; locale: 'en' | 'es' }): Promise<string> {
  return inTransaction(ctx, async tx => {
    const { id } = await db(tx).insertInto('accounts.person').values({
      name: wish.name, email: wish.email, sign_in_name: null, locale: wish.locale, password_hash: await hashPassword(wish.password), patient_id: wish.patientId, totp_secret: null, totp_last_step: null, created_at: tx.now(), disabled_at: null, disabled_by: null,
    }).returning('id').executeTakeFirstOrThrow()
    if (wish.patientId) {
      await db(tx).insertInto('platform.access_grant').values(selfReach.map(([category, verb]) => ({ person_id: id, patient_id: wish.patientId, category, verb, source: 'self' as const, starts_at: tx.now(), ends_at: null, revoked_at: null, granted_by: null }))).execute()
    }
    await audit(tx, 'account.added', { kind: 'person', ids: [id], ...(wish.patientId && { patientId: wish.patientId }) })
    return id
  })
}

/** Lets a person act for a child, as the command line and the demo set it up. */
export function letActForAsSystem(ctx: Ctx<SystemActor>, wish: { personId: string; patientId: string; endsAt: Date }): Promise<void> {
  return inTransaction(ctx, async tx => {
    await db(tx).insertInto('accounts.proxy').values({ person_id: wish.personId, patient_id: wish.patientId, basis: 'parent-of-child', starts_at: tx.now(), ends_at: wish.endsAt, made_at: tx.now(), made_by: null, revoked_at: null, revoked_by: null }).execute()
    await db(tx).insertInto('platform.access_grant').values(pairsOf(reachOfProxy).map(({ category, verb }) => ({ person_id: wish.personId, patient_id: wish.patientId, category, verb, source: 'proxy' as const, starts_at: tx.now(), ends_at: wish.endsAt, revoked_at: null, granted_by: null }))).execute()
    await audit(tx, 'account.proxy-named', { patientId: wish.patientId, kind: 'person', ids: [wish.personId] })
  })
}

/** Gives a person a password and codes from an app; returns the app's secret. */
export function giveTotp(ctx: Ctx<SystemActor>, personId: string, password: string): Promise<string> {
  return inTransaction(ctx, async tx => {
    const secret = newTotpSecret()
    await db(tx).updateTable('accounts.person').set({ password_hash: await hashPassword(password), totp_secret: sealTotp(tx, personId, secret) }).where('id', '=', personId).execute()
    return secret
  })
}
