import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aFullHouse } from './full-house.ts'
import { swapIds } from './swap-ids.ts'

const seed = Number(process.env.TEST_SEED ?? 20261123)
/** Swaps in one house; then a fresh one with the next seed, so that neither rows nor log lines pile up. */
const inOneHouse = 10_000
const houses = Number(process.env.SWAP_HOUSES ?? 10)

for (let round = 0; round < houses; round++) {
  test(`swaps ${round * inOneHouse + 1} to ${(round + 1) * inOneHouse} show and change nothing of another’s`, { timeout: 3_600_000 }, async t => {
    const house = await aFullHouse()
    try {
      const { found, ...tally } = await swapIds(house, { count: inOneHouse, seed: seed + round })
      t.diagnostic(JSON.stringify(tally))
      assert.deepEqual(found, [])
    } finally { await house.close() }
  })
}
