import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { makeBackup, removeOldBackups, type Backup, type BackupPlace } from '#platform/backup.ts'
import { inTransaction } from '#platform/db.ts'
import { storeFile } from '#platform/store-file.ts'
import { findInFolder } from '#test/canaries.ts'
import { aHouseToBackUp, type HouseToBackUp } from '#test/house-to-back-up.ts'

let b: HouseToBackUp, made: Backup
before(async () => {
  b = await aHouseToBackUp()
  made = await makeBackup(b.place)
})
after(() => b.close())

describe('a backup', () => {
  test('is one file that only its owner may read, and nothing half-made beside it', () => {
    assert.deepEqual(readdirSync(b.place.backupDir), [made.fileName])
    assert.equal(statSync(made.path).mode & 0o777, 0o600)
    assert.match(made.fileName, /^rapport-20261123T150000Z\.backup$/)
    assert.equal(made.missingFiles, 0)
  })
  test('shows nobody a word of what it holds', () => {
    assert.deepEqual(findInFolder(b.canaries, b.place.backupDir), [])
    assert.equal(readFileSync(made.path).includes('ana@example.com'), false)
  })
  test('that cannot be written leaves no file, and no connection', async () => {
    writeFileSync(join(b.folder, 'a-file'), '')
    await assert.rejects(makeBackup({ ...b.place, backupDir: join(b.folder, 'a-file') }))
    let count = 0
    const files = Object.assign(Object.create(b.place.files), { sealedStream: async function* () { yield Buffer.alloc(10); count++; throw new Error('disk gone') } }) as BackupPlace['files']
    await assert.rejects(makeBackup({ ...b.place, files, backupDir: join(b.folder, 'broken-off') }), /disk gone/)
    assert.equal(count, 1)
    assert.deepEqual(readdirSync(join(b.folder, 'broken-off')), [])
    const { rows } = await b.t.db.owner.query("select from pg_stat_activity where application_name = 'rapport backup' and datname = current_database()")
    assert.equal(rows.length, 0)
  })
  test('counts the files that are missing', async () => {
    const { id } = await inTransaction(b.t.system('practice.found'), tx => storeFile(tx, Buffer.from('x'), { mediaType: 'text/plain' }))
    await b.t.house.files.remove(id)
    assert.equal((await makeBackup({ ...b.place, backupDir: join(b.folder, 'missing') })).missingFiles, 1)
  })
  test('is refused while a table would be missing from it', async () => {
    const superuser = new pg.Client({ connectionString: b.t.db.superUrl })
    await superuser.connect()
    await superuser.query('create table public.strange (id integer)')
    await assert.rejects(makeBackup({ ...b.place, backupDir: join(b.folder, 'strange') }), /public\.strange/)
    await superuser.query('drop table public.strange')
    await superuser.end()
    await b.t.db.owner.query('alter table odd.count force row level security')
    await assert.rejects(makeBackup({ ...b.place, backupDir: join(b.folder, 'strange') }), /forces row security/)
    await b.t.db.owner.query('alter table odd.count no force row level security')
  })
})

test('old archives go, other files stay', async () => {
  const dir = mkdtempSync(join(b.folder, 'many-'))
  const names = ['rapport-20261101T000000Z.backup', 'rapport-20261102T000000Z.backup', 'rapport-20261103T000000Z.backup', 'notes.txt', 'other-20200101T000000Z.backup', '.rapport-20261101T000000Z.backup.0123456789ab', '.rapport-20261103T000000Z.backup.0123456789ab']
  for (const name of names) writeFileSync(join(dir, name), '')
  const now = new Date('2026-11-04T00:00:00Z')
  utimesSync(join(dir, names[5]!), now, new Date('2026-11-02T00:00:00Z'))
  utimesSync(join(dir, names[6]!), now, new Date('2026-11-03T12:00:00Z'))
  assert.deepEqual(await removeOldBackups(dir, 2, now), [names[0], names[5]])
  assert.deepEqual(names.map(name => existsSync(join(dir, name))), [false, true, true, true, true, false, true])
})
