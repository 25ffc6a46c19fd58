import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { inTransaction } from '#platform/db.ts'
import { defineJob, enqueue } from '#platform/jobs.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { startWorker } from './worker.ts'

type Row = { attempts: number; is_locked: boolean; last_error: string | null }

const rowsOf = async (t: TestHouse) => ((await t.db.owner.query('set role rapport_worker; select attempts, locked_at is not null as is_locked, last_error from graphile_worker.jobs order by id; reset role')) as unknown as { rows: Row[] }[])[1]!.rows

describe('jobs under way when the house stops', { timeout: 60_000 }, () => {
  let t: TestHouse
  before(async () => { t = await aHouse() })
  after(() => t.close())
  /** Stops the worker while three jobs run, and gives what the queue holds the moment it has stopped. */
  async function stopDuring(work: () => Promise<void>): Promise<{ left: Row[]; ended: number }> {
    let [begun, ended] = [0, 0]
    const job = defineJob({ name: 'test.slow', run: async () => { begun++; await pause(150); ended++; await work() } })
    await inTransaction(t.visitor(), async tx => { for (let i = 0; i < 3; i++) await enqueue(tx, 'test.slow', {}) })
    const worker = await startWorker(t.house, [job], { workerUrl: t.db.workerUrl })
    for (let tries = 0; tries < 500 && begun < 3; tries++) await pause(10)
    await worker.stop()
    return { left: await rowsOf(t), ended }
  }

  test('are finished, and are done', async () => {
    assert.deepEqual(await stopDuring(async () => {}), { left: [], ended: 3 })
  })
  test('and fail wait for their next try, held by nobody', async () => {
    const { left, ended } = await stopDuring(async () => { throw new TypeError('x') })
    assert.deepEqual({ left, ended }, { left: Array(3).fill({ attempts: 1, is_locked: false, last_error: 'TypeError' }), ended: 3 })
  })
})

describe('a database that goes away while a job ends', { timeout: 60_000 }, () => {
  let t: TestHouse
  beforeEach(async () => { t = await aHouse() })
  afterEach(() => t.close())

  /** Runs `work` while the first writing of each outcome meets a connection that is gone. */
  async function losing(work: (lost: string[]) => Promise<void>): Promise<void> {
    const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
    const lost: string[] = []
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
      const text = String((args[0] as { text?: string }).text ?? args[0])
      const what = /last_error = /.test(text) ? 'failed' : /delete from "?graphile_worker"?\._private_jobs/i.test(text) ? 'done' : undefined
      if (what === undefined || lost.includes(what)) return query.apply(this, args)
      lost.push(what)
      return Promise.reject(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    } as typeof pg.Client.prototype.query
    try {
      await work(lost)
    } finally {
      pg.Client.prototype.query = query as typeof pg.Client.prototype.query
    }
  }
  const job = defineJob({ name: 'test.ends', run: async (_, payload) => { if (payload.fails) throw new TypeError('x') } })
  const begin = async () => {
    await inTransaction(t.visitor(), async tx => { await enqueue(tx, 'test.ends', { fails: 'yes' }); await enqueue(tx, 'test.ends', {}) })
    return startWorker(t.house, [job], { workerUrl: t.db.workerUrl })
  }
  const written = [{ attempts: 1, is_locked: false, last_error: 'TypeError' }]

  test('is asked again: how the job ended is written down, and the process goes on', () => losing(async lost => {
    const worker = await begin()
    for (let tries = 0; tries < 200 && ((await rowsOf(t)).length !== 1 || (await rowsOf(t))[0]!.is_locked); tries++) await pause(100)
    assert.deepEqual(await rowsOf(t), written)
    assert.deepEqual(lost.sort(), ['done', 'failed'])
    await worker.stop()
  }))
  test('is asked again before the house stops', () => losing(async lost => {
    const worker = await begin()
    for (let tries = 0; tries < 500 && lost.length < 2; tries++) await pause(10)
    await worker.stop()
    assert.deepEqual(await rowsOf(t), written)
  }))
})

describe('what a worker held that was killed', { timeout: 60_000 }, () => {
  let t: TestHouse
  before(async () => { t = await aHouse() })
  after(() => t.close())
  const done: string[] = []
  const job = defineJob({ name: 'test.held', run: async () => { done.push('done') } })
  const hold = async () => {
    await inTransaction(t.visitor(), tx => enqueue(tx, 'test.held', {}))
    await t.db.owner.query("set role rapport_worker; update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone' where id = (select max(id) from graphile_worker._private_jobs); reset role")
  }

  test('is done by the next at once, where nobody else works', async () => {
    await hold()
    const idle = await startWorker(t.house, [], { workerUrl: t.db.workerUrl })
    await hold()
    await t.db.owner.query("set role rapport_worker; select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rapport working' and datname = current_database(); reset role")
    await pause(1_500)   // it says so again, on a new line
    const worker = await startWorker(t.house, [job], { workerUrl: t.db.workerUrl })
    for (let tries = 0; tries < 200 && (await rowsOf(t)).length > 1; tries++) await pause(20)
    await pause(200)
    assert.deepEqual((await rowsOf(t)).map(row => row.is_locked), [true], 'the second one may be held by another who works')
    await idle.stop()
    await worker.stop()
    assert.deepEqual(done, ['done'])
  })
})
