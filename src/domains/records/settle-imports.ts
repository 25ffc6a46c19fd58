import { audit, auditList } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { may, mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import type { CarryRefusal } from '#accounts'
import { finishTaskAbout } from '#work'
import { readRecords, settleImports } from './access.ts'
import { mergePatients } from './merge-patients.ts'
import type { PatientFacts } from './read-patient.ts'

export type ParkedRow = { id: string; source: string; file: string; position: number; fhirType: string | null; sourceId: string | null; reason: string; excerpt: string; isKept: boolean; parkedAt: Date }
export type RunRow = { id: string; source: string; startedAt: Date; finishedAt: Date | null; read: number; added: number; parked: number }
export type MatchRow = { id: string; why: 'number-alone' | 'name-and-birth-date' | 'several-fit' | 'source-says-one'; askedAt: Date; one: PatientFacts; other: PatientFacts }

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

/** What came and could not be used, and what is kept but odd, newest first, two hundred at most. Its beginning may be a result or a note: it is for those who read records alone. */
export async function listParked(ctx: Ctx<StaffActor>): Promise<ParkedRow[]> {
  mustBeAbleTo(ctx, settleImports)
  const { rows } = await sql<ParkedRow>`
    select id, source, file, position, fhir_type as "fhirType", source_id as "sourceId", reason,
      case when ${may(ctx, readRecords)} then excerpt else '' end as excerpt, is_kept as "isKept", parked_at as "parkedAt"
    from records.parked
    where settled_at is null
    order by is_kept, parked_at desc, id
    limit 200
  `.execute(ctx.db.kysely)
  return rows
}

/** Puts a parked thing away: somebody has looked at it. Twice is once. */
export function settleParked(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, settleImports)
    const { rows } = await sql<{ settled_at: Date | null }>`select settled_at from records.parked where id = ${id}::uuid for update`.execute(tx.db.kysely)
    if (!rows[0]) throw new NotFound()
    if (rows[0].settled_at) return
    await sql`update records.parked set settled_at = ${tx.now()}, settled_by = ${tx.actor.personId}::uuid where id = ${id}::uuid`.execute(tx.db.kysely)
    await audit(tx, 'records.settled', { kind: 'parked', ids: [id] })
  })
}

type Pair = { id: string; why: MatchRow['why']; askedAt: Date; patient: string; candidate: string }

/** Open questions, or one of them, about the people whom the two stand for now: either may have been joined to a third since. */
async function openQuestions(ctx: Ctx<StaffActor>, id: string | null): Promise<MatchRow[]> {
  const { rows } = await sql<Pair>`
    select id, why, asked_at as "askedAt", records.stands_for(patient_id) as patient, records.stands_for(candidate_id) as candidate
    from records.match_question
    where answer is null and (${id}::uuid is null or id = ${id}::uuid)
    order by asked_at, id
    limit 100
  `.execute(ctx.db.kysely)
  const { rows: people } = await sql<PatientFacts>`
    select id, name, given, birth_date as "birthDate", sex, language, phone, email, address, mrn, is_deceased as "isDeceased"
    from records.patient
    where id = any (${rows.flatMap(row => [row.patient, row.candidate])}::uuid[])
  `.execute(ctx.db.kysely)
  const known = new Map(people.map(person => [person.id, person]))
  return rows.flatMap(({ patient, candidate, ...question }) => {
    const [one, other] = [known.get(patient), known.get(candidate)]
    return one && other ? [{ ...question, one, other }] : []
  })
}

export async function listMatches(ctx: Ctx<StaffActor>): Promise<MatchRow[]> {
  mustBeAbleTo(ctx, settleImports)
  const matches = await openQuestions(ctx, null)
  await auditList(ctx, 'patient.listed', matches.flatMap(({ one, other }) => [one, other]).map(({ id }) => ({ patientId: id })))
  return matches
}

/** The two of a question, side by side. Looking is an event of both. */
export async function readMatch(ctx: Ctx<StaffActor>, id: string): Promise<MatchRow> {
  mustBeAbleTo(ctx, settleImports)
  const [match] = await openQuestions(ctx, id)
  if (!match) throw new NotFound()
  for (const { id: patientId } of [match.one, match.other]) await audit(ctx, 'patient.viewed', { patientId, kind: 'match-question', ids: [id] })
  return match
}

type Answered = { ok: true } | Refused<'answered-already' | CarryRefusal>

/** Staff say whether two are one. 'same' joins the newcomer's records to the one who was here; it can be taken back. */
export function answerMatch(ctx: Ctx<StaffActor>, id: string, answer: 'same' | 'different'): Promise<Answered> {
  return inTransaction<StaffActor, Answered>(ctx, async tx => {
    mustBeAbleTo(tx, settleImports)
    const { rows } = await sql<{ answer: string | null; patient: string; candidate: string }>`
      select answer, records.stands_for(patient_id) as patient, records.stands_for(candidate_id) as candidate from records.match_question where id = ${id}::uuid for update
    `.execute(tx.db.kysely)
    const pair = rows[0]
    if (!pair) throw new NotFound()
    if (pair.answer) return refused('answered-already')
    if (answer === 'same' && pair.patient !== pair.candidate) {
      const merged = await mergePatients(tx, { keep: pair.candidate, merge: pair.patient })
      if (!merged.ok) return merged
    }
    await closeQuestions(tx, id, answer)
    for (const patientId of [pair.patient, pair.candidate]) await audit(tx, 'records.match-answered', { patientId, kind: 'match-question', ids: [id], detail: { answer } })
    return { ok: true }
  })
}

/** This question (null: none in particular), and with it all others whose two have become one. What waits in the inbox about them is done. */
export async function closeQuestions(tx: Ctx<StaffActor | SystemActor>, id: string | null, answer: 'same' | 'different'): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update records.match_question set answer = ${answer}, answered_at = ${tx.now()}, answered_by = platform.person_id()
    where answer is null and (id = ${id}::uuid or (${answer} = 'same' and records.stands_for(patient_id) = records.stands_for(candidate_id)))
    returning id
  `.execute(tx.db.kysely)
  await finishTaskAbout(tx, { type: 'match-question', ids: rows.map(row => row.id) }, answer === 'same' ? 'The same person.' : 'Two people.')
}
