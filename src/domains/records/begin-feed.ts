import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

/** What a source sends of things that happened from then on is news; what happened before is history: shown, and nobody is told, asked or paged (R4+). The first time counts. */
export async function beginFeed(tx: Ctx, { source, from }: { source: string; from: Date }): Promise<void> {
  await sql`insert into records.feed (source, go_live_at) values (${source}, ${from}) on conflict do nothing`.execute(tx.db.kysely)
}
