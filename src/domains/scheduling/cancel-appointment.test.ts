import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import pg from 'pg'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mayActFor } from '#platform/scope.ts'
import { aCalendar, type Bookings } from '#test/bookings.ts'
import { aPatient } from '#test/people.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { listOwnVisits } from './list-appointments.ts'

let w: Bookings, worker: pg.Client
before(async () => {
  w = await aCalendar()
  worker = new pg.Client({ connectionString: w.t.db.workerUrl })
  await worker.connect()
})
after(async () => { await worker.end(); await w.t.close() })
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
  test('is told to who looks after the visit, unless they did it themselves, signed in', async () => {
    const ana = await aPatient(w.t)
    const by = {
      patient: (id: string) => cancelAppointment(ana, id, { reason: 'better', version: 1 }),
      desk: (id: string) => cancelAppointment(w.desk, id, { reason: 'practice', version: 1 }),
      link: (id: string) => cancelAppointment(w.t.system('scheduling.link', ana.actor.patientId), id, { reason: 'better', version: 1 }),
    }
    const told: string[] = []
    for (const [who, cancel] of Object.entries(by)) {
      const id = await w.book(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })
      assert.deepEqual(await cancel(id), { ok: true })
      const { rows } = await worker.query("select from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id where k.identifier = 'scheduling.tell' and j.payload ->> 'appointmentId' = $1", [id])
      if (rows.length > 0) told.push(who)
    }
    assert.deepEqual(told, ['desk', 'link'])
  })
})
