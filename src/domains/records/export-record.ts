import type { Bundle } from '@medplum/fhirtypes'
import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { readReference } from './read-identity.ts'

export type ExportedItem = { id: string; kind: string; happenedAt: Date | null; body: string; source: string }

/**
 * Exactly what this actor may see of a patient now: the wall answers the questions, so what is held or restricted cannot come along.
 * `withheld` says whether something is not in it. Source: 45 CFR 171.301, law.md IB-5.
 */
export async function exportRecord(ctx: Ctx, patientId: AuthorizedPatientId, form: string): Promise<{ items: ExportedItem[]; withheld: boolean }> {
  const { rows: items } = await sql<ExportedItem>`
    select id, 'patient' as kind, null::timestamptz as "happenedAt", body, source from records.door_received_patient(${patientId}::uuid)
  `.execute(ctx.db.kysely)
  for (const table of ['result', 'note', 'fact'] as const) {
    const { rows } = await sql<ExportedItem>`
      select id, kind, happened_at as "happenedAt", body::text as body, source
      from ${sql.table(`records.${table}`)}
      where patient_id = ${patientId}::uuid and is_fact
      order by happened_at desc nulls last, id
    `.execute(ctx.db.kysely)
    items.push(...rows)
  }
  for (const [source, taken] of Map.groupBy(items.filter(({ kind }) => kind === 'medicine'), item => item.source)) items.push(...await medicationsOf(ctx, source, taken))
  const { rows } = await sql<{ withheld: boolean }>`select records.door_something_withheld(${patientId}::uuid) as withheld`.execute(ctx.db.kysely)
  await audit(ctx, 'record.downloaded', { patientId, kind: 'record', detail: { count: items.length, form } })
  return { items, withheld: rows[0]?.withheld === true }
}

/** What the medicines of a record are, where that stands in a resource of its own: without it a copy would say "twice a day" of nothing. */
async function medicationsOf(ctx: Ctx, source: string, taken: readonly ExportedItem[]): Promise<ExportedItem[]> {
  const ids = [...new Set(taken.flatMap(({ body }) => { const called = /"medicationReference"[^}]*?"reference": ?"([^"]{3,200})"/.exec(body)?.[1]; return called ? [readReference(called).id] : [] }))]
  if (ids.length === 0) return []
  const { rows } = await sql<ExportedItem>`
    select md5(source || ' ' || source_id)::uuid as id, 'medication' as kind, null::timestamptz as "happenedAt", body::text as body, source
    from records.directory
    where source = ${source} and fhir_type = 'Medication' and body is not null and (source_id = any (${ids}::text[]) or alias = any (${ids}::text[]))
    order by source_id
    limit 500
  `.execute(ctx.db.kysely)
  return rows
}

/** The record as a FHIR Bundle: each resource as it was received, digits and all. */
export function bundleText(items: readonly ExportedItem[], now: Date): string {
  const head: Bundle = { resourceType: 'Bundle', type: 'collection', timestamp: now.toISOString() }
  const entries = items.map(item => `{"fullUrl":"urn:uuid:${item.id}","resource":${item.body}}`)
  return `${JSON.stringify(head).slice(0, -1)},"entry":[${entries.join(',\n')}]}`
}
