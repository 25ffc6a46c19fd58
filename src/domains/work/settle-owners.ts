import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { seeWork } from './access.ts'

/** Gives every result that waits to whoever has it now: its clinician, who stands in, the backup, the manager. Returns how many changed hands. Source: R15. */
export function settleOwners(ctx: Ctx<StaffActor | SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => (await sql<{ moved: number }>`select work.door_settle_owners() as moved`.execute(tx.db.kysely)).rows[0]!.moved)
}

export type Owner = { id: string; name: string; isClinician: boolean }
/** Who may own a result, by name. */
export async function listOwners(ctx: Ctx<StaffActor>): Promise<Owner[]> {
  mustBeAbleTo(ctx, seeWork)
  const { rows } = await sql<Owner>`select id, name, is_clinician as "isClinician" from work.door_owners()`.execute(ctx.db.kysely)
  return rows
}

/** Whose the open tasks of a kind about these are. */
export async function ownersAbout(ctx: Ctx<StaffActor | SystemActor>, { kind, type, ids }: { kind: string; type: string; ids: readonly string[] }): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; owner: string }>`
    select subject_id as id, owner_id as owner
    from work.task
    where kind = ${kind} and subject_type = ${type} and subject_id = any (${ids as string[]}::uuid[]) and done_at is null and owner_id is not null
  `.execute(ctx.db.kysely)
  return new Map(rows.map(row => [row.id, row.owner]))
}

/** What one's own open tasks of a kind are about, the ones due first on top. */
export async function subjectsOfOwn(ctx: Ctx<StaffActor>, kind: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select subject_id as id from work.task where kind = ${kind} and owner_id = ${ctx.actor.personId}::uuid and done_at is null and subject_id is not null order by due_at limit 1000
  `.execute(ctx.db.kysely)
  return rows.map(row => row.id)
}

/** What all open tasks of a kind are about. For whoever settles them when what they ask for is done. */
export async function subjectsOf(ctx: Ctx<SystemActor>, kind: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select subject_id as id from work.task where kind = ${kind} and done_at is null and subject_id is not null order by due_at limit 2000`.execute(ctx.db.kysely)
  return rows.map(row => row.id)
}
