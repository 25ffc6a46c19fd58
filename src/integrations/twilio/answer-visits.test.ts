import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { openWords } from '#platform/email.ts'
import { sendMail } from '#platform/send-mail.ts'
import { bookForPatient, schedulingJobs } from '#scheduling'
import { jobs } from '#root/jobs.ts'
import { aDesk, aPatientPerson } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { signedInAs } from '#test/signed-in.ts'
import { aTwilioServer, type TwilioServer } from '#test/twilio-server.ts'
import { twilioLine } from './send-text.ts'

const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'a-token-that-signs-what-comes', from: '+18025550100', campaign: 'CTEST' }
let house: RunningHouse, twilio: TwilioServer, s: TestSchedule, desk: Ctx<StaffActor>
before(async () => {
  twilio = await aTwilioServer(account)
  house = await aRunningHouse({ env: { TWILIO_ACCOUNT_SID: account.accountSid, TWILIO_AUTH_TOKEN: account.authToken, TWILIO_FROM: account.from, TWILIO_CAMPAIGN: account.campaign, TWILIO_API_URL: twilio.url } })
  s = await aSchedule(house)
  desk = await aDesk(house)
  house.house.textLine = twilioLine(house.house.config.twilio!, `${house.url}/hooks/twilio/status`)
  await rows("insert into platform.line values ('text', 'Twilio', '2027-12-31', now(), null)")
})
after(async () => { await house.close(); await twilio.stop() })
beforeEach(async () => {
  twilio.asked.length = 0
  house.setNow('2026-11-23T15:00:00Z')
  await clearVisits(house, 'platform.mail', 'notices.heard', 'work.task')
})

const rows = async (text: string, ...values: unknown[]) => (await house.db.owner.query(text, values)).rows
let number = 2000
const aNumber = () => `+1802555${String(++number).padStart(4, '0')}`
const sign = (path: string, fields: Record<string, string>) => createHmac('sha1', account.authToken).update(house.url + path + Object.keys(fields).sort().map(key => key + fields[key]).join('')).digest('base64')

type Person = Awaited<ReturnType<typeof aPatientPerson>>
/** A patient with a record, who is told by text at this number. */
async function textedAt(phone: string, name: string): Promise<Person> {
  const person = await aPatientPerson(house, { name })
  await rows("insert into records.patient (id, name, given, updated_at) values ($1, $2, $3, now())", person.patientId, name, name.split(' ')[0])
  await rows("insert into notices.point values ('phone', $1, now()) on conflict do nothing", phone)
  await rows("insert into notices.reach (patient_id, kind, address, verified_at, verified_how) values ($1, 'phone', $2, now(), 'code')", person.patientId, phone)
  await rows("insert into notices.choice (patient_id, prefers, set_at) values ($1, 'text', now())", person.patientId)
  return person
}
async function book({ patientId }: Person, iso: string): Promise<string> {
  const booked = await bookForPatient(desk, { patientId, visitTypeId: s.typeIds['check-up']!, reason: 'Zq-canary', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, mode: 'in-person', startsAt: new Date(iso) })
  assert.ok(booked.ok)
  return booked.id
}
const runJob = (name: string, payload = {}) => [...jobs, ...schedulingJobs].find(job => job.name === name)!.run(house.system(name), payload)
/** The reminder goes out by its job, and its text reaches the carrier. */
async function remind(now: string): Promise<void> {
  house.setNow(now)
  await runJob('scheduling.remind')
  for (const { id } of await rows('select id from platform.mail where sent_at is null and words is not null')) await sendMail(house.system('platform.send-mail'), id)
}
/** A signed text comes to the hook, and the job of the house reads it. Gives the answer that is queued. */
async function texts(from: string, body: string): Promise<string> {
  const sid = `SM${randomBytes(16).toString('hex')}`
  const fields = { AccountSid: account.accountSid, MessageSid: sid, SmsSid: sid, From: from, To: account.from, Body: body, NumMedia: '0', NumSegments: '1', ApiVersion: '2010-04-01' }
  const response = await fetch(`${house.url}/hooks/twilio/text`, { method: 'POST', headers: { 'x-twilio-signature': sign('/hooks/twilio/text', fields) }, body: new URLSearchParams(fields) })
  assert.equal(response.status, 200)
  const [heard] = await rows('select id from notices.heard where vendor_id = $1', sid)
  await runJob('notices.hear', { heardId: heard.id })
  const [mail] = await rows('select id, words from platform.mail where dedupe = $1', `answer:${heard.id}`)
  return openWords({ house: house.house }, mail.id, mail.words).text
}
const saidComing = async (id: string) => (await rows('select said_coming_how from scheduling.appointment where id = $1', id))[0].said_coming_how
const titles = async (patientId: string) => (await rows('select title from work.task where patient_id = $1 order by title', patientId)).map(row => row.title)
const stops = async (phone: string) => (await rows('select from notices.consent where address = $1 and not is_given', phone)).length

describe('an answer to a reminder', () => {
  test('yes, sí, ok or 1 confirms the one visit; the schedule, its history and the portal show it; twice is once', async () => {
    for (const [word, day] of [['Yes', '01'], ['sí', '02'], ['ok', '03'], ['1', '04']] as const) {
      house.setNow('2026-11-23T15:00:00Z')
      const phone = aNumber()
      const ana = await textedAt(phone, 'Ana Reyes')
      const id = await book(ana, `2026-12-${day}T15:00:00Z`)
      assert.match(await texts(phone, word), /questions are not read|no se leen/, 'nothing was asked about')
      await remind(new Date(Date.parse(`2026-12-${day}T16:00:00Z`) - 3 * 86_400_000).toISOString())
      assert.match(await texts(phone, word), /we know you will come|ya sabemos que viene/)
      await texts(phone, word)
      assert.equal(await saidComing(id), 'text', word)
      assert.deepEqual((await rows('select verified_at from notices.reach where address = $1', phone))[0].verified_at, house.house.now(), 'somebody reads there')
      assert.deepEqual(await rows("select by_kind, through from scheduling.appointment_step where appointment_id = $1 and step = 'said-coming'", id), [{ by_kind: 'system', through: 'text' }])
      assert.equal((await rows('select version from scheduling.appointment where id = $1', id))[0].version, 1, 'what is open elsewhere still holds')
    }
  })
  test('shows on both sides', async () => {
    const phone = aNumber()
    const ana = await textedAt(phone, 'Ana Reyes')
    const id = await book(ana, '2026-12-01T15:00:00Z')
    await remind('2026-11-28T16:00:00Z')
    await texts(phone, 'yes')
    const portal = await signedInAs(house, { personId: ana.personId, actingFor: ana.patientId })
    assert.match(await (await portal.get(`/portal/appointments/${id}`)).text(), /You said that you will come/)
    const console = await signedInAs(house, { personId: desk.actor.personId, roles: ['front-desk'] })
    assert.match(await (await console.get('/console/schedule?day=2026-12-01')).text(), /Coming<\/span>/)
    assert.match(await (await console.get(`/console/schedule/visits/${id}`)).text(), /They said so by text/)
  })
  test('of several: a bare yes is asked which, by number and by nobody’s name; numbers, names, both and mixed answers are taken, and a number stays that of its visit', async () => {
    const phone = aNumber()
    const [ana, luis] = [await textedAt(phone, 'Ana Reyes'), await textedAt(phone, 'Luis Reyes')]
    const [first, second] = [await book(ana, '2026-12-01T15:00:00Z'), await book(luis, '2026-12-01T15:30:00Z')]
    await remind('2026-11-28T16:00:00Z')
    const asked = await texts(phone, 'yes')
    assert.match(asked, /which one\? 1: Tue, Dec 1, 10:00.AM EST; 2: Tue, Dec 1, 10:30.AM EST/)
    assert.doesNotMatch(asked, /Ana|Luis/)
    assert.deepEqual([await saidComing(first), await saidComing(second)], [null, null])
    await texts(phone, '1')
    await texts(phone, '2')
    assert.deepEqual([await saidComing(first), await saidComing(second)], ['text', 'text'], 'after the first, the second is still the second')
    await rows('update scheduling.appointment set said_coming_at = null, said_coming_how = null')
    assert.match(await texts(phone, 'Ana sí, Luis no'), /Nothing is changed yet|no cambia nada/)
    assert.deepEqual([await saidComing(first), await saidComing(second), await titles(ana.patientId), await titles(luis.patientId)], ['text', null, [], ['Somebody cannot come, by text']])
    await rows('update scheduling.appointment set said_coming_at = null, said_coming_how = null')
    await texts(phone, '1 no 2 yes')
    assert.deepEqual([await saidComing(first), await saidComing(second), await titles(ana.patientId)], [null, 'text', ['Somebody cannot come, by text']])
    await texts(phone, 'yes')
    assert.equal(await saidComing(first), 'text', 'one alone still waits for a yes')
    assert.match(await texts(phone, '7'), /which one/)
  })
  test('counts for nothing when the visit was moved or called off meanwhile: it is told, and nothing else', async () => {
    const phone = aNumber()
    const ana = await textedAt(phone, 'Ana Reyes')
    const id = await book(ana, '2026-12-01T15:00:00Z')
    await remind('2026-11-28T16:00:00Z')
    await rows("update scheduling.appointment set starts_at = '2026-12-01T16:00:00Z', ends_at = '2026-12-01T16:30:00Z', version = version + 1 where id = $1", id)
    for (const word of ['yes', 'no']) assert.match(await texts(phone, word), /not as it was when we wrote/)
    assert.deepEqual([await saidComing(id), await titles(ana.patientId)], [null, []])
    await remind('2026-11-30T16:30:00Z')
    await texts(phone, 'yes')
    assert.equal(await saidComing(id), 'text', 'and after the next reminder it counts')
    await rows("update scheduling.appointment set status = 'cancelled', version = version + 1 where id = $1", id)
    assert.match(await texts(phone, 'yes'), /not as it was/)
  })
  test('a move makes it unsaid, whoever moves it', async () => {
    const phone = aNumber()
    const id = await book(await textedAt(phone, 'Ana Reyes'), '2026-12-01T15:00:00Z')
    await remind('2026-11-28T16:00:00Z')
    await texts(phone, 'yes')
    await rows("update scheduling.appointment set starts_at = '2026-12-02T16:00:00Z', ends_at = '2026-12-02T16:30:00Z', version = version + 1 where id = $1", id)
    assert.equal(await saidComing(id), null)
  })
  test('a no, or calling off the visit in words, stops no texts and cancels nothing: a person has work', async () => {
    for (const word of ['no', 'cancel my appointment', 'I need to cancel', 'Cancelar la cita por favor', 'no puedo ir']) {
      house.setNow('2026-11-23T15:00:00Z')
      const phone = aNumber()
      const ana = await textedAt(phone, 'Ana Reyes')
      await book(ana, '2026-12-01T15:00:00Z')
      await remind('2026-11-28T16:00:00Z')
      assert.match(await texts(phone, word), /Nothing is changed yet|no cambia nada/, word)
      assert.deepEqual([await stops(phone), await titles(ana.patientId)], [0, ['Somebody cannot come, by text']], word)
      assert.equal((await rows("select from scheduling.appointment where status = 'cancelled'")).length, 0)
      await clearVisits(house)
    }
  })
  test('CANCEL alone ends texts, as the rule has it, and where a visit is asked about a person hears of that too', async () => {
    const [phone, other] = [aNumber(), aNumber()]
    const ana = await textedAt(phone, 'Ana Reyes')
    await book(ana, '2026-12-01T15:00:00Z')
    await remind('2026-11-28T16:00:00Z')
    assert.match(await texts(phone, 'CANCEL'), /texts to this number have ended.*visit still stands/)
    assert.deepEqual([await stops(phone), await titles(ana.patientId)], [1, ['Ended texts with a word that may mean a visit']])
    const leo = await textedAt(other, 'Leo Park')
    await texts(other, 'Cancel')
    assert.deepEqual([await stops(other), await titles(leo.patientId)], [1, []])
  })
  test('from a telephone that was not asked confirms nothing, and learns nothing: a safe way is told elsewhere', async () => {
    const [shared, own] = [aNumber(), aNumber()]
    const [ana, luis] = [await textedAt(shared, 'Ana Reyes'), await textedAt(shared, 'Luis Reyes')]
    await rows("insert into notices.point values ('phone', $1, now())", own)
    const [{ id: safe }] = await rows("insert into notices.reach (patient_id, kind, address, verified_at, verified_how) values ($1, 'phone', $2, now(), 'code') returning id", ana.patientId, own)
    await rows('update notices.choice set safe_reach = $2 where patient_id = $1', ana.patientId, safe)
    const [hers, his] = [await book(ana, '2026-12-01T15:00:00Z'), await book(luis, '2026-12-01T15:30:00Z')]
    await remind('2026-11-28T16:00:00Z')
    await texts(shared, 'both')
    assert.deepEqual([await saidComing(hers), await saidComing(his)], [null, 'text'])
    assert.doesNotMatch(await texts(shared, '2'), /10:00/)
    await texts(own, 'yes')
    assert.equal(await saidComing(hers), 'text')
  })
  test('one tap in the portal, or at the desk, says the same, once, and of a state that is over nothing', async () => {
    const ana = await textedAt(aNumber(), 'Ana Reyes')
    const id = await book(ana, '2026-12-01T15:00:00Z')
    const before = await signedInAs(house, { personId: ana.personId, actingFor: ana.patientId })
    assert.doesNotMatch(await (await before.get(`/portal/appointments/${id}`)).text(), /I will come/, 'eight days before nobody is asked')
    house.setNow('2026-11-25T15:00:00Z')
    const portal = await signedInAs(house, { personId: ana.personId, actingFor: ana.patientId })
    const page = await (await portal.get(`/portal/appointments/${id}`)).text()
    assert.match(page, /I will come/)
    for (const version of ['7', '']) assert.match((await portal.post(`/portal/appointments/${id}`, { action: 'coming', version })).headers.get('location')!, /said=changed/)
    for (let twice = 0; twice < 2; twice++) assert.match((await portal.post(`/portal/appointments/${id}`, { action: 'coming', version: '1' })).headers.get('location')!, /said=coming/)
    assert.equal(await saidComing(id), 'portal')
    assert.equal((await rows("select from scheduling.appointment_step where appointment_id = $1 and step = 'said-coming'", id)).length, 1)
    const second = await book(ana, '2026-12-01T16:00:00Z')
    const atDesk = await signedInAs(house, { personId: desk.actor.personId, roles: ['front-desk'] })
    assert.match(await (await atDesk.get(`/console/schedule/visits/${second}`)).text(), /They say they come/)
    assert.match((await atDesk.post(`/console/schedule/visits/${second}`, { action: 'coming', version: '1' })).headers.get('location')!, /said=marked/)
    assert.equal(await saidComing(second), 'desk')
    const other = await aPatientPerson(house)
    const stranger = await signedInAs(house, { personId: other.personId, actingFor: other.patientId })
    assert.match((await stranger.post(`/portal/appointments/${id}`, { action: 'coming', version: '1' })).headers.get('location') ?? '', /said=changed/)
  })
})
