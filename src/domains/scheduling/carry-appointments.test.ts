import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { aCalendar } from '#test/bookings.ts'
import { ctxOf, patientActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson } from '#test/people.ts'
import type { TestSchedule } from '#test/schedule.ts'
import { bookForPatient } from './book-for-patient.ts'
import { carryAppointments, carryAppointmentsBack } from './carry-appointments.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>
before(async () => { ({ t, s, desk } = await aCalendar()) })
after(() => t.close())

test('visits go along when two patients become one, and come back with what was booked by them since', async () => {
  const [one, other] = [await aPatientPerson(t), await aPatientPerson(t)]
  const book = async (patientId: string, hour: number) => {
    const booked = await bookForPatient(desk, { patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: new Date(`2026-11-24T${hour}:00:00Z`), reason: '' })
    assert.ok(booked.ok)
    return booked.id
  }
  const of = async (patientId: string) => (await t.db.owner.query('select id from scheduling.appointment where patient_id = $1 order by starts_at', [patientId])).rows.map(row => row.id)
  const waits = async () => (await t.db.owner.query('select w.patient_id, o.patient_id as offered from scheduling.wait w join scheduling.wait_offer o on o.wait_id = w.id')).rows
  const [first, theirs] = [await book(one.patientId, 14), await book(other.patientId, 15)]
  await t.db.owner.query(`with w as (insert into scheduling.wait (patient_id, visit_type_id, mode, weekdays, parts, until_day, since, added_as) values ($1, $2, 'in-person', '{1}', '{morning}', '2026-12-01', now(), 'staff') returning id)
    insert into scheduling.wait_offer (wait_id, patient_id, resource_id, location_id, starts_at, ends_at, round, offered_at, expires_at) select id, $1, $3, $4, '2026-11-24T20:00Z', '2026-11-24T20:30Z', 1, now(), now() from w`, [one.patientId, s.typeIds['check-up'], s.resourceIds['nell-harrow'], s.placeId])
  const joinId = '00000000-0000-4000-8000-000000000001'
  await inTransaction(desk, tx => carryAppointments(tx, { joinId, from: one.patientId, to: other.patientId }))
  assert.deepEqual([await of(one.patientId), await of(other.patientId)], [[], [first, theirs]])
  assert.deepEqual(await waits(), [{ patient_id: other.patientId, offered: other.patientId }])
  const since = await book(other.patientId, 16)
  await t.db.owner.query('update scheduling.appointment set booked_by = $1 where id = $2', [one.personId, since])
  await inTransaction(desk, tx => carryAppointmentsBack(tx, { joinId, stands: other.patientId, persons: [one.personId] }))
  assert.deepEqual([await of(one.patientId), await of(other.patientId)], [[first, since], [theirs]])
  assert.deepEqual(await waits(), [{ patient_id: one.patientId, offered: one.patientId }])
  const patient = ctxOf(t.house, patientActor(other.patientId, other.personId)) as never
  await assert.rejects(inTransaction(patient, tx => carryAppointments(tx as never, { joinId, from: other.patientId, to: one.patientId })), { code: '42501' })
})
