import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { ResultDays } from './expect-result.ts'

/** How long the practice says that results take, by test. */
export async function readResultDays(ctx: Ctx): Promise<ResultDays> {
  const { rows } = await sql<{ code: string; days: number }>`select code, result_days as days from records.expectation limit 2000`.execute(ctx.db.kysely)
  return new Map(rows.map(row => [row.code, row.days]))
}
