import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { outsideCount } from './count-outside.ts'
import type { Run } from './store-batch.ts'

/** Ties tests to the reports that list them, and counts for each report how many lie outside: for reports that are not tied yet, or no longer. */
export async function tieReports(tx: Ctx, run: Run): Promise<void> {
  await sql`
    with listed as materialized (
      select rep.id, rep.patient_id, regexp_replace(regexp_replace(test ->> 'reference', '/_history/.*$', ''), '^.*[/:]', '') as test_id
      from records.result rep
      cross join lateral jsonb_array_elements(case when jsonb_typeof(rep.body -> 'result') = 'array' then rep.body -> 'result' else '[]' end) as test
      where rep.source = ${run.source} and not rep.is_tied and rep.kind = 'report' and rep.is_fact
    ), tests as (
      select o.id, listed.id as report_id, listed.patient_id
      from listed join records.resource o on o.source = ${run.source} and o.fhir_type = 'Observation' and o.source_id = listed.test_id
      union
      select o.id, listed.id, listed.patient_id
      from listed join records.resource o on o.source = ${run.source} and o.fhir_type = 'Observation' and o.alias = listed.test_id
    )
    update records.result t set report_id = tests.report_id
    from tests
    where t.resource_id = tests.id and t.patient_id = tests.patient_id and t.report_id is distinct from tests.report_id
  `.execute(tx.db.kysely)
  await sql`
    update records.result rep set outside_count = counted.outside, is_tied = counted.tests >= rep.test_count
    from (
      select p.id, count(t.id) as tests, ${outsideCount} as outside
      from records.result p
      left join records.result t on t.report_id = p.id
      where p.source = ${run.source} and not p.is_tied
      group by p.id
    ) counted
    where rep.id = counted.id and (rep.outside_count is distinct from counted.outside or counted.tests >= rep.test_count)
  `.execute(tx.db.kysely)
  await openWithReports(tx, run)
}

/** A test that came before or after its report opens with it. Few reports wait at a time, mostly none. */
async function openWithReports(tx: Ctx, run: Run): Promise<void> {
  const { rows } = await sql<{ id: string; at: Date | null }>`
    select p.id, p.visible_at as at
    from (select resource_id, patient_id from records.life where released_at is null and final_at is not null and place = 'result') l
    cross join lateral (select id, visible_at, kind, source from records.result p where p.resource_id = l.resource_id and p.patient_id = l.patient_id limit 1) p
    where p.kind = 'report' and p.source = ${run.source}
  `.execute(tx.db.kysely)
  if (rows.length === 0) return
  await sql`
    update records.result t set visible_at = w.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (id uuid, at timestamptz)
    where t.report_id = w.id and t.is_fact and t.visible_at is distinct from w.at
  `.execute(tx.db.kysely)
}
