import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Ctx, PatientActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { NotAllowed } from '#platform/errors.ts'
import { aHouse, ctxOf, patientActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { bookForPatient, moveForPatient } from './book-for-patient.ts'
import { bookHeld } from './book-appointment.ts'
import { cancelAppointment, markVisit, type Mark } from './cancel-appointment.ts'
import { holdTime } from './hold-time.ts'
import { measureDays, measureThirdOpen } from './measure-schedule.ts'
import { noShowOf, readMeasures, shareOf } from './read-measures.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>, manager: Ctx<StaffActor>, ana: Ctx<PatientActor>
const monday = '2026-11-09T13:00:00Z'
before(async () => {
  t = await aHouse({ now: monday })
  s = await aSchedule(t, {}, { exceptions: [] })
  const staff = async (role: 'front-desk' | 'manager') => ctxOf(t.house, staffActor([role], (await aStaffPerson(t, { roles: [role] })).personId))
  ;[desk, manager] = [await staff('front-desk'), await staff('manager')]
  const { personId, patientId } = await aPatientPerson(t)
  ana = ctxOf(t.house, patientActor(patientId, personId))
})
after(() => t.close())
beforeEach(async () => {
  t.setNow(monday)
  await clearVisits(t, 'scheduling.block', 'scheduling.day_measure', 'scheduling.third_open', 'scheduling.measured')
})

const harrow = () => ({ visitTypeId: s.typeIds['check-up']!, mode: 'in-person' as const, resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId })
async function atDesk(startsAt: string, more: { extraSeatBecause?: string } = {}): Promise<string> {
  const booked = await bookForPatient(desk, { patientId: ana.actor.patientId, ...harrow(), startsAt: new Date(startsAt), reason: '', ...more })
  assert.ok(booked.ok, JSON.stringify(booked))
  return booked.id
}
async function online(startsAt: string): Promise<string> {
  const held = await holdTime(ana, { patientId: ana.actor.patientId, ...harrow(), startsAt: new Date(startsAt) })
  assert.ok(held.ok, JSON.stringify(held))
  assert.ok((await bookHeld(ana, held.id, { reason: '', locale: 'en' })).ok)
  return held.id
}
const versionOf = async (id: string): Promise<number> => (await t.db.owner.query('select version from scheduling.appointment where id = $1', [id])).rows[0].version
const mark = async (id: string, what: Mark) => assert.ok((await markVisit(desk, id, { mark: what, version: await versionOf(id) })).ok)
const cancel = async (id: string) => assert.ok((await cancelAppointment(desk, id, { reason: 'other', version: await versionOf(id) })).ok)
const measure = () => measureDays(t.system('scheduling.measure'))
const counted = async () => (await t.db.owner.query(`select to_char(day, 'MM-DD') || ':' || case when came > 0 then ' came ' || came else '' end || case when missed > 0 then ' missed ' || missed else '' end || case when unmarked > 0 then ' unmarked ' || unmarked else '' end
  || case when cancelled > 0 then ' cancelled ' || cancelled || ' late ' || cancelled_late else '' end || ' online ' || online || ' desk ' || desk as line from scheduling.day_measure order by day`)).rows.map(row => row.line)

describe('the count of a day', () => {
  test('says who came, who did not, who booked how; twice is the same; what is marked later is counted anew', async () => {
    const [first, second] = [await atDesk('2026-11-10T14:00:00Z'), await online('2026-11-10T14:30:00Z')]
    await atDesk('2026-11-12T14:00:00Z')
    t.setNow('2026-11-10T16:00:00Z')
    await mark(first, 'completed')
    await mark(second, 'no-show')
    await measure()
    assert.deepEqual(await counted(), ['11-10: came 1 missed 1 online 1 desk 1', '11-12: unmarked 1 online 0 desk 1'])
    await measure()
    assert.deepEqual(await counted(), ['11-10: came 1 missed 1 online 1 desk 1', '11-12: unmarked 1 online 0 desk 1'])
    t.setNow('2026-12-20T16:00:00Z')
    await mark(second, 'reopened')
    await mark(second, 'arrived')
    t.setNow('2026-12-20T17:00:00Z')
    assert.ok(await measure() <= 5, 'only the days about the change are counted')
    assert.deepEqual(await counted(), ['11-10: came 2 online 1 desk 1', '11-12: unmarked 1 online 0 desk 1'])
  })
  test('says who cancelled, and who did so late', async () => {
    const [soon, late] = [await atDesk('2026-11-12T14:00:00Z'), await atDesk('2026-11-12T15:00:00Z')]
    await cancel(soon)
    t.setNow('2026-11-11T15:30:00Z')
    await cancel(late)
    await measure()
    assert.deepEqual(await counted(), ['11-12: cancelled 2 late 1 online 0 desk 2'])
  })
  test('a move takes a visit from one day to another', async () => {
    const id = await atDesk('2026-11-10T14:00:00Z')
    await measure()
    t.setNow('2026-11-09T18:00:00Z')
    assert.ok((await moveForPatient(desk, id, { ...harrow(), startsAt: new Date('2026-11-17T14:00:00Z'), version: 1 })).ok)
    await measure()
    assert.deepEqual(await counted(), ['11-17: unmarked 1 online 0 desk 1'])
  })
  test('is of the day where the visit takes place', async () => {
    await atDesk('2026-11-11T04:30:00Z', { extraSeatBecause: 'late in the evening' })
    await measure()
    assert.deepEqual(await counted(), ['11-10: unmarked 1 online 0 desk 1'])
  })
  test('a step that a clock put back an hour wrote is not missed', async () => {
    t.setNow('2026-11-09T15:00:00Z')
    await measure()
    t.setNow('2026-11-09T14:00:00Z')
    await atDesk('2026-11-10T14:00:00Z')
    t.setNow('2026-11-09T15:10:00Z')
    await measure()
    assert.deepEqual(await counted(), ['11-10: unmarked 1 online 0 desk 1'])
  })
})

describe('the third open time', () => {
  const days = async (who: string, type: string) => (await t.db.owner.query('select days from scheduling.third_open where resource_id = $1 and visit_type_id = $2 order by day', [s.resourceIds[who], s.typeIds[type]])).rows.map(row => row.days)
  const look = () => measureThirdOpen(t.system('scheduling.measure'))
  test('is looked for once a day, at its time where the practice is', async () => {
    t.setNow('2026-11-09T11:59:00Z')
    assert.equal(await look(), 0)
    t.setNow('2026-11-09T12:00:00Z')
    assert.equal(await look(), 6)
    assert.equal(await look(), 0)
    assert.deepEqual(await days('nell-harrow', 'check-up'), [0])
    t.setNow('2026-11-10T12:01:00Z')
    assert.equal(await look(), 6)
    assert.deepEqual(await days('nell-harrow', 'check-up'), [0, 0])
  })
  test('is the third: two times today and the next tomorrow are one day; weekends count; leave for half a year is none', async () => {
    const block = (from: string, to: string) => t.db.owner.query("insert into scheduling.block (resource_id, starts_at, ends_at, kind) values ($1, $2, $3, 'leave')", [s.resourceIds['nell-harrow'], from, to])
    await block('2026-11-09T15:00:00Z', '2026-11-09T23:00:00Z')
    await look()
    assert.deepEqual(await days('nell-harrow', 'check-up'), [1])
    await block('2026-11-09T12:00:00Z', '2026-11-14T05:00:00Z')
    await t.db.owner.query('truncate scheduling.third_open')
    await look()
    assert.deepEqual(await days('nell-harrow', 'check-up'), [7])
    await block('2026-11-09T12:00:00Z', '2027-07-14T05:00:00Z')
    await t.db.owner.query('truncate scheduling.third_open')
    await look()
    assert.deepEqual([await days('nell-harrow', 'check-up'), await days('ivo-marsh', 'talk')], [[null], [0]])
  })
})

describe('the figures', () => {
  const put = (day: string, who: string, type: string, counts: Record<string, number>) => {
    const all = { came: 0, missed: 0, unmarked: 0, cancelled: 0, cancelled_late: 0, online: 0, desk: 0, ...counts }
    return t.db.owner.query(`insert into scheduling.day_measure (day, resource_id, visit_type_id, ${Object.keys(all)}) values ($1, $2, $3, ${Object.values(all)})`, [day, s.resourceIds[who], s.typeIds[type]])
  }
  test('are of whole weeks that are over, and say nothing of fewer than eleven', async () => {
    await put('2026-11-02', 'nell-harrow', 'check-up', { came: 9, missed: 3 })
    await put('2026-11-08', 'ivo-marsh', 'talk', { came: 8, missed: 2 })
    await put('2026-11-09', 'nell-harrow', 'check-up', { came: 900 })
    await put('2026-08-09', 'nell-harrow', 'check-up', { came: 900 })
    const { weeks, total, byClinician, byType, from, to } = await inTransaction(manager, tx => readMeasures(tx, 13))
    assert.deepEqual([from, to, weeks.length, weeks.at(-1)!.monday, weeks.at(-1)!.came], ['2026-08-10', '2026-11-09', 13, '2026-11-02', 17])
    assert.deepEqual(noShowOf(total), { part: 5, of: 22, percent: 22.7 })
    assert.deepEqual(byClinician.map(one => [one.name, noShowOf(one)?.percent]), [['Dr. Nell Harrow', 25], ['Ivo Marsh', undefined]])
    assert.deepEqual(byType.map(one => [one.name, noShowOf(one)?.percent]), [['Check-up', 25], ['Follow-up', undefined]])
    assert.deepEqual([shareOf(1, 10), shareOf(0, 11)], [undefined, { part: 0, of: 11, percent: 0 }])
  })
  test('are for those who plan', async () => {
    await assert.rejects(readMeasures(ctxOf(t.house, staffActor(['clinician'])), 13), NotAllowed)
    await assert.rejects(readMeasures(ctxOf(t.house, staffActor(['billing'])), 13), NotAllowed)
  })
})
