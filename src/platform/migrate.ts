import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { root } from '#platform/root.ts'
import { workerRole } from '#platform/roles.ts'
import { SaidPlainly } from '#platform/said-plainly.ts'

/** One plain SQL file. Those marked `--! breaking` in their first line are ones that older code cannot run on. */
export type Migration = { name: string; sql: string; checksum: string; isBreaking: boolean; isWorkers: boolean }
export class CannotMigrate extends SaidPlainly { override name = 'CannotMigrate' }

type Urls = { ownerUrl: string; workerUrl: string; folder?: string }

function readFolder(folder: string, prefix: string): Migration[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter(name => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort().map(name => {
    const sql = readFileSync(join(folder, name), 'utf8')
    return { name: prefix + name, sql, checksum: createHash('sha256').update(sql).digest('hex'), isBreaking: /^--! breaking\b/.test(sql), isWorkers: prefix !== '' }
  })
}

/** The owner's files in order, then those that the worker's role runs on its own schema. */
export const readMigrations = (folder: string = join(root, 'migrations')): Migration[] =>
  [...readFolder(folder, ''), ...readFolder(join(folder, 'worker'), 'worker/')]

type Applied = { name: string; checksum: string; is_breaking: boolean }

/** What of `migrations` is still to do, or why this code must not touch this database. */
function toDo(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const known = new Map(migrations.map(migration => [migration.name, migration]))
  for (const { name, checksum, is_breaking } of applied) {
    const mine = known.get(name)
    if (!mine && is_breaking) throw new CannotMigrate(`The database was changed by a newer release (${name}), and this one cannot run on it: update Rapport.`)
    if (mine && mine.checksum !== checksum) throw new CannotMigrate(`${name} was edited after it had been applied: undo the edit and add a new file.`)
  }
  const done = new Set(applied.map(({ name }) => name))
  return migrations.filter(({ name }) => !done.has(name))
}

async function asOwner<T>(ownerUrl: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  // A change waits 30 s at most for a table in use, since everybody else who wants that table waits behind it.
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'rapport migrate', options: '-c lock_timeout=30s -c statement_timeout=0 -c TimeZone=UTC' })
  owner.on('error', () => {})
  await owner.connect()
  try { return await work(owner) } finally { await owner.end() }
}

async function readApplied(owner: pg.Client): Promise<Applied[]> {
  const { rows: [found] } = await owner.query<{ it: string | null }>("select to_regclass('migrations.applied') as it")
  return found?.it ? (await owner.query<Applied>('select name, checksum, is_breaking from migrations.applied')).rows : []
}

/** The files that this release would still apply. Throws where this release must not run on this database at all. */
export const waitingMigrations = ({ ownerUrl, folder }: Omit<Urls, 'workerUrl'>): Promise<string[]> =>
  asOwner(ownerUrl, async owner => toDo(readMigrations(folder), await readApplied(owner)).map(({ name }) => name))

/** Brings the database to this release's schema, in order, each file in a transaction. Two processes may start at once: one waits. */
export const migrate = ({ ownerUrl, workerUrl, folder }: Urls): Promise<string[]> =>
  asOwner(ownerUrl, async owner => {
    await owner.query("set lock_timeout = 0; select pg_advisory_lock(hashtext('rapport migrate')); reset lock_timeout")
    await owner.query(`
      create schema if not exists migrations;
      create table if not exists migrations.applied (name text primary key, checksum text not null, is_breaking boolean not null, applied_at timestamptz not null default now())`)
    const waiting = toDo(readMigrations(folder), await readApplied(owner))
    await makeWorkerSchemas(owner)
    for (const migration of waiting.filter(({ isWorkers }) => !isWorkers)) await apply(owner, migration)
    await migrateRunner(owner, workerUrl)
    for (const migration of waiting.filter(({ isWorkers }) => isWorkers)) await apply(owner, migration)
    return waiting.map(({ name }) => name)
  })

async function apply(owner: pg.Client, { name, sql, checksum, isBreaking, isWorkers }: Migration): Promise<void> {
  try {
    await owner.query('begin')
    if (isWorkers) await owner.query(`set local role ${workerRole}`)
    await owner.query(sql)
    if (isWorkers) await owner.query('reset role')
    await owner.query('insert into migrations.applied (name, checksum, is_breaking) values ($1, $2, $3)', [name, checksum, isBreaking])
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback').catch(() => {})
    throw new CannotMigrate(`${name}: ${(error as Error).message}`)
  }
}

/** The runner owns its schemas and nothing else. */
async function makeWorkerSchemas(owner: pg.Client): Promise<void> {
  for (const schema of ['graphile_worker', 'jobs']) {
    const { rowCount } = await owner.query('select from pg_namespace where nspname = $1', [schema])
    if (!rowCount) await owner.query(`create schema ${schema} authorization ${workerRole}`)
  }
}

/** The runner's own tables, by its own migrations. The first of them needs a right that it has for that moment alone. */
async function migrateRunner(owner: pg.Client, workerUrl: string): Promise<void> {
  const { rows: [at] } = await owner.query<{ name: string; is_there: boolean }>(`
    select current_database() as name,
      exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'graphile_worker' and c.relname = 'migrations') as is_there`)
  const database = pg.escapeIdentifier(at!.name)
  if (!at!.is_there) await owner.query(`grant create on database ${database} to ${workerRole}`)
  try {
    await runMigrations({ connectionString: workerUrl })
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new CannotMigrate(`${workerRole} may not create in this database, nor may the owner grant it that: run "grant create on database ${database} to ${workerRole}" once.`)
  } finally {
    if (!at!.is_there) await owner.query(`revoke create on database ${database} from ${workerRole}`)
  }
}
