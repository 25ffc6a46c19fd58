import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ctxOf } from '#test/ctx.ts'
import { aKeyboard, type Keyboard } from '#test/at-keyboard.ts'
import { resetPassword } from '#root/domains/accounts/reset-password.ts'
import { CommandProblem, UsageProblem } from './command.ts'
import userAdd from './user-add.ts'
import userReset from './user-reset.ts'

let home: Keyboard
before(async () => { home = await aKeyboard(); await home.within(async () => {}) })
after(() => home.close())
const one = async (question: string) => (await home.db.owner.query(question)).rows[0]
const ivo = ['--name', 'Ivo Marsh', '--email', 'ivo@heron.example', '--role', 'clinician', '--role', 'manager']
const setPassword = (purpose: 'reset' | 'invitation', token: string, password = 'walnut harbor quilt 77') =>
  home.within(({ house }) => resetPassword(ctxOf(house, { kind: 'visitor' }), { purpose, token, password }))

test('lets somebody in with their roles, by a link that opens once', async () => {
  const { code, out } = await home.run(userAdd, [...ivo, '--locale', 'es', '--json'])
  assert.equal(code, 0)
  const said = JSON.parse(out)
  assert.deepEqual([said.email, said.roles], ['ivo@heron.example', ['clinician', 'manager']])
  assert.deepEqual(await one("select locale, array(select role from accounts.person_role r where r.person_id = p.id order by 1) as roles from accounts.person p"), { locale: 'es', roles: ['clinician', 'manager'] })
  const token = said.link.split('/').at(-1)
  assert.ok((await setPassword('invitation', token)).ok)
  assert.deepEqual(await setPassword('invitation', token), { ok: false, reason: 'link-over' })
})
test('refuses a mailbox that is taken, a role that is none, and half of what is needed', async () => {
  await assert.rejects(home.run(userAdd, ivo), /signs in with ivo@heron\.example already/)
  await assert.rejects(home.run(userAdd, ['--name', 'A', '--email', 'a@b.example', '--role', 'king']), /--role: Write one or more/)
  await assert.rejects(home.run(userAdd, ['--name', 'A', '--role', 'editor']), /--email is missing/)
  await assert.rejects(home.run(userAdd, [...ivo, '--locale', 'fr']), UsageProblem)
  assert.equal((await one('select count(*)::int as n from accounts.person')).n, 1)
})
test('prints a link for a new password and remembers that it did', async () => {
  const { code, out } = await home.run(userReset, ['IVO@heron.example'])
  assert.equal(code, 0)
  const token = /\/reset\/([A-Za-z0-9_-]{43})$/.exec(out)?.[1]
  assert.ok(token)
  assert.deepEqual(await one("select actor_kind, job, detail from audit.event where action = 'account.reset-made'"), { actor_kind: 'system', job: 'accounts.command', detail: { secondFactor: false } })
  const before = await one('select password_hash from accounts.person')
  assert.ok((await setPassword('reset', token, 'lantern pebble oak 31')).ok)
  assert.notDeepEqual(await one('select password_hash from accounts.person'), before)
})
test('takes the second factor away only when told to, and every session with it', async () => {
  await home.db.owner.query("update accounts.person set totp_secret = 'x'")
  await home.db.owner.query("insert into accounts.recovery_code (person_id, code_hash) select id, decode(repeat('00', 32), 'hex') from accounts.person")
  await home.run(userReset, ['ivo@heron.example'])
  assert.ok((await one('select totp_secret from accounts.person')).totp_secret)
  await home.run(userReset, ['ivo@heron.example', '--second-factor'])
  assert.equal((await one('select totp_secret from accounts.person')).totp_secret, null)
  assert.equal((await one('select count(*)::int as n from accounts.recovery_code')).n, 0)
})
test('helps nobody who is not there, is shut out, or is one of several', async () => {
  await assert.rejects(home.run(userReset, ['ana@heron.example']), /Nobody signs in with/)
  await assert.rejects(home.run(userReset, []), UsageProblem)
  await home.db.owner.query("insert into accounts.person (name, email, sign_in_name, locale, created_at) values ('A', 'family@heron.example', 'first.sol', 'en', now()), ('B', 'family@heron.example', 'second.sol', 'en', now())")
  await assert.rejects(home.run(userReset, ['family@heron.example']), /Several people share/)
  assert.match((await home.run(userReset, ['second.sol'])).out, /^B opens this once/)
  await home.db.owner.query("update accounts.person set disabled_at = now() where name = 'B'")
  await assert.rejects(home.run(userReset, ['second.sol']), CommandProblem)
})
