import { chmodSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openEmbeddedDatabase } from '#platform/embedded-database.ts'
import { root } from '#platform/root.ts'
import { readRunning } from '#platform/run-file.ts'
import { startChild, type Child } from '#test/child.ts'
import { clearFolder } from '#test/clear-folder.ts'

/** The same numbers for the same seed, from 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32 }
}

/** The compiled program itself, so that a kill hits it and no wrapper of it. */
export const program = (...args: string[]): string[] => [join(root, 'build/server', readFileSync(join(root, 'build/stamp'), 'utf8'), 'main.js'), ...args]

/** A folder of its own for the time of that work. The database's own user must be able to walk into it. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-kill-'))
  chmodSync(folder, 0o711)
  try { return await work(folder) } finally { clearFolder(folder) }
}

/** A server with its data, that is started again after each kill. */
export class HouseToKill {
  readonly data: string
  readonly env: Readonly<Record<string, string>>
  child: Child | undefined
  url = ''
  isOver = false
  constructor(data: string, env: Readonly<Record<string, string>> = {}) { this.data = data; this.env = { NODE_ENV: 'production', DATA_DIR: data, PORT: '0', LOG_LEVEL: 'silent', ...env } }

  async start(): Promise<void> {
    this.child = startChild(program('serve'), { env: this.env })
    await this.child.says(/Stop with Ctrl-C/)
    this.url = readRunning(this.data)!.url!
  }

  async asOwner<T>(work: (owner: pg.Client) => Promise<T>): Promise<T> {
    const database = await openEmbeddedDatabase(this.data)
    const owner = new pg.Client({ connectionString: database.urls.owner })
    owner.on('error', () => {})
    await owner.connect()
    try { return await work(owner) } finally { await owner.end(); await database.close() }
  }

  async close(): Promise<void> {
    this.isOver = true
    await this.child?.kill('SIGTERM')
  }
}
