import pg from 'pg'

/** What an answer fails with when the connection under it is gone: the system's words, PostgreSQL's, and the driver's own (which has no code). */
const gone: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'ENOENT', '57P01', '57P02', '08000', '08001', '08003', '08004', '08006'])
const isGone = (error: unknown): error is Error =>
  error instanceof Error && (gone.has((error as { code?: string }).code ?? '') || /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)/.test(error.message))

/** As graphile-worker knows it: "cannot connect now" is tried again until it can. Else it would not write down how a job ended, and would take the process with it. */
const asLater = (error: unknown): unknown => (isGone(error) ? Object.assign(error, { code: '57P03' }) : error)

/** The job runner's own connections. One that dies fails its job, not the server; what was to be written through it is written through the next. */
export function openRunnerPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, application_name: 'rapport worker', max, connectionTimeoutMillis: 5_000 })
  pool.on('error', () => {})
  pool.on('connect', client => {
    client.on('error', () => {})
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    client.query = ((...args: unknown[]) => {
      const answer = query(...args)
      return answer instanceof Promise ? answer.catch(error => { throw asLater(error) }) : answer
    }) as typeof client.query
  })
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => unknown
  pool.connect = ((...args: unknown[]) => {
    if (pool.ending) return new Promise(() => {})   // whoever waited for the database longer than we stay: nobody hears a failure any more
    const answer = connect(...args)
    return answer instanceof Promise ? answer.catch(error => { throw asLater(error) }) : answer
  }) as typeof pool.connect
  return pool
}
