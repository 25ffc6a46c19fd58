import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after } from 'node:test'
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
let stopOwn: (() => Promise<void>) | undefined
// Registered while no suite runs, so that it is the last thing of the file.
after(() => stopOwn?.())

/** The run's server (`TEST_CLUSTER` names its file); a file that is run by itself starts one and stops it. */
function cluster(): Promise<Cluster> {
  found ??= (async () => {
    const file = process.env.TEST_CLUSTER
    if (file) return JSON.parse(readFileSync(file, 'utf8')) as Cluster
    const own = await startCluster()
    stopOwn = own.stop
    return own.cluster
  })()
  return found
}

const urlOf = ({ adminUrl, passwords }: Cluster, role: keyof Cluster['passwords'], database: string): string => {
  const url = new URL(adminUrl)
  url.username = role
  url.password = passwords[role]
  url.pathname = `/${database}`
  return url.toString()
}
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
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 })
  owner.on('error', () => {})
  return {
    owner, ownerUrl, appUrl: urlOf(at, appRole, name), workerUrl: urlOf(at, workerRole, name), superUrl: superUrlOf(at, name),
    async drop() {
      await owner.end()
      await asAdmin(at, admin => admin.query(`drop database if exists ${name} with (force)`))
    },
  }
}

export async function freshDatabase(): Promise<TestDatabase> {
  const at = await cluster()
  const from = await template(at)
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(at, async admin => {
    await admin.query("select pg_advisory_lock(hashtext('test clone'))")
    await admin.query(`create database ${name} template ${from} owner ${ownerRole} strategy file_copy`)
  })
  return opened(at, name)
}

/** An empty database, for tests of migrating and restoring. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const at = await cluster()
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(at, admin => admin.query(`create database ${name} owner ${ownerRole}`))
  return opened(at, name)
}
