import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { openTask } from '#work'
import { db, type Wish } from './tables.ts'

/** How somebody wants to meet one result that may change a life (R14). It holds nothing back: one tap leads on. Who asks to be called is called. */
export function makeWish(ctx: Ctx<PatientActor | ProxyActor>, patientId: AuthorizedPatientId, lifeId: string, wish: Wish): Promise<void> {
  return inTransaction(ctx, async tx => {
    await db(tx).insertInto('release.wish').values({ patient_id: patientId, life_id: lifeId, wish, made_at: tx.now(), made_by: tx.actor.personId }).execute()
    if (wish === 'call-me') await openTask(tx, { kind: 'call-about-result', title: 'A patient asks to be called about a result', pool: 'clinician', patientId, subject: { type: 'life', id: lifeId }, dueInBusinessMinutes: 480 })
    await audit(tx, 'results.wish-made', { patientId, kind: 'life', ids: [lifeId], detail: { wish } })
  })
}

/** What was wished last about this result. */
export async function wishOf(ctx: Ctx, patientId: AuthorizedPatientId, lifeId: string): Promise<Wish | null> {
  const row = await db(ctx).selectFrom('release.wish').select('wish').where('patient_id', '=', patientId).where('life_id', '=', lifeId).orderBy('made_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row?.wish ?? null
}
