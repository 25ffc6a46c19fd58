import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { addressesOf } from './addresses.ts'
import { aFullHouse, type FullHouse, type Who } from './full-house.ts'
import { changesBetween, sumsOf, tablesOf, type Table } from './tables.ts'

/** What a look may write: who looked, that the session was used, and how often somebody asked. */
const mayGrow: readonly RegExp[] = [/^audit\./, /^platform\.rate_count$/]
const unlessSeen: Readonly<Record<string, readonly string[]>> = { 'platform.session': ['seen_at'], 'records.life': ['seen_at', 'seen_by'] }

describe('looking changes nothing', { timeout: 280_000 }, () => {
  let house: FullHouse, admin: pg.Pool, tables: Table[]
  before(async () => {
    house = await aFullHouse()
    admin = new pg.Pool({ connectionString: house.db.superUrl, max: 1 })   // the job queue is another role's
    tables = (await tablesOf(house.db.superUrl)).filter(({ name }) => !mayGrow.some(pattern => pattern.test(name)))
    // A look a minute later may note that the session is in use.
    house.setNow('2026-11-23T15:02:00Z')
  })
  after(async () => { await admin?.end(); await house?.close() })

  for (const who of ['manager', 'patient', 'visitor'] as const satisfies readonly Who[]) {
    test(`${who}: every page, one after the other`, async () => {
      const addresses = await addressesOf(house, house.bert)
      const look = async (address: string) => { for (const path of [address, `/es${address === '/' ? '' : address}`, `${address}?said=saved&before=2026-11-01`]) await (await house.people[who].get(path)).arrayBuffer() }
      const first = await state()
      for (const address of Object.values(addresses)) await look(address)
      const wrong = changesBetween(first, await state())
      // Which page it was is asked only where there was any.
      for (const [pattern, address] of wrong.length > 0 ? Object.entries(addresses) : []) {
        const before = await state()
        await look(address)
        wrong.push(...changesBetween(before, await state()).map(change => `${pattern}: ${change}`))
      }
      assert.deepEqual(wrong, [])
    })
  }
  test('and what does change something is noticed', async () => {
    const before = await state()
    await house.bert.session.post('/portal/settings', { action: 'language', locale: 'es' })
    assert.ok(changesBetween(before, await state()).some(change => /accounts\.person|platform\.session/.test(change)))
    const { rows } = await house.db.owner.query<{ action: string }>("select distinct action from audit.event where action like '%.viewed' order by 1")
    assert.deepEqual(['medicines.viewed', 'notes.viewed', 'patient.viewed', 'record.viewed', 'results.viewed'].filter(action => !rows.some(row => row.action === action)), [], 'looks were looks')
  })

  const state = () => sumsOf(admin, tables, unlessSeen)
})
