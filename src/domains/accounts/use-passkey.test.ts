import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { TestPasskey } from '#test/passkey.ts'
import { aPatientPerson, aStaffPerson, type TestPerson } from '#test/people.ts'
import { addPasskey, askForMyPasskey, listPasskeys, namePasskey, removePasskey } from './change-factors.ts'
import { enterWithToken, type Entered } from './enter-with-token.ts'
import { disablePerson } from './manage-staff.ts'
import { startSession } from './start-session.ts'
import { askForPasskey, signInWithPasskey } from './use-passkey.ts'

let house: TestHouse
let clock = Date.parse('2026-11-23T15:00:00Z')
const later = (minutes: number) => house.setNow(new Date(clock += minutes * 60_000))
before(async () => { house = await aHouse() })
after(() => house.close())
beforeEach(() => later(24 * 60))

const origin = 'http://localhost:3000'
let network = 0
const elsewhere = () => ({ clientAddress: `198.${(++network >> 8) % 256}.${network % 256}.7`, userAgent: '' })
const start = async ({ personId }: TestPerson) => (await inTransaction(house.visitor(), tx => startSession(tx, personId, { isStrong: true, userAgent: '', how: 'password' }))).token
const enter = async <T>(token: string, work: (tx: Entered) => Promise<T>): Promise<T> => (await enterWithToken(house.visitor(), { token, face: 'portal' }, work))!
type How = Partial<Parameters<TestPasskey['make']>[1]>
async function register(token: string, key: TestPasskey, how: How = {}, name = '') {
  const { options, ticket } = await enter(token, askForMyPasskey)
  return enter(token, tx => addPasskey(tx, { ticket, response: key.make(options, { origin, ...how }), name }))
}
async function comeIn(key: TestPasskey, how: How = {}) {
  const { options, ticket } = await askForPasskey(house.visitor())
  return signInWithPasskey(house.visitor(), { ticket, response: key.show(options, { origin, ...how }) }, elsewhere())
}
async function withKey(person: Promise<TestPerson> = aPatientPerson(house)) {
  const [who, key] = [await person, new TestPasskey()]
  const token = await start(who)
  assert.ok((await register(token, key)).ok)
  return { who, key, token }
}
const wrong = { ok: false, reason: 'wrong' }

test('a passkey is made once and from then on signs its person in, strongly: staff to the console', async () => {
  const { who, key } = await withKey(aStaffPerson(house, { roles: ['clinician'] }))
  const started = await comeIn(key)
  assert.ok(started.ok && started.isStrong && started.personId === who.personId && started.landing === '/console')
  assert.equal(await enterWithToken(house.visitor(), { token: started.token, face: 'console' }, async tx => tx.actor.kind), 'staff')
})

test('an answer counts once, for a quarter of an hour, to the question that was asked', async () => {
  const { key } = await withKey()
  const asked = await askForPasskey(house.visitor())
  const answer = { ticket: asked.ticket, response: key.show(asked.options, { origin }) }
  const outcomes = await Promise.all([signInWithPasskey(house.visitor(), answer, elsewhere()), signInWithPasskey(house.visitor(), answer, elsewhere())])
  assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
  assert.deepEqual(await signInWithPasskey(house.visitor(), answer, elsewhere()), wrong)
  const [one, two] = [await askForPasskey(house.visitor()), await askForPasskey(house.visitor())]
  assert.deepEqual(await signInWithPasskey(house.visitor(), { ticket: two.ticket, response: key.show(one.options, { origin }) }, elsewhere()), wrong)
  later(15)
  assert.deepEqual(await signInWithPasskey(house.visitor(), { ticket: one.ticket, response: key.show(one.options, { origin }) }, elsewhere()), wrong)
})

test('an answer made for another house, without the owner’s finger, by a stranger’s key or a copied one is none', async () => {
  const { key } = await withKey()
  for (const how of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }, { isVerified: false }, { challenge: 'AAAA' }]) assert.deepEqual(await comeIn(key, how), wrong, JSON.stringify(how))
  assert.deepEqual(await comeIn(new TestPasskey()), wrong)
  assert.ok((await comeIn(key, { counter: 7 })).ok)
  for (const counter of [7, 6]) assert.deepEqual(await comeIn(key, { counter }), wrong, `counter ${counter} after 7`)
  assert.ok((await comeIn(key, { counter: 8 })).ok)
  const { options, ticket } = await askForPasskey(house.visitor())
  for (const response of ['', '{', '{}', 'null', '{"id":1}', `{"id":"${'x'.repeat(30_000)}"}`]) assert.deepEqual(await signInWithPasskey(house.visitor(), { ticket, response }, elsewhere()), wrong)
  assert.deepEqual(await signInWithPasskey(house.visitor(), { ticket: 'forged', response: key.show(options, { origin }) }, elsewhere()), wrong)
})

test('no passkey is kept that was made for another house, unverified, or for another person’s question', async () => {
  const [ana, leo] = [await start(await aPatientPerson(house)), await start(await aPatientPerson(house))]
  for (const how of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }, { isVerified: false }, { challenge: 'AAAA' }]) {
    assert.deepEqual(await register(ana, new TestPasskey(), how), { ok: false, reason: 'not-accepted' }, JSON.stringify(how))
  }
  const { options, ticket } = await enter(ana, askForMyPasskey)
  assert.deepEqual(await enter(leo, tx => addPasskey(tx, { ticket, response: new TestPasskey().make(options, { origin }), name: '' })), { ok: false, reason: 'not-accepted' })
  assert.deepEqual(await enter(leo, listPasskeys), [])
})

test('it is listed, named and removed by its owner alone, and then signs nobody in', async () => {
  const [{ key, token }, { token: other }] = [await withKey(), await withKey()]
  const [row] = await enter(token, listPasskeys)
  await enter(token, tx => namePasskey(tx, row!.id, '  Blue phone '))
  assert.deepEqual((await enter(token, listPasskeys)).map(({ name }) => name), ['Blue phone'])
  await assert.rejects(enter(other, tx => namePasskey(tx, row!.id, 'Mine')))
  await assert.rejects(enter(other, tx => removePasskey(tx, row!.id)))
  assert.deepEqual(await enter(token, tx => removePasskey(tx, row!.id)), { ok: true })
  assert.deepEqual(await comeIn(key), wrong)
})

test('the passkey of one who is shut out signs nobody in', async () => {
  const boss = ctxOf(house.house, staffActor(['manager'], (await aStaffPerson(house, { roles: ['manager'] })).personId))
  const { who, key } = await withKey(aStaffPerson(house, { roles: ['billing'] }))
  assert.ok((await disablePerson(boss, who.personId)).ok)
  assert.deepEqual(await comeIn(key), wrong)
})
