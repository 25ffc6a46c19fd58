import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import type { Face } from '#platform/session.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, type TestPerson } from '#test/people.ts'
import { enterWithToken, type Entered } from './enter-with-token.ts'
import { changePassword, endOneSession, endOtherSessions, listSessions } from './own-account.ts'
import { deviceWords, endSession, endSessionsOf, startSession } from './start-session.ts'

let house: TestHouse
const noon = Date.parse('2026-11-23T15:00:00Z')
let clock = noon
const later = (minutes: number) => house.setNow(new Date(clock += minutes * 60_000))
let ana: TestPerson
before(async () => {
  house = await aHouse()
  ana = await aPatientPerson(house)
})
after(() => house.close())
beforeEach(() => later(24 * 60))

const start = async (person: TestPerson = ana, userAgent = 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0'): Promise<string> =>
  (await inTransaction(house.visitor(), tx => startSession(tx, person.personId, { isStrong: true, userAgent, how: 'passkey' }))).token
const enter = <T>(token: string, work: (tx: Entered) => Promise<T>, face: Face = 'portal') => enterWithToken(house.visitor(), { token, face }, work)
const isLive = async (token: string, face: Face = 'portal') => (await enter(token, async () => true, face)) === true
/** What the person who looks at a page with this token may still be told. */
const until = (token: string) => enter(token, async tx => [tx.session.idleUntil, tx.session.absoluteUntil].map(date => (date.getTime() - clock) / 60_000))

test('a session that nobody uses is over after fifteen minutes, on either face', async () => {
  const max = await aStaffPerson(house, { roles: ['clinician'] })
  const [early, late, work] = [await start(), await start(), await start(max)]
  later(14.9)
  assert.ok(await isLive(early))
  later(0.1)
  assert.equal(await isLive(late), false)
  assert.equal(await isLive(work, 'console'), false)
  assert.ok(await isLive(early), 'this one was used in between')
})

test('using it, or saying that one stays, begins the fifteen minutes anew; what is over stays over', async () => {
  const token = await start()
  assert.deepEqual(await until(token), [15, 12 * 60])
  later(14)
  assert.deepEqual(await until(token), [15, 12 * 60 - 14])
  later(14)
  assert.ok(await isLive(token))
  later(15)
  assert.equal(await isLive(token), false)
  later(-5)
  assert.ok(await isLive(token), 'the refused look changed nothing')
  later(15)
  assert.equal(await isLive(token), false)
})

test('twelve hours after the sign-in it is over, however busy it was', async () => {
  const token = await start()
  for (let minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
    later(10)
    assert.ok(await isLive(token), `${minutes} minutes`)
  }
  assert.deepEqual(await until(token), [15, 10])
  later(9.9)
  assert.ok(await isLive(token))
  later(0.1)
  assert.equal(await isLive(token), false)
})

test('the house’s clock counts, not the database’s', async () => {
  later(60 * 24 * 365 * 20)
  const token = await start()
  assert.ok(await isLive(token))
  later(15)
  assert.equal(await isLive(token), false)
})

test('the list holds what is alive, newest use first, and says which is this one', async () => {
  const gone = await start(ana, 'Mozilla/5.0 (Macintosh; Intel Mac OS X) Safari/605')
  later(14)
  const [phone, here] = [await start(ana, 'Mozilla/5.0 (iPhone) Safari/605'), await start()]
  assert.equal(await isLive(gone), true)
  later(2)
  assert.equal((await enter(here, listSessions))?.length, 3)
  const other = await start(await aPatientPerson(house))
  later(13.5)
  const rows = (await enter(here, listSessions))!
  assert.deepEqual(rows.map(row => [row.device, row.isThis]), [['Firefox · Windows', true]], 'the phone and the Mac are idle')
  assert.deepEqual((await enter(other, listSessions))?.map(row => row.isThis), [true])
  assert.equal(await isLive(phone), false)
})

test('one ends another of one’s own at once, and nobody’s else', async () => {
  const [here, there, theirs] = [await start(), await start(ana, 'Android'), await start(await aPatientPerson(house))]
  const strange = (await enter(theirs, async tx => tx.session.id))!
  await assert.rejects(enter(here, tx => endOneSession(tx, strange)), NotFound)
  const boss = await start(await aStaffPerson(house, { roles: ['manager'] }))
  await assert.rejects(enter(boss, tx => endOneSession(tx, strange), 'console'), NotFound, 'nor does a manager, whom the wall would let')
  assert.ok(await isLive(theirs))
  const row = (await enter(here, listSessions))!.find(({ isThis }) => !isThis)!
  await enter(here, tx => endOneSession(tx, row.id))
  assert.equal(await isLive(there), false)
  assert.ok(await isLive(here))
  await assert.rejects(enter(here, tx => endOneSession(tx, row.id)), NotFound)
})

test('all others end, this one stays; so it is with a new password', async () => {
  const person = await aPatientPerson(house)
  const theirs = await start()
  for (const end of [(tx: Entered) => endOtherSessions(tx), async (tx: Entered) => assert.deepEqual(await changePassword(tx, 'seven blue kites over sand'), { ok: true })]) {
    const [here, ...others] = [await start(person), await start(person), await start(person)]
    await enter(here, end)
    assert.ok(await isLive(here))
    for (const other of others) assert.equal(await isLive(other), false)
  }
  assert.ok(await isLive(theirs))
})

test('signing out ends this one; ending a person’s sessions ends all of theirs', async () => {
  const person = await aPatientPerson(house)
  const [one, two, three, theirs] = [await start(person), await start(person), await start(person), await start()]
  await inTransaction(house.visitor(), tx => endSession(tx, one, 'signed-out'))
  assert.deepEqual([await isLive(one), await isLive(two)], [false, true])
  await inTransaction(house.visitor(), tx => endSessionsOf(tx, person.personId, 'password-changed'))
  assert.deepEqual([await isLive(two), await isLive(three), await isLive(theirs)], [false, false, true])
  const { rows } = await house.db.owner.query('select ended_because from platform.session where person_id = $1 order by 1', [person.personId])
  assert.deepEqual(rows.map(row => row.ended_because), ['password-changed', 'password-changed', 'signed-out'])
})

test('a token is one of ours or nobody’s', async () => {
  for (const token of [undefined, '', 'x'.repeat(43), "' or true --"]) assert.equal(await enterWithToken(house.visitor(), { token, face: 'portal' }, async () => true), undefined)
})

test('of what a browser says about itself two words are kept', () => {
  assert.equal(deviceWords('Mozilla/5.0 (Linux; Android 16; Pixel) Chrome/140.0'), 'Chrome · Android')
  assert.equal(deviceWords('Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Edg/140.0'), 'Edge · Windows')
  assert.equal(deviceWords('<script>alert(1)</script>'), 'A browser')
})
