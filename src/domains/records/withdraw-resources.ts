import { auditMany } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { withdrawReceived } from '#scheduling'
import { finishTaskAbout } from '#work'
import { withdrawFromOrders } from './answer-orders.ts'
import { waitForImports } from './merge-patients.ts'
import { tieReports } from './tie-reports.ts'

export type Gone = { fhirType: string; sourceId: string }

/**
 * What its source has deleted is no fact any more (R21): kept as it came, shown to nobody, counted nowhere; a review that waits for it is over. A
 * version that comes later makes it one again. Patients are never withdrawn so. Returns those that were here.
 */
export function withdrawResources(ctx: Ctx<SystemActor>, source: string, gone: readonly Gone[]): Promise<Gone[]> {
  if (gone.length === 0) return Promise.resolve([])
  return inTransaction(ctx, async tx => {
    await waitForImports(tx)
    const { rows } = await sql<Gone & { id: string; wasThere: boolean }>`
      update records.resource r set gone_at = coalesce(old.gone_at, ${tx.now()})
      from jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as w ("fhirType" text, "sourceId" text)
      join records.resource old on old.source = ${source} and old.fhir_type = w."fhirType" and old.source_id = w."sourceId"
      where r.id = old.id and w."fhirType" <> 'Patient'
      returning r.id, w."fhirType", w."sourceId", old.gone_at is null as "wasThere"
    `.execute(tx.db.kysely)
    const ids = rows.filter(({ wasThere }) => wasThere).map(({ id }) => id)
    if (ids.length > 0) await hide(tx, source, ids)
    return rows.map(({ fhirType, sourceId }) => ({ fhirType, sourceId }))
  })
}

async function hide(tx: Ctx<SystemActor>, source: string, ids: readonly string[]): Promise<void> {
  await sql`
    update records.result p set is_tied = false from records.result t where t.resource_id = any (${ids as string[]}::uuid[]) and p.id = t.report_id and p.is_tied
  `.execute(tx.db.kysely)
  const touched = new Map<string, number>()
  for (const table of ['result', 'note', 'fact']) {
    const { rows } = await sql<{ patient_id: string }>`
      update ${sql.table(`records.${table}`)} set is_fact = false, visible_at = null where resource_id = any (${ids as string[]}::uuid[]) and is_fact returning patient_id
    `.execute(tx.db.kysely)
    for (const { patient_id } of rows) touched.set(patient_id, (touched.get(patient_id) ?? 0) + 1)
  }
  const { rows: lives } = await sql<{ id: string }>`select id from records.life where resource_id = any (${ids as string[]}::uuid[])`.execute(tx.db.kysely)
  await finishTaskAbout(tx, { type: 'life', ids: lives.map(({ id }) => id) }, 'Its source deleted it.', { kind: 'result-review' })
  await withdrawFromOrders(tx, ids)
  await withdrawReceived(tx, source, ids)
  await tieReports(tx, { id: '', source })
  await auditMany(tx, 'records.withdrawn', [...touched].map(([patientId, count]) => ({ patientId, count })))
}
