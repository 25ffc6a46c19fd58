import { auditList } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { settleImports } from './access.ts'

export type JoinRow = { id: string; mergedId: string; mergedName: string; mergedBirthDate: string | null; keptId: string; keptName: string; keptBirthDate: string | null; mergedAt: Date; saidBy: string | null }

/** Joins that stand, newest first, a hundred at most; each with the person in whose record it is now. To see them is an event of both. */
export function listJoins(ctx: Ctx<StaffActor>): Promise<JoinRow[]> {
  mustBeAbleTo(ctx, settleImports)
  return joins(ctx, null)
}

export async function readJoin(ctx: Ctx<StaffActor>, id: string): Promise<JoinRow> {
  mustBeAbleTo(ctx, settleImports)
  const [join] = await joins(ctx, id)
  if (!join) throw new NotFound()
  return join
}

async function joins(ctx: Ctx<StaffActor>, id: string | null): Promise<JoinRow[]> {
  const { rows } = await sql<JoinRow>`
    select m.id, m.merged_id as "mergedId", other.id as "keptId", one.name as "mergedName", one.birth_date::text as "mergedBirthDate", other.name as "keptName", other.birth_date::text as "keptBirthDate", m.merged_at as "mergedAt", m.said_by as "saidBy"
    from (
      select id, merged_id, kept_id, merged_at, said_by from records.merge
      where undone_at is null and (${id}::uuid is null or id = ${id}::uuid)
      order by merged_at desc, id
      limit 100
    ) m
    join records.patient one on one.id = m.merged_id
    join records.patient other on other.id = records.stands_for(m.kept_id)
    order by m.merged_at desc, m.id
  `.execute(ctx.db.kysely)
  await auditList(ctx, 'patient.listed', rows.flatMap(({ mergedId, keptId }) => [{ patientId: mergedId }, { patientId: keptId }]))
  return rows
}
