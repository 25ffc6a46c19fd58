import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mayActFor } from '#platform/scope.ts'
import { aCalendar, noWords, type Bookings } from '#test/bookings.ts'
import { aPatient } from '#test/people.ts'
import { bookHeld } from './book-appointment.ts'
import { writeVisitType } from './edit-visit-type.ts'
import { holdTime, readHold, sweepHolds, type TimeWish } from './hold-time.ts'

let w: Bookings
before(async () => { w = await aCalendar() })
after(() => w.t.close())
beforeEach(() => w.begin())

describe('a time that is kept', () => {
  test('becomes a visit; both leave a history and an event', async () => {
    const ana = await aPatient(w.t)
    const held = await holdTime(ana, w.wish(ana))
    assert.ok(held.ok)
    assert.equal(held.expiresAt.toISOString(), '2026-11-23T15:10:00.000Z')
    assert.deepEqual(await w.claims(), ['24T14:00 held'])
    assert.deepEqual(await bookHeld(ana, held.id, { reason: ' My knee hurts ', locale: 'en', pays: 'insurance' }), { ok: true, id: held.id, isMoved: false, isRequest: false })
    assert.deepEqual([await w.claims(), await w.count('hold'), await w.steps(held.id)], [['24T14:00'], 0, ['booked']])
    assert.deepEqual((await w.rows('select reason, pays, booked_as from scheduling.appointment'))[0], { reason: 'My knee hurts', pays: 'insurance', booked_as: 'patient' })
    assert.equal((await w.rows("select from audit.event where action = 'appointment.booked' and $1 = any (ids) and patient_id = $2", held.id, ana.actor.patientId)).length, 1)
  })
  test('is nobody else’s, and they are told the nearest', async () => {
    const [ana, ben] = [await aPatient(w.t), await aPatient(w.t)]
    await holdTime(ana, w.wish(ana))
    const late = await holdTime(ben, w.wish(ben))
    assert.ok(!late.ok && late.reason === 'just-taken')
    assert.deepEqual(late.nearest.map(time => time.startsAt.toISOString().slice(0, 16)), ['2026-11-24T14:30', '2026-11-24T15:00', '2026-11-24T15:30', '2026-11-24T16:00', '2026-11-24T16:30', '2026-11-24T18:00'])
    assert.equal(await w.count('hold'), 1)
  })
  test('is free again after ten minutes, and can then no longer be booked by who kept it', async () => {
    const [ana, ben] = [await aPatient(w.t), await aPatient(w.t)]
    const held = await holdTime(ana, w.wish(ana))
    w.t.setNow('2026-11-23T15:10:00Z')
    assert.ok(held.ok)
    assert.equal(await inTransaction(ana, async tx => readHold(tx, await mayActFor(tx, ana.actor.patientId), held.id)), undefined, 'nothing is asked any more')
    assert.deepEqual(await bookHeld(ana, held.id, noWords), { ok: false, reason: 'hold-ended' })
    assert.ok((await holdTime(ben, w.wish(ben))).ok)
    assert.deepEqual(await w.claims(), ['24T14:00 held'])
    assert.deepEqual(await bookHeld(ana, held.id, noWords), { ok: false, reason: 'hold-ended' })
  })
  test('a second one lets the first go: nobody keeps a whole day', async () => {
    const ana = await aPatient(w.t)
    const first = await holdTime(ana, w.wish(ana))
    await holdTime(ana, w.wish(ana, { startsAt: new Date('2026-11-24T15:00:00Z') }))
    assert.deepEqual([await w.claims(), await w.count('hold')], [['24T15:00 held'], 1])
    assert.ok(first.ok)
    assert.deepEqual(await bookHeld(ana, first.id, noWords), { ok: false, reason: 'hold-ended' })
  })
  test('stays theirs when the next one they wanted was taken', async () => {
    const [ana, ben] = [await aPatient(w.t), await aPatient(w.t)]
    const first = await holdTime(ana, w.wish(ana))
    const later = { startsAt: new Date('2026-11-24T15:00:00Z') }
    await holdTime(ben, w.wish(ben, later))
    assert.equal((await holdTime(ana, w.wish(ana, later))).ok, false)
    assert.ok(first.ok)
    assert.ok((await bookHeld(ana, first.id, noWords)).ok)
  })
  test('is another’s: their hold cannot be booked, nor seen', async () => {
    const [ana, ben] = [await aPatient(w.t), await aPatient(w.t)]
    const held = await holdTime(ana, w.wish(ana))
    assert.ok(held.ok)
    assert.deepEqual(await bookHeld(ben, held.id, noWords), { ok: false, reason: 'hold-ended' })
    await assert.rejects(holdTime(ben, { ...w.wish(ben), patientId: ana.actor.patientId }), NotFound)
  })
  test('what ran out is cleared away by the hour, what did not stays', async () => {
    const [ana, ben] = [await aPatient(w.t), await aPatient(w.t)]
    await holdTime(ana, w.wish(ana))
    w.t.setNow('2026-11-23T15:09:00Z')
    await holdTime(ben, w.wish(ben, { startsAt: new Date('2026-11-24T15:00:00Z') }))
    w.t.setNow('2026-11-23T15:11:00Z')
    assert.equal(await sweepHolds(w.t.system('scheduling.sweep')), 1)
    assert.deepEqual([await w.claims(), await w.count('hold')], [['24T15:00 held'], 1])
  })
})

describe('a wish', () => {
  for (const [why, more] of Object.entries<Partial<TimeWish>>({
    'at a minute that is not offered': { startsAt: new Date('2026-11-24T14:10:00Z') }, 'in the lunch hour': { startsAt: new Date('2026-11-24T17:00:00Z') }, 'in the past': { startsAt: new Date('2026-11-23T14:00:00Z') },
    'sooner than the lead time': { startsAt: new Date('2026-11-23T16:30:00Z') }, 'after the last day': { startsAt: new Date('2027-03-02T14:00:00Z') }, 'on a holiday': { startsAt: new Date('2026-11-26T14:00:00Z') },
    'at a place that is none': { locationId: randomUUID() }, 'with somebody who does not do it': { resourceId: 'ivo' },
  })) {
    test(`${why} is not kept`, async () => {
      const ana = await aPatient(w.t)
      const held = await holdTime(ana, w.wish(ana, { ...more, ...(more.resourceId && { resourceId: w.s.resourceIds['ivo-marsh']! }) }))
      assert.ok(!held.ok && held.reason === 'just-taken', JSON.stringify(held))
      assert.equal(await w.count('claim'), 0)
    })
  }
  test('for a visit that the desk books, or a way that is not offered, is refused', async () => {
    const ana = await aPatient(w.t)
    assert.deepEqual(await holdTime(ana, w.wish(ana, { visitTypeId: w.s.typeIds.desk! })), { ok: false, reason: 'not-offered' })
    assert.deepEqual(await holdTime(ana, w.wish(ana, { mode: 'phone' })), { ok: false, reason: 'not-offered' })
    assert.deepEqual(await holdTime(ana, w.wish(ana, { visitTypeId: randomUUID() })), { ok: false, reason: 'not-offered' })
  })
  test('a dozen at the same moment keep one time', async () => {
    const ana = await aPatient(w.t)
    const times = [14, 15, 16, 18, 19, 20].flatMap(hour => [24, 25].map(day => new Date(`2026-11-${day}T${hour}:00:00Z`)))
    await Promise.all(times.map(startsAt => holdTime(ana, w.wish(ana, { startsAt }))))
    assert.equal(await w.count('hold'), 1)
  })
  test('for a seventh visit ahead is answered by the desk', async () => {
    const ana = await aPatient(w.t)
    for (const hour of [14, 15, 16, 18, 19, 20]) await w.book(ana, { startsAt: new Date(`2026-11-24T${hour}:00:00Z`) })
    assert.deepEqual(await holdTime(ana, w.wish(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })), { ok: false, reason: 'too-many' })
  })
})

describe('a visit that needs several', () => {
  const shape = { name: { en: 'Both', es: '' }, words: { en: '', es: '' }, prepare: { en: '', es: '' }, durationMinutes: 30, beforeMinutes: 0, afterMinutes: 0, alignMinutes: 30, leadMinutes: 0, aheadDays: 90, cutoffMinutes: 0, modes: ['in-person' as const], videoLink: null, who: 'anyone' as const, needsApproval: false, priceCents: null, look: 1 }
  const typeWith = (...further: string[][]) => inTransaction(w.t.system('practice.found'), tx => writeVisitType(tx, { ...shape, needs: [['nell-harrow'], ...further].map(group => group.map(key => w.s.resourceIds[key]!)) }))
  test('takes a room and a second clinician, each for itself, where both are; without them it is not offered', async () => {
    const ana = await aPatient(w.t)
    const visitTypeId = await typeWith(['room-1', 'ivo-marsh'], ['room-1', 'ivo-marsh'])
    const id = await w.book(ana, { visitTypeId })
    const taken = (await w.rows('select resource_id from scheduling.claim where booking_id = $1', id)).map(row => row.resource_id)
    assert.deepEqual(taken.sort(), ['nell-harrow', 'room-1', 'ivo-marsh'].map(key => w.s.resourceIds[key]).sort())
    const ben = await aPatient(w.t)
    assert.equal((await holdTime(ben, w.wish(ben, { visitTypeId: w.s.typeIds.talk!, resourceId: w.s.resourceIds['ivo-marsh']! }))).ok, false, 'the second clinician is taken, too')
    const afternoon = await holdTime(ben, w.wish(ben, { visitTypeId, startsAt: new Date('2026-11-24T19:00:00Z') }))
    assert.equal(afternoon.ok, false, 'the second clinician has no hours then')
  })
  test('that lists one room twice is never offered: nothing is in two places', async () => {
    const ana = await aPatient(w.t)
    assert.equal((await holdTime(ana, w.wish(ana, { visitTypeId: await typeWith(['room-1'], ['room-1']) }))).ok, false)
    assert.equal(await w.count('claim'), 0)
  })
})

describe('a visit that needs a room', () => {
  test('claims both, or neither', async () => {
    const [ana, ben] = [await aPatient(w.t), await aPatient(w.t)]
    await w.book(ana, { visitTypeId: w.s.typeIds.shot! })
    assert.equal(await w.count('claim'), 2)
    const late = await holdTime(ben, w.wish(ben, { visitTypeId: w.s.typeIds.shot!, resourceId: w.s.resourceIds['ivo-marsh']! }))
    assert.ok(!late.ok && late.reason === 'just-taken')
    assert.equal(await w.count('claim'), 2)
    await w.book(ben, { visitTypeId: w.s.typeIds.talk!, resourceId: w.s.resourceIds['ivo-marsh']! })
    assert.equal(await w.count('claim'), 3)
  })
})
