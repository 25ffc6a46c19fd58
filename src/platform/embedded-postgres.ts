import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, existsSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { keepSecret } from '#platform/keep-secret.ts'
import { copyPostgres, packagedVersion, postgresInPlace } from '#platform/postgres-binaries.ts'
import { clearStaleNote, findPostmaster, stopPostmaster, waitUntilReady, type Postmaster } from '#platform/postmaster.ts'
import { SaidPlainly } from '#platform/said-plainly.ts'
import { canReach, ownFolder, serverPlace, type ServerPlace, type ServerUser } from '#platform/server-user.ts'

/** A PostgreSQL server of our own. Addresses are made for a role, its password and a database. */
export type EmbeddedPostgres = {
  /** Where its files lie: said to the person who starts it. */
  place: string
  /** Set when the files could not lie in DATA_DIR. */
  isElsewhere: boolean
  port: number
  socketDir: string | undefined
  pid: number
  urlFor: (role: string, password: string, database: string) => string
  /** The server's superuser: makes roles and the database, and is used for nothing else. */
  adminUrl: string
  stop: (mode?: 'fast' | 'immediate') => Promise<void>
}
export type EmbeddedOptions = {
  /** Settings over the standard ones. */
  more?: Record<string, string | number>
  /** For a server that is thrown away: the new folder need not reach the disk. */
  isThrowaway?: boolean
  /** Where sockets cannot be used: the port it had before, so that addresses stay true. */
  port?: number
}

export class DatabaseProblem extends SaidPlainly { override name = 'DatabaseProblem' }
type Place = ServerPlace & { data: string; password: string; socketDir: string | undefined }

const superuser = 'postgres'
const socketPort = 5432

const settings = (socketDir: string | undefined, port: number) => ({
  port, listen_addresses: socketDir ? '' : '127.0.0.1',
  unix_socket_directories: socketDir ? `"${socketDir.replaceAll('"', '""')}"` : '',
  ...(socketDir && { unix_socket_permissions: '0700' }),
  max_connections: 100, shared_buffers: '256MB', effective_cache_size: '1GB', work_mem: '16MB', maintenance_work_mem: '128MB',
  random_page_cost: 1.1, wal_compression: 'on', max_wal_size: '2GB', checkpoint_timeout: '10min', jit: 'off',
  // A statement, which could quote a person's data, never reaches the log.
  log_min_messages: 'fatal', log_min_error_statement: 'panic', log_error_verbosity: 'terse', log_statement: 'none', timezone: 'UTC', cluster_name: 'rapport',
})

/** Starts the server of this data folder, or attaches to the one that already runs, also one that a killed process left behind. */
export async function startEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const place = prepare(dataDir)
  const { pid, port, socketDir } = await waitUntilReady(place.data) ?? await launch(place, options)
  const urlFor = (role: string, password: string, database: string) => {
    const who = `${encodeURIComponent(role)}:${encodeURIComponent(password)}`
    return socketDir ? `postgres://${who}@localhost:${port}/${database}?host=${encodeURIComponent(socketDir)}` : `postgres://${who}@127.0.0.1:${port}/${database}`
  }
  return {
    place: place.place, isElsewhere: place.place !== resolve(dataDir), port, socketDir, pid, urlFor,
    adminUrl: urlFor(superuser, place.password, 'postgres'),
    stop: (mode = 'fast') => stopPostmaster(place.data, mode),
  }
}

function prepare(dataDir: string): Place {
  const { place, user } = serverPlace(dataDir)
  const socketDir = join(place, 'socket')
  // A socket's path has 107 characters at most, 103 on macOS.
  const hasSocket = process.platform !== 'win32' && Buffer.byteLength(join(socketDir, `.s.PGSQL.${socketPort}`)) <= 100
  return { place, user, data: join(place, 'postgres'), password: keepSecret(join(dataDir, 'secrets'), 'postgres'), socketDir: hasSocket ? socketDir : undefined }
}

const asServer = (user: ServerUser | undefined) => ({ cwd: '/', env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }, ...(user && { uid: user.uid, gid: user.gid }) })

function binaries({ place, user }: Place): string {
  const inPlace = postgresInPlace()
  return inPlace && canReach(user, join(inPlace, 'bin/postgres')) ? inPlace : copyPostgres(place)
}

/** Made beside its final name and renamed, so that one that was cut off is never taken for whole. Of two made at once one stands. */
function initialise({ user, place, data, password }: Place, native: string, isThrowaway: boolean): void {
  clearUnfinished(place)
  const mark = randomBytes(4).toString('hex')
  const making = ownFolder(join(place, `postgres.making-${mark}`), user)
  const passwordFile = join(place, `postgres.password-${mark}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) chownSync(passwordFile, user.uid, user.gid)
  const initdb = spawnSync(join(native, 'bin/initdb'), ['-D', making, '-U', superuser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8',
    '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions', ...(isThrowaway ? ['--no-sync'] : [])], { ...asServer(user), encoding: 'utf8' })
  rmSync(passwordFile)
  if (initdb.status !== 0) throw new DatabaseProblem(`The database could not be made in ${place}: ${initdb.error?.message ?? initdb.stderr.trim()}`)
  try {
    renameSync(making, data)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(join(data, 'PG_VERSION'))) throw error
  }
}

/** What a killed first start left half made. */
function clearUnfinished(place: string): void {
  for (const name of readdirSync(place).filter(entry => /^postgres\.(making|password)-/.test(entry))) {
    if (Date.now() - statSync(join(place, name)).mtimeMs > 600_000) rmSync(join(place, name), { recursive: true, force: true })
  }
}

function refuseOtherVersion(data: string): void {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  const ours = packagedVersion().split('.')[0]
  if (made !== ours) throw new DatabaseProblem(`The database in ${data} was made by PostgreSQL ${made}, and this release brings ${ours}: make a backup with the release that made it, and restore that into a new DATA_DIR.`)
}

const freePort = () => new Promise<number>((resolve, reject) => {
  const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    server.close(() => resolve(port))
  })
})

// What passes by itself: the processes of a server that was killed are still leaving, or another of ours was faster.
const passing = /still in use|already exists|already running|in use/

async function launch(place: Place, options: EmbeddedOptions): Promise<Postmaster> {
  const native = binaries(place)
  if (!existsSync(join(place.data, 'PG_VERSION'))) initialise(place, native, options.isThrowaway ?? false)
  refuseOtherVersion(place.data)
  for (const until = performance.now() + 60_000; ; await wait(200)) {
    clearStaleNote(place.data)
    const launched = await tryLaunch(place, native, options)
    if (typeof launched !== 'string') return launched
    const other = await waitUntilReady(place.data)
    if (other) return other
    if (!passing.test(launched) || performance.now() > until) throw new DatabaseProblem(`The database in ${place.place} did not start:\n${launched}`)
  }
}

/** The server, ready; or what it said when it gave up. */
async function tryLaunch({ place, data, socketDir, user }: Place, native: string, { more = {}, port }: EmbeddedOptions): Promise<Postmaster | string> {
  if (socketDir) ownFolder(socketDir, user)
  const flags = Object.entries({ ...settings(socketDir, socketDir ? socketPort : port ?? await freePort()), ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const logFile = join(place, 'postgres.log')
  const log = openSync(logFile, 'a', 0o600)
  const before = statSync(logFile).size
  // Detached: an interrupt at the terminal goes to us, and we let requests finish before the database stops.
  const server = spawn(join(native, 'bin/postgres'), ['-D', data, ...flags], { ...asServer(user), detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  let failed: string | undefined
  server.once('exit', () => { failed = readFileSync(logFile).subarray(before).toString().trim() || 'it gave no reason' })
  server.once('error', error => { failed = error.message })
  while (failed === undefined) {
    const found = findPostmaster(data)
    // From here on what it says when it ends is nobody's to read, and its folder may be gone by then.
    if (found && found.pid === server.pid && found.status === 'ready') { server.removeAllListeners('exit'); server.unref(); return found }
    await wait(20)
  }
  return failed
}
