import { audit } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { reachOfProxy, reachOfSelf, pairsOf } from './access.ts'
import { hashPassword } from './check-password.ts'
import { newTotpSecret, sealTotp } from './check-second-factor.ts'
import { db } from './tables.ts'

/** For the demo and the command line, which speak as the job 'accounts.command'. A practice's own patients come in by letter. */
export async function addPatientPerson(ctx: Ctx<SystemActor>, { name, email, password, patientId, locale }: { name: string; email: string; password: string; patientId: string | null; locale: 'en' | 'es' }): Promise<string> {
  const hash = await hashPassword(password)
  return inTransaction(ctx, async tx => {
    const { id } = await db(tx).insertInto('accounts.person').values({
      name, email: email.toLowerCase(), sign_in_name: null, locale, password_hash: hash, patient_id: patientId, totp_secret: null, totp_last_step: null, created_at: tx.now(), disabled_at: null, disabled_by: null,
    }).returning('id').executeTakeFirstOrThrow()
    if (patientId !== null) {
      await db(tx).insertInto('platform.access_grant').values(pairsOf(reachOfSelf).map(({ category, verb }) => ({
        person_id: id, patient_id: patientId, category, verb, source: 'self' as const, starts_at: tx.now(), ends_at: null, revoked_at: null, granted_by: null,
      }))).execute()
    }
    await audit(tx, 'account.added', { kind: 'person', ids: [id] })
    return id
  })
}

/** Makes somebody a caregiver without a front desk: the demo's mother of a young child. */
export function letActForAsSystem(ctx: Ctx<SystemActor>, { personId, patientId, basis, endsAt }: { personId: string; patientId: string; basis: 'parent-of-child' | 'named-by-adult'; endsAt: Date }): Promise<void> {
  return inTransaction(ctx, async tx => {
    await db(tx).insertInto('accounts.proxy').values({ person_id: personId, patient_id: patientId, basis, starts_at: tx.now(), ends_at: endsAt, made_at: tx.now(), made_by: null, revoked_at: null, revoked_by: null }).execute()
    await db(tx).insertInto('platform.access_grant').values(pairsOf(reachOfProxy).map(({ category, verb }) => ({
      person_id: personId, patient_id: patientId, category, verb, source: 'proxy' as const, starts_at: tx.now(), ends_at: endsAt, revoked_at: null, granted_by: null,
    }))).execute()
    await audit(tx, 'account.proxy-named', { kind: 'person', ids: [personId] })
  })
}

/** Gives a person of the demo a password and codes from an app; returns the app's secret. */
export async function giveTotp(ctx: Ctx<SystemActor>, personId: string, password: string): Promise<string> {
  const [hash, secret] = [await hashPassword(password), newTotpSecret()]
  await inTransaction(ctx, async tx => {
    await db(tx).updateTable('accounts.person').set({ password_hash: hash, totp_secret: sealTotp(tx, personId, secret), totp_last_step: null }).where('id', '=', personId).execute()
    await audit(tx, 'account.app-added', { kind: 'person', ids: [personId] })
  })
  return secret
}
