import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
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
