import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '#platform/config.ts'
import { startEmbedded } from '#platform/embedded-postgres.ts'
import { appRole, makeRoles, openDatabaseTo, ownerRole, refuseTooMuchPower, refuseTooOld, rolePasswords, workerRole, type RolePasswords } from '#platform/roles.ts'

export type Connections = {
  urls: { owner: string; app: string; worker: string }
  isEmbedded: boolean
  /** What a person should know: where the data lies. */
  place: string
  close: () => Promise<void>
}

const database = 'rapport'

async function withAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url, application_name: 'rapport setup', connectionTimeoutMillis: 5_000 })
  admin.on('error', () => {})
  await admin.connect()
  try { return await work(admin) } finally { await admin.end() }
}

/** The database this install uses: one of its own, or the one it is told of. The three roles exist when this returns. */
export async function connect(config: Config): Promise<Connections> {
  if (!config.databaseUrl) return connectEmbedded(config)
  if (config.databaseOwnerUrl) {
    await withAdmin(config.databaseOwnerUrl, refuseTooOld)
    return { urls: { owner: config.databaseOwnerUrl, app: config.databaseUrl, worker: config.databaseWorkerUrl! }, isEmbedded: false, place: 'the PostgreSQL of DATABASE_URL', close: async () => {} }
  }
  return connectAsAdmin(config, config.databaseUrl)
}

async function connectEmbedded(config: Config): Promise<Connections> {
  const server = await startEmbedded(config.dataDir)
  const passwords = rolePasswords(join(config.dataDir, 'secrets'))
  await withAdmin(server.adminUrl, async admin => {
    await makeRoles(admin, passwords)
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [database])
    if (!rowCount) await admin.query(`create database ${database} owner ${ownerRole}`).catch((error: { code?: string }) => { if (error.code !== '42P04') throw error })
  })
  const url = (role: keyof RolePasswords) => server.urlFor(role, passwords[role], database)
  return { urls: { owner: url(ownerRole), app: url(appRole), worker: url(workerRole) }, isEmbedded: true, place: server.place, close: server.stop }
}

/** Only DATABASE_URL: its role makes the three and is used for nothing else. */
async function connectAsAdmin(config: Config, adminUrl: string): Promise<Connections> {
  const passwords = rolePasswords(join(config.dataDir, 'secrets'))
  await withAdmin(adminUrl, async admin => {
    await refuseTooOld(admin)
    const { rows: [me] } = await admin.query<{ may: boolean; name: string }>('select rolsuper or rolcreaterole as may, current_database() as name from pg_roles where rolname = current_user')
    if (!me?.may) throw new Error('the role of DATABASE_URL may not create roles: give DATABASE_OWNER_URL and DATABASE_WORKER_URL too (docs/self-hosting.md)')
    await makeRoles(admin, passwords)
    await openDatabaseTo(admin, me.name)
  })
  const url = (role: keyof RolePasswords) => {
    const address = new URL(adminUrl)
    address.username = role
    address.password = passwords[role]
    return address.toString()
  }
  return { urls: { owner: url(ownerRole), app: url(appRole), worker: url(workerRole) }, isEmbedded: false, place: 'the PostgreSQL of DATABASE_URL', close: async () => {} }
}

/** Web and worker start only as roles that cannot step around the wall. */
export async function checkRoles({ urls }: Connections): Promise<void> {
  await refuseTooMuchPower(urls.app)
  await refuseTooMuchPower(urls.worker, { mayOwn: ['graphile_worker', 'jobs'] })
}

/** One serve per embedded database: the lock lives as long as its connection. Undefined when somebody else holds it. */
export async function holdServeLock(ownerUrl: string): Promise<{ release: () => Promise<void> } | undefined> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'rapport serve', keepAlive: true })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock(hashtext('rapport serve')) as held")
  if (rows[0]?.held) return { release: () => client.end() }
  await client.end()
  return undefined
}
