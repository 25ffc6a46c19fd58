import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Ctx, PatientActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { aHouse, ctxOf, patientActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { bookForPatient, moveForPatient, type DeskWish } from './book-for-patient.ts'
import { bookHeld } from './book-appointment.ts'
import { writeVisitType } from './edit-visit-type.ts'
import { cancelAppointment, markVisit } from './cancel-appointment.ts'
import { holdTime, sweepHolds, type TimeWish } from './hold-time.ts'
import { listOwnVisits, readVisit } from './list-appointments.ts'
import { mayActFor } from '#platform/scope.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>
const monday = '2026-11-23T15:00:00Z'
before(async () => {
  t = await aHouse({ now: monday })
  s = await aSchedule(t)
  desk = ctxOf(t.house, staffActor(['front-desk'], (await aStaffPerson(t, { roles: ['front-desk'] })).personId))
})
after(() => t.close())
beforeEach(async () => {
  t.setNow(monday)
  await t.db.owner.query('truncate scheduling.reminder, scheduling.visit_link, scheduling.claim, scheduling.hold, scheduling.appointment_step, scheduling.appointment')
})

type Patient = Ctx<PatientActor>
async function aPatient(): Promise<Patient> {
  const { personId, patientId } = await aPatientPerson(t)
  return ctxOf(t.house, patientActor(patientId, personId))
}
/** Tuesday at nine in New York with Dr. Harrow, unless said. */
const wish = (who: Patient, more: Partial<TimeWish> = {}): TimeWish => ({
  patientId: who.actor.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: new Date('2026-11-24T14:00:00Z'), ...more,
})
const deskWish = (patientId: string, more: Partial<DeskWish> = {}): DeskWish => ({
  patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: new Date('2026-11-24T14:00:00Z'), reason: '', ...more,
})
const words = { reason: '', locale: 'en' as const }
async function book(who: Patient, more: Partial<TimeWish> = {}): Promise<string> {
  const held = await holdTime(who, wish(who, more))
  assert.ok(held.ok, JSON.stringify(held))
  const booked = await bookHeld(who, held.id, words)
  assert.ok(booked.ok)
  return booked.id
}
const rows = async (text: string, ...values: unknown[]) => (await t.db.owner.query(text, values)).rows
const count = async (table: string) => Number((await rows(`select count(*) from scheduling.${table}`))[0].count)
const steps = async (id: string) => (await rows('select step from scheduling.appointment_step where appointment_id = $1 order by id', id)).map(row => row.step)
const visitOf = async (id: string) => (await rows('select starts_at, status, version from scheduling.appointment where id = $1', id))[0]
const claims = async () => (await rows('select resource_id, lower(during) as starts, expires_at from scheduling.claim order by 2')).map(row => `${row.starts.toISOString().slice(8, 16)}${row.expires_at ? ' held' : ''}`)

describe('a visit that needs several', () => {
  const shape = { name: { en: 'Both', es: '' }, words: { en: '', es: '' }, prepare: { en: '', es: '' }, durationMinutes: 30, beforeMinutes: 0, afterMinutes: 0, alignMinutes: 30, leadMinutes: 0, aheadDays: 90, cutoffMinutes: 0, modes: ['in-person' as const], videoLink: null, who: 'anyone' as const, needsApproval: false, priceCents: null, look: 1 }
  const typeWith = (...further: string[][]) => inTransaction(t.system('practice.found'), tx => writeVisitType(tx, { ...shape, needs: [['nell-harrow'], ...further].map(group => group.map(key => s.resourceIds[key]!)) }))
  test('takes a room and a second clinician, each for itself, where both are; without them it is not offered', async () => {
    const ana = await aPatient()
    const visitTypeId = await typeWith(['room-1', 'ivo-marsh'], ['room-1', 'ivo-marsh'])
    const id = await book(ana, { visitTypeId })
    const taken = (await rows('select resource_id from scheduling.claim where booking_id = $1', id)).map(row => row.resource_id)
    assert.deepEqual(taken.sort(), ['nell-harrow', 'room-1', 'ivo-marsh'].map(key => s.resourceIds[key]).sort())
    const ben = await aPatient()
    assert.equal((await holdTime(ben, wish(ben, { visitTypeId: s.typeIds.talk!, resourceId: s.resourceIds['ivo-marsh']! }))).ok, false, 'the second clinician is taken, too')
    const afternoon = await holdTime(ben, wish(ben, { visitTypeId, startsAt: new Date('2026-11-24T19:00:00Z') }))
    assert.equal(afternoon.ok, false, 'the second clinician has no hours then')
  })
  test('that lists one room twice is never offered: nothing is in two places', async () => {
    const ana = await aPatient()
    assert.equal((await holdTime(ana, wish(ana, { visitTypeId: await typeWith(['room-1'], ['room-1']) }))).ok, false)
    assert.equal(await count('claim'), 0)
  })
})

describe('a time that is kept', () => {
  test('becomes a visit; both leave a history and an event', async () => {
    const ana = await aPatient()
    const held = await holdTime(ana, wish(ana))
    assert.ok(held.ok)
    assert.equal(held.expiresAt.toISOString(), '2026-11-23T15:10:00.000Z')
    assert.deepEqual(await claims(), ['24T14:00 held'])
    assert.deepEqual(await bookHeld(ana, held.id, { reason: ' My knee hurts ', locale: 'en', pays: 'insurance' }), { ok: true, id: held.id, isMoved: false, isRequest: false })
    assert.deepEqual([await claims(), await count('hold'), await steps(held.id)], [['24T14:00'], 0, ['booked']])
    assert.deepEqual((await rows('select reason, pays, booked_as from scheduling.appointment'))[0], { reason: 'My knee hurts', pays: 'insurance', booked_as: 'patient' })
    assert.equal((await rows("select from audit.event where action = 'appointment.booked' and $1 = any (ids) and patient_id = $2", held.id, ana.actor.patientId)).length, 1)
  })
  test('is nobody else’s, and they are told the nearest', async () => {
    const [ana, ben] = [await aPatient(), await aPatient()]
    await holdTime(ana, wish(ana))
    const late = await holdTime(ben, wish(ben))
    assert.ok(!late.ok && late.reason === 'just-taken')
    assert.deepEqual(late.nearest.map(time => time.startsAt.toISOString().slice(0, 16)), ['2026-11-24T14:30', '2026-11-24T15:00', '2026-11-24T15:30', '2026-11-24T16:00', '2026-11-24T16:30', '2026-11-24T18:00'])
    assert.equal(await count('hold'), 1)
  })
  test('is free again after ten minutes, and can then no longer be booked by who kept it', async () => {
    const [ana, ben] = [await aPatient(), await aPatient()]
    const held = await holdTime(ana, wish(ana))
    t.setNow('2026-11-23T15:10:00Z')
    assert.ok(held.ok)
    assert.deepEqual(await bookHeld(ana, held.id, words), { ok: false, reason: 'hold-ended' })
    assert.ok((await holdTime(ben, wish(ben))).ok)
    assert.deepEqual(await claims(), ['24T14:00 held'])
    assert.deepEqual(await bookHeld(ana, held.id, words), { ok: false, reason: 'hold-ended' })
  })
  test('a second one lets the first go: nobody keeps a whole day', async () => {
    const ana = await aPatient()
    const first = await holdTime(ana, wish(ana))
    await holdTime(ana, wish(ana, { startsAt: new Date('2026-11-24T15:00:00Z') }))
    assert.deepEqual([await claims(), await count('hold')], [['24T15:00 held'], 1])
    assert.ok(first.ok)
    assert.deepEqual(await bookHeld(ana, first.id, words), { ok: false, reason: 'hold-ended' })
  })
  test('is another’s: their hold cannot be booked, nor seen', async () => {
    const [ana, ben] = [await aPatient(), await aPatient()]
    const held = await holdTime(ana, wish(ana))
    assert.ok(held.ok)
    assert.deepEqual(await bookHeld(ben, held.id, words), { ok: false, reason: 'hold-ended' })
    await assert.rejects(holdTime(ben, { ...wish(ben), patientId: ana.actor.patientId }), NotFound)
  })
  test('what ran out is cleared away by the hour, what did not stays', async () => {
    const [ana, ben] = [await aPatient(), await aPatient()]
    await holdTime(ana, wish(ana))
    t.setNow('2026-11-23T15:09:00Z')
    await holdTime(ben, wish(ben, { startsAt: new Date('2026-11-24T15:00:00Z') }))
    t.setNow('2026-11-23T15:11:00Z')
    assert.equal(await sweepHolds(t.system('scheduling.sweep')), 1)
    assert.deepEqual([await claims(), await count('hold')], [['24T15:00 held'], 1])
  })
})

describe('a wish', () => {
  for (const [why, more] of Object.entries<Partial<TimeWish>>({
    'at a minute that is not offered': { startsAt: new Date('2026-11-24T14:10:00Z') }, 'in the lunch hour': { startsAt: new Date('2026-11-24T17:00:00Z') }, 'in the past': { startsAt: new Date('2026-11-23T14:00:00Z') },
    'sooner than the lead time': { startsAt: new Date('2026-11-23T16:30:00Z') }, 'after the last day': { startsAt: new Date('2027-03-02T14:00:00Z') }, 'on a holiday': { startsAt: new Date('2026-11-26T14:00:00Z') },
    'at a place that is none': { locationId: randomUUID() }, 'with somebody who does not do it': { resourceId: 'ivo' },
  })) {
    test(`${why} is not kept`, async () => {
      const ana = await aPatient()
      const held = await holdTime(ana, wish(ana, { ...more, ...(more.resourceId && { resourceId: s.resourceIds['ivo-marsh']! }) }))
      assert.ok(!held.ok && held.reason === 'just-taken', JSON.stringify(held))
      assert.equal(await count('claim'), 0)
    })
  }
  test('for a visit that the desk books, or a way that is not offered, is refused', async () => {
    const ana = await aPatient()
    assert.deepEqual(await holdTime(ana, wish(ana, { visitTypeId: s.typeIds.desk! })), { ok: false, reason: 'not-offered' })
    assert.deepEqual(await holdTime(ana, wish(ana, { mode: 'phone' })), { ok: false, reason: 'not-offered' })
    assert.deepEqual(await holdTime(ana, wish(ana, { visitTypeId: randomUUID() })), { ok: false, reason: 'not-offered' })
  })
  test('a dozen at the same moment keep one time', async () => {
    const ana = await aPatient()
    const times = [14, 15, 16, 18, 19, 20].flatMap(hour => [24, 25].map(day => new Date(`2026-11-${day}T${hour}:00:00Z`)))
    await Promise.all(times.map(startsAt => holdTime(ana, wish(ana, { startsAt }))))
    assert.equal(await count('hold'), 1)
  })
  test('for a seventh visit ahead is answered by the desk', async () => {
    const ana = await aPatient()
    for (const hour of [14, 15, 16, 18, 19, 20]) await book(ana, { startsAt: new Date(`2026-11-24T${hour}:00:00Z`) })
    assert.deepEqual(await holdTime(ana, wish(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })), { ok: false, reason: 'too-many' })
  })
})

describe('a visit that needs the practice’s yes', () => {
  beforeEach(() => t.db.owner.query('update scheduling.visit_type set approval = true where id = $1', [s.typeIds['check-up']]))
  after(() => t.db.owner.query('update scheduling.visit_type set approval = false'))
  test('is asked for: its time is taken, and until when we answer stands with it', async () => {
    const [ana, ben] = [await aPatient(), await aPatient()]
    const id = await book(ana)
    assert.deepEqual((await rows('select status, confirm_by from scheduling.appointment'))[0], { status: 'requested', confirm_by: new Date('2026-11-23T19:00:00Z') }, 'four hours: a whole business day would end when the visit begins')
    assert.deepEqual([await claims(), await steps(id)], [['24T14:00'], ['requested']])
    assert.equal((await holdTime(ben, wish(ben))).ok, false)
  })
  test('counts as one ahead, and can be taken back even after the cut-off', async () => {
    const ana = await aPatient()
    const id = await book(ana)
    t.setNow('2026-11-24T13:00:00Z')
    assert.deepEqual(await cancelAppointment(ana, id, { reason: 'other', version: 1 }), { ok: true })
    assert.deepEqual(await claims(), [])
  })
  test('is not booked by the patient, by no way through the database', async () => {
    const ana = await aPatient()
    const id = await book(ana)
    await assert.rejects(inTransaction(ana, tx => sql`update scheduling.appointment set status = 'booked' where id = ${id}::uuid`.execute(tx.db.kysely)), /permission|policy|privilege/)
    await t.db.owner.query('update scheduling.visit_type set approval = false')
    await assert.rejects(inTransaction(ana, tx => sql`update scheduling.appointment set status = 'booked' where id = ${id}::uuid`.execute(tx.db.kysely)), /privilege/)
    await t.db.owner.query('update scheduling.visit_type set approval = true where id = $1', [s.typeIds['check-up']])
    await assert.rejects(inTransaction(ana, tx => sql`
      insert into scheduling.appointment (patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, status, booked_at, booked_by, booked_as)
      select patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, 'booked', booked_at, booked_by, booked_as from scheduling.appointment`.execute(tx.db.kysely)), /policy/)
  })
})

describe('moving', () => {
  const later = new Date('2026-11-25T15:00:00Z')
  test('keeps the old time until the new one is booked', async () => {
    const ana = await aPatient()
    const id = await book(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })
    const held = await holdTime(ana, wish(ana, { startsAt: later, moves: id }))
    assert.ok(held.ok)
    assert.deepEqual(await claims(), ['25T14:00', '25T15:00 held'])
    assert.deepEqual(await bookHeld(ana, held.id, words), { ok: true, id, isMoved: true, isRequest: false })
    assert.deepEqual([await claims(), await steps(id), (await visitOf(id)).version, await count('hold')], [['25T15:00'], ['booked', 'moved'], 2, 0])
  })
  test('is not done after the cut-off, nor with another’s visit, nor with one that was cancelled', async () => {
    const [ana, ben] = [await aPatient(), await aPatient()]
    const [near, far] = [await book(ana), await book(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })]
    assert.deepEqual(await holdTime(ana, wish(ana, { startsAt: later, moves: near })), { ok: false, reason: 'too-late' })
    assert.deepEqual(await holdTime(ben, wish(ben, { startsAt: later, moves: far })), { ok: false, reason: 'not-offered' })
    const held = await holdTime(ana, wish(ana, { startsAt: later, moves: far }))
    assert.ok(held.ok)
    await cancelAppointment(ana, far, { reason: 'better', version: 1 })
    assert.deepEqual(await bookHeld(ana, held.id, words), { ok: false, reason: 'hold-ended' })
    assert.deepEqual(await claims(), ['24T14:00'])
  })
})

describe('cancelling', () => {
  test('lets the time go, once, with the reason; until the cut-off', async () => {
    const [ana, ben] = [await aPatient(), await aPatient()]
    const id = await book(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })
    await assert.rejects(cancelAppointment(ben, id, { reason: 'other', version: 1 }), NotFound)
    assert.deepEqual(await cancelAppointment(ana, id, { reason: 'other', version: 7 }), { ok: false, reason: 'changed-meanwhile' })
    t.setNow('2026-11-24T14:00:00Z')
    assert.deepEqual(await cancelAppointment(ana, id, { reason: 'cost', version: 1 }), { ok: false, reason: 'too-late' })
    t.setNow('2026-11-24T13:59:59Z')
    assert.deepEqual(await cancelAppointment(ana, id, { reason: 'cost', version: 1 }), { ok: true })
    assert.deepEqual(await cancelAppointment(ana, id, { reason: 'cost', version: 1 }), { ok: true })
    assert.deepEqual([await count('claim'), await steps(id), (await visitOf(id)).version], [0, ['booked', 'cancelled'], 2])
    const { ahead, past } = await inTransaction(ana, async tx => listOwnVisits(tx, await mayActFor(tx, ana.actor.patientId)))
    assert.deepEqual([ahead.length, past.map(one => one.status)], [0, ['cancelled']])
  })
})

describe('the desk', () => {
  test('books at once, moves and marks; each is refused when another has changed it meanwhile', async () => {
    const { patientId } = await aPatientPerson(t)
    const booked = await bookForPatient(desk, deskWish(patientId, { startsAt: new Date('2026-11-23T18:00:00Z') }))
    assert.ok(booked.ok)
    const time = { resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, mode: 'in-person' as const, startsAt: new Date('2026-11-23T18:30:00Z') }
    assert.deepEqual(await moveForPatient(desk, booked.id, { ...time, version: 1 }), { ok: true })
    assert.deepEqual(await moveForPatient(desk, booked.id, { ...time, version: 1 }), { ok: false, reason: 'changed-meanwhile' })
    assert.deepEqual(await markVisit(desk, booked.id, { mark: 'no-show', version: 2 }), { ok: false, reason: 'not-yet' })
    assert.deepEqual(await markVisit(desk, booked.id, { mark: 'arrived', version: 2 }), { ok: true })
    assert.deepEqual(await markVisit(desk, booked.id, { mark: 'arrived', version: 2 }), { ok: false, reason: 'changed-meanwhile' })
    assert.deepEqual(await markVisit(desk, booked.id, { mark: 'reopened', version: 3 }), { ok: true })
    assert.deepEqual((await inTransaction(desk, tx => readVisit(tx, booked.id))).steps.map(step => [step.step, step.byKind]), [['booked', 'staff'], ['moved', 'staff'], ['arrived', 'staff'], ['reopened', 'staff']])
  })
  test('takes a seat beside another with a reason, and outside the hours; never without one', async () => {
    const [one, other] = [(await aPatientPerson(t)).patientId, (await aPatientPerson(t)).patientId]
    assert.ok((await bookForPatient(desk, deskWish(one))).ok)
    const refused = await bookForPatient(desk, deskWish(other))
    assert.ok(!refused.ok && refused.reason === 'just-taken' && refused.nearest.length > 0)
    assert.deepEqual(await bookForPatient(desk, deskWish(other, { extraSeatBecause: ' ' })), { ok: false, reason: 'not-offered' })
    const extra = await bookForPatient(desk, deskWish(other, { extraSeatBecause: 'Fever, must be seen today' }))
    assert.ok(extra.ok)
    assert.deepEqual((await rows('select seat from scheduling.claim order by seat')).map(row => row.seat), [0, 1])
    assert.equal((await rows('select note from scheduling.appointment_step where appointment_id = $1', extra.id))[0].note, 'Fever, must be seen today')
    assert.ok((await bookForPatient(desk, deskWish(other, { startsAt: new Date('2026-11-24T03:00:00Z'), extraSeatBecause: 'Night clinic' }))).ok)
  })
  test('is the front desk’s and the care side’s alone', async () => {
    const manager = ctxOf(t.house, staffActor(['manager'], (await aStaffPerson(t, { roles: ['manager'] })).personId))
    const { patientId } = await aPatientPerson(t)
    await assert.rejects(bookForPatient(manager, deskWish(patientId)), { name: 'NotAllowed' })
    await assert.rejects(cancelAppointment(manager, randomUUID(), { reason: 'practice', version: 1 }), { name: 'NotAllowed' })
  })
})

describe('a visit that needs a room', () => {
  test('claims both, or neither', async () => {
    const [ana, ben] = [await aPatient(), await aPatient()]
    await book(ana, { visitTypeId: s.typeIds.shot! })
    assert.equal(await count('claim'), 2)
    const late = await holdTime(ben, wish(ben, { visitTypeId: s.typeIds.shot!, resourceId: s.resourceIds['ivo-marsh']! }))
    assert.ok(!late.ok && late.reason === 'just-taken')
    assert.equal(await count('claim'), 2)
    await book(ben, { visitTypeId: s.typeIds.talk!, resourceId: s.resourceIds['ivo-marsh']! })
    assert.equal(await count('claim'), 3)
  })
})

describe('the wall around it', () => {
  test('a patient cannot put in a visit that is done, change another’s claim, nor free it', async () => {
    const [ana, ben] = [await aPatient(), await aPatient()]
    const id = await book(ana)
    const as = (who: Patient, statement: ReturnType<typeof sql>) => inTransaction(who, async tx => Number((await statement.execute(tx.db.kysely)).numAffectedRows))
    assert.equal(await as(ben, sql`delete from scheduling.claim`), 0)
    assert.equal(await as(ben, sql`update scheduling.claim set expires_at = now()`), 0)
    await assert.rejects(as(ana, sql`update scheduling.appointment set status = 'completed' where id = ${id}::uuid`), /row-level security/)
    await assert.rejects(as(ben, sql`insert into scheduling.claim (booking_id, resource_id, during) values (${id}::uuid, ${s.resourceIds['ivo-marsh']!}::uuid, tstzrange('2026-12-01 15:00Z', '2026-12-01 15:30Z'))`), /row-level security/)
  })
})
