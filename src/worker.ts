import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Logger, parseCronItems, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { poolDb } from '#platform/db.ts'
import { sayWorking } from '#platform/free-jobs.ts'
import type { House } from '#platform/house.ts'
import type { Job } from '#platform/jobs.ts'
import { errorFields } from '#platform/log.ts'
import { metricsOf } from '#platform/metrics.ts'
import { openRunnerPool } from '#platform/runner-pool.ts'

/** A job's ctx: the job by name, its patient if it has one. Its use cases run on the app pool, never on the runner's connection. */
function jobCtx(house: House, actor: SystemActor): Ctx<SystemActor> {
  const now = house.now()
  return { db: poolDb(house.pool), actor, now: () => now, log: house.log, requestId: randomUUID(), house }
}

async function runJob(house: House, job: Job, payload: Record<string, unknown>, facts: { jobId: string; attempt: number }): Promise<void> {
  const start = performance.now()
  try {
    await job.run(jobCtx(house, job.system(payload)), payload)
    house.log.info('job done', { job: job.name, ...facts, durationMs: Math.round(performance.now() - start) })
    metricsOf(house).countJob({ job: job.name, outcome: 'done', seconds: (performance.now() - start) / 1_000 })
  } catch (error) {
    house.log.error('job failed', { job: job.name, ...facts, ...errorFields(error) })
    metricsOf(house).countJob({ job: job.name, outcome: 'failed', seconds: (performance.now() - start) / 1_000 })
    // What the job table keeps of a failure is its kind, never its message, which can quote a person's data.
    throw Object.assign(new Error(errorFields(error).code ?? errorFields(error).error ?? 'failed'), { stack: undefined })
  }
}

const leaveMs = 60_000

/** Ends the runner's connections when the last job's outcome is written: the runner asks for that, again and again where the database is away, and does not wait for it. */
async function endWhenWritten(pool: pg.Pool, runnerId: string): Promise<void> {
  const isHeld = async () => (await pool.query('select from graphile_worker.jobs where locked_by = $1 limit 1', [runnerId])).rowCount !== 0
  for (const until = performance.now() + leaveMs; performance.now() < until && await isHeld().catch(() => true);) await pause(50)
  await pool.end()
}

/** Runs every domain's jobs until stopped; stopping lets those under way finish. */
export async function startWorker(house: House, jobs: readonly Job[], { workerUrl, concurrency = 3 }: { workerUrl: string; concurrency?: number }): Promise<{ stop: () => Promise<void> }> {
  const taskList: TaskList = {}
  for (const job of jobs) {
    taskList[job.name] = (payload, helpers) =>
      runJob(house, job, (payload ?? {}) as Record<string, unknown>, { jobId: String(helpers.job.id), attempt: helpers.job.attempts })
  }
  const cron = jobs.filter(job => job.cron).map(job => ({ task: job.name, match: job.cron!, options: { backfillPeriod: 0 } }))
  // Its own pool would be gone before a job that ends while we stop is marked as done; such a job would lie locked for four hours and come again.
  const pgPool = openRunnerPool(workerUrl, concurrency + 5)
  const working = await sayWorking(workerUrl)
  const events: WorkerEvents = new EventEmitter()
  let runnerId = ''
  events.once('pool:create', ({ workerPool }) => { runnerId = workerPool.id })
  const runner = await run({
    events,
    pgPool,
    concurrency,
    noHandleSignals: true,
    pollInterval: 1_000,
    taskList,
    parsedCronItems: parseCronItems(cron),
    logger: new Logger(() => (level, message) => {
      if (level === 'error') house.log.error('job runner', { error: message.split(':')[0]!.slice(0, 60) })
    }),
  })
  return { stop: async () => { await runner.stop(); await endWhenWritten(pgPool, runnerId); await working.stop() } }
}
