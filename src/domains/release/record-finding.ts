import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { attempt, inTransaction } from '#platform/db.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { holdForDanger, seeFindings } from './access.ts'
import { dangers, leastFindingWords, longestFindingDays, type Dangers } from './shared.ts'
import { db } from './tables.ts'

export type NewFinding = { patientId: string; lifeId: string; danger: string; words: string; knowsPatient: boolean; days: number }
export type FindingRefusal = Refused<'distress' | 'no-danger' | 'few-words' | 'not-attested' | 'already'>

/**
 * A licensed clinician's own finding, about this one result, that reading it would endanger life or physical safety, or that it is known to be
 * wrong. Distress is no such danger: the patient's own choice is the way for that. Seven days at most, then it is looked at again.
 * Source: R9; 45 CFR 171.201(a)–(d).
 */
export function recordFinding(ctx: Ctx<StaffActor>, { patientId, lifeId, danger, words, knowsPatient, days }: NewFinding): Promise<{ ok: true; id: string; until: Date } | FindingRefusal> {
  return inTransaction<StaffActor, { ok: true; id: string; until: Date } | FindingRefusal>(ctx, async tx => {
    mustBeAbleTo(tx, holdForDanger)
    if (danger === 'distress') return refused('distress')
    const known = dangers.find((one): one is Dangers => one === danger)
    if (!known) return refused('no-danger')
    if (words.trim().length < leastFindingWords) return refused('few-words')
    if (!knowsPatient) return refused('not-attested')
    const until = new Date(tx.now().getTime() + Math.min(longestFindingDays, Math.max(1, Math.round(days) || 1)) * 86_400_000)
    const made = await attempt(tx, inner => db(inner).insertInto('release.finding').values({
      patient_id: patientId, life_id: lifeId, danger: known, words: words.trim().slice(0, 4_000), knows_patient: true, found_at: tx.now(), found_by: tx.actor.personId, until, ended_at: null, ended_by: null,
    }).returning('id').executeTakeFirstOrThrow())
    if (!made.ok) return refused('already')
    await audit(tx, 'results.held-for-safety', { patientId, kind: 'life', ids: [lifeId], detail: { danger: known } })
    return { ok: true, id: made.value.id, until }
  })
}

/** The finding no longer stands: what it held opens by its other rules. Returns whether there was one. */
export function endFinding(ctx: Ctx<StaffActor>, { patientId, lifeId }: { patientId: string; lifeId: string }): Promise<boolean> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, holdForDanger)
    const ended = await db(tx).updateTable('release.finding').set({ ended_at: tx.now(), ended_by: tx.actor.personId }).where('life_id', '=', lifeId).where('ended_at', 'is', null).returning('id').executeTakeFirst()
    if (ended) await audit(tx, 'results.safety-hold-ended', { patientId, kind: 'life', ids: [lifeId] })
    return ended !== undefined
  })
}

export type FindingRow = { id: string; lifeId: string; patientId: string; danger: Dangers; words: string; foundAt: Date; foundBy: string; until: Date; endedAt: Date | null }
/** Findings of the last days, the newest first: the privacy officer's monthly report, and what stands beside one result. */
export async function listFindings(ctx: Ctx<StaffActor>, { since, lifeId }: { since?: Date; lifeId?: string }): Promise<FindingRow[]> {
  mustBeAbleTo(ctx, seeFindings)
  let query = db(ctx).selectFrom('release.finding').select(['id', 'life_id', 'patient_id', 'danger', 'words', 'found_at', 'found_by', 'until', 'ended_at']).orderBy('found_at', 'desc').limit(100)
  if (since) query = query.where('found_at', '>=', since)
  if (lifeId) query = query.where('life_id', '=', lifeId)
  return (await query.execute()).map(row => ({ id: row.id, lifeId: row.life_id, patientId: row.patient_id, danger: row.danger, words: row.words, foundAt: row.found_at, foundBy: row.found_by, until: row.until, endedAt: row.ended_at }))
}

/** Who found the danger, by finding. */
export async function findersOf(ctx: Ctx<SystemActor>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx).selectFrom('release.finding').select(['id', 'found_by']).where('id', 'in', [...ids]).execute()
  return new Map(rows.map(row => [row.id, row.found_by]))
}
