import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, codeOf, type TestPerson } from '#test/people.ts'
import { enterWithToken } from './enter-with-token.ts'
import { addStaff, disablePerson, enablePerson } from './manage-staff.ts'
import { givePassword } from './let-back-in.ts'
import { finishSignIn, signIn, type SignInOutcome } from './sign-in.ts'

let house: TestHouse
let clock = Date.parse('2026-11-23T15:00:00Z')
const later = (seconds: number) => house.setNow(new Date(clock += seconds * 1_000))
before(async () => { house = await aHouse() })
after(() => house.close())
beforeEach(() => later(7_200))   // limits of the test before are over

let network = 0
/** Somewhere nobody has come from yet. */
const elsewhere = () => ({ clientAddress: `198.${(++network >> 8) % 256}.${network % 256}.7`, userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0' })
const first = (name: string, password: string, where = elsewhere()) => signIn(house.visitor(), { name, password }, where)
const second = (ticket: string, code: string, where = elsewhere()) => finishSignIn(house.visitor(), { ticket, code }, where)
const ticketOf = (outcome: SignInOutcome): string => { assert.ok(outcome.ok && 'ticket' in outcome); return outcome.ticket }
const tokenOf = (outcome: Awaited<ReturnType<typeof finishSignIn>>): string => { assert.ok(outcome.ok && 'token' in outcome); return outcome.token }
const enter = (token: string, face: 'portal' | 'console') => enterWithToken(house.visitor(), { token, face }, async tx => tx.actor.kind)
const ticketFor = async (person: TestPerson) => ticketOf(await first(person.email, person.password))
const code = (person: TestPerson, steps = 0) => codeOf(person.totpSecret!, new Date(clock + steps * 30_000))
const wrongCode = (person: TestPerson) => ['000000', '111111', '222222', '333333'].find(one => ![-1, 0, 1].some(step => code(person, step) === one))!
const wrong = { ok: false, reason: 'wrong' }

test('a patient comes in with a password, a clinician with a password and a code', async () => {
  const ana = await aPatientPerson(house)
  assert.equal(await enter(tokenOf(await first(` ${ana.email.toUpperCase()} `, ana.password)), 'portal'), 'patient')
  const max = await aStaffPerson(house, { roles: ['clinician'] })
  const ticket = await ticketFor(max)
  assert.equal(await enter(ticket, 'console'), undefined)
  const started = await second(ticket, code(max))
  assert.ok(started.ok && 'landing' in started && started.landing === '/console' && started.isStrong)
  assert.equal(await enter(started.token, 'console'), 'staff')
})

test('the password of another, a part of it, or none at all lets nobody in', async () => {
  const ana = await aPatientPerson(house)
  for (const password of ['', ana.password.slice(0, -1), ana.password.toUpperCase(), 'a password that nobody has']) assert.deepEqual(await first(ana.email, password), wrong, password)
  const max = await addStaff(house.system('accounts.command'), { name: 'Max', email: 'invited@practice.example', roles: ['billing'] })
  assert.ok(max.ok)
  assert.deepEqual(await first('invited@practice.example', 'a password that nobody has'), wrong)
})

describe('codes from an app', () => {
  test('a wrong code is refused; the right one then opens', async () => {
    const max = await aStaffPerson(house, { roles: ['manager'] })
    const ticket = await ticketFor(max)
    assert.deepEqual(await second(ticket, wrongCode(max)), wrong)
    assert.deepEqual(await second(ticket, code(max, -3)), wrong)
    assert.deepEqual(await second(ticket, code(max, 3)), wrong)
    assert.equal(await enter(tokenOf(await second(ticket, ` ${code(max).slice(0, 3)} ${code(max).slice(3)}`)), 'console'), 'staff')
  })

  test('a code counts once, and after it no older one; a newer one does', async () => {
    const max = await aStaffPerson(house, { roles: ['manager'] })
    tokenOf(await second(await ticketFor(max), code(max)))
    assert.deepEqual(await second(await ticketFor(max), code(max)), wrong)
    assert.deepEqual(await second(await ticketFor(max), code(max, -1)), wrong)
    tokenOf(await second(await ticketFor(max), code(max, 1)))
    assert.deepEqual(await second(await ticketFor(max), code(max)), wrong)
  })

  test('of two at once with the same code, one comes in', async () => {
    const max = await aStaffPerson(house, { roles: ['manager'] })
    const [one, two] = [await ticketFor(max), await ticketFor(max)]
    const outcomes = await Promise.all([second(one, code(max)), second(two, code(max))])
    assert.equal(outcomes.filter(outcome => outcome.ok).length, 1)
  })

  test('the ticket works once, for ten minutes, and is no other', async () => {
    const max = await aStaffPerson(house, { roles: ['manager'] })
    const ticket = await ticketFor(max)
    tokenOf(await second(ticket, code(max)))
    later(60)
    assert.deepEqual(await second(ticket, code(max)), { ok: false, reason: 'start-again' })
    const old = await ticketFor(max)
    later(601)
    assert.deepEqual(await second(old, code(max)), { ok: false, reason: 'start-again' })
    assert.deepEqual(await second('x'.repeat(43), code(max)), { ok: false, reason: 'start-again' })
  })

  test('who knows the password cannot guess codes: after ten the wait doubles, whatever ticket and place they come by', async () => {
    const max = await aStaffPerson(house, { roles: ['manager'] })
    for (let tries = 0; tries < 10; tries++) assert.deepEqual(await second(await ticketFor(max), wrongCode(max)), wrong, `try ${tries}`)
    later(121)
    const waits: number[] = []
    for (let tries = 0; tries < 12; tries++) {
      assert.deepEqual(await second(await ticketFor(max), wrongCode(max)), wrong)
      const stopped = await second(await ticketFor(max), code(max))
      assert.ok(!stopped.ok && stopped.reason === 'too-many')
      waits.push(stopped.retryAfterSeconds)
      later(Math.max(121, stopped.retryAfterSeconds))
    }
    assert.deepEqual(waits, [4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900])
    tokenOf(await second(await ticketFor(max), code(max)))
    later(61)
    assert.deepEqual(await second(await ticketFor(max), wrongCode(max)), wrong, 'coming in forgets the wrong tries')
  })

  test('many guesses at once are counted one by one', async () => {
    const max = await aStaffPerson(house, { roles: ['manager'] })
    const tickets = [await ticketFor(max), await ticketFor(max), await ticketFor(max)]
    const outcomes = await Promise.all(Array.from({ length: 24 }, (_, i) => second(tickets[i % 3]!, wrongCode(max))))
    assert.equal(outcomes.filter(outcome => !outcome.ok && outcome.reason === 'wrong').length, 10)
  })

  test('guessing the password does not slow down who knows it', async () => {
    const max = await aStaffPerson(house, { roles: ['manager'] })
    for (let tries = 0; tries < 24; tries++, later(10)) assert.deepEqual(await first(max.email, 'not the right one'), wrong)
    tokenOf(await second(await ticketFor(max), code(max)))
  })
})

test('staff without a second factor have a session that opens no console and reaches nothing', async () => {
  const added = await addStaff(house.system('accounts.command'), { name: 'Max', email: 'weak@practice.example', roles: ['clinician', 'manager'] })
  assert.ok(added.ok)
  await givePassword(house.system('accounts.command'), added.personId, 'four green herons wade')
  const started = await first('weak@practice.example', 'four green herons wade')
  assert.ok(started.ok && 'landing' in started)
  assert.equal(started.landing, '/sign-in/second-factor')
  assert.equal(await enter(started.token, 'console'), 'visitor')
  assert.equal(await enter(started.token, 'portal'), 'visitor')
})

test('each sign-in has a new token, which the database knows by its hash alone', async () => {
  const ana = await aPatientPerson(house)
  const tokens = [tokenOf(await first(ana.email, ana.password)), tokenOf(await first(ana.email, ana.password))]
  assert.notEqual(tokens[0], tokens[1])
  for (const token of tokens) assert.equal(Buffer.from(token, 'base64url').length, 32)
  const { rows } = await house.db.owner.query<{ token_hash: Buffer; row: string }>('select token_hash, s::text as row from platform.session s where person_id = $1', [ana.personId])
  assert.deepEqual(rows.map(row => row.token_hash.toString('hex')).sort(), tokens.map(token => createHash('sha256').update(token).digest('hex')).sort())
  const forms = tokens.flatMap(token => [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'base64url').toString('hex')])
  for (const form of forms) assert.ok(!rows.some(({ row }) => row.includes(form)))
  assert.equal(await enter(rows[0]!.token_hash.toString('base64url'), 'portal'), undefined)
  assert.ok(!house.logged.some(line => forms.some(form => line.includes(form)) || line.includes(ana.password)))
})

test('who is shut out is out with the next request, and neither password nor ticket nor code brings them back', async () => {
  const boss = ctxOf(house.house, staffActor(['manager'], (await aStaffPerson(house, { roles: ['manager'] })).personId))
  const max = await aStaffPerson(house, { roles: ['clinician'] })
  const [ticket, token] = [await ticketFor(max), tokenOf(await second(await ticketFor(max), code(max)))]
  assert.equal(await enter(token, 'console'), 'staff')
  assert.deepEqual(await disablePerson(boss, max.personId), { ok: true })
  assert.equal(await enter(token, 'console'), undefined)
  assert.equal(await enter(token, 'portal'), undefined)
  assert.deepEqual(await first(max.email, max.password), wrong)
  assert.deepEqual(await second(ticket, code(max, 1)), { ok: false, reason: 'start-again' })
  await enablePerson(boss, max.personId)
  assert.equal(await enter(token, 'console'), undefined, 'the old session stays over')
  tokenOf(await second(await ticketFor(max), code(max, 1)))
})
