import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { openWords } from '#platform/email.ts'
import { ctxOf, staffActor } from '#test/ctx.ts'
import { addresses, aHouseApart, askAt, console_, portal, site } from '#test/faces-apart.ts'
import { TestPasskey } from '#test/passkey.ts'
import { aPatientPerson, aStaffPerson, fieldIn } from '#test/people.ts'
import type { RunningHouse } from '#test/running.ts'
import { addPasskey, askForMyPasskey } from './change-factors.ts'
import { enterWithToken } from './enter-with-token.ts'
import { letterAddress } from './help-patient-in.ts'
import { makeResetLink } from './let-back-in.ts'
import { inviteStaff } from './manage-staff.ts'
import { startSession } from './start-session.ts'

let house: RunningHouse
const at = (host: string, path: string, more?: Parameters<typeof askAt>[3]) => askAt(house.listening.port, host, path, more)
before(async () => { house = await aHouseApart(addresses) })
after(() => house.close())

test('mails name the address of the face they are for', async () => {
  const [patient, staff] = [await aPatientPerson(house, { locale: 'es' }), await aStaffPerson(house, { roles: ['manager'] })]
  const linkTo = async (email: string) => {
    const { rows: [mail] } = await house.db.owner.query('select id, words from platform.mail where to_address = $1 order by queued_at desc limit 1', [email])
    return /https?:\/\/\S+\//.exec(openWords(house.visitor(), mail.id, mail.words).text)?.[0]
  }
  await at(portal, '/reset', { form: { email: patient.email } })
  await at(console_, '/reset', { form: { email: staff.email } })
  assert.equal(await linkTo(patient.email), `https://${portal}/es/reset/`)
  assert.equal(await linkTo(staff.email), `https://${console_}/reset/`)
  const invited = await inviteStaff(ctxOf(house.house, staffActor(['manager'], staff.personId)), { name: 'New', email: 'new@practice.example', roles: ['editor'] })
  assert.ok(invited.ok && invited.link.startsWith(`https://${console_}/join/`))
  assert.ok(letterAddress(house.visitor(), 'ABCDEFGH', 'es').startsWith(`https://${portal}/es/activate/`))
  for (const [person, host] of [[patient, portal], [staff, console_]] as const) {
    const made = await makeResetLink(house.system('accounts.command'), person.email, { withSecondFactor: false })
    assert.ok(made.ok && made.link.startsWith(`https://${host}/reset/`), JSON.stringify(made))
  }
})
test('a passkey is for every name below the main one, and its answer counts at the face that asked', async () => {
  const { personId } = await aStaffPerson(house, { roles: ['manager'] })
  const key = new TestPasskey()
  const origin = `https://${console_}`
  const ctx = { ...house.visitor(), origin }
  const { token } = await inTransaction(ctx, tx => startSession(tx, personId, { isStrong: true, userAgent: '', how: 'password' }))
  const asked = await enterWithToken(ctx, { token, face: 'console' }, askForMyPasskey)
  assert.ok((await enterWithToken(ctx, { token, face: 'console' }, tx => addPasskey(tx, { ticket: asked!.ticket, response: key.make(asked!.options, { origin }), name: '' })))!.ok)
  const comeIn = async (from: string) => {
    const page = await at(console_, '/sign-in')
    const options = /data-options="([^"]*)"/.exec(page.body)![1]!.replaceAll('&quot;', '"')
    assert.equal(JSON.parse(options).rpId, site)
    return at(console_, '/sign-in', { form: { ticket: fieldIn(page.body, 'ticket'), response: key.show(options, { origin: `https://${from}` }) } })
  }
  assert.equal((await comeIn(console_)).location, '/console')
  for (const from of [portal, site, 'evil.example']) assert.equal((await comeIn(from)).status, 422, from)
})
