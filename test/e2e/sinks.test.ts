import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { findIn, findInFolder, findInTables, type Canaries, type Sighting } from '#test/canaries.ts'
import { addressesOf } from './addresses.ts'
import { aFullHouse, marksOf, whos, type FullHouse } from './full-house.ts'

/** The right places for what a person's record, sign-in and own words say. Anywhere else is a leak. */
const homes = [
  'accounts.activation', 'accounts.care_invitation', 'accounts.passkey', 'accounts.person', 'platform.session', 'feedback.report', 'work.task',
  'feeds.message', 'records.fact', 'records.note', 'records.parked', 'records.patient', 'records.result', 'records.test_order', 'records.version', 'scheduling.answer', 'scheduling.appointment', 'scheduling.newcomer', 'scheduling.received',
]

/** A whole practice at work: records imported and parked, letters, messages, questions. Everybody opens every page; then each sink is searched for Anna. */
describe('what a house at work says of a person', { timeout: 120_000 }, () => {
  const { name, address, result, note, record, message, visit } = marksOf('anna')
  const canaries: Canaries = { name, address, result, note, message, token: record, password: visit }
  let house: FullHouse, worker: pg.Pool
  before(async () => {
    house = await aFullHouse()
    worker = new pg.Pool({ connectionString: house.db.workerUrl, max: 1 })
    const addresses = Object.values(await addressesOf(house, house.anna))
    for (const who of whos) for (const path of addresses) await (await house.people[who].get(path)).arrayBuffer()
    for (const path of addresses) await (await house.anna.session.get(path)).arrayBuffer()
    for (const as of ['fhir', 'html', 'pdf']) assert.equal((await house.anna.session.post('/portal/download', { as })).status, 200)
    assert.match(await (await house.people['front-desk'].post('/console/patients', { name: `${canaries.name} Marlowe` })).text(), new RegExp(canaries.name))
    await house.people['front-desk'].post('/sign-in', { email: `${canaries.address}@patient.example`, password: canaries.message })
  })
  after(async () => { await worker?.end(); await house?.close() })

  test('stands in no line of the log', () => {
    assert.ok(house.logged.length > 100)
    assert.deepEqual(house.logged.flatMap(line => findIn(canaries, line, line)), [])
  })
  test('stands in no table but those that are its place: not in the trail, in a count, or in a mail', async () => {
    assert.deepEqual(unlike(await findInTables(canaries, house.db.owner, homes)), [])
  })
  test('stands in no job', async () => {
    const { rows } = await worker.query<{ n: number }>('select count(*)::int as n from graphile_worker._private_jobs')
    assert.ok(rows[0]!.n > 0)
    assert.deepEqual(await findInTables(canaries, worker), [])
  })
  test('stands in no file', () => assert.deepEqual(findInFolder(canaries, house.house.config.dataDir), []))
  test('and each place that is allowed really holds some of it', async () => {
    const found = new Set((await findInTables(canaries, house.db.owner)).map(({ where }) => where))
    assert.deepEqual(homes.filter(table => !found.has(table)), [])
  })
})

/** A mail must know where it goes. */
const unlike = (sightings: Sighting[]): Sighting[] => sightings.filter(({ canary, where }) => !(where === 'platform.mail' && canary === 'address'))
