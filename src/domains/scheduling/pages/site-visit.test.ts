import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { addPatientPerson, letActForAsSystem } from '#accounts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { openWords } from '#platform/email.ts'
import { aDesk, aPatientPerson, aVisitor, goodPassword, type TestPerson } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { answerRequest } from '../answer-request.ts'
import { bookForPatient, moveForPatient } from '../book-for-patient.ts'
import { cancelAppointment } from '../cancel-appointment.ts'
import { sweepHolds } from '../hold-time.ts'
import { keepCalendar } from '../keep-calendar.ts'
import { remindPatients, tellOfChange } from '../remind-patients.ts'
import { visitLink } from '../visit-link.ts'

let t: RunningHouse, s: TestSchedule, desk: Ctx<StaffActor>
before(async () => {
  t = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(t)
  desk = await aDesk(t)
})
after(() => t.close())
beforeEach(async () => {
  t.setNow('2026-11-23T15:00:00Z')
  await clearVisits(t, 'platform.mail', 'platform.rate_count')
})

const rows = async (text: string, ...values: unknown[]) => (await t.db.owner.query(text, values)).rows
const canary = 'Zq-canary chest clinic'
const at = (iso: string) => ({ resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, mode: 'in-person' as const, startsAt: new Date(iso) })
async function book({ patientId }: Pick<TestPerson, 'patientId'>, iso = '2026-12-01T15:00:00Z'): Promise<string> {
  const booked = await bookForPatient(desk, { patientId, visitTypeId: s.typeIds['check-up']!, reason: canary, ...at(iso) })
  assert.ok(booked.ok)
  return booked.id
}
/** The link of the newest message to an address, as a path. */
async function linkTo(address: string): Promise<string> {
  const [mail] = await rows('select id, words from platform.mail where to_address = $1 and words is not null order by queued_at desc, id desc limit 1', address)
  const found = /https?:\/\/[^/\s]+((?:\/es)?\/v\/[\w-]+)/.exec(openWords({ house: t.house }, mail.id, mail.words).text)
  assert.ok(found, 'a link')
  return found[1]!
}
async function remind(now = '2026-11-28T16:00:00Z'): Promise<void> {
  t.setNow(now)
  await remindPatients(t.system('scheduling.remind'))
}
const stateOf = async (id: string) => (await rows('select status, version, starts_at, said_coming_how from scheduling.appointment where id = $1', id))[0]
const said = (response: Response) => /said=([a-z-]+)/.exec(response.headers.get('location') ?? '')?.[1]

describe('the link in a reminder', () => {
  test('shows time and place, and never why, what kind, with whom or whose; nothing keeps it', async () => {
    const ana = await aPatientPerson(t, { name: 'Quilla Zq-surname' })
    await book(ana)
    await remind()
    const link = await linkTo(ana.email)
    const response = await aVisitor(t).get(link)
    const page = await response.text()
    assert.match(page, /Tuesday, December 1, 2026 at 10:00\sAM EST/)
    assert.match(page, /Heron Street/)
    for (const word of [canary, 'Check-up', 'Chequeo', 'Harrow', 'Quilla', 'Zq-surname', ana.email, ana.patientId]) assert.ok(!page.includes(word), word)
    assert.deepEqual(['cache-control', 'x-robots-tag', 'referrer-policy'].map(name => response.headers.get(name)), ['no-store', 'noindex, nofollow, noarchive', 'same-origin'])
    assert.match(page, /until Monday, November 30, 2026 at 10:00\sAM EST/, 'the cut-off')
    assert.equal((await rows('select count(*)::int as n from scheduling.visit_link where position($1::bytea in token_hash) > 0', Buffer.from(link.split('/').at(-1)!)))[0].n, 0)
    assert.ok(!t.logged.join().includes(link.split('/').at(-1)!))
    assert.deepEqual((await rows("select actor_kind, job, array_length(ids, 1) as ids from audit.event where action = 'appointment.link-opened'")), [{ actor_kind: 'system', job: 'scheduling.link', ids: 2 }])
  })
  test('a GET changes nothing, however often a scanner follows it', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana)
    await remind()
    const [link, before] = [await linkTo(ana.email), await stateOf(id)]
    for (const end of ['', '?action=cancel&version=1', '/move', '/move?to=1796140800000', '?said=cancelled']) for (let twice = 0; twice < 3; twice++) assert.ok((await aVisitor(t).get(link + end)).status < 400)
    assert.deepEqual(await stateOf(id), before)
  })
  test('says that they come; cancels once, with a reason or without; two tabs and a replay find it as it is', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana)
    await remind()
    const [link, one, other] = [await linkTo(ana.email), aVisitor(t), aVisitor(t)]
    assert.equal(said(await one.post(link, { action: 'coming', version: '1' })), 'coming')
    assert.equal((await stateOf(id)).said_coming_how, 'link')
    assert.match(await one.read(link), /You said that you will come/)
    assert.equal(said(await one.post(link, { action: 'cancel', version: '9' })), 'changed')
    assert.equal(said(await one.post(link, { action: 'cancel', version: '1' })), 'cancelled')
    assert.equal(said(await other.post(link, { action: 'coming', version: '1' })), 'changed')
    for (let again = 0; again < 2; again++) assert.equal(said(await other.post(link, { action: 'cancel', version: '1', reason: 'cost' })), 'cancelled')
    assert.deepEqual(await rows("select step, by_kind, through, note from scheduling.appointment_step where appointment_id = $1 and step <> 'booked' order by id", id), [{ step: 'said-coming', by_kind: 'system', through: 'link', note: '' }, { step: 'cancelled', by_kind: 'system', through: 'link', note: 'other' }])
    assert.equal((await rows('select from scheduling.claim')).length, 0)
    assert.match(await one.read(link), /This visit was cancelled/)
    assert.ok(!/name="action"/.test(await one.read(link)))
    assert.equal((await rows("select a.ids @> array[l.id] as knows from audit.event a, scheduling.visit_link l where a.action = 'appointment.link-used' and l.address = $1", ana.email)).every(row => row.knows), true, 'which link it was, and so whose')
    await tellOfChange(t.system('scheduling.tell'), id)
    assert.match(await (async () => { const [mail] = await rows("select id, words from platform.mail where to_address = $1 and kind = 'visit-cancelled'", ana.email); return openWords({ house: t.house }, mail.id, mail.words).text })(), /called off/, 'and they hear of it')
  })
  test('moves to a time of the same kind with the same clinician; the old one is kept until then, and who was faster keeps the new one', async () => {
    const [ana, ben] = [await aPatientPerson(t), await aPatientPerson(t)]
    const id = await book(ana)
    await remind()
    const [link, visitor] = [await linkTo(ana.email), aVisitor(t)]
    const list = await visitor.read(`${link}/move?from=2026-12-02`)
    const to = String(Date.parse('2026-12-02T16:00:00Z'))
    assert.ok(list.includes(`${link}/move?to=${to}`))
    for (const word of ['Harrow', 'Marsh', 'Check-up', canary]) assert.ok(!list.includes(word), word)
    assert.match(await visitor.read(`${link}/move?to=${to}`), /Wednesday, December 2, 2026 at 11:00\sAM EST/)
    await book(ben, '2026-12-02T16:00:00Z')
    assert.equal(said(await visitor.post(`${link}/move`, { to, version: '1' })), 'taken')
    assert.equal((await stateOf(id)).starts_at.toISOString(), '2026-12-01T15:00:00.000Z')
    const later = String(Date.parse('2026-12-02T17:00:00Z') - 30 * 60_000)
    assert.equal(said(await visitor.post(`${link}/move`, { to: later, version: '1' })), 'moved')
    assert.equal(said(await visitor.post(`${link}/move`, { to: later, version: '1' })), 'changed', 'a replay moves nothing')
    assert.deepEqual(Object.values(await stateOf(id)).slice(0, 2), ['booked', 2])
    assert.deepEqual(await rows('select lower(during) as at from scheduling.claim where booking_id = $1', id), [{ at: new Date('2026-12-02T16:30:00Z') }])
    for (const odd of ['x', '', '9'.repeat(30), String(Date.parse('2026-12-02T16:07:00Z')), String(Date.parse('2020-01-01T15:00:00Z'))]) assert.notEqual(said(await visitor.post(`${link}/move`, { to: odd, version: '2' })), 'moved', odd)
  })
  test('twenty at once to one time: one has it, and each keeps one time', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => aPatientPerson(t)))
    const ids: string[] = []
    for (const [index, person] of people.entries()) ids.push(await book(person, `2026-12-01T${15 + Math.floor(index / 2)}:${index % 2 ? '30' : '00'}:00Z`.replace('T17:00', 'T18:00')))
    await remind('2026-11-28T18:30:00Z')
    const links = await Promise.all(people.map(person => linkTo(person.email)))
    const to = String(Date.parse('2026-12-03T15:00:00Z'))
    const outcomes = await Promise.all(links.flatMap(link => Array.from({ length: 4 }, () => aVisitor(t).post(`${link}/move`, { to, version: '1' }).then(said))))
    assert.equal(outcomes.filter(one => one === 'moved').length, 1, outcomes.join())
    assert.equal((await rows('select count(distinct booking_id)::int as n, count(*)::int as all from scheduling.claim'))[0].all, 5)
  })
  test('after a move shows the present state, and dies when the visit has ended', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana)
    await remind()
    const link = await linkTo(ana.email)
    await moveForPatient(desk, id, { ...at('2026-12-04T16:00:00Z'), version: 1 })
    assert.match(await aVisitor(t).read(link), /Friday, December 4/)
    assert.equal(said(await aVisitor(t).post(link, { action: 'cancel', version: '1' })), 'changed', 'what was seen before the move')
    t.setNow('2026-12-04T16:29:00Z')
    await sweepHolds(t.system('scheduling.sweep'))
    assert.equal((await aVisitor(t).get(link)).status, 200)
    t.setNow('2026-12-04T16:30:00Z')
    assert.equal((await aVisitor(t).get(link)).status, 404)
    assert.equal((await aVisitor(t).post(link, { action: 'cancel', version: '2' })).status, 404)
    t.setNow('2026-12-04T17:30:00Z')
    await sweepHolds(t.system('scheduling.sweep'))
    assert.equal((await rows('select from scheduling.visit_link')).length, 0)
  })
  test('past the cut-off says whom to call, and neither moves nor cancels', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana)
    await remind('2026-11-30T16:00:00Z')
    const link = await linkTo(ana.email)
    const page = await aVisitor(t).read(link)
    assert.match(page, /please call us/)
    assert.doesNotMatch(page, /\/move"/)
    assert.equal(said(await aVisitor(t).post(link, { action: 'cancel', version: '1' })), 'too-late')
    assert.equal(said(await aVisitor(t).post(`${link}/move`, { to: String(Date.parse('2026-12-03T15:00:00Z')), version: '1' })), 'too-late')
    assert.equal((await stateOf(id)).status, 'booked')
  })
  test('goes to each who looks after them, in their language, and opens nothing once they may not', async () => {
    const ana = await aPatientPerson(t)
    const personId = await addPatientPerson(t.system('accounts.command'), { name: 'Cora', email: 'cora@patient.example', password: goodPassword, patientId: null, locale: 'es' })
    await letActForAsSystem(t.system('accounts.command'), { personId, patientId: ana.patientId, basis: 'named-by-adult', endsAt: new Date('2027-11-23T00:00:00Z') })
    const id = await book(ana)
    await remind()
    const [hers, own] = [await linkTo('cora@patient.example'), await linkTo(ana.email)]
    assert.match(hers, /^\/es\/v\//)
    assert.notEqual(hers.split('/').at(-1), own.split('/').at(-1))
    assert.match(await aVisitor(t).read(hers), /martes, 1 de diciembre de 2026/)
    await rows("update platform.access_grant set revoked_at = now() where person_id = $1", personId)
    assert.equal((await aVisitor(t).get(hers)).status, 404)
    assert.equal((await aVisitor(t).get(own)).status, 200)
    await rows("insert into notices.silence (patient_id, why, said_by, since) values ($1, 'deceased', 'desk', now())", ana.patientId)
    assert.equal((await aVisitor(t).post(own, { action: 'cancel', version: '1' })).status, 404)
    assert.equal((await stateOf(id)).status, 'booked')
  })
  test('works for whoever has no account, at the mailbox that a code has shown; one that is not theirs any more, or beside a safe way, opens nothing', async () => {
    const patientId = crypto.randomUUID()
    await rows("insert into notices.point values ('mailbox', 'new@patient.example', now()), ('mailbox', 'safe@patient.example', now())")
    const [{ id: reach }] = await rows("insert into notices.reach (patient_id, kind, address, verified_at, verified_how) values ($1, 'mailbox', 'new@patient.example', now(), 'code') returning id", patientId)
    const id = await book({ patientId })
    await remind()
    const link = await linkTo('new@patient.example')
    assert.equal(said(await aVisitor(t).post(link, { action: 'coming', version: '1' })), 'coming')
    assert.equal((await stateOf(id)).said_coming_how, 'link')
    const [{ id: safe }] = await rows("insert into notices.reach (patient_id, kind, address, verified_at, verified_how) values ($1, 'mailbox', 'safe@patient.example', now(), 'code') returning id", patientId)
    await rows('insert into notices.choice (patient_id, safe_reach, set_at) values ($1, $2, now())', patientId, safe)
    assert.equal((await aVisitor(t).get(link)).status, 404)
    await rows('delete from notices.choice where patient_id = $1', patientId)
    assert.equal((await aVisitor(t).get(link)).status, 200)
    await rows('update notices.reach set ended_at = now() where id = $1', reach)
    assert.equal((await aVisitor(t).get(link)).status, 404)
  })
  test('asks for another time where the EHR keeps the calendar: a yes to the old one is none to the new', async () => {
    await keepCalendar(desk, { source: 'ehr', reminds: true })
    try {
      const ana = await aPatientPerson(t)
      const id = await book(ana)
      assert.ok((await answerRequest(desk, id, { version: 1, answer: 'confirm' })).ok)
      await remind('2026-11-29T16:00:00Z')
      const link = await linkTo(ana.email)
      t.setNow('2026-11-28T16:00:00Z')
      assert.equal(said(await aVisitor(t).post(`${link}/move`, { version: '2', to: String(Date.parse('2026-12-02T15:00:00Z')) })), 'asked')
      assert.deepEqual((await rows('select status, confirm_by is not null as promised, starts_at from scheduling.appointment where id = $1', id)), [{ status: 'requested', promised: true, starts_at: new Date('2026-12-02T15:00:00Z') }])
      assert.match(await aVisitor(t).read(`${link}?said=asked`), /You asked for this time/)
    } finally { await rows('delete from scheduling.calendar') }
  })
  test('who wants to hear neither time nor place is led to the sign-in', async () => {
    const ana = await aPatientPerson(t)
    await rows('insert into notices.choice (patient_id, is_brief, set_at) values ($1, true, now())', ana.patientId)
    await book(ana)
    await remind()
    const [mail] = await rows('select id, words from platform.mail where to_address = $1', ana.email)
    const { text } = openWords({ house: t.house }, mail.id, mail.words)
    assert.ok(text.includes('/portal/appointments/') && !text.includes('/v/'))
  })
  test('reaches this patient’s visits and nothing else of them; a guess finds nothing, and only so many may be made', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana)
    const scoped = t.system('scheduling.link', ana.patientId)
    await inTransaction(scoped, async tx => {
      const { rows: [seen] } = await tx.db.client!.query("select platform.patients_seen('appointments') as visits, platform.patients_seen('results') as results, platform.patients_changed('identity') as who, platform.patients_seen('access-log') as log, platform.sees_all('appointments') as every")
      assert.deepEqual(seen, { visits: [ana.patientId], results: [], who: [], log: [], every: false })
    })
    await assert.rejects(inTransaction(t.system('scheduling.link', ana.patientId), async tx => visitLink(tx, await book(await aPatientPerson(t), '2026-12-01T16:00:00Z'), { way: 'mail', to: 'x@y.example', personId: null, locale: 'en' })), /privilege|permission/)
    const statuses: number[] = []
    for (let tries = 0; tries < 62; tries++) statuses.push((await aVisitor(t).get(`/v/${'A'.repeat(10)}${String(tries).padStart(6, '0')}`)).status)
    assert.deepEqual([...new Set(statuses)].sort(), [404, 429])
    assert.equal((await aVisitor(t).post('/v/short', { action: 'cancel' })).status, 429)
    assert.equal((await stateOf(id)).status, 'booked')
  })
  test('does not move what the practice says yes to each time', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana)
    await remind()
    await rows("update scheduling.visit_type set approval = true where name_en = 'Check-up'")
    await rows('update platform.content_version set version = version + 1')
    const link = await linkTo(ana.email)
    assert.doesNotMatch(await aVisitor(t).read(link), /\/move"/)
    assert.equal(said(await aVisitor(t).post(`${link}/move`, { to: String(Date.parse('2026-12-03T15:00:00Z')), version: '1' })), 'too-late')
    assert.equal(said(await aVisitor(t).post(link, { action: 'cancel', version: '1' })), 'cancelled')
    assert.equal((await stateOf(id)).status, 'cancelled')
    await rows('update scheduling.visit_type set approval = false')
    await rows('update platform.content_version set version = version + 1')
  })
  test('takes any value for any field without falling over', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana)
    await remind()
    const link = await linkTo(ana.email)
    for (const query of ['from=2026-13-45', 'from=0001-01-01', 'from=9999-12-31', 'from=x', 'to=000000000000', `to=${'9'.repeat(14)}`, 'to=1&to=2', `said=${'x'.repeat(2_000)}`]) assert.ok((await aVisitor(t).get(`${link}/move?${query}`)).status < 400, query)
    for (const fields of [{ action: 'cancel', version: '1e9' }, { action: 'cancel', version: '-1' }, { action: 'cancel', version: 'NaN' }, { action: 'drop', version: '1' }, { action: ['coming', 'cancel'], version: ['2', '1'] }]) assert.equal(said(await aVisitor(t).post(link, fields)), 'changed')
    assert.equal((await aVisitor(t).post(link, { action: 'cancel', version: '1', reason: 'x'.repeat(1_000_000) })).status, 413)
    for (const path of ['/v/', `/v/${'A'.repeat(3_000)}`, '/v/%00%00', "/v/' or 1=1--", `${link}x`, `${link}/`]) assert.ok([404, 400].includes((await aVisitor(t).get(path)).status), path)
    assert.equal((await stateOf(id)).status, 'booked')
  })
  test('a form from elsewhere is refused', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana)
    await remind()
    const link = await linkTo(ana.email)
    assert.equal((await fetch(t.url + link, { method: 'POST', headers: { origin: 'https://elsewhere.example' }, body: new URLSearchParams({ action: 'cancel', version: '1' }), redirect: 'manual' })).status, 403)
    await cancelAppointment(desk, id, { reason: 'practice', version: 1 })
  })
})
