import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, afterEach, before, describe, test } from 'node:test'
import { checkHouse, hasHouse } from '#platform/check-house.ts'
import { KeyProblem, makeKeys } from '#platform/keys.ts'
import { freshDatabase, type TestDatabase } from '#test/database.ts'

describe('a database', () => {
  let db: TestDatabase
  before(async () => { db = await freshDatabase() })
  after(() => db.drop())
  afterEach(() => db.owner.query('truncate platform.house, platform.house_key'))
  const now = new Date('2026-11-23T15:00:00Z')
  const [old, fresh] = [randomBytes(32), randomBytes(32)]
  const check = (keys = makeKeys(old), isDemo = false) => checkHouse(db.owner, keys, { isDemo, now })

  test('is marked when it is first started, and stays what it is for ever', async () => {
    assert.equal(await hasHouse(db.owner), false)
    const made = await check(makeKeys(old), true)
    assert.equal(made.isDemo, true)
    assert.equal(await hasHouse(db.owner), true)
    assert.deepEqual(await check(makeKeys(old), false), made)
  })
  test('a practice does not become a demo', async () => {
    await check()
    assert.equal((await check(makeKeys(old), true)).isDemo, false)
  })
  test('is not opened with another key', async () => {
    await check()
    await assert.rejects(check(makeKeys(fresh)), KeyProblem)
    const { rows } = await db.owner.query('select fingerprint from platform.house_key')
    assert.deepEqual(rows, [{ fingerprint: makeKeys(old).fingerprint }])
  })
  test('takes a newer key beside the old one, and then needs both', async () => {
    await check()
    await check(makeKeys([fresh, old]))
    await assert.rejects(check(makeKeys(fresh)), KeyProblem)
    await assert.rejects(check(makeKeys(old)), KeyProblem)
    await check(makeKeys([fresh, old]))
  })
  test('started twice at once is one house', async () => {
    const both = await Promise.all([check(), check(), check()])
    assert.equal(new Set(both.map(house => house.id)).size, 1)
  })
  test('started twice at once with two keys takes one and refuses the other', async () => {
    const outcomes = await Promise.allSettled([check(makeKeys(old)), check(makeKeys(fresh))])
    assert.deepEqual(outcomes.map(outcome => outcome.status).sort(), ['fulfilled', 'rejected'])
  })
})
