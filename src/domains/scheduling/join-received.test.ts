import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { aHouse, ctxOf, patientActor, type TestHouse } from '#test/ctx.ts'
import { aDesk, aPatientPerson, type TestPerson } from '#test/people.ts'
import { grantSight } from '#test/records.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { answerRequest } from './answer-request.ts'
import { bookHeld } from './book-appointment.ts'
import { bookForPatient, moveForPatient } from './book-for-patient.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { endCopying, listCopyLines, tickCopied } from './copy-line.ts'
import { holdTime } from './hold-time.ts'
import { matchReceived } from './join-received.ts'
import { keepCalendar } from './keep-calendar.ts'
import { keepReceived, type SentVisit } from './keep-received.ts'
import { settleKeeper } from './settle-keeper.ts'
import type { ReceivedStatus } from './shared.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>, ana: TestPerson, queue: pg.Client
before(async () => {
  t = await aHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(t)
  desk = await aDesk(t)
  await keepCalendar(desk, { source: 'ehr', reminds: true })
  ana = await aPatientPerson(t)
  queue = new pg.Client({ connectionString: t.db.superUrl })
  await queue.connect()
})
after(async () => { await queue.end(); await t.close() })
beforeEach(async () => {
  t.setNow('2026-11-23T15:00:00Z')
  await clearVisits(t, 'scheduling.copy_line', 'scheduling.received', 'scheduling.elsewhere', 'scheduling.received_told', 'work.task', 'work.task_step')
})

const rows = async (query: string, ...values: unknown[]) => (await t.db.owner.query(query, values)).rows
const time = (iso: string) => ({ resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, mode: 'in-person' as const, startsAt: new Date(iso) })
async function book(iso: string, person = ana): Promise<string> {
  const booked = await bookForPatient(desk, { patientId: person.patientId, visitTypeId: s.typeIds['check-up']!, reason: '', ...time(iso) })
  assert.ok(booked.ok, JSON.stringify(booked))
  return booked.id
}
const patientCtx = (person: TestPerson) => ctxOf(t.house, patientActor(person.patientId, person.personId))
async function asPatient(iso: string, moves?: string): Promise<string> {
  const ctx = patientCtx(ana)
  const held = await holdTime(ctx, { patientId: ana.patientId, visitTypeId: s.typeIds['check-up']!, ...time(iso), ...(moves && { moves }) })
  assert.ok(held.ok, JSON.stringify(held))
  const booked = await bookHeld(ctx, held.id, { reason: 'The knee', locale: 'en', pays: 'insurance' })
  assert.ok(booked.ok)
  return booked.id
}
type Word = { record?: string; at: string | null; status?: ReceivedStatus; person?: TestPerson; numbers?: string[]; who?: string }
const sent = ({ record = randomUUID(), at, status = 'booked', person = ana, numbers = [], who = 'nell-harrow' }: Word): SentVisit => ({
  recordId: record, sourcePatient: randomUUID(), patientId: person.patientId, startsAt: at === null ? null : new Date(at), endsAt: at === null ? null : new Date(Date.parse(at) + 1_800_000), status,
  clinicianIds: who === '' ? [] : [s.clinicianIds[who]!], withName: 'Dr. Nell Harrow', placeNames: ['Heron Street'], what: 'Check', numbers, isRestricted: false,
})
async function hear(word: Word, source = 'ehr'): Promise<string> {
  const one = sent(word)
  await inTransaction(t.system('records.import'), tx => keepReceived(tx, { source, recordIds: [one.recordId], sent: [one] }))
  return one.recordId
}
const state = async (id: string) => { const [row] = await rows('select status, starts_at, version from scheduling.appointment where id = $1', id); return `${row.status} ${row.starts_at.toISOString().slice(5, 16)}` }
const list = () => inTransaction(desk, tx => listCopyLines(tx))
const lines = async () => (await list()).map(line => line.what)
const openWork = async () => { for (const { id } of await rows('select appointment_id as id from scheduling.copy_line where done_at is not null')) await endCopying(t.system('scheduling.copied'), id); return (await rows("select from work.task where kind = 'copy-to-ehr' and done_at is null")).length }
const joined = async (record: string) => (await rows('select appointment_id from scheduling.received where record_id = $1', record))[0].appointment_id as string | null
const busy = async () => (await rows('select from scheduling.claim')).length

describe('what is booked here while an EHR keeps the calendar', () => {
  test('is asked for, and is staff’s to copy with an owner and a time', async () => {
    const id = await book('2026-12-01T15:00:00Z')
    assert.equal(await state(id), 'requested 12-01T15:00')
    const [line] = await list()
    assert.deepEqual([line!.what, line!.appointmentId, line!.dueAt > t.house.now()], ['book', id, true])
    assert.deepEqual(await rows("select kind, pool, due_at = $1 as same from work.task", line!.dueAt), [{ kind: 'copy-to-ehr', pool: 'front-desk', same: true }])
  })
  test('is confirmed by the EHR’s word of the same patient, clinician and time, and both are one', async () => {
    const id = await book('2026-12-01T15:00:00Z')
    const record = await hear({ at: '2026-12-01T15:05:00Z' })
    assert.deepEqual([await joined(record), await state(id), await lines(), await openWork()], [id, 'booked 12-01T15:05', [], 0])
    assert.deepEqual((await rows("select step, by_kind from scheduling.appointment_step where appointment_id = $1 order by version", id)).map(row => `${row.step} ${row.by_kind}`), ['requested staff', 'moved system'])
    const other = await book('2026-12-02T15:00:00Z')
    await hear({ at: '2026-12-02T15:00:00Z' })
    assert.deepEqual((await rows("select step from scheduling.appointment_step where appointment_id = $1 order by version", other)).map(row => row.step), ['requested', 'confirmed'])
  })
  test('is not confirmed by a word of another patient, clinician, time, system, or by our number in another patient’s', async () => {
    const [id, ben] = [await book('2026-12-01T15:00:00Z'), await aPatientPerson(t)]
    await hear({ at: '2026-12-01T15:00:00Z', person: ben })
    await hear({ at: '2026-12-01T15:00:00Z', person: ben, numbers: [id] })
    await hear({ at: '2026-12-01T15:00:00Z', who: 'ivo-marsh' })
    await hear({ at: '2026-12-01T15:11:00Z' })
    await hear({ at: '2026-12-01T15:00:00Z' }, 'other')
    await hear({ at: '2026-12-01T15:00:00Z', status: 'cancelled' })
    assert.deepEqual([await state(id), await lines()], ['requested 12-01T15:00', ['book']])
    await hear({ at: '2026-12-09T15:00:00Z', numbers: ['x', id] })
    assert.equal(await state(id), 'booked 12-09T15:00', 'by our own number, at whatever time')
  })
  test('at another time it is offered as a match, and staff say that it is this one; never one of somebody else’s', async () => {
    const [id, ben] = [await asPatient('2026-12-01T15:00:00Z'), await aPatientPerson(t)]
    const [mine, theirs] = [await hear({ at: '2026-12-03T16:00:00Z' }), await hear({ at: '2026-12-03T17:00:00Z', person: ben })]
    const [{ id: own }, { id: others }] = [(await rows('select id from scheduling.received where record_id = $1', mine))[0], (await rows('select id from scheduling.received where record_id = $1', theirs))[0]]
    assert.deepEqual((await list())[0]!.candidates.map(one => one.id), [own])
    assert.deepEqual(await matchReceived(desk, id, others), { ok: false, reason: 'changed-meanwhile' })
    assert.deepEqual(await matchReceived(desk, id, own), { ok: true })
    assert.deepEqual([await joined(mine), await joined(theirs), await state(id), await lines()], [id, null, 'booked 12-03T16:00', []])
    assert.deepEqual(await matchReceived(desk, id, own), { ok: false, reason: 'changed-meanwhile' })
  })
  test('is not matched, however old the page is that says so, once it was given up: the EHR’s visit stays in the schedule', async () => {
    const [id, mine] = [await asPatient('2026-12-01T15:00:00Z'), await hear({ at: '2026-12-03T16:00:00Z' })]
    const theirs = (await list())[0]!.candidates[0]!.id
    assert.ok((await cancelAppointment(patientCtx(ana), id, { reason: 'better', version: 1 })).ok)
    assert.deepEqual(await matchReceived(desk, id, theirs), { ok: false, reason: 'changed-meanwhile' })
    assert.equal(await joined(mine), null)
  })
})

describe('when another keeps the calendar from now on', () => {
  const keep = async (source: string | null) => { await keepCalendar(desk, { source, reminds: true }); await settleKeeper(t.system('scheduling.settle')); await settleKeeper(t.system('scheduling.settle')) }
  const work = async () => { await openWork(); return (await rows('select kind from work.task where done_at is null order by 1')).map(row => row.kind as string) }
  test('who asked and has no answer yet is somebody’s to answer, here or by the list to copy, and nothing is both', async () => {
    const id = await asPatient('2026-12-01T15:00:00Z')
    const ended = await book('2026-12-02T15:00:00Z')
    assert.ok((await answerRequest(desk, ended, { version: 1, answer: 'confirm' })).ok)
    assert.deepEqual([await lines(), await work()], [['book', 'book'], ['copy-to-ehr', 'copy-to-ehr']])
    await keep(null)
    assert.deepEqual([await lines(), await work(), await state(id)], [[], ['visit-request'], 'requested 12-01T15:00'])
    await keep('ehr')
    assert.deepEqual([await lines(), await work(), await state(id)], [['book'], ['copy-to-ehr'], 'requested 12-01T15:00'])
  })
  test('a change of who keeps it asks for that look, and a change of nothing else does', async () => {
    const asked = async () => { const { rows: [row] } = await queue.query("with taken as (delete from graphile_worker._private_jobs j using graphile_worker._private_tasks k where k.id = j.task_id and k.identifier = 'scheduling.settle' returning j.payload) select count(*)::int as n from taken where not payload::jsonb ? 'appointmentId'"); return row.n as number }
    await asked()
    await keepCalendar(desk, { source: 'ehr', reminds: false })
    assert.equal(await asked(), 0)
    await keepCalendar(desk, { source: null, reminds: true })
    await keepCalendar(desk, { source: 'ehr', reminds: true })
    assert.equal(await asked(), 2)
  })
})

describe('what the EHR says of a visit of both', () => {
  const both = async () => { const id = await asPatient('2026-12-01T15:00:00Z'); return { id, record: await hear({ at: '2026-12-01T15:00:00Z' }) } }
  test('moves it, marks it, and gives it up', async () => {
    const { id, record } = await both()
    await hear({ record, at: '2026-12-02T16:00:00Z' })
    assert.equal(await state(id), 'booked 12-02T16:00')
    assert.deepEqual((await rows('select lower(during) as at from scheduling.claim where booking_id = $1', id)).map(row => row.at.toISOString()), ['2026-12-02T16:00:00.000Z'])
    for (const status of ['arrived', 'completed', 'no-show', 'booked', 'cancelled'] as const) {
      await hear({ record, at: '2026-12-02T16:00:00Z', status })
      assert.equal(await state(id), `${status} 12-02T16:00`)
    }
    assert.deepEqual([await busy(), await lines()], [0, []])
  })
  test('also where the time is another’s here: it stands beside it, with the reason', async () => {
    const { id, record } = await both()
    const ben = await aPatientPerson(t)
    await book('2026-12-02T16:00:00Z', ben)
    await hear({ record, at: '2026-12-02T16:00:00Z' })
    assert.deepEqual([await state(id), (await rows('select extra_seat_because as why from scheduling.appointment where id = $1', id))[0].why], ['booked 12-02T16:00', 'The EHR has it so'])
  })
  test('also where a further need cannot be met there: whoever sees the patient is taken all the same', async () => {
    const { id, record } = await both()
    const nell = s.resourceIds['nell-harrow']!
    await rows('insert into scheduling.need values ($1, 1, $2)', s.typeIds['check-up'], nell)   // her second is nobody but herself
    try {
      await hear({ record, at: '2026-12-02T16:00:00Z' })
      assert.deepEqual(await rows('select resource_id, lower(during) as at from scheduling.claim where booking_id = $1', id), [{ resource_id: nell, at: new Date('2026-12-02T16:00:00Z') }])
    } finally { await rows('delete from scheduling.need where need = 1 and resource_id = $1', nell) }
  })
  test('of the old time, after it was moved here, is nothing new: the move is staff’s to copy, and both times are taken', async () => {
    const { id, record } = await both()
    assert.equal(await asPatient('2026-12-03T15:00:00Z', id), id)
    assert.deepEqual([await state(id), await lines()], ['requested 12-03T15:00', ['move']])
    assert.equal((await list())[0]!.thereAt?.toISOString(), '2026-12-01T15:00:00.000Z')
    await hear({ record, at: '2026-12-01T15:00:00Z', status: 'requested' })
    await hear({ record, at: '2026-12-01T15:00:00Z' })
    assert.deepEqual([await state(id), await lines()], ['requested 12-03T15:00', ['move']])
    assert.deepEqual(await bookForPatient(desk, { patientId: (await aPatientPerson(t)).patientId, visitTypeId: s.typeIds['check-up']!, reason: '', ...time('2026-12-01T15:00:00Z') }).then(one => one.ok), false)
    await hear({ record, at: '2026-12-03T15:00:00Z' })
    assert.deepEqual([await state(id), await lines(), await openWork()], ['booked 12-03T15:00', [], 0])
    assert.ok((await bookForPatient(desk, { patientId: (await aPatientPerson(t)).patientId, visitTypeId: s.typeIds['check-up']!, reason: '', ...time('2026-12-01T15:00:00Z') })).ok)
  })
  test('given up here it is staff’s to cancel there, until the EHR says so', async () => {
    const { id, record } = await both()
    assert.ok((await cancelAppointment(patientCtx(ana), id, { reason: 'better', version: 2 })).ok)
    assert.deepEqual([await state(id), await lines()], ['cancelled 12-01T15:00', ['cancel']])
    await hear({ record, at: '2026-12-01T15:00:00Z', status: 'arrived' })
    assert.deepEqual([await state(id), await lines()], ['cancelled 12-01T15:00', ['cancel']])
    await hear({ record, at: null, status: 'cancelled' })
    assert.deepEqual([await lines(), await openWork()], [[], 0])
  })
  test('comes to one end in whatever order people and messages act', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('move', 'copy', 'cancel', 'old', 'new', 'off', 'tick'), { maxLength: 8 }), async acts => {
      await clearVisits(t, 'scheduling.copy_line', 'scheduling.received', 'scheduling.elsewhere')
      const { id, record } = await both()
      const now = async () => (await rows('select status, version, starts_at from scheduling.appointment where id = $1', id))[0] as { status: string; version: number; starts_at: Date }
      let day = 1
      for (const act of acts) {
        const { version, starts_at } = await now()
        if (act === 'move') await moveForPatient(desk, id, { ...time(`2026-12-${String(++day + 6).padStart(2, '0')}T15:00:00Z`), version })
        if (act === 'copy') await hear({ record, at: starts_at.toISOString() })
        if (act === 'cancel') await cancelAppointment(desk, id, { reason: 'practice', version })
        if (act === 'old') await hear({ record, at: (await rows('select starts_at as at from scheduling.received where record_id = $1', record))[0].at.toISOString() })
        if (act === 'new') await hear({ record, at: `2027-01-${String(++day + 3).padStart(2, '0')}T16:00:00Z` })
        if (act === 'off') await hear({ record, at: null, status: 'cancelled' })
        if (act === 'tick') await tickCopied(desk, id, version)
      }
      const [ehr, open] = [(await rows('select status, starts_at, appointment_id from scheduling.received where record_id = $1', record))[0], await lines()]
      const here = await now()
      const apart = ehr.appointment_id === null && ehr.status !== 'cancelled' && here.status === 'cancelled'
      const agree = apart || (ehr.status === 'cancelled') === (here.status === 'cancelled') && (here.status === 'cancelled' || ehr.starts_at.getTime() === here.starts_at.getTime())
      assert.ok(agree || open.length === 1 || acts.includes('tick'), `${acts.join()}: ${here.status} ${here.starts_at.toISOString()} and ${ehr.status} ${ehr.starts_at.toISOString()}, on the list: ${open.join()}`)
      assert.equal((await rows('select from scheduling.claim where booking_id = $1', id)).length, here.status === 'cancelled' ? 0 : 1)
    }), { numRuns: 40 })
  })
})

describe('the list to copy', () => {
  test('a visit that was moved or given up before anybody copied it is booked at its new time, or nobody’s work', async () => {
    const id = await asPatient('2026-12-01T15:00:00Z')
    await asPatient('2026-12-02T15:00:00Z', id)
    assert.deepEqual(await lines(), ['book'])
    assert.ok((await cancelAppointment(patientCtx(ana), id, { reason: 'better', version: 2 })).ok)
    assert.deepEqual([await lines(), await openWork()], [[], 0])
  })
  test('a tick ends a line, once, and only of what was seen; what is moved after it is a move', async () => {
    const id = await asPatient('2026-12-01T15:00:00Z')
    await asPatient('2026-12-02T15:00:00Z', id)
    assert.deepEqual(await tickCopied(desk, id, 1), { ok: false, reason: 'changed-meanwhile' })
    assert.deepEqual(await tickCopied(desk, id, 2), { ok: true })
    assert.deepEqual(await tickCopied(desk, id, 2), { ok: false, reason: 'changed-meanwhile' })
    assert.deepEqual([await lines(), await openWork(), await state(id)], [[], 0, 'requested 12-02T15:00'])
    assert.equal(await asPatient('2026-12-03T15:00:00Z', id), id)
    assert.deepEqual(await lines(), ['move'])
  })
  test('a patient cannot say that the EHR has it, and sees nobody else’s line', async () => {
    await grantSight(t, { personId: ana.personId, patientId: ana.patientId, source: 'self' })
    const [id, ben] = [await asPatient('2026-12-01T15:00:00Z'), await aPatientPerson(t)]
    const by = (person: TestPerson, because: string) => inTransaction(patientCtx(person), async tx =>
      (await tx.db.client!.query('update scheduling.copy_line set done_at = now(), done_because = $2 where appointment_id = $1 returning 1', [id, because])).rows.length)
    await assert.rejects(by(ana, 'copied'), { code: '42501' })
    await assert.rejects(by(ana, 'ehr'), { code: '42501' })
    assert.equal(await by(ben, 'undone'), 0)
  })
  test('nothing is on it while the calendar is kept here', async () => {
    await keepCalendar(desk, { source: null, reminds: true })
    const id = await book('2026-12-01T15:00:00Z')
    assert.deepEqual([await state(id), await lines()], ['booked 12-01T15:00', []])
    await keepCalendar(desk, { source: 'ehr', reminds: true })
  })
})
