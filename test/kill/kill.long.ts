import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killTheHouse, type Victim } from './kill-the-house.ts'
import { killTheFeed } from './kill-the-feed.ts'
import { killTheImporter } from './kill-the-importer.ts'
import { killTheVisits } from './kill-the-visits.ts'

const seed = Number(process.env.TEST_SEED ?? 20261123)
const kills = Number(process.env.KILLS ?? 50)
for (const victim of ['server', 'postgres', 'backend'] satisfies Victim[]) {
  test(`kill -9 of the ${victim}, ${kills} times, loses nothing that was answered, and does nothing twice`, { timeout: 3_600_000 }, async t => {
    const tally = await killTheHouse({ victims: [victim], kills, seed })
    t.diagnostic(JSON.stringify(tally))
    assert.equal(tally.kills, kills)
  })
}
test(`kill -9 of the importer, ${kills} times: in the end all is there once`, { timeout: 3_600_000 }, async t => {
  const tally = await killTheImporter({ kills, patients: 120, seed })
  t.diagnostic(JSON.stringify(tally))
  assert.equal(tally.kills, kills)
})
test('a backlog of 50,000 messages is put away with no loss while the process is killed ten times', { timeout: 4 * 3_600_000 }, async t => {
  const tally = await killTheFeed({ kills: 10, messages: 50_000, seed })
  t.diagnostic(JSON.stringify(tally))
  assert.equal(tally.inTheRecord, 50_000)
})
test(`kill -9 while patients book, move and cancel, ${10 * kills} times: each has what they were told, and nothing is half there`, { timeout: 4 * 3_600_000 }, async t => {
  const tally = await killTheVisits({ kills: 10 * kills, patients: 8, seed })
  t.diagnostic(JSON.stringify(tally))
  assert.ok(tally.booked > kills)
})
