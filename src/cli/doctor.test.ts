import assert from 'node:assert/strict'
import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readConfig } from '#platform/config.ts'
import { makeLog } from '#platform/log.ts'
import { foundPractice } from '#practice'
import { start, type Started } from '#root/start.ts'
import { aKeyboard, type Keyboard } from '#test/at-keyboard.ts'
import { aMailServer, type MailServer } from '#test/mail-server.ts'
import { smallPractice } from '#test/practice.ts'
import backup from './backup.ts'
import { UsageProblem } from './command.ts'
import doctor from './doctor.ts'
import type { Finding } from './finding.ts'

let home: Keyboard
let mail: MailServer
let running: Started | undefined
before(async () => { [home, mail] = await Promise.all([aKeyboard(), aMailServer()]) })
after(async () => { await running?.stop(); await mail.stop(); await home.close() })

type Report = { isWell: boolean; isDemo: boolean; isComplete: boolean; checks: Finding[] }
async function ask(env: Record<string, string> = {}, at = home): Promise<Report & { code: number; toDo: string[]; words: (key: string) => string }> {
  const { code, out } = await at.run(doctor, ['--json'], { env })
  const report = JSON.parse(out) as Report
  for (const { isGood, toDo } of report.checks) assert.equal(isGood, toDo === undefined)
  assert.equal(code, report.isWell ? 0 : 1)
  return { ...report, code, toDo: report.checks.filter(({ isGood }) => !isGood).map(({ key }) => key), words: key => report.checks.find(check => check.key === key)?.words ?? '' }
}
const settled = (): Record<string, string> => ({ PUBLIC_URL: 'https://heron.example', BACKUP_DIR: join(home.dataDir, 'backups'), SMTP_URL: `smtp://127.0.0.1:${mail.port}`, MAIL_FROM: 'desk@heron.example' })

async function startWorker(): Promise<void> {
  const read = readConfig({ ...home.env, ...settled() })
  assert.ok(read.ok)
  const { config } = read
  running = await home.within(({ database }) => start({ config, keys: database.keys, log: makeLog('silent'), urls: { app: database.urls.app, worker: database.urls.worker }, isDemo: false, parts: ['worker'] }))
}

test('a database in which nothing was set up, and settings that cannot be used', async () => {
  const fresh = await ask()
  assert.deepEqual([fresh.toDo.includes('database'), fresh.isComplete], [true, false])
  assert.equal((await home.db.owner.query('select from platform.house')).rowCount, 0)
  assert.deepEqual((await ask({ PORT: 'many' })).toDo, ['settings'])
  await assert.rejects(home.run(doctor, ['quickly']), UsageProblem)
})
test('a practice just set up hears all that is missing, and what to do for each', async () => {
  await home.within(({ ctxAs }) => foundPractice(ctxAs('practice.command'), { name: 'Heron', goal: 'grow', zone: 'America/Chicago' }))
  const { toDo, words } = await ask()
  assert.deepEqual(toDo.filter(key => key !== 'audit'), ['backup-target', 'address', 'backup', 'worker', 'go-live-name', 'go-live-after-hours', 'go-live-promise', 'go-live-location', 'go-live-clinician', 'go-live-privacy-practices', 'go-live-nondiscrimination', 'go-live-language-help', 'go-live-accessibility'])
  assert.match(words('clock'), /America\/Chicago/)
  const { out, code } = await home.run(doctor)
  assert.equal(code, 1)
  assert.match(out, /TO DO {2}No backup was ever made\.\n +Run `npx rapport backup`[^]*\d+ things to do\./)
})
test('with everything in place all is well', async () => {
  await home.db.owner.query('delete from practice.profile')
  await home.within(({ ctxAs }) => foundPractice(ctxAs('practice.command'), smallPractice))
  mkdirSync(settled().BACKUP_DIR!)
  await home.run(backup, [], { env: settled() })
  await startWorker()
  for (let tries = 0; tries < 20 && (await ask(settled())).toDo.length > 0; tries++) await new Promise(resolve => setTimeout(resolve, 250))
  const { toDo, words, isWell, isComplete } = await ask(settled())
  assert.deepEqual([toDo, isWell, isComplete], [[], true, true])
  assert.match(words('audit'), /whole/)
  assert.match((await home.run(doctor, [], { env: settled() })).out, /All is well\.$/)
})
test('notices each thing that goes wrong later', async () => {
  const only = async (env: Record<string, string> = {}) => (await ask({ ...settled(), ...env })).toDo
  assert.deepEqual(await only({ PUBLIC_URL: 'http://heron.example' }), ['address'])
  assert.deepEqual(await only({ BACKUP_DIR: join(home.dataDir, 'nowhere') }), ['backup-target', 'backup-disk'])
  assert.deepEqual(await only({ SMTP_URL: 'smtp://127.0.0.1:1' }), ['mail'])
  assert.deepEqual(await only({ MAIL_FROM: 'practice@localhost.localdomain' }), ['mail'])
  await home.db.owner.query("update platform.backup_run set finished_at = finished_at - interval '27 hours'")
  assert.deepEqual(await only(), ['backup'])
  await home.db.owner.query("update platform.backup_run set finished_at = finished_at + interval '27 hours'")
  await home.db.owner.query("update practice.profile set after_hours_es = ''")
  assert.deepEqual(await only(), ['go-live-after-hours'])
  await home.db.owner.query("update practice.profile set after_hours_es = 'Llame.'")
  await home.db.owner.query("update audit.event set detail = '{\"count\": 7}' where id = (select event_id from audit.seal order by seq limit 1)")
  assert.deepEqual(await only(), ['audit'])
})
test('an audit trail that was changed, a worker that stopped, a key that is gone', async () => {
  const key = join(home.dataDir, 'secrets/key')
  await running!.stop()
  running = undefined
  assert.deepEqual((await ask(settled())).toDo, ['worker', 'audit'])
  renameSync(key, `${key}.away`)
  const { toDo, isComplete } = await ask(settled())
  assert.deepEqual([toDo, isComplete], [['key', 'house'], false])
  renameSync(`${key}.away`, key)
})
test('migrations that wait are said, and nothing is changed by looking', async () => {
  await home.db.owner.query("delete from migrations.applied where name = (select max(name) from migrations.applied where name !~ '/')")
  const { toDo, isComplete } = await ask(settled())
  assert.deepEqual([toDo, isComplete], [['migrations'], false])
})
test('a demo is not asked for what a practice needs', async () => {
  const demo = await aKeyboard()
  await demo.within(async () => {}, 'demo')
  const { toDo, isDemo } = await ask({}, demo)
  assert.deepEqual([toDo.filter(key => key !== 'audit'), isDemo], [['worker'], true])
  await demo.close()
})
