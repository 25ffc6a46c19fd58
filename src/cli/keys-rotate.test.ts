import assert from 'node:assert/strict'
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { openWords, queueMail } from '#platform/email.ts'
import { CannotOpen, placeOf } from '#platform/keys.ts'
import { forgetRunning, writeRunning } from '#platform/run-file.ts'
import { addStaff, giveTotp } from '#accounts'
import { ensureKeys, signAssertion } from '#integrations/ehr-fhir-pull/signing-keys.ts'
import { aKeyboard, type Keyboard } from '#test/at-keyboard.ts'
import auditVerify from './audit-verify.ts'
import { UsageProblem } from './command.ts'
import keysRotate from './keys-rotate.ts'

let home: Keyboard
let personId: string
let secret: string
let fileId: string
before(async () => {
  home = await aKeyboard()
  await home.within(async ({ house, ctxAs }) => {
    const added = await addStaff(ctxAs('accounts.command'), { name: 'Nell', email: 'nell@heron.example', roles: ['manager'] })
    assert.ok(added.ok)
    personId = added.personId
    secret = await giveTotp(ctxAs('accounts.command'), personId, 'walnut harbor quilt 77')
    await inTransaction(ctxAs('accounts.command'), tx => queueMail(tx, { to: 'nell@heron.example', subject: 'Hello', text: 'Come in.' }))
    await ensureKeys(ctxAs('pull.run'))
    fileId = (await house.files.put(Buffer.from('a letter'), { mediaType: 'text/plain' })).id
  })
})
after(() => home.close())
const keyFile = () => join(home.dataDir, 'secrets/key')
const keyLines = () => readFileSync(keyFile(), 'utf8').split('\n').filter(line => line !== '' && !line.startsWith('#'))
const one = async (question: string) => (await home.db.owner.query(question)).rows[0]
const readSecret = () => home.within(async ({ house }) => house.keys.open('second-factor', placeOf('accounts.person', 'totp_secret', personId), (await one('select totp_secret from accounts.person')).totp_secret).toString())
const readMail = () => home.within(async ({ ctxAs }) => { const { id, words } = await one('select id, words from platform.mail'); return openWords(ctxAs('x'), id, words).text })
const signs = () => home.within(async ({ ctxAs, house }) => { for (const algorithm of ['ES384', 'RS384'] as const) await signAssertion(ctxAs('pull.run'), { algorithm, clientId: 'c', tokenUrl: 'https://ehr.example/token', now: house.now() }) })
const readFile = () => home.within(async ({ house }) => (await house.files.get(fileId)).toString())

test('not while somebody serves, who would know only the old key', async () => {
  const before = readFileSync(keyFile(), 'utf8')
  writeRunning(home.dataDir, { pid: process.pid, startedAt: '', parts: ['web'], database: { isEmbedded: false, place: '' } })
  await assert.rejects(home.run(keysRotate), /is running/)
  forgetRunning(home.dataDir)
  await home.within(async ({ house }) => {
    await house.pool.query('select 1')
    await assert.rejects(home.run(keysRotate), /is running/)
  })
  await assert.rejects(home.run(keysRotate, ['now']), UsageProblem)
  assert.equal(readFileSync(keyFile(), 'utf8'), before)
})
test('seals everything that lives under the new key, and keeps the old one', async () => {
  const [old] = keyLines()
  const { code, out } = await home.run(keysRotate, ['--json'])
  const said = JSON.parse(out)
  assert.deepEqual([code, said.keys, said.secondFactors, said.mails, said.signingKeys, said.files], [0, 2, 1, 1, 2, 1])
  assert.deepEqual([keyLines().length, keyLines()[1], statSync(keyFile()).mode & 0o777], [2, old, 0o600])
  assert.notEqual(keyLines()[0], old)
  assert.deepEqual([await readSecret(), await readMail(), await readFile()], [secret, 'Come in.', 'a letter'])
  await signs()
  assert.equal((await one("select count(*)::int as n from audit.event where action = 'keys.rotated'")).n, 1)
})
test('the old key alone opens nothing of it any more, and no start does without the new one', async () => {
  copyFileSync(keyFile(), `${keyFile()}.both`)
  const lines = keyLines()
  writeFileSync(keyFile(), `${lines[1]}\n`)
  await assert.rejects(home.within(async () => {}), /sealed with a key that is not in the key file/)
  await home.db.owner.query('delete from platform.house_key where fingerprint <> (select key_fingerprint from platform.house)')
  for (const read of [readSecret, readMail, readFile, signs]) await assert.rejects(read(), CannotOpen)
  copyFileSync(`${keyFile()}.both`, keyFile())
  assert.equal(await readFile(), 'a letter')
})
test('the audit trail is whole across the change', async () => {
  const { sealEverything } = await import('#platform/seal-audit.ts')
  const { AnchorFile, anchorFileOf } = await import('#platform/anchor-file.ts')
  const seal = () => home.within(({ house }) => sealEverything(house, new AnchorFile(anchorFileOf(home.dataDir), house.keys)))
  await seal()
  await home.run(keysRotate)
  await seal()
  assert.equal((await home.run(auditVerify)).code, 0)
  assert.equal(keyLines().length, 3)
})
