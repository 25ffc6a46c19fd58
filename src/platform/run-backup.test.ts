import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { checkHouse } from '#platform/check-house.ts'
import { inTransaction } from '#platform/db.ts'
import { backupJob, backupPlaceOf, lastBackup, runBackup } from '#platform/run-backup.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'

describe('the nightly backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-nightly-'))
  let t: TestHouse
  before(async () => {
    t = await aHouse({ env: { BACKUP_DIR: join(folder, 'kept') } })
    await checkHouse(t.db.owner, t.house.keys, { isDemo: false, now: t.house.now() })
  })
  after(async () => {
    await t.close()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    await t.db.owner.query('truncate platform.backup_run')
    t.setNow('2026-11-23T02:23:00Z')
  })
  const urls = () => ({ owner: t.db.ownerUrl, worker: t.db.workerUrl })
  const standing = () => inTransaction(ctxOf(t.house, staffActor(['manager'])), lastBackup)
  const run = () => backupJob(urls()).run(t.system('platform.backup'), {})

  test('is missed before there was one', async () => {
    assert.deepEqual(await standing(), { good: null, failure: null, isRunning: false, isLate: true })
  })
  test('is seen in the console once it is good', async () => {
    await run()
    const { good, ...rest } = await standing()
    assert.deepEqual(rest, { failure: null, isRunning: false, isLate: false })
    assert.deepEqual(good?.at, t.house.now())
    assert.ok(good.bytes > 1_000 && good.rows > 5)
    assert.deepEqual(readdirSync(join(folder, 'kept')), [good.fileName])
  })
  test('is late after 26 hours', async () => {
    await run()
    t.setNow('2026-11-24T04:22:00Z')
    assert.equal((await standing()).isLate, false)
    t.setNow('2026-11-24T04:24:00Z')
    assert.equal((await standing()).isLate, true)
  })
  test('that fails is seen, and the good one before it is still known', async () => {
    await run()
    t.setNow('2026-11-24T02:23:00Z')
    writeFileSync(join(folder, 'no-folder'), '')
    await assert.rejects(runBackup({ ...backupPlaceOf(t.house, urls())!, backupDir: join(folder, 'no-folder') }))
    const { good, failure, isLate } = await standing()
    assert.deepEqual({ failure, isLate, goodAt: good?.at }, { failure: { at: t.house.now(), problem: 'Error EEXIST' }, isLate: false, goodAt: new Date('2026-11-23T02:23:00Z') })
  })
  test('that was cut off by a crash does not run for ever', async () => {
    await t.db.owner.query("insert into platform.backup_run (started_at) values ('2026-11-23T02:23:00Z')")
    t.setNow('2026-11-23T03:00:00Z')
    assert.equal((await standing()).isRunning, true)
    t.setNow('2026-11-23T09:00:00Z')
    const { isRunning, failure } = await standing()
    assert.deepEqual({ isRunning, problem: failure?.problem }, { isRunning: false, problem: 'interrupted' })
  })
  test('does nothing, and says so, while nobody has said where to', async () => {
    const { backupDir } = t.house.config
    delete t.house.config.backupDir
    await run()
    t.house.config.backupDir = backupDir!
    assert.ok(t.logged.some(line => line.includes('BACKUP_DIR is not set')))
    assert.equal((await standing()).good, null)
  })
  test('comes once a night, and at the next full hour when the night was missed', async () => {
    const madeAt = async (times: string[]) => {
      const made = []
      for (const time of times) {
        t.setNow(time)
        const before = (await standing()).good?.at
        await backupJob(urls()).run(t.system('platform.backup'), { _cron: { ts: time } })
        if ((await standing()).good?.at.getTime() !== before?.getTime()) made.push(time)
      }
      return made
    }
    const hours = ['2026-11-23T06:23:00Z', '2026-11-23T07:23:00Z', '2026-11-23T08:23:00Z', '2026-11-23T08:25:00Z', '2026-11-23T09:23:00Z', '2026-11-24T07:23:00Z', '2026-11-24T08:23:00Z', '2026-11-25T09:22:00Z', '2026-11-25T09:24:00Z']
    assert.deepEqual(await madeAt(hours), ['2026-11-23T06:23:00Z', '2026-11-23T08:25:00Z', '2026-11-24T08:23:00Z', '2026-11-25T09:24:00Z'])
  })
  test('is one at a time', async () => {
    const place = backupPlaceOf(t.house, urls())!
    const outcomes = await Promise.allSettled([runBackup(place), runBackup(place)])
    assert.deepEqual(outcomes.map(outcome => outcome.status).sort(), ['fulfilled', 'rejected'])
    const { rows } = await t.db.owner.query('select failed_at from platform.backup_run')
    assert.deepEqual(rows, [{ failed_at: null }])
  })
  test('is not made by the application\'s own role', async () => {
    await assert.rejects(t.house.pool.query('insert into platform.backup_run (started_at) values (now())'), /permission denied/)
    await assert.rejects(runBackup({ ...backupPlaceOf(t.house, { owner: t.db.appUrl, worker: t.db.workerUrl })! }), /permission denied/)
  })
})
