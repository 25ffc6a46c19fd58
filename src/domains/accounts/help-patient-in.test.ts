import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { openWords } from '#platform/email.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aDesk, aPatientPerson, aStaffPerson, codeOf, goodPassword } from '#test/people.ts'
import { activateAccount } from './activate-account.ts'
import { giveTotp } from './add-person.ts'
import { changeMailbox, mailLetter, readWayIn, unlockAccount } from './help-patient-in.ts'
import { finishSignIn, signIn } from './sign-in.ts'

let house: TestHouse
let desk: Ctx<StaffActor>
let clock = Date.parse('2026-11-23T15:00:00Z')
const later = (minutes: number) => house.setNow(new Date(clock += minutes * 60_000))
before(async () => {
  house = await aHouse()
  desk = await aDesk(house)
})
after(() => house.close())

let network = 0
const elsewhere = () => ({ clientAddress: `198.${(++network >> 8) % 256}.${network % 256}.7`, userAgent: '' })
const auditOf = async (patientId: string, action: string) => (await house.db.owner.query('select person_id, detail from audit.event where patient_id = $1 and action = $2', [patientId, action])).rows

test('a letter goes by mail too, and what was checked is kept with it', async () => {
  const wish = { patientId: randomUUID(), name: 'Ana Reyes', birthDate: '1958-04-17', email: `${randomUUID()}@patient.example`, locale: 'en' as const, zone: 'America/New_York', check: 'two-facts' as const }
  assert.deepEqual(await mailLetter(desk, wish), { ok: true })
  const { rows } = await house.db.owner.query('select id, words from platform.mail where to_address = $1', [wish.email])
  const { text } = openWords(desk, rows[0].id, rows[0].words)
  const code = /\/activate\/([A-Z0-9-]{29})/.exec(text)![1]!
  assert.ok(!text.includes('1958'))
  assert.ok((await activateAccount(house.visitor(), { code, birthDate: wish.birthDate, signInName: null, password: goodPassword, passkey: null }, elsewhere())).ok)
  assert.deepEqual(await auditOf(wish.patientId, 'account.identity-checked'), [{ person_id: desk.actor.personId, detail: { check: 'two-facts' } }])
  assert.deepEqual(await mailLetter(desk, { ...wish, email: null }), { ok: false, reason: 'no-email' })
})

test('after a check that is kept, the front desk forgets wrong codes: the patient need not wait', async () => {
  const ana = await aPatientPerson(house)
  const secret = await giveTotp(house.system('accounts.command'), ana.personId, ana.password)
  const tryCode = async (code: string) => {
    const begun = await signIn(house.visitor(), { name: ana.email, password: ana.password }, elsewhere())
    assert.ok(begun.ok && 'ticket' in begun)
    return finishSignIn(house.visitor(), { ticket: begun.ticket, code }, elsewhere())
  }
  for (let tries = 0; tries < 14; tries++, later(20)) await tryCode('ABCDEFGHJK')
  later(-20)
  const stopped = await tryCode(codeOf(secret, new Date(clock)))
  assert.ok(!stopped.ok && stopped.reason === 'too-many')
  assert.equal((await inTransaction(desk, tx => readWayIn(tx, ana.patientId))).failures, 14)
  assert.deepEqual(await unlockAccount(desk, { patientId: ana.patientId, check: 'photo' }), { ok: true })
  assert.ok((await tryCode(codeOf(secret, new Date(clock)))).ok)
  assert.deepEqual(await auditOf(ana.patientId, 'account.unlocked'), [{ person_id: desk.actor.personId, detail: { check: 'photo' } }])
  assert.deepEqual(await unlockAccount(desk, { patientId: randomUUID(), check: 'photo' }), { ok: false, reason: 'no-account' })
})

test('after a check that is kept, the front desk changes a mailbox; not that of a colleague', async () => {
  const [ana, max] = [await aPatientPerson(house), await aStaffPerson(house, { roles: ['billing'] })]
  await house.db.owner.query('update accounts.person set patient_id = $2 where id = $1', [max.personId, max.patientId = randomUUID()])
  const wish = { email: 'New@Patient.example', locale: 'en', check: 'known' } as const
  assert.deepEqual(await changeMailbox(desk, { patientId: ana.patientId, ...wish }), { ok: true })
  assert.deepEqual(await auditOf(ana.patientId, 'account.email-changed'), [{ person_id: desk.actor.personId, detail: { check: 'known' } }])
  assert.ok((await signIn(house.visitor(), { name: 'new@patient.example', password: ana.password }, elsewhere())).ok)
  const { rows } = await house.db.owner.query('select count(*)::int as told from platform.mail where to_address = $1', [ana.email])
  assert.equal(rows[0].told, 1, 'the old mailbox is told')
  for (const act of [() => changeMailbox(desk, { patientId: max.patientId, ...wish }), () => unlockAccount(desk, { patientId: max.patientId, check: 'known' })]) assert.deepEqual(await act(), { ok: false, reason: 'no-account' })
})
