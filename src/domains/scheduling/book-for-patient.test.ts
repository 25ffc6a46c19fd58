import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { aCalendar, type Bookings } from '#test/bookings.ts'
import { ctxOf, staffActor } from '#test/ctx.ts'
import { aPatient, aStaffPerson } from '#test/people.ts'
import { bookForPatient, moveForPatient } from './book-for-patient.ts'
import { cancelAppointment, markVisit } from './cancel-appointment.ts'
import { readVisit } from './list-appointments.ts'

let w: Bookings
before(async () => { w = await aCalendar() })
after(() => w.t.close())
beforeEach(() => w.begin())

describe('the desk', () => {
  test('books at once, moves and marks; each is refused when another has changed it meanwhile', async () => {
    const ana = await aPatient(w.t)
    const booked = await bookForPatient(w.desk, w.deskWish(ana, { startsAt: new Date('2026-11-23T18:00:00Z') }))
    assert.ok(booked.ok)
    const time = { resourceId: w.s.resourceIds['nell-harrow']!, locationId: w.s.placeId, mode: 'in-person' as const, startsAt: new Date('2026-11-23T18:30:00Z') }
    assert.deepEqual(await moveForPatient(w.desk, booked.id, { ...time, version: 1 }), { ok: true })
    assert.deepEqual(await moveForPatient(w.desk, booked.id, { ...time, version: 1 }), { ok: false, reason: 'changed-meanwhile' })
    assert.deepEqual(await markVisit(w.desk, booked.id, { mark: 'no-show', version: 2 }), { ok: false, reason: 'not-yet' })
    assert.deepEqual(await markVisit(w.desk, booked.id, { mark: 'arrived', version: 2 }), { ok: true })
    assert.deepEqual(await markVisit(w.desk, booked.id, { mark: 'arrived', version: 2 }), { ok: false, reason: 'changed-meanwhile' })
    assert.deepEqual(await markVisit(w.desk, booked.id, { mark: 'reopened', version: 3 }), { ok: true })
    assert.deepEqual((await inTransaction(w.desk, tx => readVisit(tx, booked.id))).steps.map(step => [step.step, step.byKind]), [['booked', 'staff'], ['moved', 'staff'], ['arrived', 'staff'], ['reopened', 'staff']])
  })
  test('takes a seat beside another with a reason, and outside the hours; never without one', async () => {
    const [one, other] = [await aPatient(w.t), await aPatient(w.t)]
    assert.ok((await bookForPatient(w.desk, w.deskWish(one))).ok)
    const refused = await bookForPatient(w.desk, w.deskWish(other))
    assert.ok(!refused.ok && refused.reason === 'just-taken' && refused.nearest.length > 0)
    assert.deepEqual(await bookForPatient(w.desk, w.deskWish(other, { extraSeatBecause: ' ' })), { ok: false, reason: 'not-offered' })
    const extra = await bookForPatient(w.desk, w.deskWish(other, { extraSeatBecause: 'Fever, must be seen today' }))
    assert.ok(extra.ok)
    assert.deepEqual((await w.rows('select seat from scheduling.claim order by seat')).map(row => row.seat), [0, 1])
    assert.equal((await w.rows('select note from scheduling.appointment_step where appointment_id = $1', extra.id))[0].note, 'Fever, must be seen today')
    assert.ok((await bookForPatient(w.desk, w.deskWish(other, { startsAt: new Date('2026-11-24T03:00:00Z'), extraSeatBecause: 'Night clinic' }))).ok)
  })
  test('says that somebody stayed away, and takes that back before it says that they were here', async () => {
    const booked = await bookForPatient(w.desk, w.deskWish(await aPatient(w.t), { startsAt: new Date('2026-11-23T15:30:00Z') }))
    assert.ok(booked.ok)
    w.t.setNow('2026-11-23T16:00:00Z')
    assert.deepEqual(await markVisit(w.desk, booked.id, { mark: 'no-show', version: 1 }), { ok: true })
    for (const mark of ['completed', 'arrived', 'no-show'] as const) assert.deepEqual(await markVisit(w.desk, booked.id, { mark, version: 2 }), { ok: false, reason: 'changed-meanwhile' }, mark)
    assert.deepEqual(await markVisit(w.desk, booked.id, { mark: 'reopened', version: 2 }), { ok: true })
    assert.deepEqual(await markVisit(w.desk, booked.id, { mark: 'completed', version: 3 }), { ok: true })
  })
  test('is the front desk’s and the care side’s alone', async () => {
    const manager = ctxOf(w.t.house, staffActor(['manager'], (await aStaffPerson(w.t, { roles: ['manager'] })).personId))
    const ana = await aPatient(w.t)
    await assert.rejects(bookForPatient(manager, w.deskWish(ana)), { name: 'NotAllowed' })
    await assert.rejects(cancelAppointment(manager, randomUUID(), { reason: 'practice', version: 1 }), { name: 'NotAllowed' })
  })
})
