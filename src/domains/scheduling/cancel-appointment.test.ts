import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mayActFor } from '#platform/scope.ts'
import { aCalendar, type Bookings } from '#test/bookings.ts'
import { aPatient } from '#test/people.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { listOwnVisits } from './list-appointments.ts'

let w: Bookings
before(async () => { w = await aCalendar() })
after(() => w.t.close())
beforeEach(() => w.begin())

describe('cancelling', () => {
  test('lets the time go, once, with the reason; until the cut-off', async () => {
    const [ana, ben] = [await aPatient(w.t), await aPatient(w.t)]
    const id = await w.book(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })
    await assert.rejects(cancelAppointment(ben, id, { reason: 'other', version: 1 }), NotFound)
    assert.deepEqual(await cancelAppointment(ana, id, { reason: 'other', version: 7 }), { ok: false, reason: 'changed-meanwhile' })
    w.t.setNow('2026-11-24T14:00:00Z')
    assert.deepEqual(await cancelAppointment(ana, id, { reason: 'cost', version: 1 }), { ok: false, reason: 'too-late' })
    w.t.setNow('2026-11-24T13:59:59Z')
    assert.deepEqual(await cancelAppointment(ana, id, { reason: 'cost', version: 1 }), { ok: true })
    assert.deepEqual(await cancelAppointment(ana, id, { reason: 'cost', version: 1 }), { ok: true })
    assert.deepEqual([await w.count('claim'), await w.steps(id), (await w.visitOf(id)).version], [0, ['booked', 'cancelled'], 2])
    const { ahead, past } = await inTransaction(ana, async tx => listOwnVisits(tx, await mayActFor(tx, ana.actor.patientId)))
    assert.deepEqual([ahead.length, past.map(one => one.status)], [0, ['cancelled']])
  })
})
