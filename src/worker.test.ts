import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { inTransaction } from '#platform/db.ts'
import { defineJob, enqueue } from '#platform/jobs.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { startWorker } from './worker.ts'

type Row = { attempts: number; is_locked: boolean; last_error: string | null }

describe('jobs under way when the house stops', { timeout: 60_000 }, () => {
  let t: TestHouse
  before(async () => { t = await aHouse() })
  after(() => t.close())
  const rows = async () => ((await t.db.owner.query('set role rapport_worker; select attempts, locked_at is not null as is_locked, last_error from graphile_worker.jobs order by id; reset role')) as unknown as { rows: Row[] }[])[1]!.rows

  /** Stops the worker while three jobs run, and gives what the queue holds the moment it has stopped. */
  async function stopDuring(work: () => Promise<void>): Promise<{ left: Row[]; ended: number }> {
    let [begun, ended] = [0, 0]
    const job = defineJob({ name: 'test.slow', run: async () => { begun++; await pause(150); ended++; await work() } })
    await inTransaction(t.visitor(), async tx => { for (let i = 0; i < 3; i++) await enqueue(tx, 'test.slow', {}) })
    const worker = await startWorker(t.house, [job], { workerUrl: t.db.workerUrl })
    for (let tries = 0; tries < 500 && begun < 3; tries++) await pause(10)
    await worker.stop()
    return { left: await rows(), ended }
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
  before(async () => { t = await aHouse() })
  after(() => t.close())

  test('is asked again: how the job ended is written down, and the process goes on', async () => {
    const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
    const lost: string[] = []
    // The first writing of each outcome meets a connection that is gone.
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
      const text = String((args[0] as { text?: string }).text ?? args[0])
      const what = /last_error = /.test(text) ? 'failed' : /delete from "?graphile_worker"?\._private_jobs/i.test(text) ? 'done' : undefined
      if (what === undefined || lost.includes(what)) return query.apply(this, args)
      lost.push(what)
      return Promise.reject(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    } as typeof pg.Client.prototype.query
    try {
      const job = defineJob({ name: 'test.ends', run: async (_, payload) => { if (payload.fails) throw new TypeError('x') } })
      await inTransaction(t.visitor(), async tx => { await enqueue(tx, 'test.ends', { fails: 'yes' }); await enqueue(tx, 'test.ends', {}) })
      const worker = await startWorker(t.house, [job], { workerUrl: t.db.workerUrl })
      const rows = async () => ((await t.db.owner.query('set role rapport_worker; select attempts, locked_at is not null as is_locked, last_error from graphile_worker.jobs order by id; reset role')) as unknown as { rows: Row[] }[])[1]!.rows
      for (let tries = 0; tries < 200 && ((await rows()).length !== 1 || (await rows())[0]!.is_locked); tries++) await pause(100)
      assert.deepEqual(await rows(), [{ attempts: 1, is_locked: false, last_error: 'TypeError' }])
      assert.deepEqual(lost.sort(), ['done', 'failed'])
      await worker.stop()
    } finally {
      pg.Client.prototype.query = query as typeof pg.Client.prototype.query
    }
  })
})
