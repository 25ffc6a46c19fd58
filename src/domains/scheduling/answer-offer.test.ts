import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { aFullCalendar, anything, nine, type FullCalendar, type Waiter } from '#test/full-calendar.ts'
import { aPatient } from '#test/people.ts'
import { acceptOffer } from './answer-offer.ts'
import { holdTime } from './hold-time.ts'
import { joinWaitlist, putOnWaitlist } from './join-waitlist.ts'

let w: FullCalendar
before(async () => { w = await aFullCalendar() })
after(() => w.t.close())
beforeEach(() => w.begin())

describe('a time that is offered', () => {
  test('moves the visit of whoever says yes; the old time is free for the next', async () => {
    const ana = await w.aWaiter()
    await w.aTimeComesFree()
    await w.run()
    const [{ id }] = await w.offers()
    assert.deepEqual(await acceptOffer(ana, id), { ok: true, id: ana.visit, isMoved: true })
    assert.deepEqual(await acceptOffer(ana, id), { ok: true, id: ana.visit, isMoved: true }, 'twice is once')
    assert.deepEqual((await w.rows('select lower(during) as at from scheduling.claim')).map(row => row.at.toISOString()), ['2026-11-25T14:00:00.000Z'])
    assert.deepEqual((await w.rows('select lower(during) as at from scheduling.let_go')).map(row => row.at.toISOString()), ['2026-12-08T14:00:00.000Z'])
    assert.deepEqual(await w.rows('select status, version, starts_at from scheduling.appointment'), [{ status: 'booked', version: 2, starts_at: new Date(nine) }])
    assert.deepEqual(await w.rows('select ended_why from scheduling.wait'), [{ ended_why: 'accepted' }])
  })
  test('brings no visit back that is cancelled in the same moment', async () => {
    const ana = await w.aWaiter()
    await w.aTimeComesFree()
    await w.run()
    const [{ id }] = await w.offers()
    const beside = new pg.Client({ connectionString: w.t.db.ownerUrl })
    await beside.connect()
    try {
      await beside.query("begin; update scheduling.appointment set status = 'cancelled', version = version + 1")
      const accepted = acceptOffer(ana, id)
      await pause(400)
      await beside.query('commit')
      assert.deepEqual(await accepted, { ok: false, reason: 'ended' })
    } finally { await beside.end() }
    assert.deepEqual(await w.rows('select status, starts_at from scheduling.appointment'), [{ status: 'cancelled', starts_at: new Date('2026-12-08T14:00:00Z') }])
  })
  test('is first come, first served: fifty say yes at once, one has it, the others read the nearest times and keep their visits', async () => {
    await w.rows('update scheduling.wait_settings set group_size = 20')
    const all = [] as Waiter[]
    for (let index = 0; index < 50; index++) {
      const who = await aPatient(w.t)
      const visit = await w.visitOf(who, new Date(Date.parse('2026-12-07T14:00:00Z') + Math.floor(index / 14) * 86_400_000 + [0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15][index % 14]! * 1_800_000).toISOString())
      const joined = await joinWaitlist(who, visit, anything)
      assert.ok(joined.ok)
      all.push({ ...who, visit, wait: joined.id })
    }
    await w.aTimeComesFree()
    for (let group = 0; group < 3; group++, w.later(31)) await w.run()
    const made = await w.offers()
    assert.deepEqual(Map.groupBy(made, one => one.round).entries().map(([round, of]) => [round, of.length]).toArray(), [[1, 20], [2, 20], [3, 10]])
    const answers = await Promise.all(all.map(who => acceptOffer(who, made.find(one => one.patient_id === who.actor.patientId).id)))
    assert.equal(answers.filter(answer => answer.ok).length, 1)
    for (const answer of answers) assert.ok(answer.ok || answer.reason === 'just-taken' && answer.nearest.length > 0, JSON.stringify(answer))
    assert.equal((await w.rows('select from scheduling.appointment where starts_at = $1', nine)).length, 1)
    assert.equal((await w.rows('select from scheduling.claim')).length, 50, 'nobody lost the time they had')
    await w.run()
    assert.deepEqual((await w.rows('select ended_why, count(*)::int as n from scheduling.wait_offer group by 1 order by 1')), [{ ended_why: 'accepted', n: 1 }, { ended_why: 'taken', n: 49 }])
    assert.equal((await w.rows("select from platform.mail where about_type = 'wait-offer' and dropped_at is null")).length, 0, 'what has not left was taken back')
  })
  test('that is taken by hand ends its offers by itself, and what was written is taken back', async () => {
    const ana = await w.aWaiter()
    await w.aTimeComesFree()
    await w.run()
    await w.visitOf(await aPatient(w.t), nine)
    const [{ id }] = await w.offers()
    const late = await acceptOffer(ana, id)
    assert.ok(!late.ok && late.reason === 'just-taken', 'before the job comes by')
    await w.run()
    assert.deepEqual((await w.offers()).map(one => one.ended_why), ['taken'])
    assert.deepEqual(await w.rows("select dropped_why from platform.mail where about_type = 'wait-offer'"), [{ dropped_why: 'withdrawn' }])
    const again = await acceptOffer(ana, id)
    assert.ok(!again.ok && again.reason === 'just-taken', 'after it')
  })
  test('that somebody keeps for ten minutes ends no offer; it is only not theirs while it is kept', async () => {
    const [ana, ben] = [await w.aWaiter(), await aPatient(w.t)]
    await w.aTimeComesFree()
    await w.run()
    assert.ok((await holdTime(ben, { patientId: ben.actor.patientId, visitTypeId: w.s.typeIds['check-up']!, mode: 'in-person', resourceId: w.s.resourceIds['nell-harrow']!, locationId: w.s.placeId, startsAt: new Date(nine) })).ok)
    const [{ id }] = await w.offers()
    assert.ok(!(await acceptOffer(ana, id)).ok)
    await w.run()
    assert.deepEqual((await w.offers()).map(one => one.ended_why), [null])
    w.later(11)
    assert.ok((await acceptOffer(ana, id)).ok)
  })
  test('for what the practice must say yes to: taking it asks for it, moved or new', async () => {
    const [ana, ben] = [await w.aWaiter(), await aPatient(w.t)]
    await putOnWaitlist(w.desk, { ...anything, patientId: ben.actor.patientId, visitTypeId: w.s.typeIds['check-up']!, mode: 'in-person', priority: 0, reason: '' })
    await w.rows('update scheduling.visit_type set approval = true where id = $1', w.s.typeIds['check-up'])
    for (const [who, time] of [[ana, nine], [ben, '2026-11-25T16:00:00Z']] as const) {
      await w.aTimeComesFree(time)
      await w.run()
      assert.ok((await acceptOffer(who, (await w.offers()).find(one => one.patient_id === who.actor.patientId && one.ended_why === null).id)).ok)
      w.later(31)
    }
    assert.deepEqual(await w.rows('select status, starts_at, confirm_by is not null as promised from scheduling.appointment order by starts_at'), [nine, '2026-11-25T16:00:00Z'].map(time => ({ status: 'requested', starts_at: new Date(time), promised: true })))
    assert.deepEqual(await w.rows("select t.pool, t.due_at = a.confirm_by as by_then from work.task t join scheduling.appointment a on a.id = t.subject_id where t.kind = 'visit-request' and a.patient_id = $1", ben.actor.patientId), [{ pool: 'front-desk', by_then: true }], 'a new one is somebody’s to answer; the moved one becomes so by its job')
    await w.rows('update scheduling.visit_type set approval = false')
  })
  test('goes on from hand to hand, as often as there are people who wait, and then stops', async () => {
    await w.rows('update scheduling.wait_settings set group_size = 1')
    const chain = [] as Waiter[]
    for (const time of ['14:00', '14:30', '15:00']) {
      chain.push(await w.aWaiter(`2026-12-08T${time}:00Z`, { untilDay: null }))
      w.later(1)
    }
    await w.rows("update scheduling.block set ends_at = '2026-12-08T13:00Z' where resource_id = $1", w.s.resourceIds['nell-harrow'])
    await w.aTimeComesFree()
    await w.rows("update scheduling.block set ends_at = '2026-12-08T13:00Z' where ends_at = '2026-12-05'")
    for (let rounds = 0; rounds < 20; rounds++, w.later(31)) {
      await w.run()
      for (const { id, patient_id } of (await w.offers()).filter(one => one.ended_why === null)) await acceptOffer(chain.find(one => one.actor.patientId === patient_id)!, id)
      if (w.t.house.now() > new Date('2026-11-24T00:00:00Z')) break
    }
    assert.equal((await w.rows("select from scheduling.wait_offer where ended_why = 'accepted'")).length, 3)
    assert.equal((await w.rows('select from scheduling.wait where ended_at is null')).length, 0)
    assert.equal((await w.rows('select from scheduling.claim')).length, 3)
  })
})
