import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { openWords, queueMail } from '#platform/email.ts'
import { sendMail } from '#platform/send-mail.ts'
import { hearText } from '#notices'
import { aPatientPerson, aStaffPerson, type TestPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs } from '#test/signed-in.ts'
import { aTwilioServer, type TwilioServer } from '#test/twilio-server.ts'
import { twilioLine } from './send-text.ts'

const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'a-token-that-signs-what-comes', from: '+18025550100', campaign: 'CTEST' }
let house: RunningHouse, twilio: TwilioServer
before(async () => {
  twilio = await aTwilioServer(account)
  house = await aRunningHouse({ env: { TWILIO_ACCOUNT_SID: account.accountSid, TWILIO_AUTH_TOKEN: account.authToken, TWILIO_FROM: account.from, TWILIO_CAMPAIGN: account.campaign, TWILIO_API_URL: twilio.url } })
  await aPractice(house)
  house.house.textLine = twilioLine(house.house.config.twilio!, `${house.url}/hooks/twilio/status`)
  await house.db.owner.query("insert into platform.line values ('text', 'Twilio', '2027-12-31', now(), null)")
})
after(async () => { await house.close(); await twilio.stop() })
beforeEach(() => { twilio.mood = 'takes'; twilio.asked.length = 0 })

const rows = async (text: string, ...values: unknown[]) => (await house.db.owner.query(text, values)).rows
let number = 1000
const aNumber = () => `+1802555${String(++number).padStart(4, '0')}`
const queue = (to: string) => inTransaction(house.visitor(), tx => queueMail(tx, { to, way: 'text', kind: 'visit-coming', subject: 'x', text: 'Heron Street Clinic: you have a visit soon.' }))
const send = (id: string) => sendMail(house.system('platform.send-mail'), id)
const stateOf = async (id: string) => (await rows('select sent_at is not null as sent, delivered_at is not null as arrived, failed_at is not null as failed, problem, vendor_id from platform.mail where id = $1', id))[0]
/** Twilio's published way to sign: the address, then each field's name and value by name, HMAC-SHA1 under the auth token. */
const sign = (path: string, fields: Record<string, string>, token = account.authToken) => createHmac('sha1', token).update(house.url + path + Object.keys(fields).sort().map(key => key + fields[key]).join('')).digest('base64')
const hook = (path: string, fields: Record<string, string>, signature = sign(path, fields)) => fetch(house.url + path, { method: 'POST', headers: { 'x-twilio-signature': signature }, body: new URLSearchParams(fields) })
const newSid = () => `SM${randomBytes(16).toString('hex')}`
const incoming = (from: string, body: string, sid = newSid()) => ({ AccountSid: account.accountSid, MessageSid: sid, SmsSid: sid, From: from, To: account.from, Body: body, NumMedia: '0', NumSegments: '1', ApiVersion: '2010-04-01' })

async function withPhone(person: TestPerson, address: string): Promise<void> {
  await rows("insert into notices.point values ('phone', $1, now()) on conflict do nothing", address)
  await rows("insert into notices.reach (patient_id, kind, address, verified_at, verified_how) values ($1, 'phone', $2, now(), 'code')", person.patientId, address)
}
/** A text comes, and its job runs. Gives what was answered. */
async function texts(from: string, body: string): Promise<string> {
  assert.equal((await hook('/hooks/twilio/text', incoming(from, body))).status, 200)
  for (const { id } of await rows('select id from notices.heard where read_at is null')) await hearText(house.system('notices.hear'), id)
  const [mail] = await rows("select id, words from platform.mail where to_address = $1 and kind = 'text-answer' order by queued_at desc, id desc limit 1", from)
  const last = await rows("select id, words from platform.mail where to_address = $1 and kind = 'text-answer'", from)
  assert.ok(mail, 'an answer')
  return last.map(one => openWords({ house: house.house }, one.id, one.words).text).at(-1)!
}

describe('a text on its way', () => {
  test('is handed over as the published description says, and known by its number there', async () => {
    const to = aNumber()
    const { id } = await queue(to)
    await send(id)
    const { path, authorization, fields } = twilio.asked[0]!
    assert.equal(path, `/2010-04-01/Accounts/${account.accountSid}/Messages.json`)
    assert.match(authorization, /^Basic /)
    assert.deepEqual([fields.To, fields.From, fields.Body, fields.StatusCallback], [to, account.from, 'Heron Street Clinic: you have a visit soon.', `${house.url}/hooks/twilio/status`])
    assert.match((await stateOf(id)).vendor_id, /^SM[0-9a-f]{32}$/)
    await send(id)
    assert.equal(twilio.asked.length, 1)
  })
  test('that is refused for good is not tried again; one that is not taken now is; the log holds no number', async () => {
    const { id: gone } = await queue(aNumber())
    twilio.mood = 'no such number'
    await send(gone)
    assert.deepEqual([(await stateOf(gone)).failed, (await stateOf(gone)).problem], [true, 'EMESSAGE 21211'])
    for (const mood of ['too many', 'down', 'hangs up'] as const) {
      const { id } = await queue(aNumber())
      twilio.mood = mood
      await assert.rejects(send(id), /mail not sent/)
      assert.equal((await stateOf(id)).failed, false, mood)
      twilio.mood = 'takes'
      await send(id)
      assert.equal((await stateOf(id)).sent, true, mood)
    }
    assert.ok(!house.logged.join().includes('+1802'))
  })
  test('without an agreement that holds it waits (HP-7)', async () => {
    await rows("update platform.line set agreed_until = '2026-11-22'")
    const { id } = await queue(aNumber())
    await send(id)
    assert.deepEqual([(await stateOf(id)).sent, (await stateOf(id)).problem, twilio.asked.length], [false, 'no-agreement', 0])
    await rows("update platform.line set agreed_until = '2027-12-31'")
  })
  test('without anybody who carries texts it stands in the outbox', async () => {
    const line = house.house.textLine
    house.house.textLine = undefined
    const { id } = await queue(aNumber())
    await send(id)
    house.house.textLine = line
    assert.ok((await rows('select kept_at from platform.mail where id = $1 and problem is null', id))[0].kept_at)
  })
})

describe('what became of it', () => {
  const status = (vendorId: string, state: string, code = '') => ({ AccountSid: account.accountSid, MessageSid: vendorId, SmsSid: vendorId, MessageStatus: state, SmsStatus: state, ...(code && { ErrorCode: code }), To: '+18025550111', From: account.from, ApiVersion: '2010-04-01' })
  const sent = async () => { const { id } = await queue(aNumber()); await send(id); return { id, sid: (await stateOf(id)).vendor_id as string } }
  test('is heard in any order and any number of times, and ends as it was', async () => {
    const { id, sid } = await sent()
    for (const state of ['delivered', 'sent', 'delivered', 'queued']) assert.equal((await hook('/hooks/twilio/status', status(sid, state))).status, 204)
    assert.deepEqual([(await stateOf(id)).arrived, (await stateOf(id)).failed], [true, false])
    await hook('/hooks/twilio/status', status(sid, 'undelivered', '30003'))
    assert.equal((await stateOf(id)).failed, false, 'what has arrived has')
  })
  test('a number where nobody is reached gets nothing more', async () => {
    const { id, sid } = await sent()
    await hook('/hooks/twilio/status', status(sid, 'undelivered', '30006'))
    assert.equal((await stateOf(id)).problem, 'TWILIO 30006')
    assert.equal((await rows('select p.failed_why from notices.point p join platform.mail m on m.to_address = p.address where m.id = $1', id))[0].failed_why, 'unreachable')
  })
  test('with a wrong signature, another’s, for another address or of another account, nothing is heard', async () => {
    const { id, sid } = await sent()
    const fields = status(sid, 'failed', '30005')
    const path = '/hooks/twilio/status'
    for (const signature of ['', 'x', sign(path, fields, 'another-token'), sign('/hooks/twilio/text', fields), sign(path, { ...fields, MessageStatus: 'delivered' })]) assert.equal((await hook(path, fields, signature)).status, 403, signature)
    const other = { ...fields, AccountSid: `AC${'1'.repeat(32)}` }
    assert.equal((await hook(path, other)).status, 403)
    assert.deepEqual([(await stateOf(id)).failed, (await stateOf(id)).arrived], [false, false])
    assert.equal((await fetch(house.url + path, { method: 'POST', body: 'x'.repeat(70_000), headers: { 'x-twilio-signature': 'x' } })).status, 413)
  })
})

describe('what people answer', () => {
  test('STOP ends texts to that number for all whom it serves, within the minute, says so once, and is in the ledger with its words; START begins them', async () => {
    const [ana, leo, phone] = [await aPatientPerson(house), await aPatientPerson(house), aNumber()]
    await withPhone(ana, phone)
    await withPhone(leo, phone)
    const { id: waiting } = await queue(phone)
    assert.match(await texts(phone, 'Please stop texting me'), /no more texts go to this number, for anyone it serves/)
    await send(waiting)
    assert.equal((await rows('select dropped_why from platform.mail where id = $1', waiting))[0].dropped_why, 'stopped')
    assert.deepEqual(await rows("select is_given, words, through from notices.consent where address = $1", phone), [{ is_given: false, words: 'Please stop texting me', through: 'text' }])
    assert.equal((await queue(phone)).outcome, 'stopped')
    assert.match(await texts(phone, 'START'), /on again/)
    assert.equal((await queue(phone)).outcome, 'queued')
  })
  test('SM-1 for whatever was sent it is told what they had agreed to then', async () => {
    const [ana, phone] = [await aPatientPerson(house), aNumber()]
    await withPhone(ana, phone)
    const ledger = (at: string, isGiven: boolean, words: string) => rows("insert into notices.consent (at, kind, address, patient_id, scope, is_given, words, locale, through) values ($1, 'phone', $2, $3, 'texts', $4, $5, 'en', 'portal')", at, phone, ana.patientId, isGiven, words)
    await ledger('2026-11-01T00:00:00Z', true, 'Yes, text me about visits.')
    const { id } = await inTransaction(house.visitor(), tx => queueMail(tx, { to: phone, patientId: ana.patientId, way: 'text', kind: 'visit-coming', subject: 'x', text: 'x' }))
    await send(id)
    await ledger('2026-12-24T00:00:00Z', false, 'No more texts.')
    const desk = await signedInAs(house, { personId: (await aStaffPerson(house, { roles: ['front-desk'] })).personId, roles: ['front-desk'] })
    const page = await (await desk.get(`/console/outbox/${id}`)).text()
    assert.match(page, /They had agreed.*Yes, text me about visits\..*in the portal, Saturday, October 31, 2026/s)
    assert.doesNotMatch(page, /No more texts/)
  })
  test('in Spanish, Spanish is answered', async () => { assert.match(await texts(aNumber(), 'ALTO'), /ya no van mensajes/) })
  test('the same message twice counts once', async () => {
    const fields = incoming(aNumber(), 'hello there, a question')
    for (let tries = 0; tries < 3; tries++) assert.equal((await hook('/hooks/twilio/text', fields)).status, 200)
    const heard = await rows('select id from notices.heard where vendor_id = $1', fields.MessageSid)
    assert.equal(heard.length, 1)
    await Promise.all([1, 2, 3].map(() => hearText(house.system('notices.hear'), heard[0].id)))
    assert.equal((await rows("select from platform.mail where to_address = $1", fields.From)).length, 1)
  })
  test('any other words are work, are kept sealed, and are answered with whom to call', async () => {
    const [ana, phone] = [await aPatientPerson(house), aNumber()]
    await withPhone(ana, phone)
    assert.match(await texts(phone, 'Can I bring my zq7canary to you?'), /questions are not read here\. Call \(802\) 555-0199/)
    const [task] = await rows("select title, body, patient_id from work.task where kind = 'text-reply' and patient_id = $1", ana.patientId)
    assert.equal(task.title, 'A reply by text')
    assert.ok(!task.body.includes('zq7canary'))
    assert.ok(!JSON.stringify(await rows('select words from notices.heard')).includes('zq7canary'))
  })
  test('danger pages whoever is on call, also beside a stop, and names no danger in the answer’s own words but 911 and 988', async () => {
    const phone = aNumber()
    assert.match(await texts(phone, 'Stop texting me. I want to kill myself'), /911.*988/)
    assert.equal((await rows('select from notices.consent where address = $1 and not is_given', phone)).length, 1)
    assert.equal((await rows('select from platform.mail where to_address = $1', phone)).length, 1)
    assert.equal((await rows("select from work.page p join work.task t on t.id = p.task_id where t.title = 'A text may tell of danger'")).length, 1)
  })
  test('a wrong number is theirs no more, and the desk has work for each', async () => {
    const [ana, phone] = [await aPatientPerson(house), aNumber()]
    await withPhone(ana, phone)
    await texts(phone, 'You have the wrong number')
    assert.equal((await rows('select from notices.reach where patient_id = $1 and ended_at is null', ana.patientId)).length, 0)
    assert.equal((await rows("select from work.task where title = 'A telephone is not theirs' and patient_id = $1", ana.patientId)).length, 1)
  })
  test('forged, unsigned and absurd texts are not heard', async () => {
    const fields = incoming(aNumber(), 'STOP')
    assert.equal((await hook('/hooks/twilio/text', fields, 'forged')).status, 403)
    assert.equal((await rows('select from notices.consent where address = $1', fields.From)).length, 0)
    assert.equal((await hook('/hooks/twilio/text', incoming('88022', 'hi'))).status, 200)
    assert.equal((await hook('/hooks/twilio/text', incoming('+1802555; drop', 'hi'))).status, 200)
    assert.equal((await rows("select from notices.heard where from_address !~ '^\\+'")).length, 0)
  })
})
