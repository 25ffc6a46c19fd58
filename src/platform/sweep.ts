import { sql } from 'kysely'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { defineJob } from '#platform/jobs.ts'
import { eraseOldMail } from '#platform/send-mail.ts'

const hours = (count: number, from: Date) => new Date(from.getTime() - count * 3_600_000)

/** Clears out what has served its time: idempotency keys after 72 hours, counts after three days, the words of mail after two weeks, ended sessions after 30 days. */
export function sweep(ctx: Ctx<SystemActor>): Promise<void> {
  return inTransaction(ctx, async tx => {
    const now = tx.now()
    await sql`delete from platform.idempotency where created_at < ${hours(72, now)}`.execute(tx.db.kysely)
    await sql`delete from platform.rate_count where window_start < ${hours(72, now)}`.execute(tx.db.kysely)
    await eraseOldMail(tx)
    await sql`
      delete from platform.session
      where absolute_until < ${hours(30 * 24, now)} or ended_at < ${hours(30 * 24, now)}
    `.execute(tx.db.kysely)
  })
}

export const sweepJob = defineJob({ name: 'platform.sweep', cron: '17 * * * *', run: sweep })
