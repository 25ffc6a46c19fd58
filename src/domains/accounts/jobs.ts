import { inTransaction, sql } from '#platform/db.ts'
import { defineJob } from '#platform/jobs.ts'

export const accountsJobs = [
  /** Old proofs and letters go when they have long been over. */
  defineJob({ name: 'accounts.sweep', cron: '17 * * * *', run: ctx => inTransaction(ctx, async tx => void await sql`select accounts.door_sweep()`.execute(tx.db.kysely)) }),
]
