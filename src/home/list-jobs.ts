import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { seeJobs } from './access.ts'

export type JobRow = { id: number; task: string; runAt: Date; attempts: number; maxAttempts: number; lastError: string | null; isRunning: boolean; hasGivenUp: boolean }

/** What waits, runs or has given up; the last first. At most 200. */
export async function listJobs(ctx: Ctx<StaffActor>): Promise<JobRow[]> {
  mustBeAbleTo(ctx, seeJobs)
  const { rows } = await sql<{ id: number; task: string; run_at: Date; attempts: number; max_attempts: number; last_error: string | null; is_running: boolean }>`
    select id, task, run_at, attempts, max_attempts, last_error, is_running
    from jobs.listed()
  `.execute(ctx.db.kysely)
  return rows.map(row => ({
    id: row.id, task: row.task, runAt: row.run_at, attempts: row.attempts, maxAttempts: row.max_attempts, lastError: row.last_error,
    isRunning: row.is_running, hasGivenUp: row.attempts >= row.max_attempts && !row.is_running,
  }))
}

/** Lets a job try again now, with its attempts counted from nothing. False when it is gone. */
export async function retryJob(ctx: Ctx<StaffActor>, id: number): Promise<boolean> {
  mustBeAbleTo(ctx, seeJobs)
  const { rows } = await sql<{ done: boolean }>`select jobs.retry(${id}::bigint) as done`.execute(ctx.db.kysely)
  await audit(ctx, 'jobs.retried', { detail: { job: id } })
  return rows[0]?.done === true
}
