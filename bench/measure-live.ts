import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request, type ClientRequest } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { transactionOn } from '#platform/db.ts'
import { root } from '#platform/root.ts'
import { touch } from '#platform/touch.ts'
import type { Figure } from './figure.ts'
import { ask, percentile, type BenchHouse } from './house.ts'
import { giveSessions } from './sessions.ts'

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Lines that listen, and how many of them have heard since it was last asked. */
class Listeners {
  #calls: ClientRequest[] = []
  #heard: ((at: number) => void) | undefined

  /** Opens a few at a time, as people come. */
  async open(port: number, path: string, headers: readonly Record<string, string>[]): Promise<void> {
    for (let from = 0; from < headers.length; from += 50) await Promise.all(headers.slice(from, from + 50).map(own => this.#openOne(port, path, own)))
  }
  #openOne(port: number, path: string, headers: Record<string, string>): Promise<void> {
    return new Promise((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port, path, headers, agent: false }, response => {
        if (response.statusCode !== 200) return reject(new Error(`${path} answered ${response.statusCode}`))
        response.on('data', (piece: Buffer) => { if (piece.includes('data: ')) this.#heard?.(performance.now()) })
        response.on('error', () => {})
        resolve()
      })
      call.on('error', reject)
      call.end()
      this.#calls.push(call)
    })
  }
  /** Says something and gives how long it took to reach each of them, in milliseconds after `say` began to be kept. */
  async measure(say: () => Promise<number>): Promise<number[]> {
    const at: number[] = []
    this.#heard = moment => at.push(moment)
    const begun = await say()
    for (let waited = 0; at.length < this.#calls.length && waited < 5_000; waited += 5) await wait(5)
    if (at.length !== this.#calls.length) throw new Error(`${at.length} of ${this.#calls.length} heard of it`)
    return at.map(moment => moment - begun)
  }
  close(): void {
    this.#heard = undefined
    for (const call of this.#calls) { call.removeAllListeners('error').on('error', () => {}); call.destroy() }
  }
}

async function measureRounds(listeners: Listeners, rounds: number, say: () => Promise<number>): Promise<number[]> {
  await listeners.measure(say)   // the first warms up
  const all: number[] = []
  for (let round = 0; round < rounds; round++) {
    all.push(...await listeners.measure(say))
    await wait(100)
  }
  return all
}

const residentKb = (pid: number) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1])

async function measureBare(count: number, rounds: number): Promise<{ times: number[]; kilobytes: number }> {
  const child = spawn(process.execPath, [join(root, 'bin/rapport.mjs'), '--run', 'bench/bare-events.ts'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [port, pid] = await new Promise<number[]>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', line => { if (line.startsWith('port ')) resolve(line.slice(5).split(' ').map(Number)) })
      child.once('exit', () => reject(new Error('the bare server ended')))
    })
    const [listeners, before] = [new Listeners(), residentKb(pid!)]
    await listeners.open(port!, '/', Array.from({ length: count }, () => ({})))
    const times = await measureRounds(listeners, rounds, async () => { const begun = performance.now(); void ask(port!, '/say'); return begun })
    const kilobytes = (residentKb(pid!) - before) / count
    listeners.close()
    return { times, kilobytes }
  } finally {
    child.kill('SIGTERM')
  }
}

/** What a use case does at its end: a fact, a touch, the commit. The clock starts when the commit is sent. */
const commit = (pool: pg.Pool, isTold: boolean): Promise<number> => transactionOn({ pool, begin: "select set_config('rapport.kind', 'visitor', true)" }, async db => {
  await db.client!.query("insert into platform.rate_count values ('bench', $1, now(), 1)", [randomUUID()])
  if (isTold) touch({ db }, { topic: 'schedule', ids: [randomUUID()] })
  return performance.now()
})

async function commitsPerSecond(pool: pg.Pool, seconds: number, isTold: boolean): Promise<number> {
  const until = performance.now() + seconds * 1_000
  let done = 0
  await Promise.all(Array.from({ length: 8 }, async () => { while (performance.now() < until) { await commit(pool, isTold); done++ } }))
  return done / seconds
}

/** From the commit to a thousand open schedules, each of a session of its own, beside bare server-sent events to as many. */
export async function measureLive(house: BenchHouse, { listeners: count, rounds, seconds }: { listeners: number; rounds: number; seconds: number }): Promise<Figure[]> {
  const cookies = await giveSessions(house, Array.from({ length: count }, (_, index) => ({ personId: randomUUID(), name: `Listener ${index}`, roles: ['front-desk'] })))
  const pool = new pg.Pool({ connectionString: house.urls.app, max: 8 })
  pool.on('error', () => {})
  const [listeners, before] = [new Listeners(), house.memory().now]
  try {
    const [plain, told] = [await commitsPerSecond(pool, seconds, false), await commitsPerSecond(pool, seconds, true)]
    const bare = await measureBare(count, rounds)
    await listeners.open(house.port, '/console/live/schedule', cookies.map(cookie => ({ cookie })))
    const times = await measureRounds(listeners, rounds, () => commit(pool, true))
    const kilobytes = (house.memory().now - before) * 1_024 / count
    const cpuBefore = house.serverCpu()
    await wait(seconds * 1_000)
    const idle = 100 * (house.serverCpu() - cpuBefore) / seconds
    const [p95, bareP95] = [percentile(times, 0.95), percentile(bare.times, 0.95)]
    const all = count.toLocaleString('en')
    return [
      { name: `from the commit to ${all} open schedules, 95th percentile`, value: p95, unit: 'ms', limit: 100, isBetterHigh: false, note: `median ${percentile(times, 0.5).toFixed(0)} ms, 99th ${percentile(times, 0.99).toFixed(0)} ms; every session asked for again` },
      { name: 'the same beside bare server-sent events', value: p95 / bareP95, unit: '×', limit: 4, isBetterHigh: false, note: `bare, in this run: 95th ${bareP95.toFixed(0)} ms, 99th ${percentile(bare.times, 0.99).toFixed(0)} ms` },
      { name: 'memory for each open schedule', value: kilobytes, unit: 'KB', limit: 96, isBetterHigh: false, note: `bare: ${bare.kilobytes.toFixed(0)} KB` },
      { name: `processor that ${all} open schedules take while nothing happens`, value: idle, unit: '% of a core', limit: 15, isBetterHigh: false },
      { name: 'commits that are told of, beside those that are not', value: 100 * told / plain, unit: '%', limit: 50, isBetterHigh: true, note: `${told.toFixed(0)} and ${plain.toFixed(0)} a second on 8 connections` },
    ]
  } finally {
    listeners.close()
    await pool.end()
  }
}
