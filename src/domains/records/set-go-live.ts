import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

/** From when what a source sends is news (A9): what happened before is history and tells nobody. */
export async function setGoLive(tx: Ctx, { source, goLiveAt }: { source: string; goLiveAt: Date }): Promise<void> {
  await sql`
    insert into records.feed (source, go_live_at) values (${source}, ${goLiveAt})
    on conflict (source) do update set go_live_at = excluded.go_live_at
  `.execute(tx.db.kysely)
}
