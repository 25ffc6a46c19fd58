import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { decideRelease, endFinding, gatherRules, recordFinding, type FindingRefusal, type Standing } from '#release'
import type { Category, Covered } from '#release/shared'

type Life = { id: string; patient_id: string; resource_id: string; category: Category; covers: Covered[]; bearing: string; arrived_at: Date; final_at: Date | null; released_at: Date | null; reviewed_at: Date | null }
type Held = { ok: true; until: Date | null } | FindingRefusal | Refused<'open-already'>

async function lockLife(tx: Ctx, lifeId: string): Promise<Life> {
  const { rows } = await sql<Life>`
    select id, patient_id, resource_id, category, covers, bearing, arrived_at, final_at, released_at, reviewed_at from records.life where id = ${lifeId}::uuid for update
  `.execute(tx.db.kysely)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

/** Holds one result back for safety. What the patient has been able to read is not taken from them. */
export function holdResult(ctx: Ctx<StaffActor>, lifeId: string, finding: { danger: string; words: string; knowsPatient: boolean; days: number }): Promise<Held> {
  return inTransaction<StaffActor, Held>(ctx, async tx => {
    const life = await lockLife(tx, lifeId)
    if (life.released_at) return refused('open-already')
    const recorded = await recordFinding(tx, { patientId: life.patient_id, lifeId, ...finding })
    if (!recorded.ok) return recorded
    return { ok: true, until: await decideAgain(tx, life) }
  })
}

/** The danger is over: the result opens by what else holds it, mostly now. */
export function endHold(ctx: Ctx<StaffActor>, lifeId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    const life = await lockLife(tx, lifeId)
    if (!await endFinding(tx, { patientId: life.patient_id, lifeId })) throw new NotFound()
    await decideAgain(tx, life)
  })
}

async function decideAgain(tx: Ctx<StaffActor>, life: Life): Promise<Date | null> {
  const rules: Standing = await gatherRules(tx, { patientIds: [life.patient_id], lifeIds: [life.id] })
  const decision = decideRelease(
    { category: life.category, covers: life.covers, finalAt: life.final_at ?? life.arrived_at, arrivedAt: tx.now(), isReviewed: life.reviewed_at !== null, isContacted: false, isCritical: life.bearing === 'critical' },
    { laws: rules.laws }, { agreement: rules.agreementFor(life.patient_id, life.category, life.arrived_at), finding: rules.findingFor(life.id) }, rules.calendar)
  await sql`
    with decided as (
      update records.life set opens_at = ${decision.visibleAt}, latest_at = ${decision.latestAt}, held_by = ${decision.because}, hold_id = ${decision.holdId}::uuid, citation = ${decision.citation}, needs_owner = ${decision.needsOwner}
      where id = ${life.id}::uuid
    ), leads as (select id from records.result where resource_id = ${life.resource_id}::uuid and patient_id = ${life.patient_id}::uuid)
    update records.result r set visible_at = ${decision.visibleAt} from leads where (r.id = leads.id or r.report_id = leads.id) and r.is_fact
  `.execute(tx.db.kysely)
  if (decision.because === null) await enqueue(tx, 'records.release', {}, { key: 'records.release' })
  return decision.visibleAt
}
