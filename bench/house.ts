import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { openEmbeddedDatabase, type EmbeddedDatabase } from '#platform/embedded-database.ts'
import { root } from '#platform/root.ts'
import { readRunning } from '#platform/run-file.ts'
import { clearFolder } from '#test/clear-folder.ts'

/** A demo of its own, served by the production build in its own process, and a way into its database. */
export type BenchHouse = {
  port: number
  url: string
  dataDir: string
  /** As rapport_owner: to load what is measured and to count afterwards. */
  owner: pg.Pool
  urls: EmbeddedDatabase['urls']
  /** Seconds from asking npm's command to the line that says it is ready. */
  readySeconds: number
  /** The server process's memory, MB: now, and the most so far. */
  memory: () => { now: number; most: number }
  /** CPU seconds the server process has used. */
  serverCpu: () => number
  close: () => Promise<void>
}

export async function openHouse({ env = {} }: { env?: Record<string, string> } = {}): Promise<BenchHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'))
  chmodSync(folder, 0o711)
  const dataDir = join(folder, 'data')
  const first = await serve(dataDir, env)
  await first.stop()
  const begun = performance.now()
  const second = await serve(dataDir, env)
  const readySeconds = (performance.now() - begun) / 1_000
  const database = await openEmbeddedDatabase(dataDir)
  const owner = new pg.Pool({ connectionString: database.urls.owner, max: 4, options: '-c statement_timeout=0' })
  const { pid, url } = readRunning(dataDir)!
  const ofProc = (name: string) => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)
  return {
    dataDir, owner, readySeconds, urls: database.urls, url: url!, port: Number(new URL(url!).port),
    memory: () => ({ now: ofProc('VmRSS'), most: ofProc('VmHWM') }),
    // Fields 14 and 15 of stat, in hundredths of a second: user and system. The name before them may hold anything but a bracket.
    serverCpu: () => { const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' '); return (Number(fields[11]) + Number(fields[12])) / 100 },
    async close() {
      await owner.end()
      await second.stop()
      await database.close()
      clearFolder(folder)
    },
  }
}

async function serve(dataDir: string, env: Record<string, string>): Promise<{ stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [join(root, 'bin/rapport.mjs'), 'serve'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', ...env } })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', line => { if (line.startsWith('Rapport is ready')) resolve() })
    void ended.then(() => reject(new Error('the server ended before it was ready')))
  })
  return { async stop() { child.kill('SIGTERM'); await ended } }
}

export type Got = { status: number; bytes: number; ms: number; body: string; location: string }

/** One request, its answer whole, and how long that took. */
export const ask = (port: number, path: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Got> => new Promise((resolve, reject) => {
  const begun = performance.now()
  const call = request({ host: '127.0.0.1', port, path, method, headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body), 'content-type': 'application/x-www-form-urlencoded' }) } }, response => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () => { const all = Buffer.concat(chunks); resolve({ status: response.statusCode!, bytes: all.length, ms: performance.now() - begun, body: all.toString(), location: response.headers.location ?? '' }) })
  })
  call.on('error', reject)
  call.end(body)
})

export const percentile = (times: readonly number[], part: number): number => { const sorted = [...times].sort((a, b) => a - b); return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0 }
