import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { isBeyondLimits } from './explain/judge-critical.ts'

const quantity = (value: number | string, unit: string, comparator?: string) => ({ valueQuantity: { value, unit, ...(comparator && { comparator }) } })
const potassium = { code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] } }

test('D2+ at or beyond a limit, in its unit or one that a power of ten turns into it; in another unit nothing is guessed', () => {
  const table = new Map([['2823-3', [{ unit: 'mmol/L', low: '2.8', high: '6.2' }]]])
  const beyond = (value: object) => isBeyondLimits({ ...potassium, ...value }, table)
  for (const value of [quantity(6.2, 'mmol/L'), quantity(2.8, 'mmol/L'), quantity(6200, 'umol/L'), quantity(0.0062, 'mol/L'), quantity(6.5, 'MMOL/L'), quantity(7, 'mmol/L', '>')]) assert.ok(beyond(value), JSON.stringify(value))
  for (const value of [quantity(6.19, 'mmol/L'), quantity(6199, 'umol/L'), quantity(62, 'mg/dL'), quantity(62, 'mEq/L'), { valueQuantity: { value: 62 } }, quantity(2, 'mmol/L', '>'), quantity(9, 'mmol/L', '<'), { valueString: 'hemolyzed' }, {}]) assert.ok(!beyond(value), JSON.stringify(value))
  assert.ok(!isBeyondLimits({ ...quantity(9, 'mmol/L') }, table), 'a test without a code')
  assert.ok(isBeyondLimits({ code: {}, component: [{ ...potassium, ...quantity(9, 'mmol/L') }] }, table), 'a part of a result')
})

describe('the practice’s own critical values at work', () => {
  let house: RunningHouse, ada: SignedIn, nurse: SignedIn
  let count = 0
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    const as = async (role: 'clinician' | 'care-team') => signedInAs(house, { roles: [role], personId: (await aStaffPerson(house, { roles: [role] })).personId })
    ;[ada, nurse] = [await as('clinician'), await as('care-team')]
  })
  after(() => house.close())
  const q = async (text: string, ...values: unknown[]) => (await house.db.owner.query(text, values)).rows
  const add = (fields: Record<string, string>, who = ada) => who.post('/console/release/critical', { name: 'Potassium', loinc: '2823-3', unit: 'mmol/L', low: '', high: '', from: '', until: '', ...fields })
  const lab = (value: number, unit: string, who: string, id = 'k') => fhir.lab(id, '2823-3', value, { ...range(3.5, 5.1, 'H'), ...quantity(value, unit) }, who)
  async function bring(things: (who: string) => object[], birthDate?: string): Promise<{ patientId: string; bearing: string; pages: number }> {
    const who = `k${++count}`
    const patientId = (await bringRecords(house, `lab-${count}`, [fhir.patient(who, { identifier: [{ system: 'urn:mrn', value: who }], ...(birthDate ? { birthDate } : { birthDate: undefined }) }), ...things(who)] as never)).get(who)!
    return { patientId, bearing: (await q('select bearing from records.life where patient_id = $1', patientId))[0].bearing, pages: (await q("select 1 from work.task where patient_id = $1 and kind = 'critical-result'", patientId)).length }
  }

  test('R11 beyond it pages whoever is on call, alone or in a report, and the patient reads that it needs quick action', async () => {
    const before = await bring(who => [lab(6.4, 'mmol/L', who)], '1950-01-02')
    assert.deepEqual([before.bearing, before.pages], ['abnormal', 0], 'the laboratory did not mark it, and the practice has said nothing')
    assert.equal((await add({ high: '6.2' }, nurse)).status, 403)
    assert.equal((await add({ high: '6.2' })).status, 303)
    const alone = await bring(who => [lab(6.4, 'mmol/L', who)], '1951-01-02')
    assert.deepEqual([alone.bearing, alone.pages], ['critical', 1])
    const inReport = await bring(who => [fhir.report('r', ['k'], {}, who), lab(6400, 'umol/L', who)], '1952-01-02')
    assert.deepEqual([inReport.bearing, inReport.pages], ['critical', 1])
    const other = await bring(who => [lab(64, 'mg/dL', who)], '1953-01-02')
    assert.deepEqual([other.bearing, other.pages], ['abnormal', 0])
    const me = await signedInAs(house, { personId: (await aPatientPerson(house, { patientId: alone.patientId })).personId, actingFor: alone.patientId })
    const [{ id }] = await q('select id from records.result where patient_id = $1', alone.patientId) as [{ id: string }]
    assert.match(await (await me.get(`/portal/results/${id}`)).text(), /quick action/)
    assert.match(await (await ada.get(`/console/results/${(await q('select id from records.life where patient_id = $1', alone.patientId))[0].id}`)).text(), /quick action/)
  })

  test('a limit for children says nothing of an adult, nor of one whose age is not known', async () => {
    await q('update release.critical_limit set ended_at = now(), ended_by = added_by')
    await add({ high: '5.9', until: '18' })
    assert.equal((await bring(who => [lab(6, 'mmol/L', who)], '2015-05-05')).bearing, 'critical')
    assert.equal((await bring(who => [lab(6, 'mmol/L', who)], '1960-05-05')).bearing, 'abnormal')
    assert.equal((await bring(who => [lab(6, 'mmol/L', who)])).bearing, 'abnormal')
  })

  test('what was typed wrongly comes back with the reason, and nothing is kept', async () => {
    const answer = await add({ loinc: '2823-4', high: '5' })
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), /its last digit does not fit/)
    assert.equal((await ada.post('/console/release/critical', { end: 'no-id' })).status, 404)
    assert.equal((await inTransaction(house.system('records.import'), async tx => (await import('#release')).readLimits(tx))).length, 1)
  })
})
