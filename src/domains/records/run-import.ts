import { createHash } from 'node:crypto'
import { auditMany } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotAllowed } from '#platform/errors.ts'
import { deriveColumns } from './derive-columns.ts'
import { deriveItems } from './derive-items.ts'
import { asThing } from './explain/read-loosely.ts'
import { stage, storeBatch, type Incoming, type Run } from './store-batch.ts'

export type Unusable = { file: string; position: number; fhirType: string | null; sourceId: string | null; reason: string; excerpt: string }
export type ImportTally = { read: number; newVersions: number; parked: number; patients: number }

export function beginRun(ctx: Ctx<SystemActor>, source: string): Promise<Run> {
  if (!/^[a-z0-9][a-z0-9._-]{0,59}$/.test(source)) throw new NotAllowed('a source is a short name in small letters')
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<{ id: string }>`insert into records.import_run (source, started_at) values (${source}, ${tx.now()}) returning id`.execute(tx.db.kysely)
    return { id: rows[0]!.id, source }
  })
}

/**
 * Keeps a batch in one transaction. If the database will not take it, it is halved until the one that cannot be kept stands alone and is
 * parked with the reason: one bad resource never costs a good one.
 */
export async function keepBatch(ctx: Ctx<SystemActor>, run: Run, batch: readonly Incoming[], touched: Map<string, number>): Promise<{ newVersions: number; unusable: Unusable[] }> {
  if (batch.length === 0) return { newVersions: 0, unusable: [] }
  try {
    const { newVersions, patients } = await inTransaction(ctx, tx => storeBatch(tx, run, batch))
    for (const [patientId, count] of patients) touched.set(patientId, (touched.get(patientId) ?? 0) + count)
    return { newVersions, unusable: [] }
  } catch (error) {
    const code = (error as { code?: unknown }).code
    if (typeof code !== 'string' || !/^(22|23|54)/.test(code)) throw error   // not about the data: the run stops, and can be run again
    if (batch.length > 1) {
      const half = Math.ceil(batch.length / 2)
      const [first, second] = [await keepBatch(ctx, run, batch.slice(0, half), touched), await keepBatch(ctx, run, batch.slice(half), touched)]
      return { newVersions: first.newVersions + second.newVersions, unusable: [...first.unusable, ...second.unusable] }
    }
    const { file, position, fhirType, sourceId, text } = batch[0]!
    const reason = code === '22P05' || code === '22P02' ? 'holds a character that cannot be stored' : `cannot be stored (${code})`
    return { newVersions: 0, unusable: [{ file, position, fhirType, sourceId, reason, excerpt: text.slice(0, 500) }] }
  }
}

/** Puts aside what cannot be used, with the reason, for staff. The same thing twice is one row. */
export function park(ctx: Ctx<SystemActor>, run: Run, unusable: readonly Unusable[]): Promise<void> {
  if (unusable.length === 0) return Promise.resolve()
  return inTransaction(ctx, async tx => {
    for (const one of unusable) {
      const printable = (text: string, most: number) => text.replaceAll('\0', '').toWellFormed().slice(0, most)
      const fingerprint = createHash('sha256').update(JSON.stringify([one.reason, one.fhirType, one.sourceId, one.excerpt])).digest()
      await sql`
        insert into records.parked (run_id, source, file, position, fhir_type, source_id, reason, excerpt, parked_at, fingerprint)
        values (${run.id}::uuid, ${run.source}, ${printable(one.file, 300)}, ${one.position}, ${one.fhirType && printable(one.fhirType, 80)}, ${one.sourceId && printable(one.sourceId, 300)}, ${one.reason}, ${printable(one.excerpt, 2_000)}, ${tx.now()}, ${fingerprint})
        on conflict (source, fingerprint) do nothing
      `.execute(tx.db.kysely)
    }
  })
}

/** Ends a run: derives what waited for its patient, ties tests to their reports, and tells the trail whose record grew. */
export async function endRun(ctx: Ctx<SystemActor>, run: Run, tally: ImportTally, touched: Map<string, number>): Promise<{ waiting: number }> {
  const waiting = await deriveWaiting(ctx, run, touched)
  await inTransaction(ctx, async tx => {
    await tieReports(tx, run)
    await auditMany(tx, 'records.imported', [...touched].map(([patientId, count]) => ({ patientId, count })))
    await sql`
      update records.import_run set finished_at = ${tx.now()}, read_count = ${tally.read}, new_count = ${tally.newVersions}, parked_count = ${tally.parked}
      where id = ${run.id}::uuid
    `.execute(tx.db.kysely)
  })
  return { waiting }
}

type Waiting = { id: string; fhir_type: string; source_id: string; alias: string | null; text: string }
const atOnce = 1_000

/** Resources whose patient came after them, or whose run was cut off: derived from what is kept. Returns how many still wait. */
async function deriveWaiting(ctx: Ctx<SystemActor>, run: Run, touched: Map<string, number>): Promise<number> {
  let after = '00000000-0000-0000-0000-000000000000'
  let waiting = 0
  for (;;) {
    const next = await inTransaction(ctx, async tx => {
      const { rows } = await sql<Waiting>`
        select r.id, r.fhir_type, r.source_id, r.alias, v.body::text as text
        from records.resource r
        join records.version v on v.id = r.current_version
        where r.source = ${run.source} and r.derived_version is distinct from r.current_version and r.id > ${after}::uuid
        order by r.id
        limit ${atOnce}
      `.execute(tx.db.kysely)
      if (rows.length === 0) return undefined
      await deriveAgain(tx, run, rows, touched)
      const left = await sql<{ n: number }>`select count(*)::int as n from records.resource where id = any (${rows.map(row => row.id)}::uuid[]) and derived_version is distinct from current_version`.execute(tx.db.kysely)
      waiting += left.rows[0]!.n
      return rows.at(-1)!.id
    })
    if (!next) return waiting
    after = next
  }
}

async function deriveAgain(tx: Ctx<SystemActor>, run: Run, rows: readonly Waiting[], touched: Map<string, number>): Promise<void> {
  await stage(tx, rows.map(row => {
    const resource = asThing(JSON.parse(row.text))
    return { incoming: { file: '', position: 0, fhirType: row.fhir_type, sourceId: row.source_id, alias: row.alias, lastUpdated: null, text: row.text, resource }, columns: deriveColumns(resource) }
  }))
  await sql`
    insert into kept (seq, resource_id, version_id)
    select s.seq, r.id, r.current_version
    from staged s
    join records.resource r on r.source = ${run.source} and r.fhir_type = s.fhir_type and r.source_id = s.source_id
  `.execute(tx.db.kysely)
  await tx.db.client!.query('analyze kept')
  for (const [patientId, count] of await deriveItems(tx, run)) touched.set(patientId, (touched.get(patientId) ?? 0) + count)
}

/** Ties tests to the reports that list them, and counts for each report how many lie outside. Reports of this run, and those whose tests came with it. */
async function tieReports(tx: Ctx, run: Run): Promise<void> {
  await sql`
    with listed as (
      select rep.id, rep.patient_id, regexp_replace(regexp_replace(test ->> 'reference', '/_history/.*$', ''), '^.*[/:]', '') as test_id
      from records.resource r
      join records.result rep on rep.resource_id = r.id
      cross join lateral jsonb_array_elements(case when jsonb_typeof(rep.body -> 'result') = 'array' then rep.body -> 'result' else '[]' end) as test
      where r.source = ${run.source} and r.fhir_type = 'DiagnosticReport' and rep.kind = 'report' and rep.is_fact
        and rep.test_count > (select count(*) from records.result t where t.report_id = rep.id)
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
    update records.result rep set outside_count = counted.outside
    from (
      select t.report_id, case
          when bool_or(t.is_outside) filter (where t.is_fact) then count(*) filter (where t.is_outside and t.is_fact)::int
          when bool_and(t.is_outside is not null) filter (where t.is_fact) then 0
        end as outside
      from records.result t
      join records.result p on p.id = t.report_id
      join records.resource r on r.id = p.resource_id
      where r.source = ${run.source}
      group by t.report_id
    ) counted
    where rep.id = counted.report_id and rep.outside_count is distinct from counted.outside
  `.execute(tx.db.kysely)
}

/** Lets the planner look at tables that have just grown. */
export async function refreshPlans(ctx: Ctx<SystemActor>): Promise<void> {
  await ctx.house.pool.query('analyze records.resource, records.version, records.patient, records.source_patient, records.result, records.fact, records.note')
}
