import { auditMany } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { conditionOf } from '#release'
import { finishTaskAbout } from '#work'
import { asText, asThing, asThings, type Loose } from './explain/read-loosely.ts'
import { findOurs } from './find-ours.ts'
import { judgeReview, type Ours, type Remark } from './judge-review.ts'
import { openNow } from './open-due.ts'
import { readReference } from './read-identity.ts'
import type { Run } from './store-batch.ts'

type Row = {
  life_id: string; patient_id: string; resource_id: string; bearing: string; final_at: Date | null; reviewed_at: Date | null; held_by: string | null; hold_id: string | null; released_at: Date | null
  lead: Loose; tests: Loose[]; letters: Loose[]; names: string[]
}

/**
 * R22: what one of ours wrote about a result, or that they read it, in the system it came from. It shows to the patient and closes our task;
 * a page stays open until the call. Only the practice's own system is believed: a laboratory may name one of ours. `changed`: results whose meaning is another one now.
 */
export async function takeReviews(tx: Ctx<SystemActor>, run: Run, { lifeIds, changed }: { lifeIds: readonly string[]; changed: ReadonlySet<string> }): Promise<void> {
  const { rows: [feed] } = await sql<{ isOwnEhr: boolean }>`select is_own_ehr as "isOwnEhr" from records.feed where source = ${run.source}`.execute(tx.db.kysely)
  if (feed?.isOwnEhr === false) return
  const rows = await readSent(tx, run, [...new Set([...lifeIds, ...await livesOfLetters(tx, run)])])
  const said = rows.filter(row => row.lead.resultsInterpreter !== null || row.lead.note !== null || row.lead.extension !== null || row.tests.length > 0 || row.letters.length > 0)
  if (said.length === 0) return
  const oursOf = await findOurs(tx, run.source, said)
  for (const row of said) {
    const letters = row.letters.filter(letter => [letter.about, letter.reasonReference, letter.basedOn].flatMap(asThings).some(one => row.names.includes(readReference(asText(one.reference) ?? '').id)))
    const review = judgeReview({ ...row, letters, patientRef: asText(asThing(row.lead.subject).reference) ?? '' }, changed.has(row.life_id), oursOf)
    if (review.by) await keepReview(tx, row, { by: review.by, at: review.at, remarks: review.remarks })
  }
}

/** Letters of this batch lead to the results they are about. */
async function livesOfLetters(tx: Ctx, run: Run): Promise<string[]> {
  const { rows: letters } = await sql<{ ref: string; patient_id: string }>`
    select distinct ref, x.patient_id
    from staged s
    join kept k on k.seq = s.seq and k.is_due
    join reached x on x.seq = s.seq
    cross join lateral jsonb_path_query(s.body, 'strict $.*') as field
    cross join lateral jsonb_path_query(field, '$[*].reference') as found
    cross join lateral (select found #>> '{}' as ref) named
    where s.fhir_type = 'Communication'
  `.execute(tx.db.kysely)
  if (letters.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select distinct l.id
    from jsonb_to_recordset(${JSON.stringify(letters.map(({ ref, patient_id }) => ({ id: readReference(ref).id, patient_id })))}::jsonb) as w (id text, patient_id uuid)
    join records.resource r on r.source = ${run.source} and r.fhir_type in ('DiagnosticReport', 'Observation') and (r.source_id = w.id or r.alias = w.id)
    join records.result i on i.resource_id = r.id and i.patient_id = w.patient_id
    left join records.result p on p.id = i.report_id
    join records.life l on l.resource_id = coalesce(p.resource_id, i.resource_id) and l.patient_id = w.patient_id
  `.execute(tx.db.kysely)
  return rows.map(row => row.id)
}

const fields = (of: string) => sql.raw(['status', 'issued', 'language', 'subject', 'conclusion', 'conclusionCode', 'resultsInterpreter', 'note', 'extension', 'contained'].map(field => `'${field}', ${of}.body -> '${field}'`).join(', '))
/** These results with what may hold a review. Nothing that is closed to the patient for good. */
async function readSent(tx: Ctx, run: Run, lifeIds: readonly string[]): Promise<Row[]> {
  if (lifeIds.length === 0) return []
  const { rows } = await sql<Row>`
    select l.id as life_id, l.patient_id, l.resource_id, l.bearing, l.final_at, l.reviewed_at, l.held_by, l.hold_id, l.released_at, jsonb_build_object(${fields('i')}) as lead,
      coalesce(t.tests, '[]') as tests, coalesce(c.letters, '[]') as letters, array_remove(array[r.source_id, r.alias] || t.names, null) as names
    from records.life l
    join records.result i on i.resource_id = l.resource_id and i.patient_id = l.patient_id
    join records.resource r on r.id = i.resource_id
    left join lateral (
      select jsonb_agg(jsonb_build_object(${fields('t')})) filter (where t.body ? 'note') as tests, array_agg(q.source_id) || array_agg(q.alias) as names
      from records.result t join records.resource q on q.id = t.resource_id
      where t.report_id = i.id and t.is_fact
    ) t on true
    left join lateral (
      select jsonb_agg(f.body) as letters
      from (select f.body from records.fact f where f.patient_id = l.patient_id and f.kind = 'other' and f.is_fact and f.happened_at is null and f.name = 'Communication' and f.source = ${run.source} order by f.id desc limit 100) f
    ) c on true
    where l.id = any (${lifeIds as string[]}::uuid[]) and l.place = 'result' and i.is_fact and not i.is_restricted
  `.execute(tx.db.kysely)
  return rows
}

async function keepReview(tx: Ctx<SystemActor>, row: Row, { by, at, remarks }: { by: Ours; at: Date | null; remarks: readonly Remark[] }): Promise<void> {
  const notLater = (moment: Date | null) => (moment && moment < tx.now() ? moment : tx.now())
  const { rows: kept } = remarks.length === 0 ? { rows: [] } : await sql`
    insert into records.comment (patient_id, resource_id, words, locale, author_name, origin, written_at)
    select ${row.patient_id}::uuid, ${row.resource_id}::uuid, w.words, w.locale, w.author, 'elsewhere', w.at
    from jsonb_to_recordset(${JSON.stringify(remarks.map(remark => ({ ...remark, at: notLater(remark.at) })))}::jsonb) as w (words text, locale text, author text, at timestamptz)
    where not exists (select from records.comment c where c.resource_id = ${row.resource_id}::uuid and c.patient_id = ${row.patient_id}::uuid and regexp_replace(c.words, '\\s+', ' ', 'g') = regexp_replace(w.words, '\\s+', ' ', 'g'))
    on conflict do nothing
    returning id
  `.execute(tx.db.kysely)
  const isReviewed = row.final_at !== null && row.reviewed_at === null
  if (!isReviewed && kept.length === 0) return
  await sql`
    update records.life set reviewed_at = case when ${isReviewed} then ${notLater(at)}::timestamptz else reviewed_at end, reviewed_by = case when ${isReviewed} then ${by.personId}::uuid else reviewed_by end,
      reviewed_as = case when ${isReviewed} then 'elsewhere' else reviewed_as end, told_at = case when ${kept.length > 0} then null else told_at end
    where id = ${row.life_id}::uuid
  `.execute(tx.db.kysely)
  if (isReviewed) await finishTaskAbout(tx, { type: 'life', ids: [row.life_id] }, 'Looked at in the system it came from.', { kind: 'result-review' })
  await auditMany(tx, 'results.reviewed-elsewhere', [{ patientId: row.patient_id, count: 1 }])
  if (kept.length === 0) return
  const isWaitedFor = row.held_by === 'patient' && !row.released_at && row.bearing !== 'critical' && row.hold_id !== null
  if (isWaitedFor && await conditionOf(tx, row.hold_id!) === 'until-review') await openNow(tx, [row.life_id])
  await enqueue(tx, 'records.tell', { patientId: row.patient_id }, { key: `tell:${row.patient_id}` })
}
