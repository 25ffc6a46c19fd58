import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { generateOne } from '#demo/generate/generate-records.ts'
import { importBundles } from '#integrations/ehr-fhir/import-bundles.ts'
import { aKeyboard, type Keyboard } from '#test/at-keyboard.ts'
import { CommandProblem, UsageProblem } from './command.ts'
import exportCommand from './export.ts'

let home: Keyboard
let patientId: string
const now = new Date('2026-11-23T15:00:00Z')
const patient = (given: string, recordNumber: string) => generateOne('type-2-diabetes', { seed: given, now, wish: { given, family: 'Solberry', sex: 'female', birthDate: '1972-04-17', recordNumber } })
before(async () => {
  home = await aKeyboard()
  await home.within(({ ctxAs }) => importBundles(ctxAs('records.import'), { source: 'made', bundles: [patient('Ana', 'HSC-1'), patient('Bea', 'HSC-2')] }))
  patientId = (await home.db.owner.query("select id from records.patient where mrn = 'HSC-1'")).rows[0].id
})
after(() => home.close())
const kept = async (where = 'true') => (await home.db.owner.query<{ body: unknown }>(`select body from (select patient_id, is_fact, body, is_restricted from records.result union all select patient_id, is_fact, body, is_restricted from records.note union all select patient_id, is_fact, body, is_restricted from records.fact) i where patient_id = $1 and is_fact and ${where}`, [patientId])).rows
const events = async () => (await home.db.owner.query("select job, patient_id, detail from audit.event where action = 'record.downloaded'")).rows

type Kind = { resourceType: string; id: string }
const isAround = ({ resourceType }: Kind) => ['Practitioner', 'Organization', 'Location', 'Medication'].includes(resourceType)
test('gives one record and nothing of another, as a Bundle', async () => {
  const { code, out } = await home.run(exportCommand, ['HSC-1', '--json'])
  assert.equal(code, 0)
  const bundle = JSON.parse(out)
  assert.equal(bundle.resourceType, 'Bundle')
  const sorted = (things: unknown[]) => things.map(thing => JSON.stringify(thing)).sort()
  const [patient, ...rest] = bundle.entry.map(({ resource }: { resource: { resourceType: string } }) => resource)
  assert.equal(patient.resourceType, 'Patient')
  const [around, own] = [rest.filter(isAround), rest.filter((one: Kind) => !isAround(one))]
  assert.deepEqual(sorted(own), sorted((await kept()).map(({ body }) => body)))
  assert.deepEqual([...new Set(around.map(({ resourceType }: Kind) => resourceType))].sort(), ['Location', 'Organization', 'Practitioner'])
  for (const { resourceType, id } of around) assert.ok(out.includes(`"${resourceType}/${id}"`), `${resourceType}/${id} is pointed at`)
})
test('each export stands in the access log of that patient', async () => {
  const bundle = JSON.parse((await home.run(exportCommand, [patientId])).out)
  const [first, second, ...more] = await events()
  assert.deepEqual([first.job, first.patient_id, second.patient_id, more.length], ['records.export', patientId, patientId, 0])
  assert.equal(second.detail.count, (await kept()).length + 1 + bundle.entry.filter(({ resource }: { resource: Kind }) => isAround(resource)).length)   // and who it is of, and what it points at
})
test('writes a file for this user alone, and no file twice', async () => {
  const path = join(home.dataDir, 'ana.json')
  const { out } = await home.run(exportCommand, [patientId, '--to', path, '--json'])
  const said = JSON.parse(out)
  assert.deepEqual([said.patientId, said.path, said.bytes], [patientId, path, statSync(path).size])
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.equal(JSON.parse(readFileSync(path, 'utf8')).entry.length, said.items)
  await assert.rejects(home.run(exportCommand, [patientId, '--to', path]), /is there already/)
})
test('says when it holds what the patient may not see', async () => {
  await home.db.owner.query('update records.fact set is_restricted = true where id = (select id from records.fact where patient_id = $1 and is_fact limit 1)', [patientId])
  assert.match((await home.run(exportCommand, ['HSC-1'])).err, /may not see/)
  assert.equal((await home.run(exportCommand, ['HSC-2'])).err.includes('may not see'), (await home.db.owner.query("select exists (select from records.result r join records.patient p on p.id = r.patient_id where p.mrn = 'HSC-2' and r.is_fact and (r.visible_at is null or r.visible_at > now())) as hidden")).rows[0].hidden)
})
test('finds nobody under a number that nobody has', async () => {
  await assert.rejects(home.run(exportCommand, ['HSC-99']), CommandProblem)
  await assert.rejects(home.run(exportCommand, ['00000000-0000-4000-8000-000000000000']), /No patient/)
  await assert.rejects(home.run(exportCommand, []), UsageProblem)
})
