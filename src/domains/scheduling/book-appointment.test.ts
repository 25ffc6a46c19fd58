import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { letActForAsSystem } from '#accounts'
import type { Ctx, PatientActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { aCalendar, noWords, type Bookings } from '#test/bookings.ts'
import { ctxOf, proxyActor } from '#test/ctx.ts'
import { aPatient, type TestPatient } from '#test/people.ts'
import { bookHeld } from './book-appointment.ts'
import { bookForPatient } from './book-for-patient.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { holdTime } from './hold-time.ts'

let w: Bookings
before(async () => { w = await aCalendar() })
after(() => w.t.close())
beforeEach(() => w.begin())

/** The second begins when the first is done and nobody knows of it yet. */
async function meanwhile<A, B>(who: Ctx<PatientActor>, first: (tx: Ctx<PatientActor>) => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
  let beside: Promise<B> | undefined
  const done = await inTransaction(who, async tx => {
    const one = await first(tx)
    beside = second()
    await pause(300)
    return one
  })
  return [done, await beside!]
}

describe('a visit that needs the practice’s yes', () => {
  beforeEach(() => w.rows('update scheduling.visit_type set approval = true where id = $1', w.s.typeIds['check-up']))
  after(() => w.rows('update scheduling.visit_type set approval = false'))
  test('is asked for: its time is taken, and until when we answer stands with it', async () => {
    const [ana, ben] = [await aPatient(w.t), await aPatient(w.t)]
    const id = await w.book(ana)
    assert.deepEqual((await w.rows('select status, confirm_by from scheduling.appointment'))[0], { status: 'requested', confirm_by: new Date('2026-11-23T19:00:00Z') }, 'four hours: a whole business day would end when the visit begins')
    assert.deepEqual([await w.claims(), await w.steps(id)], [['24T14:00'], ['requested']])
    assert.equal((await holdTime(ben, w.wish(ben))).ok, false)
  })
  test('counts as one ahead, and can be taken back even after the cut-off', async () => {
    const ana = await aPatient(w.t)
    const id = await w.book(ana)
    w.t.setNow('2026-11-24T13:00:00Z')
    assert.deepEqual(await cancelAppointment(ana, id, { reason: 'other', version: 1 }), { ok: true })
    assert.deepEqual(await w.claims(), [])
  })
  test('is not booked by the patient, by no way through the database', async () => {
    const ana = await aPatient(w.t)
    const id = await w.book(ana)
    await assert.rejects(inTransaction(ana, tx => sql`update scheduling.appointment set status = 'booked' where id = ${id}::uuid`.execute(tx.db.kysely)), /permission|policy|privilege/)
    await w.rows('update scheduling.visit_type set approval = false')
    await assert.rejects(inTransaction(ana, tx => sql`update scheduling.appointment set status = 'booked' where id = ${id}::uuid`.execute(tx.db.kysely)), /privilege/)
    await w.rows('update scheduling.visit_type set approval = true where id = $1', w.s.typeIds['check-up'])
    await assert.rejects(inTransaction(ana, tx => sql`
      insert into scheduling.appointment (patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, status, booked_at, booked_by, booked_as)
      select patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, 'booked', booked_at, booked_by, booked_as from scheduling.appointment`.execute(tx.db.kysely)), /policy/)
  })
})

describe('two at one moment', () => {
  test('a patient and who looks after them do not book past the most that one can have ahead', async () => {
    const [ana, cora] = [await aPatient(w.t), await aPatient(w.t)]
    await letActForAsSystem(w.t.system('accounts.command'), { personId: cora.person.personId, patientId: ana.actor.patientId, basis: 'named-by-adult', endsAt: new Date('2026-12-31T00:00:00Z') })
    const carer = ctxOf(w.t.house, proxyActor(ana.actor.patientId, cora.person.personId))
    for (const hour of [14, 15, 16, 18, 19]) await w.book(ana, { startsAt: new Date(`2026-11-24T${hour}:00:00Z`) })
    const [own, theirs] = [await holdTime(ana, w.wish(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })), await holdTime(carer, w.wish(ana, { startsAt: new Date('2026-11-25T15:00:00Z') }))]
    assert.ok(own.ok && theirs.ok)
    const both = await meanwhile(ana, tx => bookHeld(tx, own.id, noWords), () => bookHeld(carer, theirs.id, noWords))
    assert.deepEqual(both.map(one => one.ok), [true, false])
    assert.equal(await w.count('appointment'), 6)
  })
  const moving = async () => {
    const ana = await aPatient(w.t)
    const id = await w.book(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })
    const held = await holdTime(ana, w.wish(ana, { startsAt: new Date('2026-11-25T15:00:00Z'), moves: id }))
    assert.ok(held.ok)
    return { ana, id, held: held.id }
  }
  test('a visit that is cancelled is not brought back by the move of another tab', async () => {
    const { ana, id, held } = await moving()
    const both = await meanwhile(ana, tx => cancelAppointment(tx, id, { reason: 'better', version: 1 }), () => bookHeld(ana, held, noWords))
    assert.deepEqual(both, [{ ok: true }, { ok: false, reason: 'hold-ended' }])
    assert.deepEqual([(await w.visitOf(id)).status, await w.claims()], ['cancelled', []])
  })
  test('a visit that is moved is not cancelled by who saw the old time', async () => {
    const { ana, id, held } = await moving()
    const both = await meanwhile(ana, tx => bookHeld(tx, held, noWords), () => cancelAppointment(w.desk, id, { reason: 'practice', version: 1 }))
    assert.deepEqual(both.map(one => one.ok), [true, false])
    assert.deepEqual([(await w.visitOf(id)).status, await w.claims()], ['booked', ['25T15:00']])
  })
  test('a time that a visit gives up is another’s from the moment in which that is certain', async () => {
    const [ana, ben] = [await aPatient(w.t), await aPatient(w.t)]
    const id = await w.book(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })
    const wish = w.wish(ben, { startsAt: new Date('2026-11-25T14:00:00Z') })
    const [, early] = await meanwhile(ana, tx => cancelAppointment(tx, id, { reason: 'better', version: 1 }), () => holdTime(ben, wish))
    assert.equal(early.ok, false)
    assert.deepEqual([(await holdTime(ben, wish)).ok, await w.claims()], [true, ['25T14:00 held']])
  })
})

describe('moving', () => {
  const later = new Date('2026-11-25T15:00:00Z')
  test('keeps the old time until the new one is booked', async () => {
    const ana = await aPatient(w.t)
    const id = await w.book(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })
    const held = await holdTime(ana, w.wish(ana, { startsAt: later, moves: id }))
    assert.ok(held.ok)
    assert.deepEqual(await w.claims(), ['25T14:00', '25T15:00 held'])
    assert.deepEqual(await bookHeld(ana, held.id, noWords), { ok: true, id, isMoved: true, isRequest: false })
    assert.deepEqual([await w.claims(), await w.steps(id), (await w.visitOf(id)).version, await w.count('hold')], [['25T15:00'], ['booked', 'moved'], 2, 0])
  })
  test('of a visit that stood beside another leaves the reason for that behind', async () => {
    const ana = await aPatient(w.t)
    const booked = await bookForPatient(w.desk, w.deskWish(ana, { startsAt: new Date('2026-11-25T14:00:00Z'), extraSeatBecause: 'Fever' }))
    assert.ok(booked.ok)
    const held = await holdTime(ana, w.wish(ana, { startsAt: later, moves: booked.id }))
    assert.ok(held.ok)
    assert.ok((await bookHeld(ana, held.id, noWords)).ok)
    assert.deepEqual(await w.rows('select extra_seat_because from scheduling.appointment'), [{ extra_seat_because: null }])
  })
  test('is not done after the cut-off, nor with another’s visit, nor with one that was cancelled', async () => {
    const [ana, ben] = [await aPatient(w.t), await aPatient(w.t)]
    const [near, far] = [await w.book(ana), await w.book(ana, { startsAt: new Date('2026-11-25T14:00:00Z') })]
    assert.deepEqual(await holdTime(ana, w.wish(ana, { startsAt: later, moves: near })), { ok: false, reason: 'too-late' })
    assert.deepEqual(await holdTime(ben, w.wish(ben, { startsAt: later, moves: far })), { ok: false, reason: 'not-offered' })
    const held = await holdTime(ana, w.wish(ana, { startsAt: later, moves: far }))
    assert.ok(held.ok)
    await cancelAppointment(ana, far, { reason: 'better', version: 1 })
    assert.deepEqual(await bookHeld(ana, held.id, noWords), { ok: false, reason: 'hold-ended' })
    assert.deepEqual(await w.claims(), ['24T14:00'])
  })
})

describe('the wall around it', () => {
  test('a patient cannot put in a visit that is done, change another’s claim, nor free it', async () => {
    const [ana, ben] = [await aPatient(w.t), await aPatient(w.t)]
    const id = await w.book(ana)
    const as = (who: TestPatient, statement: ReturnType<typeof sql>) => inTransaction(who, async tx => Number((await statement.execute(tx.db.kysely)).numAffectedRows))
    assert.equal(await as(ben, sql`delete from scheduling.claim`), 0)
    assert.equal(await as(ben, sql`update scheduling.claim set expires_at = now()`), 0)
    await assert.rejects(as(ana, sql`update scheduling.appointment set status = 'completed' where id = ${id}::uuid`), /row-level security/)
    await assert.rejects(as(ben, sql`insert into scheduling.claim (booking_id, resource_id, during) values (${id}::uuid, ${w.s.resourceIds['ivo-marsh']!}::uuid, tstzrange('2026-12-01 15:00Z', '2026-12-01 15:30Z'))`), /row-level security/)
  })
})
