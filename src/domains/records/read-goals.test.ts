import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, grantSight, range } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

const doctor = { reference: 'Practitioner/dr', display: 'Dr. Nell Harrow' }
const goal = (id: string, code: string, detail: object, more: object = {}) => ({
  resourceType: 'Goal', id, lifecycleStatus: 'active', subject: { reference: 'Patient/p1' }, description: { text: 'Aim' }, expressedBy: doctor,
  target: [{ measure: { coding: [{ system: 'http://loinc.org', code }] }, ...detail }], ...more,
})
const percent = (value: number, comparator: string) => ({ detailQuantity: { value, comparator, unit: '%', system: 'http://unitsofmeasure.org', code: '%' } })
const a1c = (id: string, value: number) => fhir.lab(id, '4548-4', value, { ...range(4, 5.6, 'H'), valueQuantity: { value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' }, referenceRange: [{ low: { value: 4, unit: '%' }, high: { value: 5.6, unit: '%' } }] }, 'p1')

let house: RunningHouse, ana: SignedIn
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  await aPractice(house)
  const ids = await bringRecords(house, 'ehr', [
    fhir.patient('p1'), a1c('met', 6.8), fhir.lab('salt', '2951-2', 150, range(135, 145, 'H'), 'p1'), fhir.lab('sugar', '2345-7', 130, range(70, 99, 'H'), 'p1'), fhir.lab('iron', '2276-4', 400, range(20, 250, 'H'), 'p1'),
    goal('old', '4548-4', percent(6.5, '<'), { startDate: '2025-01-01' }), goal('new', '4548-4', percent(7, '<'), { startDate: '2026-01-01' }), goal('over', '4548-4', percent(9, '<'), { startDate: '2026-06-01', lifecycleStatus: 'cancelled' }),
    goal('own', '2951-2', { detailRange: { high: { value: 160, unit: 'mg/dL' } } }, { expressedBy: { reference: 'Patient/p1', display: 'Ana' } }),
    goal('other-unit', '2345-7', { detailRange: { low: { value: 4, unit: 'mmol/L' }, high: { value: 9, unit: 'mmol/L' } } }),
    goal('no-bound', '2276-4', { detailQuantity: { value: 500, unit: 'mg/dL' } }),
  ])
  const personId = randomUUID()
  await grantSight(house, { personId, patientId: ids.get('p1')!, source: 'self' })
  ana = await signedInAs(house, { personId, actingFor: ids.get('p1')!, name: 'Ana Marlowe' })
})
after(() => house.close())
const page = async (source: string) => {
  const { rows } = await house.db.owner.query('select i.id from records.result i join records.resource r on r.id = i.resource_id where r.source_id = $1', [source])
  return (await ana.get(`/portal/results/${rows[0].id}`)).text()
}

test('D2+ a goal that a clinician and the patient set leads, and the laboratory’s range stands below it', async () => {
  const met = await page('met')
  assert.match(met, /At the goal you and Dr\. Nell Harrow set/)
  assert.match(met, /By the lab’s range: /)
})
test('D2+ a goal that ended, that the patient alone set, in another unit or without a bound says nothing', async () => {
  for (const source of ['salt', 'sugar', 'iron']) assert.doesNotMatch(await page(source), /goal you and/, source)
})
