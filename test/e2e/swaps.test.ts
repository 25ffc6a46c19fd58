import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { pages } from '#root/routes.ts'
import { addressesOf } from './addresses.ts'
import { annaIn, idsOfAnna, isWhole } from './anna.ts'
import { aFullHouse, type FullHouse } from './full-house.ts'
import { swapIds } from './swap-ids.ts'

const seed = Number(process.env.TEST_SEED ?? 20261123)
const count = 400

describe('ids of one person in requests of another', { timeout: 200_000 }, () => {
  let house: FullHouse
  before(async () => { house = await aFullHouse() })
  after(() => house?.close())

  test('Anna herself reaches what the ids stand for', async () => {
    const addresses = await addressesOf(house, house.anna)
    for (const pattern of Object.keys(pages).filter(one => /^\/portal\/(results|notes)\/:id/.test(one))) {
      const answer = await house.anna.session.get(addresses[pattern]!)
      assert.equal(answer.status, 200, pattern)
      assert.match(await answer.text(), /Zqanna(result|note)word/, pattern)
    }
    assert.ok((await idsOfAnna(house)).length >= 40)
  })
  test(`what is hers at every place, and ${count} swaps by chance, show and change nothing of hers`, async t => {
    const { found, ...tally } = await swapIds(house, { count, seed })
    t.diagnostic(JSON.stringify(tally))
    assert.deepEqual(found, [])
  })
  test('a change to anything of hers would be noticed', async () => {
    for (const statement of ["update accounts.proxy set revoked_at = now() where patient_id = $1", 'delete from accounts.care_invitation where patient_id = $1', "update records.result set status = 'final ' where patient_id = $1"]) {
      const before = await annaIn(house)
      await house.db.owner.query(statement, [house.anna.patientId])
      assert.equal(await isWhole(house, before), false, statement)
    }
  })
})
