import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { audit } from '#platform/audit.ts'
import { inTransaction } from '#platform/db.ts'
import { AnchorFile, anchorFileOf } from '#platform/anchor-file.ts'
import { sealEverything } from '#platform/seal-audit.ts'
import { emptyDatabase, type TestDatabase } from '#test/database.ts'
import auditVerify from './audit-verify.ts'
import backup from './backup.ts'
import { CommandProblem, UsageProblem, type Command } from './command.ts'
import restore from './restore.ts'
import { withHouse } from './with-house.ts'

describe('the command line keeps and brings back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-cli-'))
  const dir = (name: string) => join(folder, name)
  let here: TestDatabase
  let there: TestDatabase
  before(async () => {
    [here, there] = await Promise.all([emptyDatabase(), emptyDatabase()])
    await withHouse({ env: envOf(here, 'here') }, async ({ house, ctxAs }) => {
      for (let number = 0; number < 5; number++) await inTransaction(ctxAs('records.import'), tx => audit(tx, 'results.viewed'))
      await sealEverything(house, new AnchorFile(anchorFileOf(dir('here')), house.keys))
    }, { wish: 'practice' })
  })
  after(async () => {
    await Promise.all([here.drop(), there.drop()])
    rmSync(folder, { recursive: true, force: true })
  })

  const envOf = (db: TestDatabase, name: string) => ({ DATABASE_URL: db.appUrl, DATABASE_OWNER_URL: db.ownerUrl, DATABASE_WORKER_URL: db.workerUrl, DATA_DIR: dir(name) })
  async function run(command: Command, args: string[], env: Record<string, string>): Promise<{ code: number; out: string; err: string }> {
    const said: { out: string[]; err: string[] } = { out: [], err: [] }
    const code = await command.run(args, { env, isTerminal: false, out: line => said.out.push(line), err: line => said.err.push(line) })
    return { code, out: said.out.join('\n'), err: said.err.join('\n') }
  }

  test('asks where to', async () => {
    await assert.rejects(run(backup, [], envOf(here, 'here')), CommandProblem)
  })
  test('says what it does not understand', async () => {
    await assert.rejects(run(backup, ['--two'], envOf(here, 'here')), UsageProblem)
    await assert.rejects(run(restore, [], envOf(there, 'there')), UsageProblem)
    await assert.rejects(run(auditVerify, ['quickly'], envOf(here, 'here')), UsageProblem)
  })
  test('makes an archive and tells where the key lies', async () => {
    const { code, out } = await run(backup, ['--to', dir('kept')], envOf(here, 'here'))
    assert.equal(code, 0)
    assert.match(out, /keep a copy of that file somewhere else/)
    assert.equal(readdirSync(dir('kept')).length, 1)
  })
  test('wants the key before it restores', async () => {
    await assert.rejects(run(restore, [archive()], envOf(there, 'there')), /key file .* is missing/)
  })
  test('names an archive that is not there, or is none', async () => {
    takeKey()
    await assert.rejects(run(restore, [dir('nothing')], envOf(there, 'there')), /There is no file/)
    writeFileSync(dir('text'), 'hello')
    await assert.rejects(run(restore, [dir('text')], envOf(there, 'there')), /was not restored, and nothing was changed/)
  })
  test('restores into an empty database and proves it', async () => {
    takeKey()
    const { code, out } = await run(restore, [archive()], envOf(there, 'there'))
    assert.equal(code, 0)
    assert.match(out, /Restored \d+ rows/)
    assert.match(out, /The audit trail is whole: 6 sealed events/)
    assert.equal((await run(auditVerify, [], envOf(there, 'there'))).code, 0)
    await assert.rejects(run(restore, [archive()], envOf(there, 'there')), /in use/)
  })
  test('says what somebody changed in the trail', async () => {
    await here.owner.query("update audit.event set detail = '{\"count\": 0}' where id = (select event_id from audit.seal where seq = 3)")
    const { code, err } = await run(auditVerify, [], envOf(here, 'here'))
    assert.equal(code, 1)
    assert.match(err, /NOT whole: 1 findings[^]*seal 3 was changed/)
    const { out } = await run(auditVerify, ['--json'], envOf(here, 'here'))
    assert.deepEqual(JSON.parse(out).problems.map((problem: { kind: string }) => problem.kind), ['event-or-seal-changed'])
  })

  const archive = () => join(dir('kept'), readdirSync(dir('kept'))[0]!)
  const takeKey = () => { mkdirSync(join(dir('there'), 'secrets'), { recursive: true }); cpSync(join(dir('here'), 'secrets/key'), join(dir('there'), 'secrets/key')) }
})
