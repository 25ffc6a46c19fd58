import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { AnchorFile, anchorFileOf } from '#platform/anchor-file.ts'
import { ArchiveProblem } from '#platform/archive-format.ts'
import { audit } from '#platform/audit.ts'
import { makeBackup, type Backup, type BackupPlace } from '#platform/backup.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { queueMail } from '#platform/email.ts'
import { CannotOpen, makeKeys } from '#platform/keys.ts'
import { restoreBackup } from '#platform/restore.ts'
import { keepSealing, sealEverything } from '#platform/seal-audit.ts'
import { storeFile } from '#platform/store-file.ts'
import type { TestDatabase } from '#test/database.ts'
import { aHouseToBackUp, elsewhere, type HouseToBackUp } from '#test/house-to-back-up.ts'

let b: HouseToBackUp, made: Backup
before(async () => {
  b = await aHouseToBackUp()
  made = await makeBackup(b.place)
})
after(() => b.close())

const rowsOf = async (db: TestDatabase, table: string) => (await db.owner.query(`select * from ${table} t order by t::text`)).rows
async function jobsOf(url: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return (await client.query('select j.id, t.identifier, j.payload, j.key, j.attempts, j.locked_at from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id').finally(() => client.end())).rows
}

describe('a backup that is brought back', () => {
  test('is everything, elsewhere: rows, jobs, files, anchors, numbers', () => elsewhere(b, async there => {
    const restored = await restoreBackup(there, made.path)
    assert.deepEqual(restored.audit.problems, [])
    assert.equal(restored.rows, made.rows)
    for (const table of ['platform.mail', 'platform.house', 'platform.house_key', 'platform.wide_job', 'platform.walled_table', 'platform.content_version', 'platform.file', 'odd."Left Side"', 'odd.right_side', 'odd.count']) {
      assert.deepEqual(await rowsOf(there.db, table), await rowsOf(b.t.db, table), table)
    }
    assert.deepEqual(await jobsOf(there.workerUrl), await jobsOf(b.t.db.workerUrl))
    assert.equal((await there.files.get(b.storedId)).toString(), b.canaries.note.repeat(20_000))
    const { rows: [next] } = await there.db.owner.query("insert into odd.right_side (id) values (99) returning number, twice, (select count(*)::integer from odd.count) as counted")
    assert.deepEqual(next, { number: 3, twice: 198, counted: 2 })
    await assert.rejects(there.db.owner.query('insert into odd.right_side (id, other) values (100, 777)'), /foreign key/)
    assert.equal((await rowsOf(there.db, 'odd.count')).length, 3)
    const anchors = readFileSync(anchorFileOf(b.t.house.config.dataDir), 'utf8')
    assert.ok(readFileSync(anchorFileOf(there.dataDir), 'utf8').startsWith(anchors))
    assert.equal((await rowsOf(there.db, 'audit.event')).filter(event => event.action === 'platform.restored').length, 1)
  }))
  test('keeps the anchors that lie there already', () => elsewhere(b, async there => {
    const path = anchorFileOf(there.dataDir)
    mkdirSync(dirname(path))
    writeFileSync(path, 'of the time before')
    assert.equal((await restoreBackup(there, made.path)).audit.isSound, true)
    const aside = readdirSync(dirname(path)).filter(name => name.startsWith('anchor.jsonl.before-restore-'))
    assert.deepEqual(aside.map(name => readFileSync(join(dirname(path), name), 'utf8')), ['of the time before'])
  }))
  test('is refused by a database that is in use, which stays as it was', async () => {
    const before = await rowsOf(b.t.db, 'audit.event')
    await assert.rejects(restoreBackup(b.place, made.path), /in use/)
    assert.deepEqual(await rowsOf(b.t.db, 'audit.event'), before)
  })
  test('is refused without its key', () => elsewhere(b, async there => {
    await assert.rejects(restoreBackup(there, made.path), CannotOpen)
  }, makeKeys(randomBytes(32))))
  test('is refused at another migration', () => elsewhere(b, async there => {
    await there.db.owner.query("insert into migrations.applied (name, checksum, is_breaking) values ('9999_later.sql', 'x', false)")
    await assert.rejects(restoreBackup(there, made.path), /not at the same migration \(9999_later/)
  }))

  test('that was cut or changed anywhere brings back nothing at all', () => elsewhere(b, async there => {
    const broken = join(b.folder, 'broken')
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
  test('whose row a key forbids brings back nothing', () => elsewhere(b, async there => {
    await there.db.owner.query('alter table odd.right_side add check (id < 11)')
    await assert.rejects(restoreBackup(there, made.path), /check constraint/)
    assert.deepEqual(await rowsOf(there.db, 'platform.house'), [])
  }))

  test('ends sessions and frees jobs that were under way', async () => {
    await b.t.db.owner.query("insert into platform.session (token_hash, person_id, name, locale, is_strong, device, created_at, seen_at, idle_minutes, absolute_until, proven_at) values ('\\x00', gen_random_uuid(), 'Ana', 'en', true, 'x', now(), now(), 15, now() + interval '1 day', now())")
    const worker = new pg.Client({ connectionString: b.t.db.workerUrl })
    await worker.connect()
    await worker.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone'")
    const busy = await makeBackup({ ...b.place, now: () => new Date('2026-11-23T15:00:01Z') })
    await worker.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null')
    await worker.end()
    await elsewhere(b, async there => {
      const { sessionsEnded } = await restoreBackup(there, busy.path)
      assert.equal(sessionsEnded, 1)
      assert.deepEqual((await rowsOf(there.db, 'platform.session')).map(row => row.ended_because), ['restored'])
      assert.deepEqual((await jobsOf(there.workerUrl) as { locked_at: unknown }[]).map(job => job.locked_at), [null])
    })
  })

  test('taken while people write is of one moment', async () => {
    await b.t.db.owner.query('create table odd.account (id integer primary key, cents integer); create table odd.moved (id bigserial primary key); insert into odd.account values (1, 500), (2, 500); grant all on schema odd to rapport_app; grant all on all tables in schema odd to rapport_app; grant all on all sequences in schema odd to rapport_app')
    let isOver = false
    const sealing = keepSealing(b.t.house)
    const people = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        await inTransaction(b.t.system('practice.found'), async tx => {
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
    const during = await makeBackup({ ...b.place, now: () => new Date('2026-11-23T15:00:02Z') })
    const writtenBy = Number((await b.t.db.owner.query('select count(*) from odd.moved')).rows[0].count)
    isOver = true
    await Promise.all(people)
    await sealing.stop()
    await elsewhere(b, async there => {
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
    const anchor = new AnchorFile(anchorFileOf(b.t.house.config.dataDir), b.t.house.keys)
    const files = Object.assign(Object.create(b.place.files), { async* sealedStream(id: string) {
      await inTransaction(b.t.system('records.import'), tx => audit(tx, 'results.viewed'))
      await sealEverything(b.t.house, anchor)
      yield* b.place.files.sealedStream(id)
    } }) as BackupPlace['files']
    const meanwhile = await makeBackup({ ...b.place, files, now: () => new Date('2026-11-23T15:00:03Z') })
    await elsewhere(b, async there => {
      await there.db.owner.query('create table odd.account (id integer primary key, cents integer); create table odd.moved (id bigserial primary key)')
      assert.deepEqual((await restoreBackup(there, meanwhile.path)).audit.problems, [])
    })
  })
})
