import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

type Client = Pick<pg.ClientBase, 'query'>
/** Everybody who works holds it with others; who can have it alone knows that whoever holds a job is dead. */
const working = "hashtext('rapport worker')"

/** What was under way begins again. Jobs are safe to run twice. */
export async function freeJobs(worker: Client): Promise<void> {
  await worker.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null')
  await worker.query('update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null')
}

async function holdWithOthers(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'rapport working', keepAlive: true, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  await client.connect()
  return client
}

/**
 * Says to all others that this process works, until it stops: on a line of its own, which comes back by itself. First it frees what a worker that was
 * killed held, where nobody else works: the runner by itself leaves it for four hours, and so it stays where others work.
 */
export async function sayWorking(url: string): Promise<{ stop: () => Promise<void> }> {
  let isStopped = false
  let line = await holdWithOthers(url)
  const { rows: [alone] } = await line.query<{ is_mine: boolean }>(`select pg_try_advisory_lock(${working}) as is_mine`)
  if (alone!.is_mine) await freeJobs(line)
  await line.query(`select pg_advisory_lock_shared(${working})`)
  if (alone!.is_mine) await line.query(`select pg_advisory_unlock(${working})`)
  const comeBack = async () => {
    for (; !isStopped; await pause(500, undefined, { ref: false })) {
      const next = await holdWithOthers(url).catch(() => undefined)
      if (!next) continue
      line = next
      if (isStopped) return void line.end().catch(() => {})
      line.once('end', () => void comeBack())
      await line.query(`select pg_advisory_lock_shared(${working})`).catch(() => {})
      return
    }
  }
  line.once('end', () => void comeBack())
  return { async stop() { isStopped = true; await line.end().catch(() => {}) } }
}
