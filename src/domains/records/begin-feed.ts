import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { ownSource } from './own-source.ts'

/** What a source sends of things that happened from then on is news; what happened before is history: shown, and nobody is told, asked or paged (R4+). The first time counts. */
export async function beginFeed(tx: Ctx, { source, from, isOwnEhr }: { source: string; from: Date; isOwnEhr: boolean }): Promise<void> {
  await sql`insert into records.feed (source, go_live_at, is_own_ehr) values (${source}, ${from}, ${isOwnEhr}) on conflict do nothing`.execute(tx.db.kysely)
}

/** Whether what our clinicians sign at a source counts as looked at here (R22). Not what has come: what comes from now on. */
export async function trustReviews(tx: Ctx, source: string, isOwnEhr: boolean): Promise<void> {
  await sql`update records.feed set is_own_ehr = ${isOwnEhr} where source = ${source}`.execute(tx.db.kysely)
}

/** The systems that are the practice's own EHR, by name. */
export async function ownEhrs(ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ source: string }>`select source from records.feed where is_own_ehr order by source limit 50`.execute(ctx.db.kysely)
  return rows.map(row => row.source)
}

/** Whether records came under this name already, or it is our own: somebody else who took it could put theirs in place of them. */
export async function isSourceTaken(tx: Ctx, source: string): Promise<boolean> {
  const { rows } = await sql`select from records.import_run where source = ${source} limit 1`.execute(tx.db.kysely)
  return source === ownSource || rows.length > 0
}
