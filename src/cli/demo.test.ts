import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { forgetRunning, writeRunning } from '#platform/run-file.ts'
import { aKeyboard, type Keyboard } from '#test/at-keyboard.ts'
import { CommandProblem, UsageProblem } from './command.ts'
import demo from './demo.ts'

let demoHouse: Keyboard
let practice: Keyboard
before(async () => {
  [demoHouse, practice] = await Promise.all([aKeyboard(), aKeyboard()])
  await demoHouse.within(async () => {}, 'demo')
  await practice.within(async () => {})
})
after(() => Promise.all([demoHouse.close(), practice.close()]))

const people = [
  { role: 'patient', name: 'Ana Solberry', email: 'patient@demo.example', password: 'amber-birch-cedar-dune-123' },
  { role: 'manager', name: 'Imani Foxgrove', email: 'manager@demo.example', password: 'ember-fern-grove-iris-456', totpSecret: 'JBSWY3DPEHPK3PXP' },
]
const put = (home: Keyboard) => writeFileSync(join(home.dataDir, 'demo.json'), JSON.stringify({ url: 'http://127.0.0.1:3000', people }))

test('says that a demo is not furnished yet', async () => {
  await assert.rejects(demoHouse.run(demo), CommandProblem)
})
test('prints who can sign in, as words and for machines', async () => {
  put(demoHouse)
  const { code, out } = await demoHouse.run(demo)
  assert.equal(code, 0)
  assert.match(out, /not running[^]*manager +Imani Foxgrove +manager@demo.example +ember-fern-grove-iris-456 +code from JBSWY3DPEHPK3PXP/)
  assert.deepEqual(JSON.parse((await demoHouse.run(demo, ['--json'])).out), { url: 'http://127.0.0.1:3000', people })
})
test('names the address at which it really answers', async () => {
  writeRunning(demoHouse.dataDir, { pid: process.pid, startedAt: '2026-11-23T15:00:00Z', parts: ['web'], url: 'http://127.0.0.1:41234', port: 41234, database: { isEmbedded: false, place: 'elsewhere' } })
  assert.equal(JSON.parse((await demoHouse.run(demo, ['--json'])).out).url, 'http://127.0.0.1:41234')
  assert.match((await demoHouse.run(demo)).out, /answers at http:\/\/127\.0\.0\.1:41234\//)
  forgetRunning(demoHouse.dataDir)
})
test('lets a result come for somebody of the demo alone', async () => {
  await assert.rejects(demoHouse.run(demo, ['result']), /Ana Solberry is not in this demo/)
  await assert.rejects(practice.run(demo, ['result']), /practice’s database/)
})
test('refuses in a practice’s database, whatever lies in its folder', async () => {
  put(practice)
  await assert.rejects(practice.run(demo, ['--json']), /practice’s database/)
})
test('says what it does not understand', async () => {
  await assert.rejects(demoHouse.run(demo, ['loudly']), UsageProblem)
  await assert.rejects(demoHouse.run(demo, ['--loudly']), UsageProblem)
})
