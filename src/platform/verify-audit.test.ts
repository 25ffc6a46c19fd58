import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type pg from 'pg'
import { AnchorFile, anchorFileOf } from '#platform/anchor-file.ts'
import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { makeKeys, type Keys } from '#platform/keys.ts'
import { sealEverything } from '#platform/seal-audit.ts'
import { verifyAudit } from '#platform/verify-audit.ts'
import { attacks, edits, seeded, type Scene } from '#test/audit-attacks.ts'
import { aHouse, ctxOf, patientActor, staffActor, type TestHouse } from '#test/ctx.ts'

const seed = Number(process.env.SEED ?? 20_261_123)
const trials = Number(process.env.TRIALS ?? 1_000)
const sealCount = 60
let t: TestHouse
let anchorPath: string
let client: pg.PoolClient
const later = new Date('2026-11-23T16:00:00Z')

before(async () => {
  t = await aHouse()
  anchorPath = anchorFileOf(t.house.config.dataDir)
  const anchor = new AnchorFile(anchorPath, t.house.keys)
  for (let number = 0; number < sealCount; number++) {
    const ctx: Ctx = number % 3 === 0 ? t.system('records.import') : ctxOf(t.house, number % 3 === 1 ? staffActor(['clinician']) : patientActor(randomUUID()))
    await inTransaction(ctx, tx => audit(tx, 'results.viewed', {
      detail: { count: number, code: 'A1C', isNew: number % 2 === 0 },
      ...(number % 2 === 0 && { patientId: randomUUID(), kind: 'result', ids: [randomUUID(), randomUUID()] }),
    }))
    if (number % 5 === 4) await sealEverything(t.house, anchor)
  }
  client = await t.db.owner.connect()
})
after(async () => {
  client.release()
  await t.close()
})

const verify = (keys = t.house.keys) => verifyAudit({ client, keys, anchorPath, now: later, graceMs: 0 })

describe('the audit trail', () => {
  test('is sound as long as nobody touches it', async () => {
    assert.deepEqual(await verify(), { isSound: true, seals: sealCount, anchors: sealCount / 5, problems: [], problemCount: 0 })
  })
  test('is not sound under another key', async () => {
    assert.equal((await verify(makeKeys(randomBytes(32)))).isSound, false)
  })

  for (const edit of edits) {
    test(`shows an event edited by ${edit}`, async () => {
      await client.query('begin')
      await client.query(`update audit.event set ${edit} where id = (select event_id from audit.seal where seq = 30)`)
      const { isSound } = await verify()
      await client.query('rollback')
      assert.equal(isSound, false)
    })
  }
  const named: [string, string, string[]][] = [
    ['a deleted event', 'delete from audit.event where id = (select event_id from audit.seal where seq = 30)', ['event-missing']],
    ['an edited event', "update audit.event set kind = 'x' where id = (select event_id from audit.seal where seq = 30)", ['event-or-seal-changed']],
    ['deleted seals', 'delete from audit.seal where seq in (31, 32)', ['seals-missing', 'event-or-seal-changed', 'event-unsealed', 'event-unsealed']],
    ['a cut chain', 'delete from audit.event where id in (select event_id from audit.seal where seq > 57); delete from audit.seal where seq > 57', ['chain-shorter-than-anchor']],
  ]
  for (const [what, attack, kinds] of named) {
    test(`names ${what}`, async () => {
      await client.query('begin')
      await client.query(attack)
      const { problems } = await verify()
      await client.query('rollback')
      assert.deepEqual(problems.map(problem => problem.kind), kinds)
    })
  }

  test('shows a seal taken from another history of the same key', async () => {
    const path = `${anchorPath}.other`
    const sealAgain = async (moment: string) => {
      await client.query('truncate audit.seal')
      rmSync(path, { force: true })
      t.setNow(moment)
      await sealEverything(t.house, new AnchorFile(path, t.house.keys))
    }
    const { rows: first } = await client.query('select seq, event_id, hash, sealed_at from audit.seal order by seq')
    await sealAgain('2026-11-23T15:10:00Z')
    const { rows: [seal] } = await client.query('select hash, sealed_at from audit.seal where seq = 30')
    await sealAgain('2026-11-23T15:20:00Z')
    await client.query('update audit.seal set hash = $1, sealed_at = $2 where seq = 30', [seal.hash, seal.sealed_at])
    const report = await verifyAudit({ client, keys: t.house.keys, anchorPath: path, now: later, graceMs: 0 })
    assert.deepEqual(report.problems.map(problem => problem.kind), ['event-or-seal-changed', 'event-or-seal-changed'])
    await client.query('truncate audit.seal')
    for (const row of first) await client.query('insert into audit.seal values ($1, $2, $3, $4)', [row.seq, row.event_id, row.hash, row.sealed_at])
  })

  test(`shows each of ${trials} seeded attacks (seed ${seed})`, async () => {
    const pick = seeded(seed)
    const scene: Scene = { client, anchorPath, seals: sealCount, pick }
    const anchors = readFileSync(anchorPath)
    const unseen: string[] = []
    await client.query('begin')
    for (let trial = 0; trial < trials; trial++) {
      const attack = attacks[trial % attacks.length]!
      await client.query('savepoint attack')
      await attack.run(scene)
      if ((await verify()).isSound) unseen.push(`${attack.name} (trial ${trial})`)
      await client.query('rollback to savepoint attack')
      writeFileSync(anchorPath, anchors)
    }
    assert.deepEqual(unseen, [])
    assert.equal((await verify()).isSound, true, 'an attack was not taken back')
    await client.query('rollback')
  })

  test('cut off and sealed again differs from its anchor', async () => {
    await client.query('delete from audit.event where id = (select event_id from audit.seal where seq = 50)')
    await client.query('delete from audit.seal where seq >= 50')
    t.setNow('2026-11-23T15:30:00Z')
    await sealEverything(t.house, new AnchorFile(anchorPath, t.house.keys))
    const report = await verify()
    assert.ok(report.problems.some(problem => problem.kind === 'anchor-differs'), JSON.stringify(report.problems.slice(0, 3)))
  })

  test('holds over a change of keys, and an old key cannot sign after it', async () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)]
    const both = makeKeys([fresh, old])
    const path = `${anchorPath}.rotated`
    await client.query('truncate audit.seal, audit.event')
    const sealNow = async (keys: Keys) => {
      await inTransaction(t.system('records.import'), tx => audit(tx, 'results.viewed'))
      await sealEverything({ ...t.house, keys }, new AnchorFile(path, keys))
    }
    const check = () => verifyAudit({ client, keys: both, anchorPath: path, now: later, graceMs: 0 })
    await sealNow(makeKeys(old))
    await sealNow(both)
    assert.deepEqual((await check()).problems, [])
    await sealNow(makeKeys(old))
    assert.deepEqual((await check()).problems.map(problem => problem.kind), ['event-or-seal-changed'])
  })

  test('names no more than a thousand problems but counts them all', async () => {
    await client.query('begin')
    await client.query("insert into audit.event (id, at, request_id, actor_kind, action) select uuidv7(interval '-1 day'), now(), 'x', 'staff', 'results.viewed' from generate_series(1, 1200)")
    const report = await verify()
    await client.query('rollback')
    assert.equal(report.problems.length, Math.min(report.problemCount, 1_000))
  })
})
