import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { mayActFor } from '#platform/scope.ts'
import { bookForPatient } from '#scheduling'
import { aHouse, ctxOf, patientActor, type TestHouse } from '#test/ctx.ts'
import { aDesk, aPatientPerson, type TestPerson } from '#test/people.ts'
import { bringRecords, fhir, grantSight } from '#test/records.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { bundleText, exportRecord } from './export-record.ts'
import { tellRecord } from './tell-record.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>, ana: TestPerson, ben: TestPerson
before(async () => {
  t = await aHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(t)
  desk = await aDesk(t)
  const [one, other] = [(await bringRecords(t, 'ehr', [fhir.patient()])).get('p1')!, (await bringRecords(t, 'clinic', [fhir.patient('p9', { name: [{ given: ['Ben'], family: 'Osgood' }], birthDate: '1990-01-01' })])).get('p9')!]
  ;[ana, ben] = [await aPatientPerson(t, { patientId: one }), await aPatientPerson(t, { patientId: other })]
  for (const person of [ana, ben]) await grantSight(t, { personId: person.personId, patientId: person.patientId, source: 'self' })
})
after(() => t.close())

type Copied = { resourceType: string; id: string; status: string; start: string; reasonCode?: { text: string }[]; identifier: { value: string }[]; participant: { actor: { reference?: string; display?: string } }[]; cancelationReason?: { text: string } }
const copyOf = (person: TestPerson) => inTransaction(ctxOf(t.house, patientActor(person.patientId, person.personId)), async tx => exportRecord(tx, await mayActFor(tx, person.patientId), 'fhir'))
const visitsIn = (items: { body: string }[]) => items.map(item => JSON.parse(item.body) as Copied).filter(one => one.resourceType === 'Appointment')
async function book(person: TestPerson, iso: string, reason: string): Promise<string> {
  const booked = await bookForPatient(desk, { patientId: person.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: new Date(iso), reason })
  assert.ok(booked.ok)
  return booked.id
}

test('visits that were booked here go along in a copy, whatever became of them, and nobody else’s', async () => {
  const [first, gone, theirs] = [await book(ana, '2026-12-01T15:00:00Z', 'The knee'), await book(ana, '2026-12-02T15:00:00Z', ''), await book(ben, '2026-12-03T15:00:00Z', 'His own')]
  await t.db.owner.query("update scheduling.appointment set status = 'cancelled' where id = $1", [gone])
  await t.db.owner.query("insert into scheduling.appointment_step (appointment_id, at, by_kind, step, version, starts_at, note) values ($1, now(), 'staff', 'cancelled', 2, now(), 'practice')", [gone])
  const { items } = await copyOf(ana)
  const visits = visitsIn(items)
  assert.deepEqual(visits.map(one => [one.id, one.status, one.start]), [[gone, 'cancelled', '2026-12-02T15:00:00.000Z'], [first, 'booked', '2026-12-01T15:00:00.000Z']])
  assert.deepEqual([visits[1]!.reasonCode, visits[0]!.cancelationReason?.text, visits[1]!.participant.map(({ actor }) => actor.display ?? 'her')], [[{ text: 'The knee' }], 'We could not keep it', ['her', 'Dr. Nell Harrow', 'Heron Street']])
  assert.equal(visits[1]!.participant[0]!.actor.reference, `urn:uuid:${items[0]!.id}`, 'it points at the patient that stands in the same copy')
  assert.ok(!bundleText(items, t.house.now()).includes(theirs))
  assert.deepEqual(visitsIn((await copyOf(ben)).items).map(one => one.id), [theirs])
  const [told] = tellRecord(items, { locale: 'es', now: t.house.now(), zone: 'America/New_York', demo: false }, new Map()).filter(part => part.part === 'visits')
  assert.deepEqual(told!.lines.map(line => [line.title, line.words.slice(0, 3)]), [['Check-up', ['Cancelada', 'Dr. Nell Harrow', 'Heron Street']], ['Check-up', ['Reservada', 'Dr. Nell Harrow', 'Heron Street']]])
})

test('the command’s copy has them, too, and one that the EHR has carries its numbers', async () => {
  const id = await book(ana, '2026-12-04T15:00:00Z', '')
  await t.db.owner.query(`insert into scheduling.received (record_id, source, source_patient, patient_id, starts_at, ends_at, status, with_ids, with_name, place_name, what, numbers, is_restricted, first_at, appointment_id)
    values (gen_random_uuid(), 'ehr', gen_random_uuid(), $1, '2026-12-04T15:00:00Z', '2026-12-04T15:30:00Z', 'booked', '{}', '', '', '', '{F77}', false, now(), $2)`, [ana.patientId, id])
  const { items } = await inTransaction(t.system('records.export', ana.patientId), async tx => exportRecord(tx, await mayActFor(tx, ana.patientId), 'fhir'))
  assert.deepEqual(visitsIn(items).find(one => one.id === id)?.identifier.map(one => one.value), [`urn:uuid:${id}`, 'F77'])
})
