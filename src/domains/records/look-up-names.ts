import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { readReference } from './read-identity.ts'

/** The name of what a reference calls, and for a medicine the resource behind it. */
export type LookUp = { nameOf: (reference: string) => string | null; resourceOf: (reference: string) => unknown }

/** Every name that these bodies point at, in one question. References are found in the text: no body is taken apart for it. */
export async function lookUpNames(ctx: Ctx, source: string, bodies: readonly string[]): Promise<LookUp> {
  const ids = new Set<string>()
  for (const body of bodies) for (const [, reference] of body.matchAll(/"reference": ?"([^"]{3,200})"/g)) if (!/(^|\/)(Patient|Encounter|Observation)\//.test(reference!)) ids.add(readReference(reference!).id)
  if (ids.size === 0) return { nameOf: () => null, resourceOf: () => undefined }
  const wanted = [...ids].slice(0, 500)
  const columns = sql`fhir_type, source_id, alias, name, case when fhir_type = 'Medication' then body end as body`
  const { rows } = await sql<{ fhir_type: string; source_id: string; alias: string | null; name: string; body: unknown }>`
    select ${columns} from records.directory where source = ${source} and source_id = any (${wanted}::text[])
    union all
    select ${columns} from records.directory where source = ${source} and alias = any (${wanted}::text[])
  `.execute(ctx.db.kysely)
  const known = new Map<string, { name: string; body: unknown }>()
  for (const { fhir_type, source_id, alias, name, body } of rows) {
    // A practitioner and an organization may have the same number: a reference that says its type means that one.
    for (const id of [source_id, alias]) if (id) for (const key of [id, `${fhir_type}/${id}`]) known.set(key, { name, body })
  }
  const find = (reference: string) => {
    const { type, id } = readReference(reference)
    return known.get(type === null ? id : `${type}/${id}`)
  }
  return { nameOf: reference => find(reference)?.name ?? null, resourceOf: reference => find(reference)?.body ?? undefined }
}
