import type pg from 'pg'

type Client = Pick<pg.ClientBase, 'query'>
/** Everybody who works holds it with others; who can have it alone knows that whoever holds a job is dead. */
const working = "hashtext('rapport worker')"

/** What was under way begins again. Jobs are safe to run twice. */
export async function freeJobs(worker: Client): Promise<void> {
  await worker.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null')
  await worker.query('update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null')
}

/**
 * Frees what a worker that was killed held, where nobody else works: the runner by itself leaves it for four hours, and so it stays where others work.
 * `worker` is kept as long as this process works.
 */
export async function freeForgotten(worker: Client): Promise<void> {
  const { rows: [alone] } = await worker.query<{ is_mine: boolean }>(`select pg_try_advisory_lock(${working}) as is_mine`)
  if (alone!.is_mine) await freeJobs(worker)
  await worker.query(`select pg_advisory_lock_shared(${working})`)
  if (alone!.is_mine) await worker.query(`select pg_advisory_unlock(${working})`)
}
