import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'

/** The zone where a patient is, where they have said one. */
export async function readOwnZone(ctx: Ctx, patientId: AuthorizedPatientId): Promise<string | undefined> {
  const { rows } = await sql<{ zone: string | null }>`select zone from notices.choice where patient_id = ${patientId}::uuid`.execute(ctx.db.kysely)
  return rows[0]?.zone ?? undefined
}
