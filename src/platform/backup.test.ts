import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { AnchorFile, anchorFileOf } from '#platform/anchor-file.ts'
import { ArchiveProblem } from '#platform/archive-format.ts'
import { audit } from '#platform/audit.ts'
import { makeBackup, removeOldBackups, type Backup, type BackupPlace } from '#platform/backup.ts'
import { checkHouse } from '#platform/check-house.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { queueMail } from '#platform/email.ts'
import { makeFileStore } from '#platform/files.ts'
import { CannotOpen, makeKeys } from '#platform/keys.ts'
import { restoreBackup, type RestorePlace } from '#platform/restore.ts'
import { keepSealing, sealEverything } from '#platform/seal-audit.ts'
import { storeFile } from '#platform/store-file.ts'
import { findInFolder, someCanaries } from '#test/canaries.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { freshDatabase, type TestDatabase } from '#test/database.ts'

/** Things a dump can stumble over: a circle of keys, a key to itself, a trigger, a generated column, an identity, odd names. */
const oddTables = `
  create schema odd;
  create table odd."Left Side" (id integer primary key, other integer, "the ""text""" text);
  create table odd.right_side (
    id integer primary key, other integer references odd."Left Side", parent integer references odd.right_side,
    twice integer generated always as (id * 2) stored, number bigint generated always as identity);
  alter table odd."Left Side" add foreign key (other) references odd.right_side deferrable initially deferred;
  create table odd.count (n integer);
  create function odd.count_up() returns trigger language plpgsql as $$ begin insert into odd.count values (1); return null; end $$;
  create trigger up after insert on odd.right_side for each row execute function odd.count_up()`

const folder = mkdtempSync(join(tmpdir(), 'rapport-backup-'))
const canaries = someCanaries()
let t: TestHouse
let place: BackupPlace
let storedId: string

before(async () => {
  t = await aHouse()
  const { house } = t
  place = { ownerUrl: t.db.ownerUrl, workerUrl: t.db.workerUrl, keys: house.keys, files: house.files, dataDir: house.config.dataDir, backupDir: join(folder, 'kept'), now: house.now }
  await checkHouse(t.db.owner, house.keys, { isDemo: false, now: house.now() })
  await t.db.owner.query(oddTables)
  await t.db.owner.query(`
    insert into odd."Left Side" values (1, null, E'tab\\tline\\nback\\\\slash\\r\\\\. null \\\\N é 漢'), (2, null, null), (3, null, '');
    insert into odd.right_side values (10, 1, null), (11, 2, 10);
    update odd."Left Side" set other = 11 where id = 1`)
  await inTransaction(t.visitor(), tx => queueMail(tx, { to: 'ana@example.com', subject: 'New', text: canaries.message }))
  storedId = (await inTransaction(t.system('practice.found'), tx => storeFile(tx, Buffer.from(canaries.note.repeat(20_000)), { mediaType: 'text/plain' }))).id
  for (let number = 0; number < 30; number++) await inTransaction(t.system('records.import'), tx => audit(tx, 'results.viewed'))
  await sealEverything(house, new AnchorFile(anchorFileOf(house.config.dataDir), house.keys))
})
after(async () => {
  await t.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A fresh machine: an empty database, an empty folder, the key from the safe. */
async function elsewhere<T>(work: (there: RestorePlace & { db: TestDatabase }) => Promise<T>, keys = t.house.keys): Promise<T> {
  const db = await freshDatabase()
  const dataDir = mkdtempSync(join(folder, 'new-'))
  await db.owner.query(oddTables)
  try {
    return await work({ db, ownerUrl: db.ownerUrl, workerUrl: db.workerUrl, keys, files: makeFileStore({ folder: dataDir, keys }), dataDir, now: t.house.now })
  } finally {
    await db.drop()
  }
}

const rowsOf = async (db: TestDatabase, table: string) => (await db.owner.query(`select * from ${table} t order by t::text`)).rows
async function jobsOf(url: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return (await client.query('select j.id, t.identifier, j.payload, j.key, j.attempts, j.locked_at from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id').finally(() => client.end())).rows
}

describe('a backup', () => {
  let made: Backup
  before(async () => { made = await makeBackup(place) })

  test('is one file that only its owner may read, and nothing half-made beside it', () => {
    assert.deepEqual(readdirSync(place.backupDir), [made.fileName])
    assert.equal(statSync(made.path).mode & 0o777, 0o600)
    assert.match(made.fileName, /^rapport-20261123T150000Z\.backup$/)
    assert.equal(made.missingFiles, 0)
  })
  test('shows nobody a word of what it holds', () => {
    assert.deepEqual(findInFolder(canaries, place.backupDir), [])
    assert.equal(readFileSync(made.path).includes('ana@example.com'), false)
  })
  test('brings everything back elsewhere: rows, jobs, files, anchors, numbers', () => elsewhere(async there => {
    const restored = await restoreBackup(there, made.path)
    assert.deepEqual(restored.audit.problems, [])
    assert.equal(restored.rows, made.rows)
    for (const table of ['platform.mail', 'platform.house', 'platform.house_key', 'platform.wide_job', 'platform.walled_table', 'platform.content_version', 'platform.file', 'odd."Left Side"', 'odd.right_side', 'odd.count']) {
      assert.deepEqual(await rowsOf(there.db, table), await rowsOf(t.db, table), table)
    }
    assert.deepEqual(await jobsOf(there.workerUrl), await jobsOf(t.db.workerUrl))
    assert.equal((await there.files.get(storedId)).toString(), canaries.note.repeat(20_000))
    const { rows: [next] } = await there.db.owner.query("insert into odd.right_side (id) values (99) returning number, twice, (select count(*)::integer from odd.count) as counted")
    assert.deepEqual(next, { number: 3, twice: 198, counted: 2 })
    await assert.rejects(there.db.owner.query('insert into odd.right_side (id, other) values (100, 777)'), /foreign key/)
    assert.equal((await rowsOf(there.db, 'odd.count')).length, 3)
    const anchors = readFileSync(anchorFileOf(t.house.config.dataDir), 'utf8')
    assert.ok(readFileSync(anchorFileOf(there.dataDir), 'utf8').startsWith(anchors))
    assert.equal((await rowsOf(there.db, 'audit.event')).filter(event => event.action === 'platform.restored').length, 1)
  }))
  test('keeps the anchors that lie there already', () => elsewhere(async there => {
    const path = anchorFileOf(there.dataDir)
    mkdirSync(dirname(path))
    writeFileSync(path, 'of the time before')
    assert.equal((await restoreBackup(there, made.path)).audit.isSound, true)
    const aside = readdirSync(dirname(path)).filter(name => name.startsWith('anchor.jsonl.before-restore-'))
    assert.deepEqual(aside.map(name => readFileSync(join(dirname(path), name), 'utf8')), ['of the time before'])
  }))
  test('is refused by a database that is in use, which stays as it was', async () => {
    const before = await rowsOf(t.db, 'audit.event')
    await assert.rejects(restoreBackup(place, made.path), /in use/)
    assert.deepEqual(await rowsOf(t.db, 'audit.event'), before)
  })
  test('is refused without its key', () => elsewhere(async there => {
    await assert.rejects(restoreBackup(there, made.path), CannotOpen)
  }, makeKeys(randomBytes(32))))
  test('is refused at another migration', () => elsewhere(async there => {
    await there.db.owner.query("insert into migrations.applied (name, checksum, is_breaking) values ('9999_later.sql', 'x', false)")
    await assert.rejects(restoreBackup(there, made.path), /not at the same migration \(9999_later/)
  }))

  test('that was cut or changed anywhere brings back nothing at all', () => elsewhere(async there => {
    const broken = join(folder, 'broken')
    const size = statSync(made.path).size
    const piece = 65_536 + 16
    const cuts = [0, 20, 100, Math.floor(size / 2), 79 + piece, size - 1]
    const changes = [3, 30, 79, Math.floor(size / 3), size - 40]
    for (const at of [...cuts, ...changes]) {
      cpSync(made.path, broken)
      if (cuts.includes(at)) truncateSync(broken, at)
      else {
        const bytes = readFileSync(broken)
        bytes[at]! ^= 4
        writeFileSync(broken, bytes)
      }
      await assert.rejects(restoreBackup(there, broken), (error: Error) => error instanceof CannotOpen || error instanceof ArchiveProblem, `at ${at}`)
      assert.deepEqual(await rowsOf(there.db, 'platform.house'), [])
      assert.equal((await rowsOf(there.db, 'odd."Left Side"')).length, 0)
    }
    assert.deepEqual((await restoreBackup(there, made.path)).audit.problems, [], 'the good one still goes in')
  }))
  test('whose row a key forbids brings back nothing', () => elsewhere(async there => {
    await there.db.owner.query('alter table odd.right_side add check (id < 11)')
    await assert.rejects(restoreBackup(there, made.path), /check constraint/)
    assert.deepEqual(await rowsOf(there.db, 'platform.house'), [])
  }))

  test('ends sessions and frees jobs that were under way', async () => {
    await t.db.owner.query("insert into platform.session (token_hash, person_id, name, locale, is_strong, device, created_at, seen_at, idle_minutes, absolute_until, proven_at) values ('\\x00', gen_random_uuid(), 'Ana', 'en', true, 'x', now(), now(), 15, now() + interval '1 day', now())")
    const worker = new pg.Client({ connectionString: t.db.workerUrl })
    await worker.connect()
    await worker.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone'")
    const busy = await makeBackup({ ...place, now: () => new Date('2026-11-23T15:00:01Z') })
    await worker.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null')
    await worker.end()
    await elsewhere(async there => {
      const { sessionsEnded } = await restoreBackup(there, busy.path)
      assert.equal(sessionsEnded, 1)
      assert.deepEqual((await rowsOf(there.db, 'platform.session')).map(row => row.ended_because), ['restored'])
      assert.deepEqual((await jobsOf(there.workerUrl) as { locked_at: unknown }[]).map(job => job.locked_at), [null])
    })
  })

  test('taken while people write is of one moment', async () => {
    await t.db.owner.query('create table odd.account (id integer primary key, cents integer); create table odd.moved (id bigserial primary key); insert into odd.account values (1, 500), (2, 500); grant all on schema odd to rapport_app; grant all on all tables in schema odd to rapport_app; grant all on all sequences in schema odd to rapport_app')
    let isOver = false
    const sealing = keepSealing(t.house)
    const people = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        await inTransaction(t.system('practice.found'), async tx => {
          await sql`update odd.account set cents = cents - 1 where id = 1`.execute(tx.db.kysely)
          await storeFile(tx, randomBytes(100), { mediaType: 'text/plain' })
          await audit(tx, 'results.viewed')
          await queueMail(tx, { to: 'ana@example.com', subject: 'New', text: 'x' })
          await sql`insert into odd.moved default values`.execute(tx.db.kysely)
          await sql`update odd.account set cents = cents + 1 where id = 2`.execute(tx.db.kysely)
        })
      }
    })
    await pause(200)
    const during = await makeBackup({ ...place, now: () => new Date('2026-11-23T15:00:02Z') })
    const writtenBy = Number((await t.db.owner.query('select count(*) from odd.moved')).rows[0].count)
    isOver = true
    await Promise.all(people)
    await sealing.stop()
    await elsewhere(async there => {
      await there.db.owner.query('create table odd.account (id integer primary key, cents integer); create table odd.moved (id bigserial primary key)')
      const restored = await restoreBackup(there, during.path)
      assert.deepEqual(restored.audit.problems, [])
      const [one, two] = await rowsOf(there.db, 'odd.account')
      const moved = (await rowsOf(there.db, 'odd.moved')).length
      assert.ok(moved > 0 && moved < writtenBy, `${moved} of ${writtenBy}: nobody wrote while it ran`)
      assert.deepEqual([one.cents, two.cents], [500 - moved, 500 + moved])
      const mails = (await rowsOf(there.db, 'platform.mail')).filter(mail => mail.to_address === 'ana@example.com')
      const jobs = (await jobsOf(there.workerUrl) as { payload: { mailId: string } }[]).map(job => job.payload.mailId)
      assert.deepEqual(mails.map(mail => mail.id).sort(), jobs.sort())
      for (const { id } of await rowsOf(there.db, 'platform.file')) assert.ok((await there.files.get(id)).length >= 100)
    })
  })

  test('holds no anchor of what was sealed after its moment', async () => {
    const anchor = new AnchorFile(anchorFileOf(t.house.config.dataDir), t.house.keys)
    const files = Object.assign(Object.create(place.files), { async* sealedStream(id: string) {
      await inTransaction(t.system('records.import'), tx => audit(tx, 'results.viewed'))
      await sealEverything(t.house, anchor)
      yield* place.files.sealedStream(id)
    } }) as BackupPlace['files']
    const meanwhile = await makeBackup({ ...place, files, now: () => new Date('2026-11-23T15:00:03Z') })
    await elsewhere(async there => {
      await there.db.owner.query('create table odd.account (id integer primary key, cents integer); create table odd.moved (id bigserial primary key)')
      assert.deepEqual((await restoreBackup(there, meanwhile.path)).audit.problems, [])
    })
  })

  test('that cannot be written leaves no file, and no connection', async () => {
    writeFileSync(join(folder, 'a-file'), '')
    await assert.rejects(makeBackup({ ...place, backupDir: join(folder, 'a-file') }))
    let count = 0
    const files = Object.assign(Object.create(place.files), { sealedStream: async function* () { yield Buffer.alloc(10); count++; throw new Error('disk gone') } }) as BackupPlace['files']
    await assert.rejects(makeBackup({ ...place, files, backupDir: join(folder, 'broken-off') }), /disk gone/)
    assert.equal(count, 1)
    assert.deepEqual(readdirSync(join(folder, 'broken-off')), [])
    const { rows } = await t.db.owner.query("select from pg_stat_activity where application_name = 'rapport backup' and datname = current_database()")
    assert.equal(rows.length, 0)
  })
  test('counts the files that are missing', async () => {
    const { id } = await inTransaction(t.system('practice.found'), tx => storeFile(tx, Buffer.from('x'), { mediaType: 'text/plain' }))
    await t.house.files.remove(id)
    assert.equal((await makeBackup({ ...place, backupDir: join(folder, 'missing') })).missingFiles, 1)
  })
  test('is refused while a table would be missing from it', async () => {
    const superuser = new pg.Client({ connectionString: t.db.superUrl })
    await superuser.connect()
    await superuser.query('create table public.strange (id integer)')
    await assert.rejects(makeBackup({ ...place, backupDir: join(folder, 'strange') }), /public\.strange/)
    await superuser.query('drop table public.strange')
    await superuser.end()
    await t.db.owner.query('alter table odd.count force row level security')
    await assert.rejects(makeBackup({ ...place, backupDir: join(folder, 'strange') }), /forces row security/)
    await t.db.owner.query('alter table odd.count no force row level security')
  })
})

test('old archives go, other files stay', async () => {
  const dir = mkdtempSync(join(folder, 'many-'))
  const names = ['rapport-20261101T000000Z.backup', 'rapport-20261102T000000Z.backup', 'rapport-20261103T000000Z.backup', 'notes.txt', 'other-20200101T000000Z.backup', '.rapport-20261101T000000Z.backup.0123456789ab', '.rapport-20261103T000000Z.backup.0123456789ab']
  for (const name of names) writeFileSync(join(dir, name), '')
  const now = new Date('2026-11-04T00:00:00Z')
  utimesSync(join(dir, names[5]!), now, new Date('2026-11-02T00:00:00Z'))
  utimesSync(join(dir, names[6]!), now, new Date('2026-11-03T12:00:00Z'))
  assert.deepEqual(await removeOldBackups(dir, 2, now), [names[0], names[5]])
  assert.deepEqual(names.map(name => existsSync(join(dir, name))), [false, true, true, true, true, false, true])
})
