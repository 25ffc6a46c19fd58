import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import fc from 'fast-check'
import { inTransaction } from '#platform/db.ts'
import { takeTurn, type LimitedAction, type Subject, type Turn } from '#platform/rate-limit.ts'
import { findInTables, someCanaries } from '#test/canaries.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'

let t: TestHouse
before(async () => { t = await aHouse() })
after(() => t.close())
const noon = Date.UTC(2026, 10, 23, 12)
beforeEach(async () => {
  await t.db.owner.query('truncate platform.rate_count')
  t.setNow(new Date(noon))
})

const at = (seconds: number) => t.setNow(new Date(noon + seconds * 1000))
const take = (action: LimitedAction, subject: Subject) => takeTurn(t.visitor(), action, subject)
async function takeMany(count: number, action: LimitedAction, subject: Subject): Promise<number> {
  let taken = 0
  for (let turn = 0; turn < count; turn++) if ((await take(action, subject)).ok) taken++
  return taken
}
const waitOf = (turn: Turn) => { assert.equal(turn.ok, false); return turn.ok ? 0 : turn.retryAfterSeconds }

describe('who tries too often', () => {
  const documented: [LimitedAction, number][] = [['sign-in', 10], ['reset', 5], ['activation', 5], ['message', 20], ['search', 60], ['export', 3], ['api', 600]]
  for (const [action, most] of documented) {
    test(`has ${most} turns of ${action} and then waits`, async () => {
      assert.equal(await takeMany(Math.min(most + 3, 605), action, 'ana'), most)
      assert.ok(waitOf(await take(action, 'ana')) >= 1)
      assert.equal((await take(action, 'ben')).ok, true)
    })
  }
  test('has five turns of a public form from one neighbourhood', async () => {
    assert.equal(await takeMany(4, 'public-form', { address: '198.51.100.7' }), 4)
    assert.equal(await takeMany(4, 'public-form', { address: '198.51.100.200' }), 1)
    assert.equal((await take('public-form', { address: '198.51.101.7' })).ok, true)
  })
  test('is not let in again by writing the name otherwise', async () => {
    await takeMany(10, 'sign-in', 'ana@example.com')
    assert.equal((await take('sign-in', ' Ana@Example.COM ')).ok, false)
  })
  test('may come back after the time told, and not much before', async () => {
    for (const offset of [0, 1, 17, 30, 59]) {
      await t.db.owner.query('truncate platform.rate_count')
      at(offset)
      await takeMany(10, 'sign-in', 'ana')
      const wait = waitOf(await take('sign-in', 'ana'))
      at(offset + wait - 2)
      assert.equal((await take('sign-in', 'ana')).ok, false, `${offset}: let in too early`)
      at(offset + wait)
      assert.equal((await take('sign-in', 'ana')).ok, true, `${offset}: not let in after ${wait} s`)
    }
  })
  test('cannot double the limit at the edge of a window', async () => {
    at(59)
    assert.equal(await takeMany(20, 'sign-in', 'ana'), 10)
    at(61)
    assert.equal(await takeMany(20, 'sign-in', 'ana'), 0)
  })
  test('does not push the wait on by trying meanwhile', async () => {
    await takeMany(10, 'sign-in', 'ana')
    const wait = waitOf(await take('sign-in', 'ana'))
    await takeMany(30, 'sign-in', 'ana')
    at(wait)
    assert.equal((await take('sign-in', 'ana')).ok, true)
  })
  test('never has more than the limit in any window, whenever the tries come', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 60 }), async moments => {
      await t.db.owner.query('truncate platform.rate_count')
      const taken: number[] = []
      for (const moment of moments.toSorted((a, b) => a - b)) {
        at(moment)
        if ((await take('sign-in', 'ana')).ok) taken.push(moment)
      }
      // The sliding window weighs the window before evenly, so a little more than ten can fall into one minute; never near twenty.
      for (const end of taken) assert.ok(taken.filter(moment => moment > end - 60 && moment <= end).length <= 13)
    }), { numRuns: 15 })
  })
})

test('a neighbourhood that tries many names waits, and uses up nobody\'s own turns', async () => {
  let taken = 0
  for (let name = 0; name < 40; name++) if ((await take('sign-in', { account: `name${name}`, address: '198.51.100.7' })).ok) taken++
  assert.equal(taken, 30)
  for (let turn = 0; turn < 20; turn++) await take('sign-in', { account: 'ana', address: '198.51.100.7' })
  assert.equal(await takeMany(12, 'sign-in', { account: 'ana', address: '203.0.113.1' }), 10)
})

test('hundred tries at once are counted one by one', async () => {
  const turns = await Promise.all(Array.from({ length: 100 }, (_, number) => take('sign-in', { account: 'ana', address: `198.51.${number}.1` })))
  assert.equal(turns.filter(turn => turn.ok).length, 10)
})

test('a turn stays taken when the request is undone', async () => {
  for (let turn = 0; turn < 10; turn++) {
    await assert.rejects(inTransaction(t.visitor(), async tx => { await takeTurn(tx, 'sign-in', 'ana'); throw new Error('undone') }))
  }
  assert.equal((await take('sign-in', 'ana')).ok, false)
})

test('names and addresses are not kept', async () => {
  const canaries = someCanaries()
  await take('sign-in', { account: canaries.name, address: '198.51.100.7' })
  assert.deepEqual(await findInTables(canaries, t.db.owner), [])
  const { rows } = await t.db.owner.query<{ subject: string }>('select subject from platform.rate_count')
  assert.equal(rows.length, 3)
  assert.ok(rows.every(row => /^[A-Za-z0-9_-]{43}$/.test(row.subject)))
})
