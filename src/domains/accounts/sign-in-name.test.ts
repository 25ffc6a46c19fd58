import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { openWords } from '#platform/email.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aDesk, aPatientPerson, goodPassword } from '#test/people.ts'
import { activateAccount, makeLetter } from './activate-account.ts'
import { enterWithToken, type Entered } from './enter-with-token.ts'
import { askForNewEmail, useNewEmail } from './own-account.ts'
import { askForReset } from './reset-password.ts'
import { signIn } from './sign-in.ts'
import { startSession } from './start-session.ts'

let house: TestHouse
let desk: Ctx<StaffActor>
before(async () => {
  house = await aHouse()
  desk = await aDesk(house)
})
after(() => house.close())

let network = 0
const elsewhere = () => ({ clientAddress: `198.51.${++network}.7`, userAgent: '' })
const signingIn = (name: string) => signIn(house.visitor(), { name, password: goodPassword }, elsewhere())
async function mailsTo(email: string): Promise<string[]> {
  const { rows } = await house.db.owner.query('select id, words from platform.mail where to_address = $1 order by queued_at', [email])
  return rows.map(row => openWords(house.visitor(), row.id, row.words).text)
}
const linkIn = (text: string) => /\/(?:email|reset)\/([\w-]{43})/.exec(text)?.[1] ?? ''
/** Opens an account by letter, with a name to sign in with or without. */
async function opened(email: string | null, signInName: string | null) {
  const wish = { patientId: randomUUID(), name: 'Ana Reyes', birthDate: '1958-04-17', email, locale: 'en' as const, zone: 'America/New_York' }
  const letter = await makeLetter(desk, wish)
  assert.ok(letter.ok)
  return activateAccount(house.visitor(), { code: letter.code, birthDate: wish.birthDate, signInName, password: goodPassword, passkey: null }, elsewhere())
}

test('who has no e-mail signs in with a chosen name, however it is written; a taken one is refused', async () => {
  const opening = await opened(null, 'ana.reyes')
  assert.ok(opening.ok)
  const came = await signingIn(' Ana.REYES ')
  assert.ok(came.ok && 'personId' in came && came.personId === opening.personId)
  assert.deepEqual(await opened(null, 'ana.reyes'), { ok: false, reason: 'name-taken' })
  await assert.rejects(house.db.owner.query("insert into accounts.person (name, created_at) values ('Nobody', now())"), /check/)
})

test('one mailbox serves several people: one by the mailbox, the others by names; each comes into their own', async () => {
  const mailbox = `${randomUUID()}@family.example`
  const [mother, father, aunt] = [await opened(mailbox, null), await opened(mailbox, 'father.of.kim'), await opened(mailbox, 'aunt.of.kim')]
  assert.ok(mother.ok && father.ok && aunt.ok)
  assert.deepEqual(await opened(mailbox, null), { ok: false, reason: 'name-taken' })
  for (const [name, person] of [[mailbox, mother], ['father.of.kim', father], ['aunt.of.kim', aunt]] as const) {
    const came = await signingIn(name)
    assert.ok(came.ok && 'personId' in came && came.personId === person.personId, name)
  }
  await askForReset(house.visitor(), mailbox, elsewhere())
  const mails = await mailsTo(mailbox)
  assert.equal(mails.length, 3)
  assert.equal(new Set(mails.map(linkIn)).size, 3)
  for (const name of ['father.of.kim', 'aunt.of.kim']) assert.equal(mails.filter(text => text.includes(name)).length, 0, 'a name may say what nobody is to read over their shoulder')
  for (const hint of ['fat•••im', 'aun•••im']) assert.equal(mails.filter(text => text.includes(hint)).length, 1)
  await askForReset(house.visitor(), 'aunt.of.kim', elsewhere())
  assert.equal((await mailsTo(mailbox)).length, 4, 'by a name, one alone is sent')
})

test('who signs in by a name does not come in by the mailbox, also when nobody else does', async () => {
  const mailbox = `${randomUUID()}@family.example`
  assert.ok((await opened(mailbox, 'grandpa.of.kim')).ok)
  assert.equal((await signingIn(mailbox)).ok, false)
})

test('nobody takes over a mailbox that another signs in with', async () => {
  const [ana, leo] = [await aPatientPerson(house), await aPatientPerson(house)]
  const { token } = await inTransaction(house.visitor(), tx => startSession(tx, leo.personId, { isStrong: true, userAgent: '', how: 'password' }))
  const enter = <T>(work: (tx: Entered) => Promise<T>) => enterWithToken(house.visitor(), { token, face: 'portal' }, work)
  await enter(tx => askForNewEmail(tx, ana.email))
  const [link] = (await mailsTo(ana.email)).map(linkIn)
  assert.deepEqual(await enter(tx => useNewEmail(tx, link!)), { ok: false, reason: 'email-taken' })
  assert.ok((await signingIn(ana.email)).ok && (await signingIn(leo.email)).ok)
})
