import pg from 'pg'

// Dates of day precision stay text: a birthday has no time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, value => value)
// Every connection speaks UTC, so that an instant comes as '2026-11-23 15:30:02.5+00', which the engine reads by itself; what else there is (infinity, BC) goes the long way.
const parseInstant = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (value: string) => Date
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, value => (value[10] === ' ' && value.endsWith('+00') ? new Date(`${value.slice(0, 10)}T${value.slice(11, -3)}Z`) : parseInstant(value)))
pg.types.setTypeParser(pg.types.builtins.INT8, value => Number(value))

/** Pools whose connections give up rather than hang: statement 15 s, lock 5 s, idle in a transaction 30 s. */
export function makePool(connectionString: string, { max, name, statementSeconds = 15 }: { max: number; name: string; statementSeconds?: number }): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    options: `-c statement_timeout=${statementSeconds}s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s -c TimeZone=UTC`,
  })
  pool.on('error', () => {})   // a connection that dies while idle is replaced at the next checkout
  // One that dies between two queries of a transaction has nobody else who hears it; the next query fails.
  pool.on('connect', client => { client.on('error', () => {}) })
  return pool
}
