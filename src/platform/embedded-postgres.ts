import { spawn, spawnSync, type SpawnOptions } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { copyPostgres, postgresInPlace } from '#platform/postgres-binaries.ts'
import { canReach, ownFolder, serverPlace, serverUser, type ServerUser } from '#platform/server-user.ts'

/** A PostgreSQL server of our own. Addresses are made for a role, its password and a database. */
export type EmbeddedPostgres = {
  /** Where its files lie: said to the person who starts it. */
  place: string
  /** Set when the files could not lie in DATA_DIR. */
  isElsewhere: boolean
  urlFor: (role: string, password: string, database: string) => string
  adminUrl: string
  /** Stops the server if nobody else is connected to it. */
  stop: () => Promise<void>
}

type Place = { user: ServerUser | undefined; place: string; data: string; native: string; socketDir: string | undefined; password: string }

const superuser = 'postgres'
const settings = (socketDir: string | undefined, port: number) => ({
  port, listen_addresses: socketDir ? '' : '127.0.0.1',
  ...(socketDir && { unix_socket_directories: socketDir, unix_socket_permissions: '0700' }),
  max_connections: 100, shared_buffers: '256MB', effective_cache_size: '1GB', work_mem: '16MB', maintenance_work_mem: '128MB',
  random_page_cost: 1.1, wal_compression: 'on', max_wal_size: '2GB', checkpoint_timeout: '10min', jit: 'off',
  log_min_messages: 'fatal', log_min_error_statement: 'panic', log_error_verbosity: 'terse', log_statement: 'none', timezone: 'UTC', cluster_name: 'rapport',
})

/** Starts the server of this data folder, or attaches to the one that already runs, also one that a killed process left behind. */
export async function startEmbedded(dataDir: string, { shutdownMode = 'fast', more = {} }: { shutdownMode?: 'fast' | 'immediate'; more?: Record<string, string | number> } = {}): Promise<EmbeddedPostgres> {
  const place = prepare(dataDir)
  if (!existsSync(join(place.data, 'PG_VERSION'))) initialise(place)
  let port = await runningPort(place)
  if (port === undefined) port = await launch(place, more)
  const urlFor = (role: string, password: string, database: string) => addressOf(place, port, role, password, database)
  const adminUrl = urlFor(superuser, place.password, 'postgres')
  return {
    place: place.place, isElsewhere: !place.place.startsWith(dataDir), urlFor, adminUrl,
    async stop() { if (await isAlone(adminUrl)) await halt(place, shutdownMode) },
  }
}

function prepare(dataDir: string): Place {
  const user = serverUser()
  const place = serverPlace(dataDir, user)
  const inPlace = postgresInPlace()
  const native = inPlace && canReach(user, join(inPlace, 'bin/postgres')) ? inPlace : copyPostgres(place)
  const secrets = join(dataDir, 'secrets')
  mkdirSync(secrets, { recursive: true, mode: 0o700 })
  const passwordFile = join(secrets, 'postgres')
  if (!existsSync(passwordFile)) writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  // A socket's path may have 107 characters, so it does not lie in the data folder.
  const socketDir = process.platform === 'win32' ? undefined : join(tmpdir(), `rapport-${createHash('sha256').update(place).digest('hex').slice(0, 12)}`)
  if (socketDir) ownFolder(socketDir, user)
  return { user, place, data: join(place, 'postgres'), native, socketDir, password: readFileSync(passwordFile, 'utf8').trim() }
}

const asServer = (user: ServerUser | undefined): SpawnOptions => ({ cwd: '/', env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }, ...(user && { uid: user.uid, gid: user.gid }) })

/** Made beside its final name and renamed, so that one that was cut off is never taken for whole. */
function initialise({ user, place, data, native, password }: Place): void {
  const making = ownFolder(join(place, 'postgres.making'), user)
  rmSync(making, { recursive: true, force: true })
  ownFolder(making, user)
  const passwordFile = join(place, `postgres.password.${process.pid}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) chownSync(passwordFile, user.uid, user.gid)
  const initdb = spawnSync(join(native, 'bin/initdb'), ['-D', making, '-U', superuser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    { ...asServer(user), encoding: 'utf8' })
  rmSync(passwordFile)
  if (initdb.status !== 0) throw new Error(`the database could not be made: ${initdb.error?.message ?? initdb.stderr}`)
  renameSync(making, data)
}

function addressOf({ socketDir }: Place, port: number, role: string, password: string, database: string): string {
  const who = `${encodeURIComponent(role)}:${encodeURIComponent(password)}`
  return socketDir ? `postgres://${who}@localhost:${port}/${database}?host=${encodeURIComponent(socketDir)}` : `postgres://${who}@127.0.0.1:${port}/${database}`
}

/** The port of the server that runs on this folder and answers to our password; undefined when none runs. */
async function runningPort(place: Place): Promise<number | undefined> {
  const file = join(place.data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n')
  if (!isAlive(Number(pid)) || !port) return undefined
  for (let i = 0; i < 100 && isAlive(Number(pid)); i++) {
    if (await answers(addressOf(place, Number(port), superuser, place.password, 'postgres'))) return Number(port)
    await new Promise(done => setTimeout(done, 100))
  }
  return undefined
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try { process.kill(pid, 0); return true } catch (error) { return (error as NodeJS.ErrnoException).code === 'EPERM' }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
  client.on('error', () => {})
  try { await client.connect(); return true } catch { return false } finally { await client.end().catch(() => {}) }
}

const freePort = () => new Promise<number>((resolve, reject) => {
  const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    server.close(() => resolve(port))
  })
})

async function launch(place: Place, more: Record<string, string | number>): Promise<number> {
  const port = place.socketDir ? 5432 : await freePort()
  const log = openSync(join(place.place, 'postgres.log'), 'a', 0o600)
  const flags = Object.entries({ ...settings(place.socketDir, port), ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  chmodSync(place.data, 0o700)
  // Detached: an interrupt at the terminal goes to us, and we let requests finish before the database stops.
  const server = spawn(join(place.native, 'bin/postgres'), ['-D', place.data, ...flags], { ...asServer(place.user), detached: true, stdio: ['ignore', log, log] })
  let exit: number | null | undefined
  server.once('exit', code => { exit = code })
  server.once('error', () => { exit = -1 })
  const url = addressOf(place, port, superuser, place.password, 'postgres')
  for (let i = 0; i < 1_200; i++) {
    if (await answers(url)) { server.unref(); return port }
    if (exit !== undefined) throw new Error(`the database did not start: see ${join(place.place, 'postgres.log')}`)
    await new Promise(done => setTimeout(done, 50))
  }
  throw new Error(`the database did not answer within a minute: see ${join(place.place, 'postgres.log')}`)
}

async function isAlone(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query("select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()")
    return rows[0].others === 0
  } catch {
    return true
  } finally {
    await client.end().catch(() => {})
  }
}

async function halt(place: Place, mode: 'fast' | 'immediate'): Promise<void> {
  const file = join(place.data, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!isAlive(pid)) return
  process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  for (let i = 0; i < 600 && isAlive(pid); i++) await new Promise(done => setTimeout(done, 50))
  if (place.socketDir) rmSync(place.socketDir, { recursive: true, force: true })
}
