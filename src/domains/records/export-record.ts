import type { Bundle } from '@medplum/fhirtypes'
import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'

export type ExportedItem = { id: string; kind: string; happenedAt: Date | null; body: string }

/**
 * Exactly what this actor may see of a patient now: the wall answers the questions, so what is held or restricted cannot come along.
 * `withheld` says whether something is not in it. Source: 45 CFR 171.301, law.md IB-5.
 */
export async function exportRecord(ctx: Ctx, patientId: AuthorizedPatientId, form: string): Promise<{ items: ExportedItem[]; withheld: boolean }> {
  const { rows: items } = await sql<ExportedItem>`
    select id, 'patient' as kind, null::timestamptz as "happenedAt", body from records.door_received_patient(${patientId}::uuid)
  `.execute(ctx.db.kysely)
  for (const table of ['result', 'note', 'fact'] as const) {
    const { rows } = await sql<ExportedItem>`
      select id, kind, happened_at as "happenedAt", body::text as body
      from ${sql.table(`records.${table}`)}
      where patient_id = ${patientId}::uuid and is_fact
      order by happened_at desc nulls last, id
    `.execute(ctx.db.kysely)
    items.push(...rows)
  }
  const { rows } = await sql<{ withheld: boolean }>`select records.door_something_withheld(${patientId}::uuid) as withheld`.execute(ctx.db.kysely)
  await audit(ctx, 'record.downloaded', { patientId, kind: 'record', detail: { count: items.length, form } })
  return { items, withheld: rows[0]?.withheld === true }
}

/** The record as a FHIR Bundle: each resource as it was received, digits and all. */
export function bundleText(items: readonly ExportedItem[], now: Date): string {
  const head: Bundle = { resourceType: 'Bundle', type: 'collection', timestamp: now.toISOString() }
  const entries = items.map(item => `{"fullUrl":"urn:uuid:${item.id}","resource":${item.body}}`)
  return `${JSON.stringify(head).slice(0, -1)},"entry":[${entries.join(',\n')}]}`
}
