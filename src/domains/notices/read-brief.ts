import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

/** Whether a notice about a visit may not say when and where it is: for jobs that write one. */
export async function isBriefFor(ctx: Ctx<SystemActor>, patientId: string): Promise<boolean> {
  const { rows } = await sql<{ ways: { isBrief: boolean } }>`select notices.door_ways(${patientId}::uuid) as ways`.execute(ctx.db.kysely)
  return rows[0]!.ways.isBrief
}
