import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { Run } from './store-batch.ts'

/**
 * Derives what pages read from the rows of `staged`: one item for each patient whose compartment a resource is in. A resource whose
 * patient is not known yet waits (`derived_version` stays behind) until the end of the run. Returns how much changed for whom.
 */
export async function deriveItems(tx: Ctx, run: Run): Promise<Map<string, number>> {
  await resolvePatients(tx, run)
  await forgetOldItems(tx)
  await insertResults(tx, run)
  await insertNotes(tx, run)
  await insertFacts(tx, run)
  await sql`
    update records.resource r set derived_version = k.version_id
    from staged s join kept k on k.seq = s.seq
    where k.resource_id = r.id
      and (cardinality(s.patient_refs) = 0 or s.place is null or exists (select from reached x where x.seq = s.seq))
  `.execute(tx.db.kysely)
  const { rows } = await sql<{ patient_id: string; count: number }>`
    select patient_id, count(*)::int as count from reached group by patient_id
  `.execute(tx.db.kysely)
  return new Map(rows.map(row => [row.patient_id, row.count]))
}

/** Whose compartments: the references of staged, through the source's patients, to the people they are linked to now. */
async function resolvePatients(tx: Ctx, run: Run): Promise<void> {
  await tx.db.client!.query(`
    create temporary table if not exists reached (seq integer, resource_id uuid, version_id uuid, source_patient uuid, patient_id uuid) on commit drop;
    truncate reached`)
  await sql`
    insert into reached
    with refs as (
      select s.seq, k.resource_id, k.version_id, ref
      from staged s
      join kept k on k.seq = s.seq
      cross join lateral unnest(s.patient_refs) as ref
      where s.place is not null
    ), known as (
      select r.id, wanted.ref
      from (select distinct ref from refs) wanted
      join records.resource r on r.source = ${run.source} and r.fhir_type = 'Patient' and r.source_id = wanted.ref
      union
      select r.id, wanted.ref
      from (select distinct ref from refs) wanted
      join records.resource r on r.source = ${run.source} and r.fhir_type = 'Patient' and r.alias = wanted.ref
    )
    select distinct on (refs.seq, link.patient_id) refs.seq, refs.resource_id, refs.version_id, known.id, link.patient_id
    from refs
    join known on known.ref = refs.ref
    join records.source_patient link on link.resource_id = known.id and link.ended_at is null
  `.execute(tx.db.kysely)
  await tx.db.client!.query('analyze reached')
}

/** Items of earlier versions that are no longer so: another patient, another kind. */
async function forgetOldItems(tx: Ctx): Promise<void> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from kept k join records.resource r on r.id = k.resource_id where r.derived_version is not null) as any
  `.execute(tx.db.kysely)
  if (!rows[0]?.any) return
  for (const [table, place] of [['result', 'result'], ['note', 'note'], ['fact', 'fact']] as const) {
    await sql`
      delete from ${sql.table(`records.${table}`)} i
      using staged s join kept k on k.seq = s.seq
      where i.resource_id = k.resource_id
        and (s.place is distinct from ${place} or not exists (select from reached x where x.resource_id = k.resource_id and x.patient_id = i.patient_id))
    `.execute(tx.db.kysely)
  }
}

// From when a patient may see it: at once, as long as it is a fact. What was seen stays dated from the first time.
const visibleAt = (tx: Ctx) => sql`case when s.is_fact then ${tx.now()}::timestamptz end`

async function insertResults(tx: Ctx, run: Run): Promise<void> {
  await sql`
    insert into records.result as i (resource_id, source, source_patient, patient_id, kind, code, name, unit, lab, value, is_outside, happened_at, status, test_count, is_fact, is_restricted, visible_at, received_at, body)
    select k.resource_id, ${run.source}, x.source_patient, x.patient_id, s.kind, s.code, s.name, s.unit, s.lab, s.value, s.is_outside, s.happened_at, s.status, s.test_count, s.is_fact, s.is_restricted, ${visibleAt(tx)}, ${tx.now()}, s.body
    from staged s join kept k on k.seq = s.seq join reached x on x.seq = s.seq
    where s.place = 'result'
    on conflict (resource_id, patient_id) do update set
      source_patient = excluded.source_patient, kind = excluded.kind, code = excluded.code, name = excluded.name, unit = excluded.unit, lab = excluded.lab, value = excluded.value, is_outside = excluded.is_outside,
      happened_at = excluded.happened_at, status = excluded.status, test_count = excluded.test_count, is_fact = excluded.is_fact, is_restricted = excluded.is_restricted,
      visible_at = case when excluded.is_fact then coalesce(i.visible_at, excluded.visible_at) end, body = excluded.body
  `.execute(tx.db.kysely)
}

async function insertNotes(tx: Ctx, run: Run): Promise<void> {
  await sql`
    insert into records.note as i (resource_id, source, source_patient, patient_id, code, name, author, happened_at, status, is_fact, is_restricted, visible_at, received_at, body)
    select k.resource_id, ${run.source}, x.source_patient, x.patient_id, s.code, s.name, s.author, s.happened_at, s.status, s.is_fact, s.is_restricted, ${visibleAt(tx)}, ${tx.now()}, s.body
    from staged s join kept k on k.seq = s.seq join reached x on x.seq = s.seq
    where s.place = 'note'
    on conflict (resource_id, patient_id) do update set
      source_patient = excluded.source_patient, code = excluded.code, name = excluded.name, author = excluded.author, happened_at = excluded.happened_at, status = excluded.status,
      is_fact = excluded.is_fact, is_restricted = excluded.is_restricted, visible_at = case when excluded.is_fact then coalesce(i.visible_at, excluded.visible_at) end, body = excluded.body
  `.execute(tx.db.kysely)
}

async function insertFacts(tx: Ctx, run: Run): Promise<void> {
  await sql`
    insert into records.fact as i (resource_id, source, source_patient, patient_id, kind, code, name, unit, value, happened_at, status, is_fact, is_restricted, visible_at, received_at, body)
    select k.resource_id, ${run.source}, x.source_patient, x.patient_id, s.kind, s.code, s.name, s.unit, s.value, s.happened_at, s.status, s.is_fact, s.is_restricted, ${visibleAt(tx)}, ${tx.now()}, s.body
    from staged s join kept k on k.seq = s.seq join reached x on x.seq = s.seq
    where s.place = 'fact'
    on conflict (resource_id, patient_id) do update set
      source_patient = excluded.source_patient, kind = excluded.kind, code = excluded.code, name = excluded.name, unit = excluded.unit, value = excluded.value, happened_at = excluded.happened_at,
      status = excluded.status, is_fact = excluded.is_fact, is_restricted = excluded.is_restricted, visible_at = case when excluded.is_fact then coalesce(i.visible_at, excluded.visible_at) end, body = excluded.body
  `.execute(tx.db.kysely)
}
