import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { findPostmaster } from '#platform/postmaster.ts'
import { readRunning } from '#platform/run-file.ts'
import { root } from '#platform/root.ts'
import { clearFolder } from '#test/clear-folder.ts'
import { startChild, type Child } from '#test/child.ts'

describe('npm start', { timeout: 240_000 }, () => {
  let folder: string
  let data: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rapport-serve-'))
    chmodSync(folder, 0o711)
    data = join(folder, 'data')
  })
  after(() => clearFolder(folder))

  const rapport = (args: string[], env: Record<string, string> = {}): Child =>
    startChild([join(root, 'bin/rapport.mjs'), ...args], { env: { NODE_ENV: undefined, DATA_DIR: data, PORT: '0', LOG_LEVEL: 'silent', ...env } })
  const gone = async (isThere: () => boolean) => {
    for (let i = 0; i < 800 && isThere(); i++) await wait(25)
    assert.ok(!isThere())
  }
  const nothingRuns = () => gone(() => readRunning(data) !== undefined || findPostmaster(join(data, 'postgres')) !== undefined)

  test('on a fresh folder makes the demo, says where it is and who may sign in, and answers', async () => {
    const child = rapport(['serve'])
    await child.says(/^Rapport is ready after/)
    const site = (await child.says(/^ +Site/)).split(/ +/)[2]!
    await child.says(/This is a demo/)
    for (const role of ['patient', 'caregiver', 'clinician', 'front-desk', 'manager']) await child.says(new RegExp(`^ +${role} `))
    assert.equal((await fetch(new URL('/healthz', site))).status, 200)
    assert.equal((await fetch(new URL('/readyz', site))).status, 200)
    const home = await fetch(site)
    assert.equal(home.status, 200)
    assert.match(await home.text(), /<html/)
    const running = readRunning(data)!
    assert.equal(new URL(running.url!).port, new URL(site).port)
    assert.deepEqual(running.parts, ['web', 'worker', 'feeds'])
    assert.equal(statSync(join(data, 'run.json')).mode & 0o777, 0o600)
    assert.equal(statSync(join(data, 'demo.json')).mode & 0o777, 0o600)
    child.process.kill('SIGINT')
    child.process.kill('SIGINT')
    const { code, words } = await child.ended
    assert.equal(code, 0)
    assert.doesNotMatch(words, /warn|error|https:\/\//i, 'a start complains of nothing')
    await nothingRuns()
    assert.ok(!existsSync(join(data, 'run.json')))
  })
  test('a later start is ready in ten seconds; a second one on the same folder is refused with a clear line', async () => {
    const child = rapport(['serve'])
    const line = await child.says(/^Rapport is ready after/)
    assert.ok(Number(/after ([\d.]+) s/.exec(line)?.[1]) < 10, line)
    const second = await rapport(['serve']).ended
    assert.equal(second.code, 1)
    assert.match(second.words, /^Another `rapport serve` runs on .*data\. Stop it first, or give this one another DATA_DIR\.$/m)
    const migrated = await rapport(['migrate']).ended
    assert.equal(migrated.code, 0, migrated.words)
    assert.match(migrated.words, /up to date/)
    await child.kill('SIGTERM')
    await nothingRuns()
  })
  test('killed with -9 it leaves a database that the next start adopts; killed in its wrapper it stops in order', async () => {
    const first = rapport(['serve'])
    await first.says(/^Rapport is ready/)
    await first.says(/Stop with Ctrl-C/)
    const { pid } = findPostmaster(join(data, 'postgres'))!
    process.kill(readRunning(data)!.pid, 'SIGKILL')
    await first.ended
    assert.equal(readRunning(data), undefined)
    const second = rapport(['serve'])
    await second.says(/Stop with Ctrl-C/)
    assert.equal(findPostmaster(join(data, 'postgres'))!.pid, pid)
    await second.kill('SIGKILL')   // the wrapper alone
    await nothingRuns()
  })
  test('goes on when its database is killed', async () => {
    const child = rapport(['serve'])
    await child.says(/Stop with Ctrl-C/)
    const { url } = readRunning(data)!
    process.kill(findPostmaster(join(data, 'postgres'))!.pid, 'SIGKILL')
    let status = 0
    for (let i = 0; i < 200 && status !== 200; i++) {
      await wait(100)
      status = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(10_000) }).then(answer => answer.status, () => 0)
    }
    assert.equal(status, 200)
    assert.equal((await fetch(new URL('/', url))).status, 200)
    await child.kill('SIGTERM')
    await nothingRuns()
  })
  test('a port in use, a wrong setting, an unknown word: each is said plainly, and nothing is left running', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise(done => taken.once('listening', done))
    const port = String((taken.address() as { port: number }).port)
    const inUse = await rapport(['serve'], { PORT: port }).ended
    taken.close()
    assert.equal(inUse.code, 1)
    assert.match(inUse.words, new RegExp(`Port ${port} is in use`))
    await nothingRuns()
    const wrong = await rapport(['serve'], { PORT: 'eighty', PUBLIC_URL: 'practice', SMTP_URL: 'mail' }).ended
    assert.equal(wrong.code, 1)
    assert.match(wrong.words, /^These settings cannot be used:\n {2}PORT: [^]*\n {2}PUBLIC_URL: [^]*\n {2}SMTP_URL: /m)
    assert.equal((await rapport(['serve', 'everything']).ended).code, 2)
  })
  test('a new database on a public address is no demo unless told so', async () => {
    const other = join(folder, 'other')
    const { code, words } = await rapport(['serve'], { DATA_DIR: other, HOST: '0.0.0.0' }).ended
    assert.equal(code, 1)
    assert.match(words, /This database is new\. Run `npx rapport setup`/)
  })
  test('the demo’s passwords are random', () => {
    const { people } = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as { people: { password: string }[] }
    assert.equal(new Set(people.map(({ password }) => password)).size, people.length)
    assert.ok(people.every(({ password }) => password.length >= 15))
  })
})
