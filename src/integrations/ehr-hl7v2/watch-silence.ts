import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { businessDeadline } from '#practice'
import { finishTaskAbout, openTask } from '#work'
import { manageFeeds } from './access.ts'

type Watched = { id: string; source: string; lastAt: Date; silentAfterHours: number | null }
/** As many open hours as fit in a year of long weeks; more would be no watch. */
export const mostSilentHours = 400

/**
 * A laboratory whose line is cut says nothing about it: results do not come, and nobody misses them. A sender that has been silent for so many
 * hours of open doors is work for the manager, once while it lasts; it ends by itself when the sender is heard again. Returns how many are silent.
 */
export function watchSilence(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<Watched>`
      select s.id, s.source, case when s.ended_at is null then s.silent_after_hours end as "silentAfterHours", coalesce((select max(m.received_at) from feeds.message m where m.source = s.source), s.added_at) as "lastAt"
      from feeds.sender s
      order by s.source
    `.execute(tx.db.kysely)
    const fine: string[] = []
    for (const sender of rows) {
      const until = sender.silentAfterHours && await businessDeadline(tx, { start: sender.lastAt, minutes: sender.silentAfterHours * 60 })
      if (!until || tx.now() < until) fine.push(sender.id)
      else await openTask(tx, {
        kind: 'feed-silent', title: `Nothing has come from “${sender.source}”`, pool: 'manager', subject: { type: 'sender', id: sender.id }, dueInBusinessMinutes: 2 * 60,
        body: `For ${sender.silentAfterHours} hours of open doors it has sent nothing. Call ${sender.source}, ask whether results wait there, and let your clinicians know what may be missing. This ends by itself when something comes.`,
      })
    }
    await finishTaskAbout(tx, { type: 'sender', ids: fine }, 'It sends again, or is not watched any more.', { kind: 'feed-silent' })
    return rows.length - fine.length
  })
}

/** After how many hours of open doors its silence is work for the manager; null: it is not watched. */
export function sayWhenSilent(ctx: Ctx<StaffActor>, id: string, hours: number | null): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, manageFeeds)
    const { rows } = await sql`update feeds.sender set silent_after_hours = ${hours} where id = ${id}::uuid returning id`.execute(tx.db.kysely)
    if (rows.length === 0) throw new NotFound()
    if (hours === null) await finishTaskAbout(tx, { type: 'sender', ids: [id] }, 'It is not watched any more.', { kind: 'feed-silent' })
    await audit(tx, 'feeds.silence-set', { kind: 'sender', ids: [id], detail: { hours: hours ?? 'not watched' } })
  })
}
