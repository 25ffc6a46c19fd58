import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { aPatientPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

const mine = { subject: { reference: 'Patient/p1' } }
const vital = (id: string, code: string, value: number, unit: string, day: string) =>
  ({ resourceType: 'Observation', id, status: 'final', ...mine, category: [{ coding: [{ code: 'vital-signs' }] }], code: { coding: [{ system: 'http://loinc.org', code }] }, effectiveDateTime: day, valueQuantity: { value, unit } })
const dose = (id: string, day: string) => ({ resourceType: 'Immunization', id, status: 'completed', patient: mine.subject, vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '140' }], text: 'Flu shot' }, occurrenceDateTime: day })
const everything = [
  fhir.patient('p1'), fhir.condition('ill', 'Essential hypertension'),
  { resourceType: 'AllergyIntolerance', id: 'nuts', patient: mine.subject, clinicalStatus: { coding: [{ code: 'active' }] }, code: { text: 'Peanuts' } },
  vital('pulse-new', '8867-4', 72, '/min', '2026-11-10'), vital('pulse-old', '8867-4', 80, '/min', '2026-05-10'), vital('pulse-older', '8867-4', 84, '/min', '2025-05-10'), vital('weight', '29463-7', 70, 'kg', '2026-11-10'),
  dose('flu-26', '2026-10-01'), dose('flu-25', '2025-10-01'),
  { resourceType: 'Procedure', id: 'knee', status: 'completed', ...mine, code: { text: 'Knee surgery' }, performedDateTime: '2024-01-01' },
  { resourceType: 'Encounter', id: 'visit', status: 'finished', ...mine, class: { code: 'AMB' }, type: [{ text: 'Check-up' }], period: { start: '2026-11-10T10:00:00Z' } },
  { resourceType: 'Observation', id: 'smokes', status: 'final', ...mine, category: [{ coding: [{ code: 'social-history' }] }], code: { coding: [{ system: 'http://loinc.org', code: '72166-2' }] }, valueCodeableConcept: { text: 'Never smoker' } },
]

describe('the page of the record', { timeout: 90_000 }, () => {
  let house: RunningHouse, ana: SignedIn
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    const patientId = (await bringRecords(house, 'ehr', everything as never)).get('p1')!
    ana = await signedInAs(house, { personId: (await aPatientPerson(house, { patientId })).personId, actingFor: patientId })
  })
  after(() => house.close())

  test('N11 N16 every fact that stands there can be said to look wrong: each value of a vital sign and each dose by itself', async () => {
    const html = await (await ana.get('/portal/record')).text()
    const { rows } = await house.db.owner.query<{ id: string; source_id: string }>('select f.id, r.source_id from records.fact f join records.resource r on r.id = f.resource_id where f.is_fact')
    assert.equal(rows.length, everything.length - 1)
    const without = rows.filter(({ id }) => !html.includes(`href="/portal/record/${id}/wrong"`)).map(row => row.source_id)
    assert.deepEqual(without, [])
    assert.match(html, /aria-label="Something looks wrong: Heart rate, [^"]*May 10, 2026"/)
    assert.equal(new Set([...html.matchAll(/aria-label="(Something looks wrong: [^"]+)"/g)].map(([, label]) => label)).size, [...html.matchAll(/aria-label="Something looks wrong: /g)].length, 'no two links say the same')
  })
  test('N11 a vital sign that looks wrong is sent with what stood there, and what is set right stands beside that value alone', async () => {
    const { rows: [{ id, resource_id }] } = await house.db.owner.query("select f.id, f.resource_id from records.fact f join records.resource r on r.id = f.resource_id where r.source_id = 'pulse-old'")
    assert.match(await (await ana.get(`/portal/record/${id}/wrong`)).text(), /Heart rate[^]*80/)
    const sent = await ana.post(`/portal/record/${id}/wrong`, { kind: 'wrong-fact', words: 'It was 60.' })
    const report = sent.headers.get('location')!.split(/[/?]/)[3]
    const { rows: [kept] } = await house.db.owner.query('select subject_id, excerpt from feedback.report where id = $1', [report])
    assert.equal(kept.subject_id, resource_id)
    assert.match(kept.excerpt, /80/)
    await house.db.owner.query("insert into feedback.reply (report_id, outcome, words, correction, locale, by_person, by_name, at) values ($1, 'accepted', 'Thanks', 'ZQRIGHT 60', 'en', gen_random_uuid(), 'Dr. Nell Harrow', now())", [report])
    const html = await (await ana.get('/portal/record')).text()
    assert.equal(html.split('ZQRIGHT').length, 2)
    assert.match(html, new RegExp(`ZQRIGHT(?:(?!/wrong").)*${id}/wrong"`, 's'))
  })
})
