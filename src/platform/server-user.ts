import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { SaidPlainly } from '#platform/said-plainly.ts'

/** PostgreSQL refuses to run as root. This is who runs it instead. */
export type ServerUser = { uid: number; gid: number; name: string }
/** Where the server's files lie and who runs it; nobody needs naming when we are an ordinary user. */
export type ServerPlace = { place: string; user: ServerUser | undefined }

export class CannotPlace extends SaidPlainly { override name = 'CannotPlace' }

const accounts = () => (existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n').map(line => line.split(':')) : [])
const nameOf = (uid: number) => accounts().find(([, , id]) => Number(id) === uid)?.[0] ?? `the user ${uid}`

/** As root: postgres if the machine has one, else nobody. */
function standIn(): ServerUser {
  for (const name of ['postgres', 'nobody']) {
    const line = accounts().find(parts => parts[0] === name)
    if (line) return { name, uid: Number(line[2]), gid: Number(line[3]) }
  }
  throw new CannotPlace('PostgreSQL does not run as root, and this machine has no user postgres or nobody: start Rapport as an ordinary user.')
}

/** Whoever made the data runs its server, whatever users have come since. */
function ownerOf(data: string): ServerUser | undefined {
  try {
    const { uid, gid } = statSync(data)
    return { uid, gid, name: nameOf(uid) }
  } catch {
    return undefined
  }
}

/** Whether the server's user can go there. */
export function canReach(user: ServerUser | undefined, path: string): boolean {
  return !user || spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0
}

/** What a shell reads within double quotes: initdb looks for its server by way of one, and a copy of both may lie beside the data. */
const shellReads = /["$`\\]/

/**
 * Where the server's files go: inside DATA_DIR wherever that can be; as root, with DATA_DIR below a folder that the server's
 * user may not enter or of a name that a shell misreads, in /var/lib. What was chosen is written down in DATA_DIR, so that both can move together.
 */
export function serverPlace(dataDir: string): ServerPlace {
  const home = resolve(dataDir)
  const isRoot = process.getuid?.() === 0
  makeFolders(home, isRoot ? 0o711 : 0o700)
  const note = join(home, 'postgres-place')
  const noted = existsSync(note) ? readFileSync(note, 'utf8').trim() : home
  const owner = ownerOf(join(noted, 'postgres'))
  if (!isRoot) return asOrdinary(noted, owner)
  const user = owner ?? standIn()
  if (noted !== home) return { place: noted, user }
  chmodSync(home, 0o711)   // the server's user passes through; what is private in it has modes of its own
  const isReached = canReach(user, home)
  if (isReached && (owner || !shellReads.test(home))) return { place: home, user }
  if (owner) throw new CannotPlace(`The database in ${home}/postgres belongs to ${owner.name}, who may not enter a folder above it. Open the way (chmod o+x), or move DATA_DIR back to where it was.`)
  return { place: choosePlace(note), user }
}

/** Those that were not there, with this mode whatever the umask is. */
function makeFolders(path: string, mode: number): void {
  const first = mkdirSync(path, { recursive: true })
  for (let made = path; first !== undefined && made.startsWith(first); made = dirname(made)) chmodSync(made, mode)
}

function asOrdinary(place: string, owner: ServerUser | undefined): ServerPlace {
  const me = process.getuid?.()
  if (owner && me !== undefined && owner.uid !== me) throw new CannotPlace(`The database in ${place}/postgres belongs to ${owner.name}: start Rapport as that user or as root.`)
  try { userInfo() } catch { throw new CannotPlace(`The user ${me} has no entry in /etc/passwd, which PostgreSQL needs to make a database. Add one, or set DATABASE_URL.`) }
  return { place, user: undefined }
}

/** Two processes may choose at once: the first note stands. */
function choosePlace(note: string): string {
  mkdirSync('/var/lib', { recursive: true })
  const mine = mkdtempSync('/var/lib/rapport-')
  chmodSync(mine, 0o711)
  const draft = `${note}.${process.pid}`
  writeFileSync(draft, mine, { mode: 0o600 })
  try {
    linkSync(draft, note)
    return mine
  } catch {
    rmSync(mine, { recursive: true, force: true })
    return readFileSync(note, 'utf8').trim()
  } finally {
    rmSync(draft)
  }
}

/** A folder of the server's own inside its place. */
export function ownFolder(path: string, user: ServerUser | undefined): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (user) chownSync(path, user.uid, user.gid)
  return path
}
