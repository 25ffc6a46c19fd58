import { sql } from 'kysely'
import type { Ctx, SystemActor } from '#platform/ctx.ts'

/** Background work: a thin shell around a use case, safe to run twice. Payloads carry ids, never health data. */
export type Job<P extends Record<string, unknown> = Record<string, unknown>> = {
  name: string
  /** The scope it runs as. A job about one patient names it. */
  system: (payload: P) => SystemActor
  run: (ctx: Ctx<SystemActor>, payload: P) => Promise<void>
  /** A crontab line in UTC, for work that comes by the clock. */
  cron?: string
}

export const defineJob = <P extends Record<string, unknown> = Record<string, never>>(job: {
  name: string
  run: (ctx: Ctx<SystemActor>, payload: P) => Promise<void>
  system?: (payload: P) => SystemActor
  cron?: string
}): Job => ({ system: () => ({ kind: 'system', job: job.name }), ...job }) as unknown as Job

type When = { runAt?: Date; key?: string; maxAttempts?: number }

/** Adds the job in the caller's transaction, so that it exists exactly when the fact that causes it does. */
export async function enqueue(tx: Ctx, name: string, payload: Record<string, string | number | null>, { runAt, key, maxAttempts = 12 }: When = {}): Promise<void> {
  await sql`
    select jobs.enqueue(${name}, ${JSON.stringify(payload)}::jsonb, ${runAt ?? null}::timestamptz, ${key ?? null}, ${maxAttempts})
  `.execute(tx.db.kysely)
}
