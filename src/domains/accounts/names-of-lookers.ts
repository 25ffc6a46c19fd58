import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

/** Names of those who look after, or looked at, this patient's record, for the patient. */
export async function namesOfLookers(ctx: Ctx, people: readonly string[]): Promise<Map<string, string>> {
  if (people.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`select id, name from accounts.door_names_of_lookers(${people as string[]}::uuid[])`.execute(ctx.db.kysely)
  return new Map(rows.map(row => [row.id, row.name]))
}
