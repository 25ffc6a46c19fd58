import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { root } from '#platform/root.ts'
import { workerRole } from '#platform/roles.ts'

/** One plain SQL file. Those marked `--! breaking` are ones that older code cannot run on. */
export type Migration = { name: string; number: number; sql: string; checksum: string; isBreaking: boolean }
export class CannotMigrate extends Error { override name = 'CannotMigrate' }

export function readMigrations(folder: string = join(root, 'migrations')): Migration[] {
  return readdirSync(folder).filter(name => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort().map(name => {
    const sql = readFileSync(join(folder, name), 'utf8')
    return { name, number: Number(name.slice(0, 4)), sql, checksum: createHash('sha256').update(sql).digest('hex'), isBreaking: /^--! breaking\b/.test(sql) }
  })
}

type Applied = { name: string; checksum: string; is_breaking: boolean }

/** What of `migrations` is still to do, or why this code must not touch this database. */
function toDo(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const known = new Map(migrations.map(migration => [migration.name, migration]))
  for (const { name, checksum, is_breaking } of applied) {
    const mine = known.get(name)
    if (!mine && is_breaking) throw new CannotMigrate(`the database was changed by a newer release (${name}), and this one cannot run on it: update Rapport`)
    if (mine && mine.checksum !== checksum) throw new CannotMigrate(`${name} was edited after it had been applied: undo the edit and add a new file`)
  }
  const done = new Set(applied.map(({ name }) => name))
  return migrations.filter(({ name }) => !done.has(name))
}

/** Brings the database to this release's schema, in order, each file in a transaction. Two processes may start at once: one waits. */
export async function migrate({ ownerUrl, workerUrl, folder }: { ownerUrl: string; workerUrl: string; folder?: string }): Promise<string[]> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'rapport migrate' })
  owner.on('error', () => {})
  await owner.connect()
  try {
    await owner.query("select pg_advisory_lock(hashtext('rapport migrate'))")
    await owner.query(`
      create schema if not exists migrations;
      create table if not exists migrations.applied (name text primary key, checksum text not null, is_breaking boolean not null, applied_at timestamptz not null default now())`)
    const { rows: applied } = await owner.query<Applied>('select name, checksum, is_breaking from migrations.applied')
    const waiting = toDo(readMigrations(folder), applied)
    await makeWorkerSchemas(owner)
    for (const { name, sql, checksum, isBreaking } of waiting) {
      try {
        await owner.query('begin')
        await owner.query(sql)
        await owner.query('insert into migrations.applied (name, checksum, is_breaking) values ($1, $2, $3)', [name, checksum, isBreaking])
        await owner.query('commit')
      } catch (error) {
        await owner.query('rollback').catch(() => {})
        throw new CannotMigrate(`${name}: ${(error as Error).message}`)
      }
    }
    await migrateWorker(workerUrl)
    return waiting.map(({ name }) => name)
  } finally {
    await owner.end()
  }
}

/** The runner owns its schemas and nothing else. */
async function makeWorkerSchemas(owner: pg.Client): Promise<void> {
  for (const schema of ['graphile_worker', 'jobs']) {
    const { rowCount } = await owner.query('select from pg_namespace where nspname = $1', [schema])
    if (!rowCount) await owner.query(`create schema ${schema} authorization ${workerRole}`)
  }
  const { rows } = await owner.query<{ name: string }>('select current_database() as name')
  await owner.query(`grant create on database ${pg.escapeIdentifier(rows[0]!.name)} to ${workerRole}`).catch(() => {})
}

/** The runner's own tables, by its own migrations, then our doors to them; both may be run again. */
async function migrateWorker(workerUrl: string): Promise<void> {
  await runMigrations({ connectionString: workerUrl })
  const worker = new pg.Client({ connectionString: workerUrl, application_name: 'rapport migrate' })
  worker.on('error', () => {})
  await worker.connect()
  try {
    for (const name of readdirSync(join(root, 'migrations/worker')).sort()) await worker.query(readFileSync(join(root, 'migrations/worker', name), 'utf8'))
  } finally {
    await worker.end()
  }
}
