import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { openWords } from '#platform/email.ts'
import { aVisitor, fieldIn, type Visitor } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, smallSchedule, type TestSchedule } from '#test/schedule.ts'
import { schedulingJobs } from './jobs.ts'

let house: RunningHouse, s: TestSchedule, her: Visitor
const clock = '2026-11-23T15:00:00Z'
before(async () => {
  house = await aRunningHouse({ now: clock, isDemo: true })
  s = await aSchedule(house, { types: { ...smallSchedule.types, asked: { name: { en: 'New patient', es: 'Paciente nuevo' }, prepare: { en: 'Bring your old records.', es: 'Traiga sus papeles.' }, durationMinutes: 30, alignMinutes: 30, modes: ['in-person'], who: 'new', needsApproval: true, with: ['ivo-marsh'] } } })
})
after(() => house.close())
beforeEach(async () => {
  house.setNow(clock)
  await clearVisits(house, 'scheduling.newcomer', 'work.task', 'work.task_step', 'work.page', 'platform.rate_count', 'notices.code', 'notices.reach', 'notices.choice', 'notices.consent', 'platform.mail', 'records.patient')
  her = aVisitor(house)
})
const timesOf = (type = 'check-up') => `/book/${s.typeIds[type]}`
const at = (iso: string, who = 'nell-harrow') => `${s.resourceIds[who]}.${s.placeId}.${Date.parse(iso)}`
const nine = '2026-11-25T14:00:00Z'
const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
const one = async (query: string, ...values: unknown[]) => (await rows(query, ...values))[0]
const count = async (table: string) => Number((await one(`select count(*) from ${table}`)).count)
const answers = { for: 'self', asker: '', name: 'Nora Quill', 'birth-date': '1988-02-29', contact: 'nora@mail.example', speaks: 'en', needs: '', pays: 'insurance', plan: 'Blue', reason: 'A new doctor' }
const run = (name: string, payload = {}) => schedulingJobs.find(job => job.name === name)!.run(house.system(name), payload as never)

const pick = (who: Visitor, iso = nine, type = 'check-up', more: Record<string, string> = {}) => who.post(timesOf(type), { how: 'in-person', time: at(iso, type === 'asked' ? 'ivo-marsh' : 'nell-harrow'), ...more })
const hold = async (who: Visitor = her, iso = nine, type = 'check-up') => fieldIn(await (await pick(who, iso, type)).text(), 'key')
async function lastMail(kind: string): Promise<{ to: string; text: string; way: string }> {
  const { id, words, to, way } = await one('select id, words, to_address as "to", way from platform.mail where kind = $1 order by queued_at desc, id limit 1', kind)
  return { to, way, text: openWords(house.system('notices.sweep'), id, words).text }
}
async function lastCode(): Promise<string> {
  const { rows: [mail] } = await house.db.owner.query("select m.id, m.words from platform.mail m where kind = 'code' and words is not null order by ctid desc limit 1")
  return /\b(\d{6})\b/.exec(openWords(house.system('notices.sweep'), mail.id, mail.words).text)![1]!
}
type Wish = { who?: Visitor; more?: Record<string, string>; iso?: string; type?: string }
async function ask({ who = her, more = {}, iso = nine, type = 'check-up' }: Wish = {}): Promise<string> {
  const key = await hold(who, iso, type)
  const answer = await who.post('/book/about', { key, ...answers, ...more })
  assert.equal(answer.status, 200)
  return key
}
async function book(wish: Wish = {}): Promise<{ key: string; html: string }> {
  const key = await ask(wish)
  const answer = await (wish.who ?? her).post('/book/code', { key, code: await lastCode() })
  assert.equal(answer.status, 200)
  return { key, html: await answer.text() }
}

describe('somebody new books', () => {
  test('without an account, a cookie or an address that says anything: kind, time, who comes, code', async () => {
    assert.match(await her.read('/book'), /Check-up/)
    assert.doesNotMatch(await her.read('/book'), /Follow-up|Long visit/)
    const { html } = await book()
    for (const words of [/Your visit is booked/, /Wednesday, November 25, 2026 at 9:00\sAM EST/, /3 Heron Street/, /nora@mail\.example/, /card with your photo/]) assert.match(html, words)
    assert.equal(her.cookie(), undefined)
    assert.deepEqual(await one('select a.status, a.booked_as, a.booked_by, n.name, a.patient_id = n.id as own, (select count(*)::int from records.patient) as records from scheduling.appointment a join scheduling.newcomer n on n.appointment_id = a.id'),
      { status: 'booked', booked_as: 'visitor', booked_by: null, name: 'Nora Quill', own: true, records: 0 })
    assert.deepEqual(await one('select kind, due_at > opened_at as has_due, pool, patient_id from work.task'), { kind: 'new-patient', has_due: true, pool: 'front-desk', patient_id: null })
    assert.deepEqual(await rows('select by_kind, by_person, step from scheduling.appointment_step'), [{ by_kind: 'visitor', by_person: null, step: 'booked' }])
  })
  test('reads until when the time is kept, and asking for the same one again keeps it no longer', async () => {
    const html = await (await pick(her)).text()
    assert.match(html, /until 10:10\sAM EST/)
    house.setNow('2026-11-23T15:06:00Z')
    assert.match(await (await pick(her, nine, 'check-up', { key: fieldIn(html, 'key') })).text(), /until 10:10\sAM EST/)
    assert.equal(await count('scheduling.hold'), 1)
  })
  test('is kept with their visit, and forgotten after a day where they did not book', async () => {
    await book()
    await ask({ who: aVisitor(house), iso: '2026-11-25T15:00:00Z', more: { contact: 'else@mail.example' } })
    assert.equal(await count('scheduling.newcomer'), 2)
    house.setNow('2026-11-24T15:10:00Z')
    await run('scheduling.sweep')
    assert.deepEqual(await rows('select name, appointment_id is not null as booked from scheduling.newcomer'), [{ name: 'Nora Quill', booked: true }])
  })
  test('asks in Spanish, and is written to in Spanish: time, place and a link that needs no account, and nothing of why', async () => {
    const key = fieldIn(await (await her.post(`/es${timesOf()}`, { how: 'in-person', time: at(nine) })).text(), 'key')
    assert.equal((await her.post('/es/book/about', { key, ...answers, reason: 'Me duele la rodilla' })).status, 200)
    assert.match(await (await her.post('/es/book/code', { key, code: await lastCode() })).text(), /Ya tiene su cita[^]*miércoles, 25 de noviembre de 2026, 9:00/)
    await run('scheduling.tell', { appointmentId: (await one('select appointment_id as id from scheduling.newcomer')).id })
    const { to, text } = await lastMail('visit-booked')
    assert.equal(to, 'nora@mail.example')
    assert.match(text, /miércoles, 25 de noviembre de 2026[^]*\/es\/v\/[\w-]{16}/)
    assert.doesNotMatch(text, /rodilla|Nora|Quill|Chequeo/)
    house.setNow('2026-11-24T15:30:00Z')
    await run('scheduling.remind')
    assert.match((await lastMail('visit-coming')).text, /miércoles/)
    assert.match(await (await fetch(house.url + /\/es\/v\/[\w-]{16}/.exec(text)![0])).text(), /25 de noviembre/)
  })
  test('a visit that must be confirmed is asked for, with the time by which we answer', async () => {
    const { html } = await book({ type: 'asked' })
    assert.match(html, /We have your request[^]*say yes or no by/)
    assert.match(html, /Bring your old records/)
    assert.equal((await one('select status from scheduling.appointment')).status, 'requested')
    assert.deepEqual((await rows('select kind from work.task order by 1')).map(row => row.kind), ['new-patient', 'visit-request'])
  })
  test('by telephone: the code is a text, and the number may be written to', async () => {
    await book({ more: { contact: '(802) 555-0143' } })
    assert.deepEqual(await one('select kind, address, verified_how from notices.reach'), { kind: 'phone', address: '+18025550143', verified_how: 'code' })
    assert.deepEqual(await one('select is_given, through, address from notices.consent'), { is_given: true, through: 'site', address: '+18025550143' })
  })
  test('GF-1 an estimate is owed to who pays, who does not know, and who asks what it costs; to nobody else', async () => {
    const owed: Record<string, number> = {}
    for (const [index, [name, more]] of Object.entries({ insured: {}, self: { pays: 'self' }, unsure: { pays: 'unsure' }, asks: { reason: 'How much does it cost?' }, 'asks in Spanish': { reason: '¿Cuánto cuesta?' } }).entries()) {
      await book({ who: aVisitor(house), more: { ...more, contact: `n${index}@mail.example` }, iso: `2026-11-25T${14 + Math.floor(index / 2)}:${index % 2 ? '30' : '00'}:00Z` })
      owed[name] = (await rows("select from work.task where kind = 'estimate'")).length
      await house.db.owner.query('truncate work.task cascade')
    }
    assert.deepEqual(owed, { insured: 0, self: 1, unsure: 1, asks: 1, 'asks in Spanish': 1 })
  })
  test('may take it into a calendar, and cancel it while that is possible', async () => {
    const { key } = await book()
    const file = await her.post('/book/visit.ics', { key })
    assert.match(file.headers.get('content-type')!, /text\/calendar/)
    assert.match(await file.text(), /SUMMARY:Appointment\r\n/)
    house.setNow('2026-11-24T14:30:00Z')
    assert.equal((await her.post('/book/visit', { key, do: 'cancel', version: '1' })).status, 409)
    house.setNow('2026-11-24T13:30:00Z')
    assert.match(await (await her.post('/book/visit', { key, do: 'cancel', version: '1' })).text(), /Your visit was cancelled/)
    assert.deepEqual(await one('select status, (select count(*)::int from scheduling.claim) as claims from scheduling.appointment'), { status: 'cancelled', claims: 0 })
  })
})

describe('only the right code books', () => {
  test('five wrong ones, and the right one opens nothing more; a new one does', async () => {
    const key = await ask()
    const [right] = [await lastCode()]
    const wrong = right === '000000' ? '111111' : '000000'
    for (let i = 0; i < 5; i++) assert.match(await (await her.post('/book/code', { key, code: wrong })).text(), /not the code/)
    assert.match(await (await her.post('/book/code', { key, code: right })).text(), /no longer be used/)
    assert.equal(await count('scheduling.appointment'), 0)
    assert.match(await (await her.post('/book/code', { key, do: 'again' })).text(), /new code is on its way/)
    assert.match(await (await her.post('/book/code', { key, code: await lastCode() })).text(), /is booked/)
  })
  test('of twenty posts at once one books, and all show the visit; so does one that comes again', async () => {
    const key = await ask()
    const code = await lastCode()
    const said = await Promise.all(Array.from({ length: 20 }, async () => (await her.post('/book/code', { key, code })).text()))
    assert.equal(said.filter(html => /Your visit is booked/.test(html)).length, 20)
    assert.match(await (await her.post('/book/about', { key, ...answers, name: 'Somebody Else' })).text(), /Your visit is booked/)
    assert.deepEqual(await one('select (select count(*)::int from scheduling.appointment) as visits, (select count(*)::int from scheduling.claim) as claims, (select count(*)::int from work.task) as tasks, (select name from scheduling.newcomer) as name'), { visits: 1, claims: 1, tasks: 1, name: 'Nora Quill' })
  })
  test('a code that went elsewhere does not: who changes where to reach them gets another', async () => {
    const key = await ask()
    const first = await lastCode()
    assert.equal((await her.post('/book/about', { key, ...answers, contact: 'other@mail.example' })).status, 200)
    if (first !== await lastCode()) assert.match(await (await her.post('/book/code', { key, code: first })).text(), /not the code/)
    await her.post('/book/code', { key, code: await lastCode() })
    assert.equal((await one('select contact from scheduling.newcomer where appointment_id is not null')).contact, 'other@mail.example')
  })
  test('proves the place that it went to and no other, also where that is changed in the same moment', async () => {
    const key = await ask()
    const code = await lastCode()
    const beside = new pg.Client({ connectionString: house.db.ownerUrl })
    await beside.connect()
    try {
      await beside.query("begin; update scheduling.newcomer set contact = 'victim@mail.example', contact_shown_at = null")
      const posted = her.post('/book/code', { key, code })
      await pause(400)
      await beside.query('commit')
      assert.match(await (await posted).text(), /no longer be used/)
    } finally { await beside.end() }
    assert.deepEqual(await one('select contact_shown_at, appointment_id from scheduling.newcomer'), { contact_shown_at: null, appointment_id: null })
    assert.equal(await count('notices.reach'), 0)
  })
  test('after ten minutes nothing is booked, and it says so; for another time neither answers nor code are asked again', async () => {
    const key = await ask()
    house.setNow('2026-11-23T15:09:59Z')
    const code = await lastCode()
    await house.db.owner.query("update notices.code set expires_at = expires_at + interval '1 hour'")
    house.setNow('2026-11-23T15:10:00Z')
    const ended = await her.post('/book/code', { key, code })
    assert.equal(ended.status, 410)
    assert.match(await ended.text(), /Nothing was booked[^]*What you wrote is kept/)
    assert.equal(await count('scheduling.appointment'), 0)
    assert.match(await (await pick(her, '2026-11-25T15:00:00Z', 'check-up', { key })).text(), /value="Nora Quill"/)
    assert.match(await (await her.post('/book/about', { key, ...answers })).text(), /Your visit is booked/)
  })
  test('one telephone or mailbox has one first visit ahead; that is said only to who reads there', async () => {
    await book()
    const bea = aVisitor(house)
    const key = await ask({ who: bea, iso: '2026-11-25T15:00:00Z', more: { name: 'Bea Stone', contact: 'NORA@mail.example' } })
    const answer = await bea.post('/book/code', { key, code: await lastCode() })
    assert.equal(answer.status, 409)
    assert.match(await answer.text(), /There is a visit already/)
    assert.equal(await count('scheduling.appointment'), 1)
    house.setNow('2026-11-26T15:00:00Z')
    await book({ who: aVisitor(house), iso: '2026-11-30T15:00:00Z' })
    assert.equal(await count('scheduling.appointment'), 2, 'once it is over there may be another')
  })
  test('two who start at once with one mailbox: one books', async () => {
    const [ann, bea] = [aVisitor(house), aVisitor(house)]
    const first = await ask({ who: ann })
    const one = await lastCode()
    const second = await ask({ who: bea, iso: '2026-11-25T15:00:00Z' })
    const two = await lastCode()
    const said = await Promise.all([ann.post('/book/code', { key: first, code: one }), bea.post('/book/code', { key: second, code: two })])
    assert.deepEqual(said.map(answer => answer.status).sort(), [200, 409])
    assert.equal(await count('scheduling.appointment'), 1)
  })
})
