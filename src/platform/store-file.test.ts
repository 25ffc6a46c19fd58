import assert from 'node:assert/strict'
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { FileMissing } from '#platform/files.ts'
import { discardFile, fileSweepLock, storeFile, sweepFiles } from '#platform/store-file.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'

describe('a file of a use case', () => {
  let t: TestHouse
  before(async () => { t = await aHouse() })
  after(() => t.close())
  const letter = { mediaType: 'text/plain' }
  const store = (text: string) => inTransaction(t.system('practice.found'), tx => storeFile(tx, Buffer.from(text), letter))
  const sweep = () => sweepFiles(t.system('platform.sweep-files'))
  const placeOf = (id: string) => join(t.house.config.dataDir, 'files', id.slice(0, 3), id)
  /** The disk's clock is the real one: a file gets its age by hand. */
  const age = (path: string, hours: number) => { const then = new Date(t.house.now().getTime() - hours * 3_600_000); utimesSync(path, then, then) }

  test('is kept when its transaction is', async () => {
    const { id } = await store('kept')
    age(placeOf(id), 1_000)
    await sweep()
    assert.equal((await t.house.files.get(id)).toString(), 'kept')
  })
  test('goes with a later sweep when its transaction was undone', async () => {
    let lost = ''
    await assert.rejects(inTransaction(t.system('practice.found'), async tx => {
      lost = (await storeFile(tx, Buffer.from('lost'), letter)).id
      throw new Error('undone')
    }))
    age(placeOf(lost), 23)
    assert.equal((await sweep()).orphans, 0)
    assert.equal((await t.house.files.get(lost)).toString(), 'lost')
    age(placeOf(lost), 25)
    assert.equal((await sweep()).orphans, 1)
    await assert.rejects(t.house.files.get(lost), FileMissing)
  })
  test('that is discarded can still be read for a day, and not when that was undone', async () => {
    const [{ id }, other] = [await store('old'), await store('stays')]
    await inTransaction(t.system('practice.found'), tx => discardFile(tx, id))
    await assert.rejects(inTransaction(t.system('practice.found'), async tx => { await discardFile(tx, other.id); throw new Error('undone') }))
    assert.equal((await sweep()).discarded, 0)
    const now = t.house.now()
    t.setNow(new Date(now.getTime() + 25 * 3_600_000))
    assert.equal((await sweep()).discarded, 1)
    t.setNow(now)
    await assert.rejects(t.house.files.get(id), FileMissing)
    assert.equal((await t.house.files.get(other.id)).toString(), 'stays')
    assert.equal((await t.db.owner.query('select from platform.file where id = $1', [id])).rowCount, 0)
  })
  test('stays while a backup may still copy it', async () => {
    const backup = await t.db.owner.connect()
    await backup.query('select pg_advisory_lock_shared($1)', [fileSweepLock])
    assert.equal((await sweep()).isHeldBack, true)
    await backup.query('select pg_advisory_unlock_shared($1)', [fileSweepLock])
    backup.release()
    assert.equal((await sweep()).isHeldBack, false)
  })
  test('half written at a crash goes too', async () => {
    const { id } = await store('beside it')
    const half = placeOf(id).replace(id, `.${id}.0a0b0c`)
    writeFileSync(half, 'half')
    age(half, 25)
    await sweep()
    assert.throws(() => utimesSync(half, 0, 0), /ENOENT/)
  })
})
