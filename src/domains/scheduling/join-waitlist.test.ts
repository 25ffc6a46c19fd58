import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { aFullCalendar, anything, type FullCalendar } from '#test/full-calendar.ts'
import { aPatient } from '#test/people.ts'
import { acceptOffer, declineOffer } from './answer-offer.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { joinWaitlist, leaveWaitlist, putOnWaitlist } from './join-waitlist.ts'

let w: FullCalendar
before(async () => { w = await aFullCalendar() })
after(() => w.t.close())
beforeEach(() => w.begin())

describe('waiting', () => {
  test('without a visit is the desk’s to begin; yes books one', async () => {
    const ana = await aPatient(w.t)
    const put = await putOnWaitlist(w.desk, { ...anything, patientId: ana.actor.patientId, visitTypeId: w.s.typeIds['check-up']!, mode: 'in-person', priority: 0, reason: 'Zq-canary' })
    assert.ok(put.ok)
    assert.deepEqual(await putOnWaitlist(w.desk, { ...anything, patientId: ana.actor.patientId, visitTypeId: w.s.typeIds['check-up']!, mode: 'in-person', priority: 0, reason: '' }), put, 'twice is once')
    await w.aTimeComesFree()
    await w.run()
    const done = await acceptOffer(ana, (await w.offers())[0].id, { pays: 'self' })
    assert.ok(done.ok && !done.isMoved)
    assert.deepEqual(await w.rows('select status, reason, pays, booked_as from scheduling.appointment'), [{ status: 'booked', reason: 'Zq-canary', pays: 'self', booked_as: 'patient' }])
    assert.deepEqual([(await w.rows('select from scheduling.claim')).length, (await w.rows('select from scheduling.hold')).length, (await w.rows("select from work.task where kind = 'estimate'")).length], [1, 0, 1])
  })
  test('ends with the visit, with the last day, and when somebody leaves; their offers go with it', async () => {
    const [ana, ben, cy] = [await w.aWaiter(), await w.aWaiter('2026-12-08T14:30:00Z'), await w.aWaiter('2026-12-08T15:00:00Z')]
    await w.aTimeComesFree()
    await w.run()
    await cancelAppointment(ana, ana.visit, { reason: 'better', version: 1 })
    await leaveWaitlist(ben, ben.wait)
    await leaveWaitlist(ben, ben.wait)
    await w.rows("update scheduling.wait set until_day = '2026-11-22' where id = $1", cy.wait)
    await w.run()
    assert.deepEqual(await w.rows('select ended_why from scheduling.wait order by since, ended_why'), [{ ended_why: 'left' }, { ended_why: 'over' }, { ended_why: 'until' }])
    assert.deepEqual((await w.offers()).map(one => one.ended_why), ['withdrawn', 'withdrawn', 'withdrawn'])
    assert.equal((await w.rows('select from platform.mail where dropped_at is null')).length, 0)
  })
  test('is another’s: their offer cannot be seen nor taken, nor their wait changed', async () => {
    const [ana, ben] = [await w.aWaiter(), await aPatient(w.t)]
    await w.aTimeComesFree()
    await w.run()
    const [{ id }] = await w.offers()
    await assert.rejects(acceptOffer(ben, id), { name: 'NotFound' })
    await assert.rejects(declineOffer(ben, id), { name: 'NotFound' })
    await leaveWaitlist(ben, ana.wait)
    assert.deepEqual(await joinWaitlist(ben, ana.visit, anything), { ok: false, reason: 'over' })
    assert.deepEqual(await w.rows('select ended_at from scheduling.wait'), [{ ended_at: null }])
  })
})
