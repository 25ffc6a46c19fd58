import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** PostgreSQL refuses to run as root. This is who runs it instead, and where that user can reach. */
export type ServerUser = { uid: number; gid: number; name: string }

/** Nobody needed: we are an ordinary user. As root: postgres if the machine has one, else nobody. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n').map(line => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const line = lines.find(parts => parts[0] === name)
    if (line) return { name, uid: Number(line[2]), gid: Number(line[3]) }
  }
  throw new Error('PostgreSQL does not run as root, and this machine has no user postgres or nobody: start Rapport as an ordinary user')
}

const reaches = (user: ServerUser, path: string) =>
  spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0

/** A folder that lives as long as DATA_DIR but lies where the server's user can go. */
const elsewhere = (dataDir: string) => join('/var/lib', `rapport-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12)}`)

/**
 * Where the server's files go. Inside DATA_DIR wherever that can be; as root, with DATA_DIR below a folder that the
 * server's user may not enter, in /var/lib.
 */
export function serverPlace(dataDir: string, user: ServerUser | undefined): string {
  mkdirSync(dataDir, { recursive: true, mode: user ? 0o711 : 0o700 })
  if (!user) return resolve(dataDir)
  chmodSync(dataDir, 0o711)   // the user passes through; what is private in it has modes of its own
  const place = reaches(user, resolve(dataDir)) ? resolve(dataDir) : elsewhere(dataDir)
  mkdirSync(place, { recursive: true, mode: 0o711 })
  return place
}

/** A folder of the server's own inside its place. */
export function ownFolder(path: string, user: ServerUser | undefined): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (user) chownSync(path, user.uid, user.gid)
  return path
}

export const canReach = (user: ServerUser | undefined, path: string): boolean => !user || reaches(user, path)
