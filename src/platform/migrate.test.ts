import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { migrate, waitingMigrations } from '#platform/migrate.ts'
import { refuseTooMuchPower } from '#platform/roles.ts'
import { describeSchema } from '#test/describe-schema.ts'
import { emptyDatabase, freshDatabase, type TestDatabase } from '#test/database.ts'

describe('migrations', () => {
  let db: TestDatabase
  let folder: string
  before(async () => {
    db = await emptyDatabase()
    folder = mkdtempSync(join(tmpdir(), 'rapport-migrations-'))
    cpSync('migrations', folder, { recursive: true })
  })
  after(async () => { rmSync(folder, { recursive: true }); await db.drop() })
  const run = () => migrate({ ownerUrl: db.ownerUrl, workerUrl: db.workerUrl, folder })

  test('two processes that start at once: one does the work, the other waits and finds it done', async () => {
    const done = await Promise.all([run(), run(), run()])
    assert.equal(done.filter(names => names.length > 0).length, 1)
    assert.deepEqual(await run(), [])
  })
  test('a migration that fails leaves nothing of itself', async () => {
    writeFileSync(join(folder, '9001_half.sql'), 'create table public.half (id int); select no_such_function();')
    await assert.rejects(run(), /9001_half\.sql.*no_such_function/)
    const { rows } = await db.owner.query("select to_regclass('public.half') as it")
    assert.equal(rows[0].it, null)
    rmSync(join(folder, '9001_half.sql'))
  })
  test('a file that was edited after it ran is refused, the worker’s too', async () => {
    for (const name of ['0001_platform.sql', 'worker/0001_jobs.sql']) {
      const path = join(folder, name)
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, `${text}\n-- edited`)
      await assert.rejects(run(), new RegExp(`${name} was edited`))
      writeFileSync(path, text)
    }
  })
  test('a command that only looks learns what is waiting, and changes nothing', async () => {
    writeFileSync(join(folder, '9000_waiting.sql'), 'create table public.waiting (id int)')
    assert.deepEqual(await waitingMigrations({ ownerUrl: db.ownerUrl, folder }), ['9000_waiting.sql'])
    assert.deepEqual(await waitingMigrations({ ownerUrl: db.ownerUrl, folder }), ['9000_waiting.sql'])
    rmSync(join(folder, '9000_waiting.sql'))
  })
  test('the worker keeps no right to make schemas, and its own belong to it', async () => {
    const { rows: [found] } = await db.owner.query(`
      select has_database_privilege('rapport_worker', current_database(), 'create') as may,
        (select string_agg(distinct pg_get_userbyid(p.proowner), ',') from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('jobs', 'graphile_worker')) as owner`)
    assert.deepEqual(found, { may: false, owner: 'rapport_worker' })
  })
  test('old code runs on a newer schema unless that was marked as breaking', async () => {
    writeFileSync(join(folder, '9002_newer.sql'), 'create table public.newer (id int);')
    await run()
    rmSync(join(folder, '9002_newer.sql'))
    assert.deepEqual(await run(), [])
    writeFileSync(join(folder, '9003_breaking.sql'), '--! breaking\ndrop table public.newer;')
    await run()
    rmSync(join(folder, '9003_breaking.sql'))
    await assert.rejects(run(), /newer release \(9003_breaking\.sql\)/)
  })
})

describe('roles', () => {
  let db: TestDatabase
  before(async () => { db = await freshDatabase() })
  after(() => db.drop())

  test('the application and the worker may serve; a superuser and an owner may not', async () => {
    await refuseTooMuchPower(db.appUrl)
    await refuseTooMuchPower(db.workerUrl, { mayOwn: ['graphile_worker', 'jobs'] })
    await assert.rejects(refuseTooMuchPower(db.superUrl), /superuser/)
    await assert.rejects(refuseTooMuchPower(db.ownerUrl), /owns /)
    await assert.rejects(refuseTooMuchPower(db.workerUrl), /owns graphile_worker|owns jobs/)
  })
  test('the application cannot touch the job tables, nor make itself anybody', async () => {
    const app = new pg.Client({ connectionString: db.appUrl })
    await app.connect()
    for (const sql of ['select * from graphile_worker._private_jobs', 'set role rapport_owner', 'set role rapport_worker', 'create table public.mine (id int)', 'alter table audit.event disable row level security', 'update audit.event set action = action', 'delete from audit.event', 'update audit.seal set seq = seq', 'truncate audit.event']) {
      await assert.rejects(app.query(sql), { code: /42501|42P01/ }, sql)
    }
    await app.end()
  })
  test('the schema is the one that is written down', async () => {
    const [made, written] = [(await describeSchema(db.owner)).split('\n'), readFileSync('test/schema.sql', 'utf8').split('\n')]
    const at = made.findIndex((line, i) => line !== written[i])
    assert.ok(at < 0 && made.length === written.length, `line ${at + 1} of test/schema.sql says "${written[at]}" and the migrations make "${made[at]}": run \`npm run schema\` and read the difference`)
  })
})
