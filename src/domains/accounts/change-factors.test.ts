import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { openWords } from '#platform/email.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, codeOf, goodPassword, type TestPerson } from '#test/people.ts'
import { giveTotp } from './add-person.ts'
import { addPasskey, addTotp, removePasskey, removeTotp, renewRecoveryCodes } from './change-factors.ts'
import { newTotpSecret } from './check-second-factor.ts'
import { enterWithToken, type Entered } from './enter-with-token.ts'
import { askForNewEmail, changePassword, useNewEmail } from './own-account.ts'
import { proveSession, type Proof } from './prove-session.ts'
import { askForReset, isLiveLink } from './reset-password.ts'
import { finishSignIn, signIn } from './sign-in.ts'
import { startSession } from './start-session.ts'

let house: TestHouse
let clock = Date.parse('2026-11-23T15:00:00Z')
const later = (minutes: number) => house.setNow(new Date(clock += minutes * 60_000))
before(async () => { house = await aHouse() })
after(() => house.close())
beforeEach(() => later(24 * 60))

let network = 0
const elsewhere = () => ({ clientAddress: `198.${(++network >> 8) % 256}.${network % 256}.7`, userAgent: '' })
const start = async ({ personId }: Pick<TestPerson, 'personId'>, isStrong = true) => (await inTransaction(house.visitor(), tx => startSession(tx, personId, { isStrong, userAgent: '', how: 'password' }))).token
const enter = async <T>(token: string, work: (tx: Entered) => Promise<T>): Promise<T> => (await enterWithToken(house.visitor(), { token, face: 'portal' }, work))!
const prove = (token: string, proof: Proof) => enter(token, tx => proveSession(tx, token, proof))
const signingIn = (name: string, password = goodPassword) => signIn(house.visitor(), { name, password }, elsewhere())
async function byCode(person: TestPerson, code: string) {
  const begun = await signingIn(person.email, person.password)
  assert.ok(begun.ok && 'ticket' in begun)
  return finishSignIn(house.visitor(), { ticket: begun.ticket, code }, elsewhere())
}
const code = (secret: string) => codeOf(secret, new Date(clock))
async function withApp(person: Promise<TestPerson> = aPatientPerson(house)) {
  const [who, secret] = [await person, newTotpSecret()]
  const token = await start(who)
  const added = await enter(token, tx => addTotp(tx, { secret, code: code(secret) }))
  assert.ok(added.ok)
  return { who, secret, token, spare: added.recoveryCodes }
}
async function mailsTo(email: string): Promise<string[]> {
  const { rows } = await house.db.owner.query('select id, words from platform.mail where to_address = $1 order by queued_at', [email])
  return rows.map(row => openWords(house.visitor(), row.id, row.words).text)
}
const linkIn = (text = '') => /\/(?:email|reset)\/([\w-]{43})/.exec(text)?.[1] ?? ''
const proveFirst = { ok: false, reason: 'prove-first' }

describe('spare codes', () => {
  test('ten, each once, in any writing; the database keeps hashes', async () => {
    const { who, spare } = await withApp()
    assert.equal(new Set(spare).size, 10)
    const { rows } = await house.db.owner.query('select c::text as row from accounts.recovery_code c where person_id = $1', [who.personId])
    assert.ok(rows.length === 10 && !rows.some(({ row }) => spare.some(one => row.includes(one))))
    const writings = [(one: string) => one, (one: string) => one.toLowerCase(), (one: string) => `${one.slice(0, 5)}-${one.slice(5)} `]
    for (const [i, one] of spare.entries()) {
      assert.ok((await byCode(who, writings[i % 3]!(one))).ok, one)
      assert.deepEqual(await byCode(who, one), { ok: false, reason: 'wrong' })
      later(2)
    }
  })

  test('of two at once with one code, one comes in; another’s code is none', async () => {
    const [{ who, spare }, other] = [await withApp(), await withApp()]
    const outcomes = await Promise.all([byCode(who, spare[0]!), byCode(who, spare[0]!)])
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    assert.deepEqual(await byCode(who, other.spare[0]!), { ok: false, reason: 'wrong' })
  })

  test('new ones end the old; without the app there are none', async () => {
    const { who, token, spare } = await withApp()
    const renewed = await enter(token, renewRecoveryCodes)
    assert.ok(renewed.ok)
    assert.deepEqual(await byCode(who, spare[0]!), { ok: false, reason: 'wrong' })
    assert.ok((await byCode(who, renewed.recoveryCodes[0]!)).ok)
    assert.deepEqual(await enter(token, removeTotp), { ok: true })
    assert.deepEqual(await enter(token, renewRecoveryCodes), { ok: false, reason: 'no-app' })
    const plain = await signingIn(who.email)
    assert.ok(plain.ok && 'token' in plain, 'the password is enough again')
  })
})

test('an app is added only with a code of its own, and that code is used up', async () => {
  const who = await aPatientPerson(house)
  const [token, secret] = [await start(who), newTotpSecret()]
  for (const [given, typed] of [[secret, '000000'], ['SHORT', code(secret)], [secret, '']] as const) assert.deepEqual(await enter(token, tx => addTotp(tx, { secret: given, code: typed })), { ok: false, reason: 'wrong-code' })
  assert.ok((await enter(token, tx => addTotp(tx, { secret, code: code(secret) }))).ok)
  assert.deepEqual(await byCode(who, code(secret)), { ok: false, reason: 'wrong' })
  const { rows } = await house.db.owner.query('select totp_secret from accounts.person where id = $1', [who.personId])
  assert.ok(!rows[0].totp_secret.toString('latin1').includes(secret), 'sealed')
})

describe('fresh proof', () => {
  const changes: Record<string, (tx: Entered) => Promise<{ ok: boolean }>> = {
    'add an app': tx => { const secret = newTotpSecret(); return addTotp(tx, { secret, code: code(secret) }) },
    'renew spare codes': renewRecoveryCodes,
    'change the password': tx => changePassword(tx, 'seven blue kites over sand'),
    'change the mailbox': tx => askForNewEmail(tx, 'new@patient.example'),
    'remove a passkey': tx => removePasskey(tx, 'x'),
    'add a passkey': tx => addPasskey(tx, { ticket: '', response: '', name: '' }),
    'remove the app': removeTotp,
  }

  test('is five minutes old at most, and given anew it counts again', async () => {
    const { secret, token } = await withApp()
    later(5)
    assert.ok((await enter(token, changes['renew spare codes']!)).ok)
    later(0.1)
    for (const [what, change] of Object.entries(changes)) assert.deepEqual(await enter(token, change), proveFirst, what)
    for (const wrong of [{ password: 'not the right one' }, { code: '000000' }, { ticket: 'x', response: '{}' }]) assert.deepEqual(await prove(token, wrong), { ok: false, reason: 'wrong' })
    assert.deepEqual(await enter(token, changes['renew spare codes']!), proveFirst)
    assert.deepEqual(await prove(token, { code: code(secret) }), { ok: true })
    for (const [what, change] of Object.entries(changes)) assert.notDeepEqual(await enter(token, change).catch(() => 'went on'), proveFirst, what)
  })

  test('by password alone does not replace the second factor that guards it', async () => {
    const { who, secret } = await withApp()
    const weak = await start(who, false)
    for (const what of ['add an app', 'remove the app', 'renew spare codes', 'change the mailbox', 'add a passkey', 'remove a passkey']) assert.deepEqual(await enter(weak, changes[what]!), proveFirst, what)
    assert.deepEqual(await prove(weak, { password: who.password }), { ok: false, reason: 'wrong' })
    later(1)
    assert.deepEqual(await prove(weak, { code: code(secret) }), { ok: true })
    assert.ok((await enter(weak, removeTotp)).ok)
  })

  test('cannot be guessed: codes slow down as they do at the door', async () => {
    const { token } = await withApp()
    const answers = []
    for (let tries = 0; tries < 12; tries++, later(tries === 5 ? 2.1 : 0)) answers.push(await prove(token, { code: 'ABCDEFGHJK' }))
    assert.deepEqual(answers.map(answer => !answer.ok && answer.reason), [...Array.from({ length: 10 }, () => 'wrong'), 'too-many', 'too-many'])
  })
})

test('staff keep one strong factor', async () => {
  const { token } = await withApp(aStaffPerson(house, { roles: ['clinician'] }))
  assert.deepEqual(await enter(token, removeTotp), { ok: false, reason: 'last-factor' })
})

test('a new mailbox counts once its own link was opened by the person themselves; the old one is told', async () => {
  const [ana, leo] = [await aPatientPerson(house), await aPatientPerson(house)]
  const [token, other] = [await start(ana), await start(leo)]
  const fresh = `${randomUUID()}@patient.example`
  assert.deepEqual(await enter(token, tx => askForNewEmail(tx, 'no address')), { ok: false, reason: 'bad-email' })
  assert.deepEqual(await enter(token, tx => askForNewEmail(tx, ` ${fresh.toUpperCase()}`)), { ok: true })
  await askForReset(house.visitor(), ana.email, elsewhere())
  const [link, reset] = [linkIn((await mailsTo(fresh))[0]), linkIn((await mailsTo(ana.email))[0])]
  assert.equal((await signingIn(fresh)).ok, false)
  assert.deepEqual(await enter(other, async tx => useNewEmail(tx, link).finally(() => tx.db.client!.query('rollback'))), { ok: false, reason: 'link-over' })
  later(1)
  assert.deepEqual(await enter(token, tx => useNewEmail(tx, link)), { ok: true })
  assert.deepEqual(await enter(token, tx => useNewEmail(tx, link)), { ok: false, reason: 'link-over' })
  assert.deepEqual([(await signingIn(fresh)).ok, (await signingIn(ana.email)).ok], [true, false])
  assert.equal((await mailsTo(ana.email)).length, 2, 'the reset, and that the mailbox has changed')
  assert.equal(await isLiveLink(house.visitor(), 'reset', reset), false, 'what went to the old mailbox opens nothing')
})

test('an app given at the keyboard is asked for at the next sign-in', async () => {
  const who = await aPatientPerson(house)
  const secret = await giveTotp(house.system('accounts.command'), who.personId, who.password)
  assert.ok((await byCode(who, code(secret))).ok)
})
