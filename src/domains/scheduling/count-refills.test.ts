import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { aHouse, ctxOf, patientActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { acceptOffer } from './answer-offer.ts'
import { bookForPatient, moveForPatient } from './book-for-patient.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { countRefills } from './count-refills.ts'
import { joinWaitlist } from './join-waitlist.ts'
import { offerTimes } from './offer-times.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>
before(async () => {
  t = await aHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(t)
  desk = ctxOf(t.house, staffActor(['front-desk'], (await aStaffPerson(t, { roles: ['front-desk'] })).personId))
})
after(() => t.close())

const span = { since: new Date('2026-11-01T05:00:00Z'), until: new Date('2027-01-01T05:00:00Z') }
const when = (iso: string) => ({ resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, mode: 'in-person' as const, startsAt: new Date(iso) })
async function book(iso: string): Promise<{ id: string; patientId: string; personId: string }> {
  const person = await aPatientPerson(t)
  const booked = await bookForPatient(desk, { ...when(iso), patientId: person.patientId, visitTypeId: s.typeIds['check-up']!, reason: '' })
  assert.ok(booked.ok, iso)
  return { ...person, id: booked.id }
}
const cancel = (id: string, version = 1) => cancelAppointment(desk, id, { reason: 'practice', version })

test('times let go and filled again are counted by their month: by hand, by an offer, and again after that', async () => {
  const manager = ctxOf(t.house, staffActor(['manager'], (await aStaffPerson(t, { roles: ['manager'] })).personId))
  const count = () => inTransaction(manager, tx => countRefills(tx, span))
  assert.deepEqual(await count(), [])
  await cancel((await book('2026-11-24T14:00:00Z')).id)
  assert.deepEqual(await count(), [{ month: '2026-11', letGo: 1, refilled: 0, byOffer: 0 }])
  const again = await book('2026-11-24T14:00:00Z')
  assert.deepEqual(await count(), [{ month: '2026-11', letGo: 1, refilled: 1, byOffer: 0 }])
  await cancel(again.id)
  assert.deepEqual(await count(), [{ month: '2026-11', letGo: 2, refilled: 1, byOffer: 0 }], 'the first was filled, though it is free once more')

  const waits = await book('2026-12-07T14:00:00Z')
  const ana = ctxOf(t.house, patientActor(waits.patientId, waits.personId))
  assert.ok((await joinWaitlist(ana, waits.id, { resourceId: null, locationId: null, weekdays: [2], parts: ['morning'], untilDay: '2026-11-24' })).ok)
  await offerTimes(t.system('scheduling.wait'))
  const { rows: [offer] } = await t.db.owner.query('select id, starts_at from scheduling.wait_offer')
  assert.equal(offer.starts_at.toISOString(), '2026-11-24T14:00:00.000Z')
  assert.ok((await acceptOffer(ana, offer.id)).ok)
  assert.deepEqual(await count(), [{ month: '2026-11', letGo: 2, refilled: 2, byOffer: 1 }, { month: '2026-12', letGo: 1, refilled: 0, byOffer: 0 }], 'the visit that moved let its own time go')
})

test('not counted are what was let go after it began, what the practice keeps free since, a place beside another, and a visit that stays in its own time', async () => {
  await t.db.owner.query('truncate scheduling.let_go')
  const count = async () => (await inTransaction(desk, tx => countRefills(tx, span))).map(({ letGo, refilled }) => [letGo, refilled])
  const late = await book('2026-11-23T15:30:00Z')
  t.setNow('2026-11-23T15:31:00Z')
  await cancel(late.id)
  const blocked = await book('2026-11-24T16:00:00Z')
  await cancel(blocked.id)
  await t.db.owner.query("insert into scheduling.block (resource_id, starts_at, ends_at, kind) values ($1, '2026-11-24T16:00Z', '2026-11-24T17:00Z', 'leave')", [s.resourceIds['nell-harrow']])
  await book('2026-11-25T16:00:00Z')
  const beside = await bookForPatient(desk, { ...when('2026-11-25T16:00:00Z'), patientId: (await aPatientPerson(t)).patientId, visitTypeId: s.typeIds['check-up']!, reason: '', extraSeatBecause: 'Fever' })
  assert.ok(beside.ok)
  await cancel(beside.id)
  assert.deepEqual(await count(), [])
  const shifted = await book('2026-11-25T18:00:00Z')
  assert.ok((await moveForPatient(desk, shifted.id, { ...when('2026-11-25T18:15:00Z'), version: 1, extraSeatBecause: 'A quarter later' })).ok)
  assert.deepEqual(await count(), [[1, 0]], 'it did not fill its own time')
})

test('is for who works here', async () => {
  const person = await aPatientPerson(t)
  await assert.rejects(inTransaction(ctxOf(t.house, patientActor(person.patientId, person.personId)), tx => countRefills(tx as never, span)), { code: '42501' })
})
