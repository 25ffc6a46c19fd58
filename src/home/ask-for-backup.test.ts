import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { checkHouse } from '#platform/check-house.ts'
import { backupJob } from '#platform/run-backup.ts'
import { ctxOf, staffActor } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { askForBackup } from './ask-for-backup.ts'

describe('a backup that the console asks for', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-asked-'))
  let house: RunningHouse, manager: SignedIn, desk: SignedIn
  before(async () => {
    house = await aRunningHouse({ env: { BACKUP_DIR: folder } })
    await checkHouse(house.db.owner, house.house.keys, { isDemo: false, now: house.house.now() })
    const [boss, other] = [await aStaffPerson(house, { roles: ['manager'] }), await aStaffPerson(house, { roles: ['front-desk'] })]
    manager = await signedInAs(house, { personId: boss.personId, roles: ['manager'] })
    desk = await signedInAs(house, { personId: other.personId, roles: ['front-desk'] })
  })
  after(async () => {
    await house.close()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    await house.db.owner.query('truncate platform.backup_run')
    await forget()
  })
  const forget = () => house.db.owner.query("set role rapport_worker; select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs)); reset role")
  const count = async (query: string) => Number((await house.db.owner.query(query)).rows[0].count)
  const queued = async () => {
    const { rows } = await house.db.owner.query("set role rapport_worker; select count(*) from graphile_worker.jobs where task_identifier = 'platform.backup'; reset role").then(answers => (answers as unknown as { rows: { count: string }[] }[])[1]!)
    return Number(rows[0]!.count)
  }
  const asked = () => count("select count(*) from audit.event where action = 'backup.asked'")
  const page = async () => (await manager.get('/console/backups')).text()
  const press = async (by = manager) => {
    const answer = await by.post('/console/backups', {})
    return answer.headers.get('location') ?? answer.status
  }

  test('is queued once, however often and however quickly the button is pressed, and remembered', async () => {
    const before = await asked()
    const answers = await Promise.all([1, 2, 3, 4].map(() => askForBackup(ctxOf(house.house, staffActor(['manager'])))))
    assert.equal(answers.filter(answer => answer.ok).length, 1)
    assert.equal(await press(), '/console/backups?said=under-way')
    assert.deepEqual([await queued(), await asked() - before], [1, 1])
  })
  test('is a button until it is asked for, then a line that it is coming, then when it was made', async () => {
    assert.match(await page(), /<button[^>]*>.*Back up now/)
    await press()
    assert.match(await page(), /about to begin/)
    assert.doesNotMatch(await page(), /<button[^>]*>.*Back up now/)
    await backupJob({ owner: house.db.ownerUrl, worker: house.db.workerUrl }).run(house.system('platform.backup'), {})
    await forget()
    assert.match(await page(), /The last backup is good.*Back up now.*November 23, 2026/s)
  })
  test('is not offered while one is being made', async () => {
    await house.db.owner.query('insert into platform.backup_run (started_at) values ($1)', [house.house.now()])
    const html = await page()
    assert.match(html, /A backup is being made/)
    assert.doesNotMatch(html, /<button[^>]*>.*Back up now/)
  })
  test('can be asked for again when one has failed and waits for its next try, and is still one', async () => {
    await press()
    await house.db.owner.query("set role rapport_worker; select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), run_at => now() + interval '1 hour', attempts => 1); reset role")
    assert.match(await page(), /<button[^>]*>.*Back up now/)
    assert.equal(await press(), '/console/backups?said=asked')
    assert.equal(await queued(), 1)
  })
  test('is for the manager alone', async () => {
    assert.equal(await press(desk), 403)
    assert.equal(await queued(), 0)
  })
  test('without a place is words about what to set, and no button', async () => {
    const { backupDir } = house.house.config
    delete house.house.config.backupDir
    try {
      const html = await page()
      assert.match(html, /Set BACKUP_DIR to another disk/)
      assert.doesNotMatch(html, /<button[^>]*>.*Back up now/)
      assert.equal(await press(), '/console/backups?said=no-place')
      assert.equal(await queued(), 0)
    } finally { house.house.config.backupDir = backupDir! }
  })
})
