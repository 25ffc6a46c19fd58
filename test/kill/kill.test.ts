import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killTheHouse } from './kill-the-house.ts'
import { killTheFeed } from './kill-the-feed.ts'
import { killTheImporter } from './kill-the-importer.ts'
import { killTheVisits } from './kill-the-visits.ts'

// A seeded sample of kill.long.ts.
const seed = Number(process.env.TEST_SEED ?? 20261123)

test('kill -9 of the server, its database and one connection of it loses nothing that was answered, and does nothing twice', { timeout: 200_000 }, async t => {
  const tally = await killTheHouse({ victims: ['server', 'postgres', 'backend'], kills: 6, seed })
  t.diagnostic(JSON.stringify(tally))
  assert.ok(tally.answered > 10, `${tally.answered} answered`)
})
test('kill -9 of the importer, and again: in the end all is there once', { timeout: 200_000 }, async t => {
  const tally = await killTheImporter({ kills: 3, patients: 26, seed })
  t.diagnostic(JSON.stringify(tally))
  assert.ok(tally.resources > 1_000)
})
test('kill -9 while a laboratory sends: what was acknowledged is in the record, each thing once', { timeout: 280_000 }, async t => {
  const tally = await killTheFeed({ kills: 2, messages: 120, seed })
  t.diagnostic(JSON.stringify(tally))
  assert.equal(tally.inTheRecord, 120)
})
test('kill -9 while patients book, move and cancel: each has what they were told, and nothing is half there', { timeout: 280_000 }, async t => {
  const tally = await killTheVisits({ kills: 3, patients: 5, seed })
  t.diagnostic(JSON.stringify(tally))
  assert.ok(tally.booked > 3, `${tally.booked} booked`)
})
