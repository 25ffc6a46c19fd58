import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { refused, type Refused } from '#platform/refused.ts'

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** The one patient with this id or record number, for the job 'records.export'. A record that was merged leads to the one it went into. */
export function findForExport(ctx: Ctx<SystemActor>, typed: string): Promise<{ ok: true; patientId: string } | Refused<'nobody' | 'several'>> {
  const wanted = typed.trim()
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<{ id: string }>`
      select distinct coalesce(merged_into, id) as id
      from records.patient
      where ${isId(wanted) ? sql`id = ${wanted}::uuid` : sql`mrn = ${wanted} and merged_into is null`}
      limit 2
    `.execute(tx.db.kysely)
    if (rows.length > 1) return refused('several')
    return rows[0] ? { ok: true as const, patientId: rows[0].id } : refused('nobody')
  })
}
