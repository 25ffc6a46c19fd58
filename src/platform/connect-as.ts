import pg from 'pg'

/** One connection for work that takes long: a backup, a restore, a look at the whole audit trail. It never gives up by itself. */
export async function connectAs(url: string, name: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: name, options: '-c statement_timeout=0 -c lock_timeout=60s -c idle_in_transaction_session_timeout=0 -c TimeZone=UTC' })
  client.on('error', () => {})         // a lost line shows in the query that is under way
  await client.connect()
  return client
}
