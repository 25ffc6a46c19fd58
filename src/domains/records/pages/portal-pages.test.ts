import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, grantSight, range } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

const { patient, lab, report, note, medicine, condition } = fhir
const wholeRecord = [
  patient(), patient('p2', { name: [{ given: ['Ben'], family: 'Stranger' }], birthDate: '1980-01-02' }),
  lab('sugar', '2345-7', 130, range(70, 99, 'H')), lab('sodium', '2951-2', 140, range(135, 145, 'N')), report('panel', ['sugar', 'sodium']),
  lab('a', '2345-7', 90), lab('b', '2951-2', 140), report('bare', ['a', 'b'], { code: { text: 'Two bare tests' } }),
  lab('c', '2345-7', 90, range(70, 99, 'N')), report('fine', ['c'], { code: { text: 'One usual test' } }),
  lab('early', '2345-7', 91, { ...range(70, 99, 'N'), effectiveDateTime: '2025-11-01T10:00:00Z' }),
  lab('urgent', '2823-3', 7.4, { ...range(3.5, 5.1, 'H'), interpretation: [{ coding: [{ code: 'HH' }] }] }), lab('was-urgent', '2823-3', 7.6, { ...range(3.5, 5.1, 'H'), interpretation: [{ coding: [{ code: 'HH' }] }], effectiveDateTime: '2025-11-02T10:00:00Z' }),
  lab('wrong', '2345-7', 999, { status: 'entered-in-error', code: { text: 'NEVER SHOWN' } }),
  note('visit', 'HPI: denies pain.\n<script>alert(1)</script> & more'), note('secret', 'QUIET TALK', { securityLabel: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSYTHPN' }] }] }),
  medicine('m1', 'Metformin 500 mg'), medicine('m2', 'Lisinopril 10 mg', { status: 'stopped' }), medicine('m3', 'Warfarin 5 mg', { status: 'entered-in-error' }),
  condition('c1', 'Essential hypertension'), condition('c2', 'Broken arm', { verificationStatus: { coding: [{ code: 'refuted' }] } }),
  { resourceType: 'Medication', id: 'drug', code: { text: 'Furosemide 40 mg' } }, medicine('m4', '', { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/drug' } }),
  { resourceType: 'Goal', id: 'g1', lifecycleStatus: 'active', description: { text: 'Walk each day' }, subject: { reference: 'Patient/p1' } }, { resourceType: 'Communication', id: 'm1', status: 'completed', subject: { reference: 'Patient/p1' }, payload: [{ contentString: 'told in a letter' }] },
  {
    resourceType: 'Practitioner', id: 'dr1', name: [{ family: 'Okafor-Test', given: ['Ada'] }], birthDate: '1970-01-02', photo: [{ url: 'https://example.org/HOME-PICTURE' }],
    telecom: [{ system: 'phone', value: '802-555-0101', use: 'work' }, { system: 'phone', value: 'HOME-PHONE', use: 'home' }], address: [{ use: 'home', text: 'HOME-STREET' }, { text: '1 Clinic Way' }],
  },
  { resourceType: 'Organization', id: 'dr1', name: 'Same Number Laboratory' }, { resourceType: 'Organization', id: 'org1', name: 'Maple Test Clinic' }, { resourceType: 'Organization', id: 'org2', name: 'Nobody’s Organization' },
  { resourceType: 'Location', id: 'loc1', name: 'Maple Street Rooms', managingOrganization: { reference: 'Organization/org1' } },
  { resourceType: 'Encounter', id: 'v1', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/p1' }, period: { start: '2026-10-01T09:00:00Z' }, participant: [{ individual: { reference: 'Practitioner/dr1' } }], location: [{ location: { reference: 'Location/loc1' } }] },
  lab('stranger', '2345-7', 77, { code: { text: 'STRANGER TEST' } }, 'p2'), note('stranger-note', 'STRANGER NOTE', {}, 'p2'),
]

describe('the portal’s pages of the record', { timeout: 120_000 }, () => {
  let house: RunningHouse, ana: SignedIn, ben: SignedIn, ids: Map<string, string>
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    ids = await bringRecords(house, 'ehr', wholeRecord)
    const entering = async (source: string): Promise<SignedIn> => {
      const personId = randomUUID()
      const patientId = ids.get(source)!
      await grantSight(house, { personId, patientId, source: 'self' })
      return signedInAs(house, { personId, actingFor: patientId, name: 'Ana Marlowe' })
    }
    ana = await entering('p1')
    ben = await entering('p2')
  })
  after(() => house.close())
  const page = async (who: SignedIn, path: string) => { const answer = await who.get(path); assert.equal(answer.status, 200, path); return answer.text() }
  const idOf = async (source: string): Promise<string> => (await house.db.owner.query('select i.id from records.result i join records.resource r on r.id = i.resource_id where r.source_id = $1 union all select i.id from records.note i join records.resource r on r.id = i.resource_id where r.source_id = $1', [source])).rows[0].id
  const events = async (action: string): Promise<number> => (await house.db.owner.query('select count(*)::int as n from audit.event where action = $1 and patient_id = $2', [action, ids.get('p1')])).rows[0].n
  const rowOf = (html: string, words: string) => html.split('<li').find(row => row.includes(words)) ?? assert.fail(`no row says ${words}`)

  test('the list says what is outside, what is usual, and claims nothing where no range was sent', async () => {
    const html = await page(ana, '/portal/results')
    assert.match(rowOf(html, 'Basic blood check'), /One outside the usual range/)
    assert.match(rowOf(html, 'One usual test'), /All in the usual range/)
    assert.match(rowOf(html, 'Two bare tests'), /Open to read/)
    assert.doesNotMatch(rowOf(html, 'Two bare tests'), /usual range/)
    assert.doesNotMatch(html, /NEVER SHOWN|STRANGER/)
  })
  test('a report tells what is outside first, in words with a number line, and folds the rest', async () => {
    const html = await page(ana, `/portal/results/${await idOf('panel')}`)
    assert.match(html, /1 of 2 are in the usual range/)
    assert.match(html, /Blood sugar[^]*Well above the usual range[^]*<svg[^]*130/)
    assert.match(html, /One more result[^]*Sodium|One more result[^]*Salt/)
    assert.match(html, /\(802\) 555-0199/)
  })
  test('one test shows its history as a drawing and as a table', async () => {
    const html = await page(ana, `/portal/results/${await idOf('sugar')}`)
    assert.match(html, /<table[^]*91[^]*<\/table>|<table[^]*130[^]*<\/table>/)
    assert.match(html, /November 1, 2025/)
  })
  test('R4+ what was urgent a year before it came is told as past, and nobody is asked to call at once', async () => {
    assert.match(await page(ana, `/portal/results/${await idOf('urgent')}`), /Call us now at[^]*This needs quick action/)
    const before = await page(ana, `/portal/results/${await idOf('was-urgent')}`)
    assert.match(before, /This needed quick action at the time/)
    assert.doesNotMatch(before, /Call us now at|This needs quick action/)
  })
  test('notes are word for word and safe; a psychotherapy note is not there', async () => {
    const list = await page(ana, '/portal/notes')
    assert.match(list, /Visit note/)
    const html = await page(ana, `/portal/notes/${await idOf('visit')}`)
    assert.match(html, /denies/)
    assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; more/)
    assert.equal((await ana.get(`/portal/notes/${await idOf('secret')}`)).status, 404)
    assert.equal(list.includes(await idOf('secret')), false)
  })
  test('medicines stand under what they are now, those entered in error nowhere', async () => {
    const html = await page(ana, '/portal/medicines')
    assert.match(html, /You take now[^]*Metformin 500 mg[^]*In the past[^]*Lisinopril 10 mg/)
    assert.doesNotMatch(html, /Warfarin/)
  })
  test('the record has health matters in respectful words, refuted ones nowhere', async () => {
    const html = await page(ana, '/portal/record')
    assert.match(html, /High blood pressure/)
    assert.match(html, /Medical name: Essential hypertension/)
    assert.doesNotMatch(html, /Broken arm/)
  })
  test('what belongs to another is not there, for pages and for documents', async () => {
    for (const path of [`/portal/results/${await idOf('panel')}`, `/portal/results/${await idOf('sugar')}`, `/portal/results/${await idOf('panel')}/document/0`, `/portal/notes/${await idOf('visit')}`, `/portal/notes/${await idOf('visit')}/document/0`]) {
      assert.equal((await ben.get(path)).status, 404, path)
    }
    for (const path of ['/portal/results', '/portal/notes', '/portal/medicines', '/portal/record']) assert.doesNotMatch(await page(ben, path), /Basic blood check|Metformin|hypertension|denies/)
  })
  test('a copy holds what the pages show, says that something is kept back, and is an event', async () => {
    const copy = async (as: string) => { const answer = await ana.post('/portal/download', { as }); assert.equal(answer.status, 200); assert.match(answer.headers.get('content-disposition')!, /attachment/); return answer }
    const bundle = await (await copy('fhir')).json() as { entry: { resource: { id: string; resourceType: string } }[] }
    const text = JSON.stringify(bundle)
    assert.match(text, /BASIC METABOLIC PANEL/)
    assert.match(text, /Furosemide 40 mg/)
    const types = bundle.entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`)
    assert.deepEqual(types.filter(type => /^(Practitioner|Organization|Location)\//.test(type)).sort(), ['Location/loc1', 'Organization/org1', 'Practitioner/dr1'], 'what the record points at, through what it points at, and nothing that it does not')
    for (const kept of ['802-555-0101', '1 Clinic Way']) assert.ok(text.includes(kept), kept)
    assert.doesNotMatch(text, /HOME-|1970-01-02/, 'a clinician’s private life stays private')
    assert.match(text, /Walk each day/, 'what no page shows goes along too')
    assert.doesNotMatch(text, /told in a letter/, 'what may hold a result before it is told does not')
    assert.deepEqual(bundle.entry.filter(({ resource }) => resource.resourceType === 'Patient').map(({ resource }) => resource.id), ['p1'])
    assert.doesNotMatch(text, /STRANGER|NEVER SHOWN|QUIET|UVVJRVQ/)
    const html = await (await copy('html')).text()
    assert.match(html, /Metformin/)
    assert.match(html, /Furosemide/, 'a medicine that is named elsewhere')
    assert.match(html, /A part of the record is not in this copy/)
    assert.doesNotMatch(html, /<script|Warfarin|Broken arm/)
    assert.equal(Buffer.from(await (await copy('pdf')).arrayBuffer()).subarray(0, 5).toString(), '%PDF-')
    assert.equal(await events('record.downloaded'), 3)
  })
  test('a copy asks for proof that is older than ten minutes, and there are three a day', async () => {
    house.setNow('2026-11-23T15:12:00Z')
    const later = await ana.post('/portal/download', { as: 'fhir' })
    assert.deepEqual([later.status, later.headers.get('location')], [303, '/prove?next=/portal/download'])
    house.setNow('2026-11-23T15:00:00Z')
    const fourth = await ana.post('/portal/download', { as: 'fhir' })
    assert.equal(fourth.status, 429)
    assert.ok(Number(fourth.headers.get('retry-after')) > 3_600)
    assert.doesNotMatch(await fourth.text(), /BASIC METABOLIC/)
    assert.equal((await ben.post('/portal/download', { as: 'fhir' })).status, 200)
  })
  test('each look is one event that the patient can read', async () => {
    const before = await events('results.viewed')
    await page(ana, '/portal/results')
    assert.equal(await events('results.viewed'), before + 1)
    assert.match(await page(ana, '/portal/access-log'), /Ana Marlowe|You/)
  })
  test('in Spanish too, with nothing left in English', async () => {
    const personId = randomUUID()
    await grantSight(house, { personId, patientId: ids.get('p1')!, source: 'self' })
    const luz = await signedInAs(house, { personId, actingFor: ids.get('p1')!, locale: 'es' })
    assert.match(await page(luz, '/portal/record'), /Presión alta/)
    assert.match(await page(luz, '/portal/results'), /<html lang="es"/)
  })
})
