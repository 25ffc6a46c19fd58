import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { aKeyboard, type Keyboard } from '#test/at-keyboard.ts'
import { CommandProblem, UsageProblem } from './command.ts'
import setup from './setup.ts'

const flags = ['--practice', 'Heron Street Clinic', '--name', 'Nell Harrow', '--email', 'Nell@Heron.example', '--zone', 'america/chicago', '--goal', 'grow']
const homes: Keyboard[] = []
const aHome = async () => { const home = await aKeyboard(); homes.push(home); return home }
let home: Keyboard
before(async () => { home = await aHome() })
after(() => Promise.all(homes.map(one => one.close())))
const one = async (at: Keyboard, question: string) => (await at.db.owner.query(question)).rows[0]

test('a slip is said before a database becomes a practice', async () => {
  for (const [flag, wrong] of [['--email', 'nell'], ['--zone', 'Mars/Olympus'], ['--goal', 'fame'], ['--name', '']]) {
    await assert.rejects(home.run(setup, flags.map((word, at) => (flags[at - 1] === flag ? wrong! : word))), new RegExp(`${flag}: Write`), flag)
  }
  await assert.rejects(home.run(setup, flags.slice(2)), /--practice is missing/)
  await assert.rejects(home.run(setup, [...flags, '--password-stdin'], { io: { input: async () => 'password1234567\n' } }), UsageProblem)
  await assert.rejects(home.run(setup, ['--hurry']), UsageProblem)
  assert.equal(await one(home, 'select 1 from platform.house'), undefined)
  assert.equal(existsSync(join(home.dataDir, 'secrets/key')), false)
})
test('makes the practice, only the faces of its goal, and an owner with a link that opens once', async () => {
  const { code, out } = await home.run(setup, flags)
  assert.equal(code, 0)
  assert.match(out, /the public site is on[^]*\/join\/[A-Za-z0-9_-]{43}\n[^]*secrets\/key/)
  assert.deepEqual(await one(home, 'select name, zone, goal, faces, published_at from practice.profile'), { name: 'Heron Street Clinic', zone: 'America/Chicago', goal: 'grow', faces: ['site'], published_at: null })
  assert.deepEqual(await one(home, 'select p.email, p.password_hash, r.role from accounts.person p join accounts.person_role r on r.person_id = p.id'), { email: 'nell@heron.example', password_hash: null, role: 'manager' })
  assert.deepEqual(await one(home, 'select is_demo from platform.house'), { is_demo: false })
  assert.deepEqual(await one(home, "select count(*)::int as n from accounts.token where purpose = 'invitation' and used_at is null"), { n: 1 })
  assert.deepEqual(await one(home, "select job from audit.event where action = 'staff.added'"), { job: 'accounts.command' })
})
test('happens once', async () => {
  await assert.rejects(home.run(setup, flags), /was set up before/)
  assert.deepEqual(await one(home, 'select count(*)::int as n from accounts.person'), { n: 1 })
})
test('asks for what was not given, again until it can be used', async () => {
  const asked: string[] = []
  const typed = ['Heron', 'Nell Harrow', 'nell@', 'nell@heron.example', 'America/New_York', 'Engage']
  const other = await aHome()
  const { out, err } = await other.run(setup, ['--json'], { io: { ask: async question => { asked.push(question); return typed.shift()! } } })
  assert.deepEqual(asked.map(question => question.slice(0, 11)), ['Name of the', 'Your name: ', 'Your e-mail', 'Your e-mail', 'Time zone: ', 'One goal: e'].map((text, at) => (at === 4 ? asked[4]!.slice(0, 11) : text)))
  assert.match(err, /mail address like/)
  const said = JSON.parse(out)
  assert.deepEqual([said.practice, said.goal, said.faces, said.zone, said.owner.email], ['Heron', 'engage', ['site', 'portal'], 'America/New_York', 'nell@heron.example'])
  assert.match(said.link, /\/join\//)
})
test('takes a password instead of a link; a second factor is still to come', async () => {
  const other = await aHome()
  const { out } = await other.run(setup, [...flags, '--json', '--password-stdin'], { io: { input: async () => 'walnut harbor quilt 77\nmore' } })
  assert.equal(JSON.parse(out).link, undefined)
  const person = await one(other, 'select password_hash, totp_secret from accounts.person')
  assert.match(person.password_hash, /^\$argon2id/)
  assert.equal(person.totp_secret, null)
})
test('never makes a practice of a demo', async () => {
  const other = await aHome()
  await other.within(async () => {}, 'demo')
  await assert.rejects(other.run(setup, flags), CommandProblem)
  await assert.rejects(other.run(setup, flags), /is a demo and stays one/)
  assert.equal(await one(other, 'select 1 from practice.profile'), undefined)
})
