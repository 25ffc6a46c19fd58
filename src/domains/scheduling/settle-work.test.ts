import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import pg from 'pg'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { aDesk, aPatientPerson, aVisitor, fieldIn } from '#test/people.ts'
import { ctxOf, patientActor } from '#test/ctx.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, smallSchedule, type TestSchedule } from '#test/schedule.ts'
import { openWords } from '#platform/email.ts'
import { answerRequest, settleWork } from './answer-request.ts'
import { bookHeld } from './book-appointment.ts'
import { moveForPatient } from './book-for-patient.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { holdTime } from './hold-time.ts'
import { moveByLink } from './move-by-link.ts'
import type { Pays } from './shared.ts'

let house: RunningHouse, s: TestSchedule, desk: Ctx<StaffActor>, queue: pg.Client
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z', isDemo: true })
  s = await aSchedule(house, { types: { ...smallSchedule.types, asked: { name: { en: 'New patient', es: 'Paciente nuevo' }, prepare: { en: '', es: '' }, durationMinutes: 30, alignMinutes: 30, modes: ['in-person'], who: 'new', needsApproval: true, with: ['ivo-marsh'] } } })
  desk = await aDesk(house)
  queue = new pg.Client({ connectionString: house.db.superUrl })
  await queue.connect()
})
after(async () => { await queue.end(); await house.close() })
beforeEach(async () => {
  house.setNow('2026-11-23T15:00:00Z')
  await clearVisits(house, 'scheduling.newcomer', 'work.task', 'work.task_step', 'work.page', 'platform.rate_count', 'notices.code', 'platform.mail')
  await settle()
})
/** What waits in the queue about visits, done in order, each twice. Returns how many. */
async function settle(): Promise<number> {
  const { rows } = await queue.query<{ payload: { appointmentId: string; version: string } }>("with taken as (delete from graphile_worker._private_jobs j using graphile_worker._private_tasks k where k.id = j.task_id and k.identifier = 'scheduling.settle' returning j.id, j.payload) select payload from taken order by id")
  for (const { payload } of rows) for (let twice = 0; twice < 2; twice++) await settleWork(house.system('scheduling.settle'), payload)
  return rows.length
}
const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
const time = (iso: string) => ({ resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, mode: 'in-person' as const, startsAt: new Date(iso) })

type Owed = { id: string; move: (iso: string) => Promise<unknown> }
async function book(iso: string, words: { pays?: Pays; reason?: string } = { pays: 'self' }): Promise<Owed> {
  const { personId, patientId } = await aPatientPerson(house)
  const ana = ctxOf(house.house, patientActor(patientId, personId))
  const take = async (at: string, moves?: string) => {
    const held = await holdTime(ana, { ...time(at), patientId, visitTypeId: s.typeIds['check-up']!, ...(moves && { moves }) })
    assert.ok(held.ok, JSON.stringify(held))
    const booked = await bookHeld(ana, held.id, { reason: '', locale: 'en', ...words })
    assert.ok(booked.ok)
    return booked.id
  }
  const id = await take(iso)
  return { id, move: at => take(at, id) }
}
const owed = async () => (await rows("select id, due_at, done_at is null as is_open from work.task where kind = 'estimate'"))[0] as { id: string; due_at: Date; is_open: boolean }
const due = async () => (await owed()).due_at.toISOString()
const notes = async () => (await rows("select note from work.task_step where step = 'noted' order by at, id")).map(row => row.note.replace(/\u202f/g, ' '))

describe('GF-1 the estimate of a visit that was moved', () => {
  test('is due sooner where the new time is nearer, as of a visit that is scheduled now, and says for when it stands', async () => {
    const { move } = await book('2026-12-08T14:00:00Z')
    assert.equal(await due(), '2026-11-27T22:00:00.000Z', 'ten business days ahead')
    await move('2026-12-03T14:00:00Z')
    assert.equal(await settle(), 1)
    assert.equal(await due(), '2026-11-24T22:00:00.000Z', 'within one business day')
    assert.deepEqual(await notes(), ['The visit stands for Thursday, December 3, 2026 at 9:00 AM EST now.'])
  })
  test('is never due later than was promised', async () => {
    const { move } = await book('2026-12-03T14:00:00Z')
    house.setNow('2026-11-24T15:00:00Z')
    await move('2026-12-22T14:00:00Z')
    await settle()
    assert.equal(await due(), '2026-11-24T22:00:00.000Z')
    assert.equal((await notes()).length, 1)
  })
  test('that was only asked for keeps its three days, and is there before the visit', async () => {
    const { move } = await book('2026-12-08T14:00:00Z', { pays: 'insurance', reason: 'What does it cost?' })
    await move('2026-12-03T14:00:00Z')
    await settle()
    assert.equal(await due(), '2026-11-27T22:00:00.000Z')
    await move('2026-11-25T14:00:00Z')
    await settle()
    assert.equal(await due(), '2026-11-25T14:00:00.000Z')
  })
  test('whoever moves it: the desk, the link of a message', async () => {
    const { id } = await book('2026-12-08T14:00:00Z')
    assert.deepEqual(await moveForPatient(desk, id, { ...time('2026-12-04T14:00:00Z'), version: 1 }), { ok: true })
    await settle()
    assert.equal(await due(), '2026-11-24T22:00:00.000Z')
    house.setNow('2026-11-23T15:30:00Z')
    const [{ patient_id: patientId }] = await rows('select patient_id from scheduling.appointment')
    assert.deepEqual(await inTransaction(house.system('scheduling.link', patientId), tx => moveByLink(tx, id, { version: 2, startsAt: new Date('2026-11-24T15:00:00Z') })), { ok: true, isRequest: false })
    await settle()
    assert.equal(await due(), '2026-11-24T15:00:00.000Z', 'before the visit')
  })
  test('that is written already is nobody’s again', async () => {
    const { move } = await book('2026-12-08T14:00:00Z')
    await house.db.owner.query("update work.task set done_at = now(), outcome = 'Sent.'")
    await move('2026-12-03T14:00:00Z')
    await settle()
    assert.deepEqual([await due(), (await owed()).is_open, await notes()], ['2026-11-27T22:00:00.000Z', false, []])
  })
})

describe('a newcomer whose visit is off before they are linked', () => {
  async function come(type: string, who: string): Promise<{ id: string; key: string; her: ReturnType<typeof aVisitor> }> {
    const her = aVisitor(house)
    const key = fieldIn(await (await her.post(`/book/${s.typeIds[type]}`, { how: 'in-person', time: `${s.resourceIds[who]}.${s.placeId}.${Date.parse('2026-11-25T14:00:00Z')}` })).text(), 'key')
    await her.post('/book/about', { key, for: 'self', asker: '', name: 'Nora Quill', 'birth-date': '1988-02-29', contact: `${type}@mail.example`, speaks: 'en', needs: '', pays: 'insurance', plan: 'Blue', reason: 'A new doctor' })
    const [mail] = await rows("select id, words from platform.mail where kind = 'code' and words is not null order by ctid desc limit 1")
    assert.equal((await her.post('/book/code', { key, code: /\b(\d{6})\b/.exec(openWords(house.system('notices.sweep'), mail.id, mail.words).text)![1]! })).status, 200)
    return { id: (await rows('select id from scheduling.appointment'))[0].id, key, her }
  }
  const linking = () => rows("select done_at is not null as done, outcome from work.task where kind = 'new-patient'")
  const off = [{ done: true, outcome: 'The visit is off: nobody is to be linked.' }]
  test('is nobody’s work any more, whether they cancel it, the desk does, or it is declined', async () => {
    const { key, her } = await come('check-up', 'nell-harrow')
    assert.deepEqual(await linking(), [{ done: false, outcome: null }])
    assert.match(await (await her.post('/book/visit', { key, do: 'cancel', version: '1' })).text(), /was cancelled/)
    await settle()
    assert.deepEqual(await linking(), off)
    await clearVisits(house, 'scheduling.newcomer', 'work.task', 'work.task_step')
    const { id } = await come('asked', 'ivo-marsh')
    assert.deepEqual(await answerRequest(desk, id, { answer: 'decline', reason: 'elsewhere', version: 1 }), { ok: true })
    await settle()
    assert.deepEqual(await linking(), off)
  })
  test('stays work when it is only moved', async () => {
    const { id } = await come('check-up', 'nell-harrow')
    assert.deepEqual(await moveForPatient(desk, id, { ...time('2026-11-25T15:00:00Z'), version: 1 }), { ok: true })
    await settle()
    assert.deepEqual(await linking(), [{ done: false, outcome: null }])
    assert.deepEqual(await cancelAppointment(desk, id, { reason: 'practice', version: 2 }), { ok: true })
    await settle()
    assert.deepEqual(await linking(), off)
  })
})
