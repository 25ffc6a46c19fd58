import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type pg from 'pg'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { everybody, type Actors, type Who } from './actors.ts'
import { expectations, lesson, wanted } from './expectations.ts'
import { StrangersRows, walledTables, type Stranger, type Walled } from './stranger.ts'
import { poolOf, tellOfChange, tryWall } from './try-wall.ts'

describe('the wall, tried by everybody with a stranger’s row in every table', { timeout: 300_000 }, () => {
  let house: TestHouse
  let tables: Walled[]
  let rows: StrangersRows
  let actors: Actors
  let stranger: Stranger
  let app: pg.Pool
  let worker: pg.Pool
  before(async () => {
    house = await aHouse()
    ;({ actors, stranger } = await everybody(house))
    tables = await walledTables(house.db.owner)
    rows = new StrangersRows(house.db.owner, tables, stranger)
    for (const { name } of tables) await rows.of(name)
    for (const table of tables) await tellOfChange(house.db.owner, table, await rows.of(table.name))
    app = poolOf(house.db.appUrl)
    worker = poolOf(house.db.workerUrl)
  })
  after(async () => {
    await app?.end()
    await worker?.end()
    await house?.close()
  })

  const nameOf = (done: string) => done || 'nothing'
  async function wrongs(names: readonly string[], { pool, may, only = [...actors.keys()] }: { pool: pg.Pool; may: (table: string, who: Who) => string; only?: readonly Who[] }): Promise<string[]> {
    const wrong: string[] = []
    for (const table of tables.filter(({ name }) => names.includes(name))) {
      for (const who of only) {
        const got = await tryWall(house, pool, { table, rows, actor: actors.get(who)! })
        const should = may(table.name, who)
        if (got !== should) wrong.push(`${table.name}: ${who} may ${nameOf(got)}, and should ${nameOf(should)}`)
      }
    }
    return wrong
  }
  const asWritten = (table: string, who: Who) => wanted(expectations[table] ?? {}, who)

  test('each table with row security has its line, and each line its table', () => {
    for (const { name } of tables) assert.ok(name in expectations, lesson(name))
    assert.deepEqual(Object.keys(expectations), tables.map(({ name }) => name), 'test/wall/expectations.ts, in order')
  })
  test('every job and actor that a line names is there', () => {
    for (const [name, may] of Object.entries(expectations)) for (const who of Object.keys(may)) assert.ok(['everybody', 'staff', 'jobs'].includes(who) || actors.has(who as Who), `${name}: ${who}`)
  })
  test('nobody sees, counts, adds, changes or deletes more or less than is written, through the web’s role', async () => {
    assert.deepEqual(await wrongs(tables.map(({ name }) => name), { pool: app, may: asWritten }), [])
  })
  test('the worker’s role reaches nothing, whoever it says it is', async () => {
    assert.deepEqual(await wrongs(tables.map(({ name }) => name), { pool: worker, may: () => '', only: ['herself', 'manager', 'clinician', 'job records.import'] }), [])
  })
  test('who has not said who they are sees nothing of a person', async () => {
    for (const { name } of tables.filter(table => expectations[table.name]?.everybody === undefined)) {
      assert.deepEqual((await app.query(`select count(*)::integer as n from ${name}`).catch(error => ({ rows: [{ n: error.code === '42501' ? 0 : error }] }))).rows, [{ n: 0 }], name)
    }
  })

  for (const [how, change, table, who] of [
    ['a policy that lets everybody see', 'create policy broken on records.note for select using (true)', 'records.note', 'another patient'],
    ['a table whose row security is off', 'alter table records.result disable row level security', 'records.result', 'visitor'],
    ['a policy that is gone', 'drop policy see on records.patient', 'records.patient', 'clinician'],
    ['a policy of changes that asks for nothing', 'create policy broken on work.task for update using (true)', 'work.task', 'a patient who claims'],
    ['a policy of deletes that asks for nothing', 'create policy broken on records.fact for delete using (true)', 'records.fact', 'billing'],
    ['a policy of additions that asks for nothing', 'create policy broken on accounts.passkey for insert with check (true)', 'accounts.passkey', 'front-desk'],
    ['a grant to the worker', 'grant usage on schema records to rapport_worker; grant select on records.note to rapport_worker; create policy broken on records.note for select to rapport_worker using (true)', 'records.note', 'manager'],
  ] as const) {
    test(`${how} is found`, async () => {
      const owner = await house.db.owner.connect()
      const undo = await owner.query<{ sql: string }>(`select format('drop policy if exists broken on %s; alter table %s enable row level security', '${table}', '${table}') as sql`)
      const { rows: [see] } = await owner.query<{ qual: string }>(`select qual from pg_policies where schemaname || '.' || tablename = $1 and policyname = 'see'`, [table])
      try {
        await owner.query(change)
        const found = await wrongs([table], { pool: change.includes('worker') ? worker : app, may: change.includes('worker') ? () => '' : asWritten, only: [who] })
        assert.equal(found.length, 1, how)
      } finally {
        await owner.query(undo.rows[0]!.sql)
        if (change.startsWith('drop policy')) await owner.query(`create policy see on ${table} for select using (${see!.qual})`)
        if (change.includes('worker')) await owner.query(`revoke all on ${table} from rapport_worker; revoke usage on schema records from rapport_worker`)
        owner.release()
      }
    })
  }
})
