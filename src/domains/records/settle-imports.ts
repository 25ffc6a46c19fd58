import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { may, mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { readRecords, settleImports } from './access.ts'
import { mergePatients } from './merge-patients.ts'
import type { PatientFacts } from './read-patient.ts'

export type ParkedRow = { id: string; source: string; file: string; position: number; fhirType: string | null; sourceId: string | null; reason: string; excerpt: string; parkedAt: Date }
export type RunRow = { id: string; source: string; startedAt: Date; finishedAt: Date | null; read: number; added: number; parked: number }
export type MatchRow = { id: string; why: 'number-alone' | 'name-and-birth-date' | 'several-fit'; askedAt: Date; one: PatientFacts; other: PatientFacts }

export async function listRuns(ctx: Ctx<StaffActor>): Promise<RunRow[]> {
  mustBeAbleTo(ctx, settleImports)
  const { rows } = await sql<RunRow>`
    select id, source, started_at as "startedAt", finished_at as "finishedAt", read_count as read, new_count as added, parked_count as parked
    from records.import_run
    order by started_at desc
    limit 20
  `.execute(ctx.db.kysely)
  return rows
}

/** What came and could not be used, newest first, a hundred at most. Its beginning may be a result or a note: it is for those who read records alone. */
export async function listParked(ctx: Ctx<StaffActor>): Promise<ParkedRow[]> {
  mustBeAbleTo(ctx, settleImports)
  const { rows } = await sql<ParkedRow>`
    select id, source, file, position, fhir_type as "fhirType", source_id as "sourceId", reason,
      case when ${may(ctx, readRecords)} then excerpt else '' end as excerpt, parked_at as "parkedAt"
    from records.parked
    where settled_at is null
    order by parked_at desc, id
    limit 100
  `.execute(ctx.db.kysely)
  return rows
}

/** Puts a parked thing away: somebody has looked at it. */
export function settleParked(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, settleImports)
    await sql`update records.parked set settled_at = ${tx.now()}, settled_by = ${tx.actor.personId}::uuid where id = ${id}::uuid and settled_at is null`.execute(tx.db.kysely)
    await audit(tx, 'records.settled', { kind: 'parked', ids: [id] })
  })
}

type Pair = { id: string; why: MatchRow['why']; asked_at: Date; patient_id: string; candidate_id: string }

export async function listMatches(ctx: Ctx<StaffActor>): Promise<MatchRow[]> {
  mustBeAbleTo(ctx, settleImports)
  const { rows } = await sql<Pair>`
    select id, why, asked_at, patient_id, candidate_id
    from records.match_question
    where answer is null
    order by asked_at, id
    limit 100
  `.execute(ctx.db.kysely)
  const { rows: people } = await sql<PatientFacts>`
    select id, name, given, birth_date as "birthDate", sex, language, phone, email, address, mrn, is_deceased as "isDeceased"
    from records.patient
    where id = any (${rows.flatMap(row => [row.patient_id, row.candidate_id])}::uuid[])
  `.execute(ctx.db.kysely)
  const known = new Map(people.map(person => [person.id, person]))
  return rows.flatMap(row => {
    const [one, other] = [known.get(row.patient_id), known.get(row.candidate_id)]
    return one && other ? [{ id: row.id, why: row.why, askedAt: row.asked_at, one, other }] : []
  })
}

export async function readMatch(ctx: Ctx<StaffActor>, id: string): Promise<MatchRow> {
  const match = (await listMatches(ctx)).find(row => row.id === id)
  if (!match) throw new NotFound()
  return match
}

/** Staff say whether two are one. 'same' joins the newcomer's records to the one who was here; it can be taken back. */
export function answerMatch(ctx: Ctx<StaffActor>, id: string, answer: 'same' | 'different'): Promise<{ ok: true } | Refused<'answered-already'>> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, settleImports)
    const { rows } = await sql<{ patient_id: string; candidate_id: string }>`
      update records.match_question set answer = ${answer}, answered_at = ${tx.now()}, answered_by = ${tx.actor.personId}::uuid
      where id = ${id}::uuid and answer is null
      returning patient_id, candidate_id
    `.execute(tx.db.kysely)
    const pair = rows[0]
    if (!pair) return refused('answered-already')
    if (answer === 'same') await mergePatients(tx, { keep: pair.candidate_id, merge: pair.patient_id })
    for (const patientId of [pair.patient_id, pair.candidate_id]) await audit(tx, 'records.match-answered', { patientId, kind: 'match-question', ids: [id], detail: { answer } })
    return { ok: true }
  })
}
