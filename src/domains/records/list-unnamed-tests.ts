import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { seeTestWords } from './access.ts'
import { knownCodes } from './explain/know-tests.ts'

/** `name` is the laboratory's own, of the last one that came. */
export type UnnamedTest = { code: string; name: string; times: number; lastAt: Date }

/** Tests that patients see under the laboratory's own name alone, the most frequent first, 200 at most; nothing of any patient. Source: R19. */
export async function listUnnamedTests(ctx: Ctx<StaffActor>): Promise<UnnamedTest[]> {
  mustBeAbleTo(ctx, seeTestWords)
  const { rows } = await sql<{ code: string; name: string; times: string; last_at: Date }>`
    select code, name, times, last_at
    from records.door_tests_without_words(${knownCodes}::text[])
  `.execute(ctx.db.kysely)
  return rows.map(row => ({ code: row.code, name: row.name, times: Number(row.times), lastAt: row.last_at }))
}
