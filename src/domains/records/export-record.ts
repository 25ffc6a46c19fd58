import type { Bundle } from '@medplum/fhirtypes'
import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { exportVisits } from './export-visits.ts'
import { exportWords } from './export-words.ts'
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
  for (const [source, itsItems] of Map.groupBy([...items], item => item.source)) items.push(...await whatTheyPointAt(ctx, source, itsItems))
  items.push(...await exportVisits(ctx, patientId, items[0]?.id ?? patientId), ...await exportWords(ctx, patientId, items[0]?.id ?? patientId))
  const { rows } = await sql<{ withheld: boolean }>`select records.door_something_withheld(${patientId}::uuid) as withheld`.execute(ctx.db.kysely)
  await audit(ctx, 'record.downloaded', { patientId, kind: 'record', detail: { count: items.length, form } })
  return { items, withheld: rows[0]?.withheld === true }
}

/**
 * Who wrote them, where it was and what was given, where that stands in a resource of its own, and what that points at in turn: without it a
 * copy would say "twice a day" of nothing, by nobody.
 */
async function whatTheyPointAt(ctx: Ctx, source: string, items: readonly ExportedItem[]): Promise<ExportedItem[]> {
  const found = new Map<string, ExportedItem>()
  let wanted = called(items)
  for (let round = 0; round < 4 && wanted.size > 0; round++) {
    const ids = [...new Set([...wanted].map(name => name.slice(name.indexOf('/') + 1)))]
    const { rows } = await sql<ExportedItem & { names: string[] }>`
      select md5(concat_ws(' ', source, fhir_type, source_id))::uuid as id, 'directory' as kind, null::timestamptz as "happenedAt", body::text as body, source,
        array_remove(array[source_id, fhir_type || '/' || source_id, alias, fhir_type || '/' || alias], null) as names
      from records.directory
      where source = ${source} and body is not null and (source_id = any (${ids}::text[]) or alias = any (${ids}::text[]))
      order by fhir_type, source_id
    `.execute(ctx.db.kysely)
    const fresh = rows.filter(({ id, names }) => !found.has(id) && names.some(name => wanted.has(name))).map(({ id, kind, happenedAt, body, source: of }) => ({ id, kind, happenedAt, body, source: of }))
    for (const item of fresh) found.set(item.id, item)
    wanted = called(fresh)
  }
  return [...found.values()]
}

/** What bodies point at, as "Practitioner/7", or as an id where the reference says no type. */
const called = (items: readonly ExportedItem[]): Set<string> => new Set(items.flatMap(({ body }) => [...body.matchAll(/"reference": ?"([^"]{3,200})"/g)].map(([, reference]) => {
  const { type, id } = readReference(reference!)
  return type === null ? id : `${type}/${id}`
})))

/** The record as a FHIR Bundle: each resource as it was received, digits and all. */
export function bundleText(items: readonly ExportedItem[], now: Date): string {
  const head: Bundle = { resourceType: 'Bundle', type: 'collection', timestamp: now.toISOString() }
  const entries = items.map(item => `{"fullUrl":"urn:uuid:${item.id}","resource":${item.body}}`)
  return `${JSON.stringify(head).slice(0, -1)},"entry":[${entries.join(',\n')}]}`
}
