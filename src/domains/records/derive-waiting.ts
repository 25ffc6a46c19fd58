import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { deriveItems } from './derive-items.ts'
import { asThing } from './explain/read-loosely.ts'
import { prepare, stage, takeIds } from './stage-batch.ts'
import { markCurrent, type Run } from './store-batch.ts'

type Waiting = { id: string; fhir_type: string; source_id: string; alias: string | null; text: string }
const atOnce = 1_000

/** Resources whose patient came after them, or whose run was cut off: derived from what is kept. Returns how many still wait. */
export async function deriveWaiting(ctx: Ctx<SystemActor>, run: Run, touched: Map<string, number>): Promise<number> {
  let after = '00000000-0000-0000-0000-000000000000'
  let waiting = 0
  for (;;) {
    const next = await inTransaction(ctx, async tx => {
      // Nobody says meanwhile that a record is somebody else's: what is derived goes to whom it is linked to.
      await sql`select pg_advisory_xact_lock(hashtext('records.import'))`.execute(tx.db.kysely)
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
  const prepared = rows.map(({ fhir_type, source_id, alias, text }) => prepare({ file: '', position: 0, fhirType: fhir_type, sourceId: source_id, alias, lastUpdated: null, text, resource: asThing(JSON.parse(text)) }))
  await stage(tx, { ids: await takeIds(tx), from: 0, rows: prepared })
  const { rows: again } = await sql<{ was_derived: boolean }>`
    insert into kept (seq, resource_id, version_id, is_new, is_new_version, is_due, was_derived)
    select s.seq, r.id, r.current_version, false, false, true, r.derived_version is not null
    from staged s
    join records.resource r on r.source = ${run.source} and r.fhir_type = s.fhir_type and r.source_id = s.source_id
    returning was_derived
  `.execute(tx.db.kysely)
  await tx.db.client!.query('analyze kept')
  const patients = await deriveItems(tx, run, { isAgain: again.some(row => row.was_derived), isAllNew: false, keepResources: () => markCurrent(tx, { isPatient: false }) })
  for (const [patientId, count] of patients) touched.set(patientId, (touched.get(patientId) ?? 0) + count)
}
