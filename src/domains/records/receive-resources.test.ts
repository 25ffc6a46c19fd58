import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { beginRun, keepBatch, prepare, receiveResources, type Received } from '#records'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { fhir } from '#test/records.ts'

let house: TestHouse
before(async () => { house = await aHouse() })
after(() => house.close())

const sent = (thing: { resourceType: string; id: string }, lastUpdated: string | null = null): Received => ({ resourceType: thing.resourceType, id: thing.id, lastUpdated, text: JSON.stringify(thing) })
const receive = (source: string, ...resources: Received[]) => receiveResources(house.system('records.import'), { source, resources, file: 'message' })
const valuesOf = async (source: string) => (await house.db.owner.query<{ value: string }>("select value from records.result where source = $1 and kind = 'test' order by code", [source])).rows.map(row => Number(row.value))

test('keeps a report with its tests, tied, and says whose record grew', async () => {
  const receipt = await receive('lab', sent(fhir.patient()), sent(fhir.report('r', ['a', 'b'])), sent(fhir.lab('a', '2345-7', 99)), sent(fhir.lab('b', '2160-0', 1)))
  assert.deepEqual([receipt.newVersions, receipt.unusable, receipt.patients.length], [4, [], 1])
  const { rows } = await house.db.owner.query("select is_tied, test_count, (select count(*)::int from records.result t where t.report_id = r.id) as tests from records.result r where source = 'lab' and kind = 'report'")
  assert.deepEqual(rows, [{ is_tied: true, test_count: 2, tests: 2 }])
})

test('R3 the same twice changes nothing, and a day is one run', async () => {
  const again = await receive('lab', sent(fhir.patient()), sent(fhir.lab('a', '2345-7', 99)))
  assert.deepEqual([again.newVersions, again.patients], [0, []])
  const { rows } = await house.db.owner.query("select read_count, new_count from records.import_run where source = 'lab'")
  assert.deepEqual(rows.map(row => [Number(row.read_count), Number(row.new_count)]), [[6, 4]])
})

test('an older version that comes late does not take the place of the newer', async () => {
  await receive('late', sent(fhir.patient()), sent(fhir.lab('a', '2345-7', 110), '2026-11-21T10:00:00.000Z'))
  await receive('late', sent(fhir.lab('a', '2345-7', 90), '2026-11-21T09:00:00.000Z'))
  assert.deepEqual(await valuesOf('late'), [110])
})

test('a result that comes before its patient is derived when the patient comes', async () => {
  await receive('early', sent(fhir.lab('a', '2345-7', 5)))
  assert.deepEqual(await valuesOf('early'), [])
  await receive('early', sent(fhir.patient()))
  assert.deepEqual(await valuesOf('early'), [5])
})

test('cut off after its patient was kept and sent again, what waited for them is derived, and what was said of them is done', async () => {
  const person = (id: string) => fhir.patient(id, { name: [{ given: ['Ida'], family: `Cut${id}` }], birthDate: '1990-05-06' })
  await receive('cut', sent(person('stays')), sent(fhir.lab('a', '2345-7', 5, {}, 'gone')))
  await receiveResources(house.system('records.import'), { source: 'cut', resources: [], file: 'message', said: [{ gone: 'gone', stays: 'stays' }] })
  const ctx = house.system('records.import')
  const { text } = sent(person('gone'))
  await keepBatch(ctx, await beginRun(ctx, 'cut'), [prepare({ file: 'message', position: 0, fhirType: 'Patient', sourceId: 'gone', alias: null, lastUpdated: null, text, resource: JSON.parse(text) })], { touched: new Map(), before: Promise.resolve() })
  assert.deepEqual(await valuesOf('cut'), [])
  assert.equal((await receive('cut', sent(person('gone')))).newVersions, 0)
  assert.deepEqual(await valuesOf('cut'), [5])
  assert.deepEqual((await house.db.owner.query("select outcome from records.said_join where source = 'cut'")).rows, [{ outcome: 'joined' }])
})

test('one that cannot be kept is parked, and costs the others nothing', async () => {
  const bad = sent(fhir.lab('bad', '2345-7', 1))
  const receipt = await receive('mixed', sent(fhir.patient()), { ...bad, text: bad.text.replace('LAB', '\\u0000') }, sent(fhir.lab('good', '2345-7', 7)))
  assert.deepEqual([receipt.unusable.length, await valuesOf('mixed')], [1, [7]])
})

test('two at once wait for each other', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, (_, i) => receive('busy', sent(fhir.patient()), sent(fhir.lab(`t${i}`, `C${i}`, i)))))
  assert.equal(all.reduce((sum, { newVersions }) => sum + newVersions, 0), 9)
  assert.equal((await valuesOf('busy')).length, 8)
})
