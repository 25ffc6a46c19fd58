import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { randomUUID } from 'node:crypto'
import { apart, attempt, inTransaction, sql } from '#platform/db.ts'
import { aHouse, ctxOf, grant, patientActor, proxyActor, staffActor, type TestHouse } from '#test/ctx.ts'

describe('transactions', () => {
  let t: TestHouse
  before(async () => { t = await aHouse() })
  after(() => t.close())

  test('speak for the actor and the clock, and forget both at the end', async () => {
    const actor = patientActor(randomUUID())
    await inTransaction(ctxOf(t.house, actor), async tx => {
      const { rows } = await sql<{ kind: string; person: string; at: Date }>`select platform.kind() as kind, platform.person_id() as person, platform.now() as at`.execute(tx.db.kysely)
      assert.deepEqual(rows[0], { kind: 'patient', person: actor.personId, at: new Date('2026-11-23T15:00:00Z') })
    })
    for (let i = 0; i < 20; i++) {
      const { rows } = await t.house.pool.query("select platform.kind() as kind, platform.person_id() as person")
      assert.deepEqual(rows[0], { kind: 'nobody', person: null })
    }
  })

  test('an actor whose id holds SQL is refused, not run', async () => {
    const actor = patientActor("x'); drop table platform.house; --")
    await assert.rejects(inTransaction(ctxOf(t.house, actor), tx => sql`select platform.patient_id()`.execute(tx.db.kysely)), /uuid/)
    assert.equal((await t.db.owner.query("select to_regclass('platform.house') is not null as there")).rows[0].there, true)
  })

  test('a transaction that throws leaves nothing, one that stands apart stays', async () => {
    const ctx = t.visitor()
    await assert.rejects(inTransaction(ctx, async tx => {
      await sql`insert into platform.rate_count values ('a', 'inside', now(), 1)`.execute(tx.db.kysely)
      await apart(tx, other => sql`insert into platform.rate_count values ('a', 'apart', now(), 1)`.execute(other.db.kysely))
      throw new Error('no')
    }), /^Error: no$/)
    const { rows } = await t.db.owner.query('select subject from platform.rate_count')
    assert.deepEqual(rows, [{ subject: 'apart' }])
  })

  test('a statement that is sent all the time survives a change of its table', async () => {
    const look = () => inTransaction(t.visitor(), async tx => (await sql<Record<string, unknown>>`select * from changing.place`.execute(tx.db.kysely)).rows)
    await t.db.owner.query('create schema changing; create table changing.place (a int); insert into changing.place values (1); grant usage on schema changing to rapport_app; grant select on changing.place to rapport_app')
    for (let i = 0; i < 40; i++) assert.deepEqual(await look(), [{ a: 1 }])
    const { rows } = await t.house.pool.query("select count(*)::int as n from pg_prepared_statements where statement like '%changing.place%'")
    assert.equal(rows[0].n, 1, 'it was prepared')
    await t.db.owner.query('alter table changing.place add column b int default 2')
    assert.deepEqual(await look(), [{ a: 1, b: 2 }])
  })

  test('a constraint that refuses is a value, and the rest goes on', async () => {
    await inTransaction(t.visitor(), async tx => {
      const insert = () => sql`insert into platform.rate_count values ('b', 'x', '2026-01-01', 1)`.execute(tx.db.kysely)
      assert.equal((await attempt(tx, insert)).ok, true)
      assert.deepEqual(await attempt(tx, insert), { ok: false, constraint: 'rate_count_pkey' })
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from platform.rate_count where action = 'b'`.execute(tx.db.kysely)
      assert.equal(rows[0]?.n, 1)
    })
  })

  test('a deadlock is tried again until both are through', async () => {
    await t.db.owner.query("insert into platform.rate_count values ('d', '1', '2026-01-01', 0), ('d', '2', '2026-01-01', 0)")
    const add = (first: string, second: string) => inTransaction(t.visitor(), async tx => {
      for (const subject of [first, second]) {
        await sql`update platform.rate_count set count = count + 1 where action = 'd' and subject = ${subject}`.execute(tx.db.kysely)
        await sql`select pg_sleep(0.05)`.execute(tx.db.kysely)
      }
    })
    await Promise.all([add('1', '2'), add('2', '1'), add('1', '2'), add('2', '1')])
    const { rows } = await t.db.owner.query("select count from platform.rate_count where action = 'd'")
    assert.deepEqual(rows, [{ count: 4 }, { count: 4 }])
  })
})

describe('who reaches whom', () => {
  let t: TestHouse
  const [ana, ben, person, nurse] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const seen = async (actor: Parameters<typeof ctxOf>[1], category: string) => inTransaction(ctxOf(t.house, actor), async tx => {
    const { rows } = await sql<{ all: boolean; some: string[] }>`select platform.sees_all(${category}) as all, platform.patients_seen(${category})::text[] as some`.execute(tx.db.kysely)
    return rows[0]!
  })
  before(async () => {
    t = await aHouse()
    await grant(t, person, ['results', 'record'], { patientId: ana, source: 'self' })
    await grant(t, person, ['results'], { patientId: ben, source: 'proxy', endsAt: new Date('2026-12-01T06:00:00Z') })
    await grant(t, nurse, ['results'], { source: 'role' })
  })
  after(() => t.close())

  test('a patient reaches herself, by category', async () => {
    assert.deepEqual(await seen(patientActor(ana, person), 'results'), { all: false, some: [ana] })
    assert.deepEqual(await seen(patientActor(ana, person), 'notes'), { all: false, some: [] })
  })
  test('a proxy reaches the one they act for and not themselves meanwhile', async () => {
    assert.deepEqual(await seen(proxyActor(ben, person), 'results'), { all: false, some: [ben] })
    assert.deepEqual(await seen(proxyActor(ben, person), 'record'), { all: false, some: [] })
  })
  test('a proxy whose time is over reaches nobody', async () => {
    t.setNow('2026-12-01T06:00:00Z')
    assert.deepEqual(await seen(proxyActor(ben, person), 'results'), { all: false, some: [] })
    t.setNow('2026-11-23T15:00:00Z')
  })
  test('staff reach all of a category, and nothing of their own rows as a patient', async () => {
    assert.deepEqual(await seen(staffActor(['care-team'], nurse), 'results'), { all: true, some: [] })
    assert.deepEqual(await seen(staffActor(['care-team'], person), 'results'), { all: false, some: [] })
  })
  test('a revoked grant is gone at once', async () => {
    await t.db.owner.query('update platform.access_grant set revoked_at = now() where person_id = $1 and category = $2', [nurse, 'results'])
    assert.deepEqual(await seen(staffActor(['care-team'], nurse), 'results'), { all: false, some: [] })
  })
  test('a stranger, a visitor and an unlisted job reach nobody', async () => {
    for (const actor of [patientActor(ana), { kind: 'visitor' } as const, { kind: 'system', job: 'made.up' } as const]) {
      assert.deepEqual(await seen(actor, 'results'), { all: false, some: [] })
    }
  })
  test('a job about one patient reaches that one; a listed job reaches its category', async () => {
    assert.deepEqual(await seen({ kind: 'system', job: 'made.up', patientId: ben }, 'notes'), { all: false, some: [ben] })
    assert.equal((await seen({ kind: 'system', job: 'audit.seal' }, 'audit')).all, true)
  })
})
