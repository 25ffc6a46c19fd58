import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { openWords } from '#platform/email.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aStaffPerson, aVisitor, fieldIn, type Visitor } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

void bringRecords; void fhir; void randomUUID
let house: RunningHouse, s: TestSchedule, her: Visitor
const clock = '2026-11-23T15:00:00Z'
before(async () => {
  house = await aRunningHouse({ now: clock, isDemo: true })
  s = await aSchedule(house)
})
after(() => house.close())
beforeEach(async () => {
  house.setNow(clock)
  await house.db.owner.query('truncate scheduling.newcomer, scheduling.reminder, scheduling.claim, scheduling.hold, scheduling.appointment_step, scheduling.appointment, work.task, work.task_step, work.page, platform.rate_count, notices.code, notices.reach, notices.choice, notices.consent, platform.mail cascade')
  her = aVisitor(house)
})
const timesOf = (type = 'check-up') => `/book/${s.typeIds[type]}`
const at = (iso: string, who = 'nell-harrow') => `${s.resourceIds[who]}.${s.placeId}.${Date.parse(iso)}`
const nine = '2026-11-25T14:00:00Z'
const one = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows[0]
const answers = { for: 'self', asker: '', name: 'Nora Quill', 'birth-date': '1988-02-29', contact: 'nora@mail.example', speaks: 'en', needs: '', pays: 'insurance', plan: 'Blue', reason: 'A new doctor' }

const hold = async (who = her, iso = nine) => fieldIn(await (await who.post(timesOf(), { how: 'in-person', time: at(iso) })).text(), 'key')
async function lastCode(): Promise<string> {
  const { rows } = await house.db.owner.query("select id, words from platform.mail where kind = 'code' order by queued_at desc, id limit 1")
  return /\b(\d{6})\b/.exec(openWords(house.system('notices.sweep'), rows[0].id, rows[0].words).text)![1]!
}
async function askFor(who = her, more: Record<string, string> = {}, iso = nine): Promise<string> {
  const key = await hold(who, iso)
  const answer = await who.post('/book/about', { key, ...answers, ...more })
  assert.equal(answer.status, 200, await answer.text())
  return key
}
async function book(who = her, more: Record<string, string> = {}, iso = nine): Promise<{ key: string; html: string }> {
  const key = await askFor(who, more, iso)
  const answer = await who.post('/book/code', { key, code: await lastCode() })
  const html = await answer.text()
  assert.equal(answer.status, 200, html)
  return { key, html }
}

describe('somebody new books', () => {
  test('without an account, a cookie or an address that says anything: kind, time, who comes, code', async () => {
    assert.match(await her.read('/book'), /Check-up/)
    assert.doesNotMatch(await her.read('/book'), /Follow-up|Long visit/)
    const kept = await (await her.post(timesOf(), { how: 'in-person', time: at('2026-11-25T16:00:00Z') })).text()
    assert.match(kept, /until 10:10\sAM EST/)
    const { html } = await book()
    for (const words of [/Your visit is booked/, /Wednesday, November 25, 2026 at 9:00\sAM EST/, /3 Heron Street/, /nora@mail\.example/]) assert.match(html, words)
    assert.equal(her.cookie(), undefined)
    assert.deepEqual(await one('select a.status, a.booked_as, a.booked_by, n.name, a.patient_id = n.id as own, (select count(*)::int from records.patient) as records from scheduling.appointment a join scheduling.newcomer n on n.appointment_id = a.id'),
      { status: 'booked', booked_as: 'visitor', booked_by: null, name: 'Nora Quill', own: true, records: 0 })
    assert.deepEqual(await one("select kind, due_at > opened_at as has_due, pool from work.task"), { kind: 'new-patient', has_due: true, pool: 'front-desk' })
  })
})

describe('staff', () => {
  let desk: SignedIn
  before(async () => { desk = await signedInAs(house, { personId: (await aStaffPerson(house, { roles: ['front-desk'] })).personId, roles: ['front-desk'] }) })
  test('see the visit with the name, and begin a record', async () => {
    await book()
    const { id, appointment_id: visit } = await one('select id, appointment_id from scheduling.newcomer')
    assert.match(await (await desk.get('/console/schedule?day=2026-11-25')).text(), /Nora Quill/)
    assert.match(await (await desk.get(`/console/schedule/visits/${visit}`)).text(), /new patient: not linked/)
    const made = await desk.post(`/console/schedule/newcomers/${id}`, { do: 'new' })
    assert.equal(made.headers.get('location'), `/console/patients/${id}`)
    assert.deepEqual(await one('select name, birth_date::text, email from records.patient'), { name: 'Nora Quill', birth_date: '1988-02-29', email: 'nora@mail.example' })
  })
})
