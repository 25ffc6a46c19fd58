import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** The server that runs on a data folder, as its own `postmaster.pid` tells. */
export type Postmaster = { pid: number; port: number; socketDir: string | undefined; status: string }

function commandOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined
  }
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]   // empty for one that died unburied
    return spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  } catch {
    return undefined
  }
}

/** Whether this process lives and is a PostgreSQL: after a kill its number can be somebody else's. */
export const isPostgres = (pid: number): boolean =>
  Number.isSafeInteger(pid) && pid > 1 && basename(commandOf(pid) ?? '').startsWith('postgres')

/** The file's lines: pid, folder, start, port, socket folder, address, shared memory, status. */
export function findPostmaster(data: string): Postmaster | undefined {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  try {
    const lines = readFileSync(file, 'utf8').split('\n')
    const pid = Number(lines[0])
    return isPostgres(pid) ? { pid, port: Number(lines[3]), socketDir: lines[4] || undefined, status: lines[7]?.trim() || 'starting' } : undefined
  } catch {
    return undefined   // removed between the two: it stopped
  }
}

/** The server once it answers; undefined when none runs. Recovery after a crash takes as long as it takes. */
export async function waitUntilReady(data: string, { minutes = 10 } = {}): Promise<Postmaster | undefined> {
  for (const until = performance.now() + minutes * 60_000; performance.now() < until; await wait(25)) {
    const found = findPostmaster(data)
    if (!found || found.status === 'ready') return found
  }
  throw new Error(`the database did not answer within ${minutes} minutes`)
}

/**
 * Removes the note of a server that is no more and whose number another program has now: PostgreSQL itself cannot tell, and
 * would refuse to start. Never when the number is any PostgreSQL's.
 */
export function clearStaleNote(data: string): void {
  const file = join(data, 'postmaster.pid')
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
  const command = pid > 1 ? commandOf(pid) : undefined
  if (command && !basename(command).startsWith('postgres')) rmSync(file)
}

export async function stopPostmaster(data: string, mode: 'fast' | 'immediate'): Promise<void> {
  const found = findPostmaster(data)
  if (!found) return
  try { process.kill(found.pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT') } catch { return }
  for (const until = performance.now() + 120_000; performance.now() < until && isPostgres(found.pid);) await wait(20)
}
