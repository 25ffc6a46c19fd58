import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { migrate, readMigrations } from '#platform/migrate.ts'
import { appRole, ownerRole, workerRole } from '#platform/roles.ts'
import { startCluster, type Cluster } from '#test/cluster.ts'

/** A migrated database of a test's own, on a real server. Dropped at the end. */
export type TestDatabase = {
  /** As rapport_owner: to look at what a use case did, and to set up what it needs. */
  owner: pg.Pool
  ownerUrl: string
  appUrl: string
  workerUrl: string
  /** As the server's superuser, for attacks alone. */
  superUrl: string
  drop: () => Promise<void>
}

let found: Promise<Cluster> | undefined

/** The run's server (`TEST_CLUSTER` names its file). A file that is run by itself starts one, which goes when the process does. */
const cluster = (): Promise<Cluster> => (found ??= findCluster())

async function findCluster(): Promise<Cluster> {
  const file = process.env.TEST_CLUSTER
  if (!file) return (await startCluster()).cluster
  const given = JSON.parse(readFileSync(file, 'utf8')) as Cluster
  await asAdmin(given, dropLeftovers)
  return given
}

const isAlive = (pid: number) => {
  try { process.kill(pid, 0); return true } catch (error) { return (error as NodeJS.ErrnoException).code === 'EPERM' }
}

/** On a server that outlives the run: databases of test processes that were killed, and templates of older migrations. */
async function dropLeftovers(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string; pid: string | null }>(`
    select datname as name, substring(datname from '^test_([0-9]+)_') as pid
    from pg_database
    where datname ~ '^test_[0-9]+_'
      or datname ~ '^template_[0-9a-f]{16}$' and (pg_stat_file('base/' || oid || '/PG_VERSION')).modification < now() - interval '2 hours'`)
  for (const { name, pid } of rows) {
    if (pid === null || !isAlive(Number(pid))) await admin.query(`drop database if exists ${name} with (force)`).catch(() => {})   // another process was faster
  }
}

const urlOf = ({ adminUrl, passwords }: Cluster, role: keyof Cluster['passwords'], database: string): string =>
  Object.assign(new URL(adminUrl), { username: role, password: passwords[role], pathname: `/${database}` }).toString()
const superUrlOf = ({ adminUrl }: Cluster, database: string) => Object.assign(new URL(adminUrl), { pathname: `/${database}` }).toString()

async function asAdmin<T>({ adminUrl }: Cluster, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: adminUrl })
  admin.on('error', () => {})
  await admin.connect()
  try { return await work(admin) } finally { await admin.end() }
}

/** The template: every migration applied once, named after their content. */
async function template(at: Cluster): Promise<string> {
  const name = 'template_' + createHash('sha256').update(readMigrations().map(({ checksum }) => checksum).join()).digest('hex').slice(0, 16)
  await asAdmin(at, async admin => {
    await admin.query("select pg_advisory_lock(hashtext('test template'))")
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name])
    if (rowCount) return
    const making = `${name}_making`
    await admin.query(`drop database if exists ${making} with (force)`)
    await admin.query(`create database ${making} owner ${ownerRole}`)
    await migrate({ ownerUrl: urlOf(at, ownerRole, making), workerUrl: urlOf(at, workerRole, making) })
    await admin.query(`alter database ${making} rename to ${name}`)
  })
  return name
}

async function opened(at: Cluster, name: string): Promise<TestDatabase> {
  const ownerUrl = urlOf(at, ownerRole, name)
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4, allowExitOnIdle: true })
  owner.on('error', () => {})
  return {
    owner, ownerUrl, appUrl: urlOf(at, appRole, name), workerUrl: urlOf(at, workerRole, name), superUrl: superUrlOf(at, name),
    async drop() {
      await owner.end()
      await asAdmin(at, admin => admin.query(`drop database if exists ${name} with (force)`))
    },
  }
}

const newName = () => `test_${process.pid}_${randomBytes(4).toString('hex')}`

export async function freshDatabase(): Promise<TestDatabase> {
  const at = await cluster()
  const from = await template(at)
  const name = newName()
  await asAdmin(at, async admin => {
    await admin.query("select pg_advisory_lock(hashtext('test clone'))")
    await admin.query(`create database ${name} template ${from} owner ${ownerRole} strategy file_copy`)
  })
  return opened(at, name)
}

/** An empty database, for tests of migrating and restoring. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const at = await cluster()
  const name = newName()
  await asAdmin(at, admin => admin.query(`create database ${name} owner ${ownerRole}`))
  return opened(at, name)
}

/** The server itself, for tests of roles and of other people's databases on it. */
export const testServer = (): Promise<Cluster> => cluster()
