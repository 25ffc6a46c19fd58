import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { messageIdOf } from '#platform/carry-mail.ts'
import { inTransaction } from '#platform/db.ts'
import { openWords, queueMail } from '#platform/email.ts'
import { sendNotice } from '#notices'
import { aPatientPerson, type TestPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs } from '#test/signed-in.ts'

let house: RunningHouse
const token = 'a-long-random-word-of-a-mail-server'
before(async () => { house = await aRunningHouse({ env: { MAIL_HOOK_TOKEN: token } }); await aPractice(house) })
after(() => house.close())

const ping = ({ patientId }: TestPerson) => inTransaction(house.system('records.tell'), tx => sendNotice(tx, { kind: 'something-new', patientId, dedupe: randomUUID() }))
const newest = async (patientId: string) => (await house.db.owner.query("select id, words, failed_at, dropped_why, to_address from platform.mail where patient_id = $1 and kind = 'something-new' order by queued_at desc, id desc limit 1", [patientId])).rows[0]
const later = () => house.setNow(new Date(house.house.now().getTime() + 11 * 60_000))
const report = (mailId: string, { status = '5.1.1', bearer = token, messageId = messageIdOf(house.house, mailId) } = {}) => fetch(`${house.url}/hooks/mail`, {
  method: 'POST', headers: { authorization: `Bearer ${bearer}`, 'content-type': 'message/rfc822' },
  body: `Content-Type: multipart/report; report-type=delivery-status\n\nAction: failed\nStatus: ${status}\n\nMessage-ID: <${messageId}@heron.example>\n`,
})

describe('a bounce', () => {
  test('ends mail about the patient to that mailbox, once; account mail that they ask for still goes', async () => {
    const ana = await aPatientPerson(house)
    await ping(ana)
    const { id } = await newest(ana.patientId)
    assert.deepEqual([(await report(id)).status, (await report(id)).status], [204, 204])
    assert.ok((await newest(ana.patientId)).failed_at)
    later()
    await ping(ana)
    assert.equal((await newest(ana.patientId)).dropped_why, 'point-failed')
    assert.equal((await inTransaction(house.visitor(), tx => queueMail(tx, { to: ana.email, personId: ana.personId, kind: 'reset', subject: 'x', text: 'x' }))).outcome, 'queued')
  })
  test('with another token, or none, changes nothing', async () => {
    const ana = await aPatientPerson(house)
    await ping(ana)
    const { id } = await newest(ana.patientId)
    assert.equal((await report(id, { bearer: `${token}x` })).status, 401)
    assert.equal((await fetch(`${house.url}/hooks/mail`, { method: 'POST', body: 'x' })).status, 401)
    assert.equal((await newest(ana.patientId)).failed_at, null)
    assert.equal((await report(randomUUID())).status, 204)
    assert.equal((await report('no-id')).status, 202)
  })
  test('that quotes a number without our keyed hash, or with another mail’s, marks nothing: anybody can write a bounce', async () => {
    const ana = await aPatientPerson(house)
    await ping(ana)
    const { id } = await newest(ana.patientId)
    for (const messageId of [id, `${id}.${'0'.repeat(32)}`, `${id}.${messageIdOf(house.house, randomUUID()).split('.')[1]}`]) assert.equal((await report(id, { messageId })).status, 202, messageId)
    assert.equal((await newest(ana.patientId)).failed_at, null)
    assert.equal((await report(id, { messageId: `${messageIdOf(house.house, id)}@heron.example>\nMessage-ID: <${randomUUID()}.${'f'.repeat(32)}` })).status, 204, 'beside a forged one ours is still found')
    assert.ok((await newest(ana.patientId)).failed_at)
  })
})

describe('one click that ends mails', () => {
  const linkOf = async (ana: TestPerson) => { const mail = await newest(ana.patientId); return new URL(openWords({ house: house.house }, mail.id, mail.words).unsubscribe!).pathname }
  test('ends those that something is new, for that mailbox; a GET, however often, does not; visits go on; the portal takes it back', async () => {
    const ana = await aPatientPerson(house)
    await ping(ana)
    const link = await linkOf(ana)
    for (let tries = 0; tries < 20; tries++) assert.equal((await fetch(house.url + link)).status, 200)
    later()
    await ping(ana)
    assert.equal((await newest(ana.patientId)).dropped_why, null)
    const click = () => fetch(house.url + link, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
    assert.deepEqual([(await click()).status, (await click()).status], [200, 200])
    assert.equal((await house.db.owner.query('select from notices.consent where patient_id = $1', [ana.patientId])).rowCount, 1)
    later()
    await ping(ana)
    assert.equal((await newest(ana.patientId)).dropped_why, 'stopped')
    await house.db.owner.query("insert into platform.wide_job values ('test.remind', 'people', 'x', true) on conflict do nothing")
    assert.equal((await inTransaction(house.system('test.remind'), tx => sendNotice(tx, { kind: 'visit-coming', patientId: ana.patientId, dedupe: randomUUID(), visit: { at: new Date('2026-12-01T14:30:00Z'), zone: 'America/New_York', path: '/portal/appointments' } }))).told, 1)
    const session = await signedInAs(house, { personId: ana.personId, actingFor: ana.patientId })
    assert.match(await (await session.get('/portal/settings/reach')).text(), /You stopped mails about new things/)
    assert.equal((await session.post('/portal/settings/reach', { action: 'resume', kind: 'mailbox', address: 'someone@else.example', scope: 'news' })).status, 404)
    assert.equal((await session.post('/portal/settings/reach', { action: 'resume', kind: 'mailbox', address: ana.email, scope: 'news' })).status, 303)
    later()
    await ping(ana)
    assert.equal((await newest(ana.patientId)).dropped_why, null)
  })
  test('the page asks first, in both languages, and works by its button; a made-up token leads nowhere', async () => {
    const ana = await aPatientPerson(house)
    await ping(ana)
    const token = (await linkOf(ana)).split('/').at(-1)!
    for (const start of ['', '/es']) {
      const page = await fetch(`${house.url}${start}/stop/${token}`)
      assert.equal(page.status, 200)
      assert.equal(page.headers.get('referrer-policy'), 'same-origin', 'with none a browser sends its button’s form from nowhere, and that is refused')
      assert.ok(!(await page.text()).includes(ana.email))
    }
    const pressed = await fetch(`${house.url}/stop/${token}`, { method: 'POST', headers: { origin: house.url }, body: new URLSearchParams({ _once: randomUUID() }), redirect: 'manual' })
    assert.equal(pressed.status, 303)
    assert.equal((await house.db.owner.query('select from notices.consent where patient_id = $1 and not is_given', [ana.patientId])).rowCount, 1)
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    assert.equal((await fetch(`${house.url}/stop/${forged}`)).status, 404)
    assert.equal((await fetch(`${house.url}/hooks/stop/${forged}`, { method: 'POST' })).status, 404)
  })
})
