import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { generatePatients } from '#demo/generate/generate-records.ts'
import { aKeyboard, type Keyboard } from '#test/at-keyboard.ts'
import { CommandProblem, UsageProblem } from './command.ts'
import importCommand from './import.ts'

let home: Keyboard
let folder: string
const at = (name: string) => join(folder, name)
before(async () => {
  home = await aKeyboard()
  await home.within(async () => {})
  folder = join(home.dataDir, 'incoming')
  mkdirSync(at('inside'), { recursive: true })
  const [bundle] = generatePatients({ patients: 1, seed: 'cli', now: new Date('2026-11-23T15:00:00Z'), style: 'mixed' })
  writeFileSync(at('inside/one.json'), JSON.stringify(bundle))
  writeFileSync(at('patients.ndjson.gz'), gzipSync(`${JSON.stringify({ resourceType: 'Patient', id: 'p1', name: [{ given: ['Ana'], family: 'Sol' }], birthDate: '1972-04-17', gender: 'female' })}\n`))
})
after(() => home.close())
const rows = async (question: string) => Number((await home.db.owner.query<{ n: string }>(`select count(*) as n from ${question}`)).rows[0]!.n)

test('says what it does not understand, before it opens anything', async () => {
  for (const args of [[], ['--source', 'a'], [at('inside')], ['--source', 'Two Words', at('inside')], ['--quickly', at('inside')]]) await assert.rejects(home.run(importCommand, args), UsageProblem, args.join(' '))
})
test('a path that is not there stops it before the first change', async () => {
  await assert.rejects(home.run(importCommand, ['--source', 'clinic', at('inside'), at('nowhere')]), CommandProblem)
  mkdirSync(at('empty'))
  await assert.rejects(home.run(importCommand, ['--source', 'clinic', at('empty')]), /No file that ends in/)
  assert.equal(await rows('records.import_run'), 0)
})
test('brings folders and gzipped lines in, and says how many of each', async () => {
  const { code, out, err } = await home.run(importCommand, ['--source', 'clinic', at('inside'), at('patients.ndjson.gz')])
  assert.deepEqual([code, err], [0, ''])
  assert.match(out, /Records that grew: 1\.[^]* {2}Patient +2\b/)
  assert.equal(await rows('records.patient'), 2)
  assert.equal(await rows("audit.event where action = 'records.imported'"), 1)
})
test('the same again changes nothing', async () => {
  const { code, out } = await home.run(importCommand, ['--source', 'clinic', '--json', at('inside'), at('patients.ndjson.gz')])
  const said = JSON.parse(out)
  assert.deepEqual([code, said.newVersions, said.byType.Patient, said.refused, said.odd], [0, 0, 2, [], []])
})
test('what cannot be used is named with its place and the reason, the good comes in, and the code is 1', async () => {
  const good = { resourceType: 'Patient', id: 'p2', name: [{ given: ['Luis'], family: 'Mar' }], birthDate: '1980-02-01', gender: 'male' }
  const bad = { resource: { resourceType: 'Observation', status: 'final', note: [{ text: 'SECRET' }] } }
  const bundle = JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: good }, bad] })
  const place = bundle.indexOf(JSON.stringify(bad))
  writeFileSync(at('mixed.json'), bundle)
  writeFileSync(at('broken.ndjson'), '{"resourceType": "Patient", "id": "p3"')
  const { code, out, err } = await home.run(importCommand, ['--source', 'clinic', at('mixed.json'), at('broken.ndjson')])
  assert.equal(code, 1)
  assert.match(out, /Patient +1\b/)
  assert.match(err, new RegExp(`2 cannot be used[^]*mixed\\.json, byte ${place}: Observation has no id\\n.*broken\\.ndjson, byte 0: it is cut off before its end`))
  assert.doesNotMatch(out + err, /SECRET/)
  assert.equal(await rows("records.resource where source_id = 'p2'"), 1)
  const { refused } = JSON.parse((await home.run(importCommand, ['--source', 'clinic', '--json', at('mixed.json')])).out)
  assert.deepEqual(refused, [{ file: 'mixed.json', position: place, resource: 'Observation', id: null, why: 'has no id' }])
})
test('what is odd is kept and named with its place, and the code is 1', async () => {
  const lines = [{ resourceType: 'Observation', id: '../p2', status: 'final', code: { text: 'SECRET' }, subject: { reference: 'Patient/p2' }, effectiveDateTime: '0000-00-00' }].map(one => JSON.stringify(one))
  writeFileSync(at('odd.ndjson'), `\n${lines.join('\n')}`)
  const { code, out, err } = await home.run(importCommand, ['--source', 'clinic', at('odd.ndjson')])
  assert.equal(code, 1)
  assert.match(out, /Observation +1\b/)
  assert.match(err, /2 are kept as they came[^]*odd\.ndjson, byte 1: Observation\/\.\.\/p2 has an id that looks like a path\n.*odd\.ndjson, byte 1: Observation\/\.\.\/p2 has a date in “effectiveDateTime” that no calendar has/)
  assert.doesNotMatch(out + err, /SECRET|cannot be used/)
  assert.equal(await rows("records.resource where source_id = '../p2'"), 1)
})
