import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { decideRelease, endFinding, gatherRules, holdForDanger, recordFinding, type FindingRefusal, type Standing } from '#release'
import type { Category, Covered } from '#release/shared'
import { finishTaskAbout } from '#work'
import { readRecords } from './access.ts'
import { finalAtOf } from './judge-lead.ts'

type Life = { id: string; patient_id: string; resource_id: string; category: Category; covers: Covered[]; bearing: string; arrived_at: Date; issued: string | null; final_at: Date | null; released_at: Date | null; reviewed_at: Date | null; contacted_at: Date | null; law_lifted_by: 'clinician' | 'patient' | null; law_early: string[]; law_until: Date | null; law_citation: string | null }
type Held = { ok: true; until: Date | null } | FindingRefusal | Refused<'open-already'>

async function lockLife(tx: Ctx, lifeId: string): Promise<Life> {
  const { rows } = await sql<Life>`
    select id, patient_id, resource_id, category, covers, bearing, arrived_at, final_at, released_at, reviewed_at, contacted_at, law_lifted_by, law_early, law_until, law_citation,
      (select coalesce(r.body ->> 'issued', r.body ->> 'effectiveDateTime') from records.result r where r.resource_id = l.resource_id and r.patient_id = l.patient_id) as issued
    from records.life l
    where id = ${lifeId}::uuid
    for update
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

/**
 * Ends a law's hold before its time, where the law leaves that to who treats. Where it waits for a talk, somebody has had it. What the patient
 * asked for, or a finding, holds on. Source: the statutes as named; A2.
 */
export function endLaw(ctx: Ctx<StaffActor>, lifeId: string, { hasTalked }: { hasTalked: boolean }): Promise<{ ok: true } | Refused<'law-forbids' | 'not-talked' | 'open-already'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'law-forbids' | 'not-talked' | 'open-already'>>(ctx, async tx => {
    mustBeAbleTo(tx, holdForDanger)
    const life = await lockLife(tx, lifeId)
    if (life.released_at) return refused('open-already')
    if (life.law_citation === null || !life.law_early.includes('clinician')) return refused('law-forbids')
    if (life.law_until === null && !hasTalked) return refused('not-talked')
    await audit(tx, 'results.law-hold-ended', { patientId: life.patient_id, kind: 'life', ids: [lifeId] })
    await decideAgain(tx, { ...life, law_lifted_by: 'clinician' })
    return { ok: true }
  })
}

/** Somebody has talked with the patient about it: whoever wanted a call or a visit first reads it now. Source: R8, A4. */
export function recordTalk(ctx: Ctx<StaffActor>, lifeId: string, { spokeWith }: { spokeWith: string }): Promise<{ ok: true } | Refused<'need-words'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'need-words'>>(ctx, async tx => {
    mustBeAbleTo(tx, readRecords)
    const life = await lockLife(tx, lifeId)
    if (spokeWith.trim().length < 2) return refused('need-words')
    await sql`update records.life set contacted_at = ${tx.now()}, contacted_by = ${tx.actor.personId}::uuid, spoke_with = ${spokeWith.trim().slice(0, 200)} where id = ${lifeId}::uuid and contacted_at is null`.execute(tx.db.kysely)
    await audit(tx, 'results.talked', { patientId: life.patient_id, kind: 'life', ids: [lifeId] })
    for (const kind of ['call-about-result', 'hold-ends', 'hold-ends-owner']) await finishTaskAbout(tx, { type: 'life', ids: [lifeId] }, 'Somebody has talked with the patient.', { kind })
    if (!life.released_at) await decideAgain(tx, { ...life, contacted_at: tx.now() })
    return { ok: true }
  })
}

async function decideAgain(tx: Ctx<StaffActor>, life: Life): Promise<Date | null> {
  const rules: Standing = await gatherRules(tx, { patientIds: [life.patient_id], lifeIds: [life.id] })
  const decision = decideRelease(
    { category: life.category, covers: life.covers, finalAt: finalAtOf(life.issued, life.final_at ?? life.arrived_at), arrivedAt: tx.now(), isReviewed: life.reviewed_at !== null, isContacted: life.contacted_at !== null, isCritical: life.bearing === 'critical' },
    { laws: rules.laws, lifted: life.law_lifted_by ? [life.law_lifted_by] : [] }, { agreement: rules.agreementFor(life.patient_id, life.category, life.arrived_at), finding: rules.findingFor(life.id) }, rules.calendar)
  await sql`
    with decided as (
      update records.life set opens_at = ${decision.visibleAt}, latest_at = ${decision.latestAt}, held_by = ${decision.because}, hold_id = ${decision.holdId}::uuid, citation = ${decision.citation}, needs_owner = ${decision.needsOwner},
        law_citation = ${decision.law?.citation ?? null}, law_until = ${decision.law?.until ?? null}, law_early = ${decision.law?.endsEarly ?? []}::text[], law_lifted_by = ${life.law_lifted_by}
      where id = ${life.id}::uuid
    ), leads as (select id from records.result where resource_id = ${life.resource_id}::uuid and patient_id = ${life.patient_id}::uuid)
    update records.result r set visible_at = ${decision.visibleAt} from leads where (r.id = leads.id or r.report_id = leads.id) and r.is_fact
  `.execute(tx.db.kysely)
  if (decision.because === null) await enqueue(tx, 'records.release', {}, { key: 'records.release' })
  return decision.visibleAt
}
