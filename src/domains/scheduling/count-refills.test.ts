import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { aCalendar } from '#test/bookings.ts'
import { ctxOf, patientActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson } from '#test/people.ts'
import type { TestSchedule } from '#test/schedule.ts'
import { acceptOffer } from './answer-offer.ts'
import { bookForPatient, moveForPatient } from './book-for-patient.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { countRefills } from './count-refills.ts'
import { joinWaitlist } from './join-waitlist.ts'
import { measureDays } from './measure-schedule.ts'
import { offerTimes } from './offer-times.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>
before(async () => { ({ t, s, desk } = await aCalendar()) })
after(() => t.close())

const count = async () => {
  await measureDays(t.system('scheduling.measure'))
  return inTransaction(desk, tx => countRefills(tx, { from: '2026-11-01', to: '2027-01-01', by: 'month' }))
}
const both = async () => (await count()).map(({ letGo, refilled }) => [letGo, refilled])
const when = (iso: string) => ({ resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, mode: 'in-person' as const, startsAt: new Date(iso) })
async function book(iso: string, more: { extraSeatBecause?: string } = {}): Promise<{ id: string; patientId: string; personId: string }> {
  const person = await aPatientPerson(t)
  const booked = await bookForPatient(desk, { ...when(iso), patientId: person.patientId, visitTypeId: s.typeIds['check-up']!, reason: '', ...more })
  assert.ok(booked.ok, iso)
  return { ...person, id: booked.id }
}
const cancel = (id: string, version = 1) => cancelAppointment(desk, id, { reason: 'practice', version })

test('times let go and filled again are counted by their month: by hand, by an offer, and again after that', async () => {
  assert.deepEqual(await count(), [])
  await cancel((await book('2026-11-24T14:00:00Z')).id)
  assert.deepEqual(await count(), [{ firstDay: '2026-11-01', letGo: 1, refilled: 0, byOffer: 0 }])
  const again = await book('2026-11-24T14:00:00Z')
  assert.deepEqual(await count(), [{ firstDay: '2026-11-01', letGo: 1, refilled: 1, byOffer: 0 }])
  await cancel(again.id)
  assert.deepEqual(await count(), [{ firstDay: '2026-11-01', letGo: 2, refilled: 1, byOffer: 0 }], 'the first was filled, though it is free once more')

  const waits = await book('2026-12-07T14:00:00Z')
  const ana = ctxOf(t.house, patientActor(waits.patientId, waits.personId))
  assert.ok((await joinWaitlist(ana, waits.id, { resourceId: null, locationId: null, weekdays: [2], parts: ['morning'], untilDay: '2026-11-24' })).ok)
  await offerTimes(t.system('scheduling.wait'))
  const { rows: [offer] } = await t.db.owner.query('select id, starts_at from scheduling.wait_offer')
  assert.equal(offer.starts_at.toISOString(), '2026-11-24T14:00:00.000Z')
  assert.ok((await acceptOffer(ana, offer.id)).ok)
  assert.deepEqual(await count(), [{ firstDay: '2026-11-01', letGo: 2, refilled: 2, byOffer: 1 }, { firstDay: '2026-12-01', letGo: 1, refilled: 0, byOffer: 0 }], 'the visit that moved let its own time go')
})

test('not counted are what was let go after it began, what the practice keeps free since, a place beside another, and a visit that stays in its own time', async () => {
  await t.db.owner.query('truncate scheduling.let_go')
  const late = await book('2026-11-23T15:30:00Z')
  t.setNow('2026-11-23T15:31:00Z')
  await cancel(late.id)
  const blocked = await book('2026-11-24T16:00:00Z')
  await cancel(blocked.id)
  await t.db.owner.query("insert into scheduling.block (resource_id, starts_at, ends_at, kind) values ($1, '2026-11-24T16:00Z', '2026-11-24T17:00Z', 'leave')", [s.resourceIds['nell-harrow']])
  await book('2026-11-25T16:00:00Z')
  const beside = await book('2026-11-25T16:00:00Z', { extraSeatBecause: 'Fever' })
  await cancel(beside.id)
  assert.deepEqual(await both(), [])
  const shifted = await book('2026-11-25T18:00:00Z')
  assert.ok((await moveForPatient(desk, shifted.id, { ...when('2026-11-25T18:15:00Z'), version: 1, extraSeatBecause: 'A quarter later' })).ok)
  assert.deepEqual(await both(), [[1, 0]], 'it did not fill its own time')
})

test('one that is moved into it fills it; one that stood beside it before, and one that is booked when it has begun, do not', async () => {
  await t.db.owner.query('truncate scheduling.let_go')
  t.setNow('2026-11-23T15:31:00Z')
  const other = await book('2026-12-01T14:00:00Z')
  await cancel((await book('2026-11-30T14:00:00Z')).id)
  assert.ok((await moveForPatient(desk, other.id, { ...when('2026-11-30T14:00:00Z'), version: 1 })).ok)
  assert.deepEqual(await count(), [{ firstDay: '2026-11-01', letGo: 1, refilled: 1, byOffer: 0 }, { firstDay: '2026-12-01', letGo: 1, refilled: 0, byOffer: 0 }])
  const first = await book('2026-12-02T14:00:00Z')
  await book('2026-12-02T14:00:00Z', { extraSeatBecause: 'Fever' })
  await cancel(first.id)
  const late = await book('2026-12-03T14:00:00Z')
  await cancel(late.id)
  t.setNow('2026-12-03T14:20:00Z')
  await book('2026-12-03T14:00:00Z', { extraSeatBecause: 'Came all the same' })
  assert.deepEqual(await both(), [[1, 1], [3, 0]])
})

test('what is kept free since is not counted from the next count on, and weeks begin on Monday', async () => {
  await t.db.owner.query('truncate scheduling.let_go')
  t.setNow('2026-12-03T14:20:00Z')
  await cancel((await book('2026-12-14T14:00:00Z')).id)
  await cancel((await book('2026-12-20T14:00:00Z', { extraSeatBecause: 'On a Sunday' })).id)
  await count()
  const weeks = () => inTransaction(desk, tx => countRefills(tx, { from: '2026-12-07', to: '2026-12-21', by: 'week' }))
  assert.deepEqual(await weeks(), [{ firstDay: '2026-12-14', letGo: 2, refilled: 0, byOffer: 0 }])
  t.setNow('2026-12-04T14:20:00Z')
  await t.db.owner.query("insert into scheduling.block (resource_id, starts_at, ends_at, kind) values ($1, '2026-12-14T14:00Z', '2026-12-14T17:00Z', 'leave')", [s.resourceIds['nell-harrow']])
  await count()
  assert.deepEqual(await weeks(), [{ firstDay: '2026-12-14', letGo: 1, refilled: 0, byOffer: 0 }])
})

test('the door opens for the job that counts, and the counts for who works here', async () => {
  const person = await aPatientPerson(t)
  assert.deepEqual(await inTransaction(ctxOf(t.house, patientActor(person.patientId, person.personId)), tx => countRefills(tx as never, { from: '2026-11-01', to: '2027-01-01', by: 'month' })), [])
  await assert.rejects(inTransaction(desk, tx => sql`select from scheduling.door_refills('2026-11-01', 'UTC')`.execute(tx.db.kysely)), { code: '42501' })
})
