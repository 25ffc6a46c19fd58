import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { AnchorFile, anchorFileOf } from '#platform/anchor-file.ts'
import { firstIdOf } from '#platform/audit-chain.ts'
import { audit } from '#platform/audit.ts'
import { inTransaction } from '#platform/db.ts'
import { Bound, keepSealing, sealEverything, sealOnce } from '#platform/seal-audit.ts'
import { verifyAudit } from '#platform/verify-audit.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'

describe('the sealer', () => {
  let t: TestHouse
  let anchorPath: string
  before(async () => {
    t = await aHouse()
    anchorPath = anchorFileOf(t.house.config.dataDir)
  })
  after(() => t.close())
  beforeEach(() => t.setNow(new Date()))

  const event = () => inTransaction(t.system('records.import'), tx => audit(tx, 'results.viewed'))
  const events = (count: number) => t.db.owner.query(
    "insert into audit.event (at, request_id, actor_kind, action, detail) select now(), 'many', 'staff', 'results.viewed', jsonb_build_object('n', n) from generate_series(1, $1::integer) n", [count])
  const counts = async () => (await t.db.owner.query<{ events: number; seals: number; head: number }>(
    'select (select count(*)::integer from audit.event) as events, (select count(*)::integer from audit.seal) as seals, (select coalesce(max(seq), 0)::integer from audit.seal) as head')).rows[0]!
  const until = async (isSo: () => Promise<boolean>, mostMs: number) => {
    const start = performance.now()
    while (!await isSo()) {
      if (performance.now() - start > mostMs) assert.fail(`not so after ${mostMs} ms`)
      await pause(20)
    }
    return performance.now() - start
  }
  const allSealed = async () => { const { events, seals } = await counts(); return events === seals }
  const isSound = async () => {
    const client = await t.db.owner.connect()
    const report = await verifyAudit({ client, keys: t.house.keys, anchorPath, now: new Date(), graceMs: 200 }).finally(() => client.release())
    assert.deepEqual(report.problems, [])
  }

  test('chains an event within a second of its commit and writes the head down', async () => {
    const sealing = keepSealing(t.house)
    try {
      await until(allSealed, 3_000)
      for (let round = 0; round < 5; round++) {
        await pause(130 * round)
        await event()
        assert.ok(await until(allSealed, 1_000) < 1_000)
      }
    } finally {
      await sealing.stop()
    }
    assert.equal((await new AnchorFile(anchorPath, t.house.keys).last())?.seq, (await counts()).head)
    assert.equal(statSync(anchorPath).mode & 0o777, 0o600)
    await isSound()
  })

  test('seals what came last before it stops', async () => {
    const sealing = keepSealing(t.house)
    await pause(100)
    await events(2_500)
    await sealing.stop()
    assert.ok(await allSealed())
  })

  test('leaves no gap and no double when several run at once', async () => {
    await events(5_000)
    const sealers = [1, 2, 3].map(() => keepSealing(t.house))
    try {
      await Promise.all(Array.from({ length: 60 }, event))
      await until(allSealed, 20_000)
    } finally {
      await Promise.all(sealers.map(sealer => sealer.stop()))
    }
    const { seals, head } = await counts()
    assert.equal(seals, head)
    assert.ok(!t.logged.some(line => line.includes('audit not sealed')), 'two wanted the same place in the chain')
    await isSound()
  })

  test('finds an event whose transaction was open for long', async () => {
    const late = await t.house.pool.connect()
    await late.query("begin; select set_config('rapport.kind', 'system', true), set_config('rapport.job', 'late', true)")
    await late.query("insert into audit.event (id, at, request_id, actor_kind, job, action) values (uuidv7(), now(), 'late', 'system', 'late', 'results.viewed')")
    const bound = new Bound()
    const first = await sealOnce(t.house)
    bound.settle(first, new Date(0))
    const { rows: [open] } = await late.query<{ began: Date }>('select transaction_timestamp() as began')
    assert.ok(first.horizon! < open!.began, 'settled up to a moment in which a transaction was still open')
    await event()
    await late.query('commit')
    late.release()
    const second = await sealOnce(t.house, bound.from)
    assert.equal(second.sealed, 2)
    assert.ok(await allSealed())
  })

  test('looks at what is new only, and not at everything each time', async () => {
    const bound = new Bound()
    bound.settle(await sealOnce(t.house), new Date(0))
    const old = "insert into audit.event (id, at, request_id, actor_kind, action) values (uuidv7(interval '-2 days'), now(), 'old', 'staff', 'results.viewed')"
    await t.db.owner.query(old)
    assert.equal((await sealOnce(t.house, bound.from)).sealed, 0)
    assert.equal((await sealOnce(t.house)).sealed, 1)
  })

  test('goes through a long row of full batches without looking back, and then at what came meanwhile', async () => {
    await events(4_100)
    const bound = new Bound()
    const froms = []
    for (let sealed = -1; sealed !== 0;) {
      froms.push(bound.from)
      const pass = await sealOnce(t.house, bound.from)
      bound.settle(pass, new Date(0))
      sealed = pass.sealed
      if (froms.length === 2) await event()
    }
    assert.deepEqual(froms.slice(0, 3), froms.slice(0, 3).toSorted())
    assert.ok(froms.at(-1)! < froms[1]!, 'the last pass begins before the first batch')
    assert.ok(await allSealed())
  })

  test('remembers over a row of full batches how far the first of them could see', () => {
    const bound = new Bound()
    const head = { seq: 0, hash: Buffer.alloc(32) }
    const [early, late] = [new Date('2026-11-23T10:00:00Z'), new Date('2026-11-23T10:05:00Z')]
    bound.settle({ sealed: 2_000, head, horizon: early, lastId: firstIdOf(late) }, new Date(0))
    assert.equal(bound.from, firstIdOf(late))
    bound.settle({ sealed: 0, head, horizon: undefined, lastId: undefined }, new Date(0))
    assert.equal(bound.from, firstIdOf(late), 'another process seals: nothing is settled')
    bound.settle({ sealed: 5, head, horizon: late, lastId: undefined }, new Date(0))
    assert.equal(bound.from, firstIdOf(early))
    bound.settle({ sealed: 5, head, horizon: late, lastId: undefined }, new Date('2026-11-23T11:30:00Z'))
    assert.equal(bound.from, firstIdOf(new Date('2026-11-22T09:05:00Z')), 'once an hour a day and an hour back')
  })

  test('goes on after a crash between the seal and its anchor, and after half a line', async () => {
    await event()
    await sealOnce(t.house)
    appendFileSync(anchorPath, '{"line":9')
    await event()
    await sealEverything(t.house, new AnchorFile(anchorPath, t.house.keys))
    assert.doesNotMatch(readFileSync(anchorPath, 'utf8'), /"line":9\{/)
    await isSound()
  })

  test('goes on when the database comes back', async () => {
    const sealing = keepSealing(t.house)
    await t.db.owner.query("alter table audit.seal rename to seal_away")
    await event()
    await pause(700)
    await t.db.owner.query("alter table audit.seal_away rename to seal")
    await until(allSealed, 3_000)
    await sealing.stop()
    assert.ok(t.logged.some(line => line.includes('audit not sealed')))
    await isSound()
  })

  test('is missed when it stands still', async () => {
    await event()
    const client = await t.db.owner.connect()
    await pause(300)
    const report = await verifyAudit({ client, keys: t.house.keys, anchorPath, now: new Date(), graceMs: 200 }).finally(() => client.release())
    assert.deepEqual(report.problems.map(problem => problem.kind), ['event-unsealed'])
  })

  test('the trail takes events from the application and gives none back to change', async () => {
    const asApp = (text: string) => t.house.pool.query(`begin; select set_config('rapport.kind', 'system', true), set_config('rapport.job', 'audit.seal', true); ${text}; commit`)
    for (const attack of ["update audit.event set action = 'x.y'", 'delete from audit.event', 'truncate audit.event', "update audit.seal set hash = hash", 'delete from audit.seal']) {
      const client = await t.house.pool.connect()
      await assert.rejects(client.query(attack), /permission denied/, attack)
      client.release()
    }
    await assert.rejects(asApp("insert into audit.event (at, request_id, actor_kind, action) values (now(), 'x', 'staff', 'a.b')"), /row-level security/)
    await t.house.pool.query('rollback').catch(() => {})
  })
})
