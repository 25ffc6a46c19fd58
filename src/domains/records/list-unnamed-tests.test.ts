import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { ctxOf, staffActor } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs } from '#test/signed-in.ts'
import { knowTest } from './explain/know-tests.ts'

const { patient, lab, report } = fhir
const odd = { code: { coding: [{ system: 'http://loinc.org', code: '99001-1' }], text: 'HERON FEATHER IGE' } }
const records = [
  patient('p1', { name: [{ given: ['Zqfirst'], family: 'Zqlast' }] }), patient('p2', { name: [{ given: ['Zqother'], family: 'Zqlast' }] }),
  lab('sugar', '2345-7', 130), lab('a1', '99001-1', 7717, odd), lab('a2', '99001-1', 7717, odd, 'p2'), lab('b1', 'LOCAL-5', 7717, { code: { coding: [{ code: 'LOCAL-5' }], text: 'House test' } }),
  lab('wrong', '99002-2', 1, { status: 'entered-in-error' }), lab('closed', '99003-3', 1, { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] } }),
  lab('nameless', '', 1, { code: { text: 'Without a code' } }), report('panel', [], { code: { coding: [{ code: '99004-4' }], text: 'Odd panel' } }),
]

describe('tests that have no plain words', { timeout: 120_000 }, () => {
  let house: RunningHouse
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    await bringRecords(house, 'ehr', records)
  })
  after(() => house.close())
  const as = async (...roles: Role[]) => {
    const { personId } = await aStaffPerson(house, { roles })
    return (await signedInAs(house, { personId, roles })).get('/console/tests')
  }

  test('are listed with how often and when last, the most frequent first', async () => {
    const html = await (await as('clinician')).text()
    const rows = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].slice(1).map(([, row]) => row!.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim())
    assert.equal(rows.length, 2, html)
    assert.match(rows[0]!, /^HERON FEATHER IGE 99001-1 .*\b2 .*Nov/)
    assert.match(rows[1]!, /^House test.* LOCAL-5 .*\b1 .*Nov/)
  })
  test('show nobody’s name, number or value', async () => {
    for (const role of ['clinician', 'care-team', 'manager'] as const) {
      const answer = await as(role)
      assert.equal(answer.status, 200, role)
      const html = await answer.text()
      assert.match(html, /99001-1/)
      assert.doesNotMatch(html, /Zq|7717|1972/)
    }
  })
  test('are nothing for other roles, and the door is shut to them too', async () => {
    for (const role of ['front-desk', 'billing', 'editor'] as const) assert.equal((await as(role)).status, 403, role)
    for (const [role, seen] of [['front-desk', 0], ['billing', 0], ['editor', 0], ['manager', 3]] as const) {
      const { personId } = await aStaffPerson(house, { roles: [role] })
      const found = await inTransaction(ctxOf(house.house, staffActor([role], personId)), tx => sql`select code from records.door_tests_without_words('{}')`.execute(tx.db.kysely))
      assert.equal(found.rows.length, seen, role)
    }
  })
  test('once they have words, are not listed', () => {
    assert.ok(knowTest('2345-7'))
    assert.equal(knowTest('99001-1'), null)
  })
})
