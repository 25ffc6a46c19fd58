import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'

/**
 * What is not there after a whole fetch: of the people a source says it has (`members`, its own ids) those of whom no Patient came, and how
 * many came with nothing else. Without `members` all patients of the source are looked at.
 */
export function readGaps(ctx: Ctx<SystemActor>, source: string, members: readonly string[] | undefined): Promise<{ missing: string[]; bare: number }> {
  return inTransaction(ctx, async tx => {
    const { rows: missing } = await sql<{ id: string }>`
      select m.id
      from unnest(${members ?? []}::text[]) as m (id)
      where not exists (select from records.resource r where r.source = ${source} and r.fhir_type = 'Patient' and r.source_id = m.id)
      order by m.id
    `.execute(tx.db.kysely)
    const { rows: [bare] } = await sql<{ n: number }>`
      select count(*)::integer as n
      from records.resource r
      join records.source_patient s on s.resource_id = r.id and s.ended_at is null
      where r.source = ${source} and r.fhir_type = 'Patient' and (${members === undefined} or r.source_id = any (${members ?? []}::text[]))
        and not exists (select from records.result x where x.patient_id = s.patient_id)
        and not exists (select from records.fact x where x.patient_id = s.patient_id)
        and not exists (select from records.note x where x.patient_id = s.patient_id)
    `.execute(tx.db.kysely)
    return { missing: missing.map(row => row.id), bare: bare!.n }
  })
}
