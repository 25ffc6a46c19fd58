import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import pg from 'pg'
import { openWords } from '#platform/email.ts'
import { aFullCalendar, nine, type FullCalendar } from '#test/full-calendar.ts'
import { aPatient } from '#test/people.ts'
import { declineOffer } from './answer-offer.ts'
import { moveForPatient } from './book-for-patient.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { removeEntry } from './edit-hours.ts'

let w: FullCalendar
before(async () => { w = await aFullCalendar() })
after(() => w.t.close())
beforeEach(() => w.begin())

const looks = async () => {
  const worker = new pg.Client({ connectionString: w.t.db.workerUrl })
  await worker.connect()
  return worker.query("select count(*)::int as n from graphile_worker.jobs where task_identifier = 'scheduling.wait'").then(found => found.rows[0].n as number).finally(() => worker.end())
}
const mails = async (to: string) => (await w.rows('select id, subject, words from platform.mail where to_address = $1 and words is not null and dropped_at is null order by queued_at', to)).map(row => `${row.subject}\n${openWords({ house: w.t.house }, row.id, row.words).text}`)

describe('a time that comes free', () => {
  test('is offered to who waits: time, place and a link, and no word of what it is for', async () => {
    const ana = await w.aWaiter()
    assert.deepEqual(await w.run(), { offered: 0, told: 0 })
    await w.aTimeComesFree()
    assert.deepEqual(await w.run(), { offered: 1, told: 1 })
    assert.deepEqual(await w.run(), { offered: 0, told: 0 })
    const [{ id }] = await w.offers()
    const [mail, ...more] = await mails(ana.person.email)
    assert.equal(more.length, 0)
    assert.match(mail!, /Wednesday, November 25, 2026 at 9:00\sAM EST, at Heron Street/)
    assert.match(mail!, new RegExp(`/portal/appointments/offers/${id}`))
    for (const word of ['Zq-canary', 'Check-up', 'Harrow']) assert.ok(!mail!.includes(word), word)
    assert.deepEqual(await w.rows("select action, patient_id from audit.event where action = 'wait.offered'"), [{ action: 'wait.offered', patient_id: ana.actor.patientId }])
  })
  for (const [how, free] of Object.entries<(visit: string) => Promise<unknown>>({
    'a cancellation': visit => cancelAppointment(w.desk, visit, { reason: 'practice', version: 1 }),
    'a move': visit => moveForPatient(w.desk, visit, { resourceId: w.s.resourceIds['nell-harrow']!, locationId: w.s.placeId, mode: 'in-person', startsAt: new Date('2026-12-10T14:00:00Z'), version: 1 }),
    'leave that is over': () => removeEntry(w.desk, w.s.resourceIds['nell-harrow']!, 'block', w.full),
  })) {
    test(`comes from ${how}, which asks for a look at who waits`, async () => {
      await w.rows('update scheduling.block set ends_at = $2 where id = $1', w.full, nine)
      const busy = await w.visitOf(await aPatient(w.t), nine)
      await w.rows('update scheduling.block set ends_at = \'2026-12-05\' where id = $1', w.full)
      await w.aWaiter()
      await w.run()
      assert.equal((await w.offers()).length, 0)
      const before = await looks()
      if (how !== 'leave that is over') await w.aTimeComesFree()
      await free(busy)
      assert.equal(await looks(), before + 1)
      await w.run()
      assert.equal((await w.offers()).length, 1)
    })
  }
})

describe('who hears of it', () => {
  const who = async () => (await w.offers()).map(one => one.patient_id)
  test('those who come first, then who has waited longest, in groups with a while between', async () => {
    await w.rows('update scheduling.wait_settings set group_size = 1')
    const first = await w.aWaiter('2026-12-08T14:00:00Z')
    w.later(1)
    const second = await w.aWaiter('2026-12-08T14:30:00Z')
    w.later(1)
    const third = await w.aWaiter('2026-12-08T15:00:00Z')
    await w.rows('update scheduling.wait set priority = 1 where id = $1', third.wait)
    await w.aTimeComesFree()
    for (let minutes = 0; minutes < 70; minutes += 10, w.later(10)) await w.run()
    assert.deepEqual(await who(), [third, first, second].map(one => one.actor.patientId))
    assert.deepEqual((await w.offers()).map(one => one.round), [1, 2, 3])
  })
  test('the next at once when one of the group says no, who goes on waiting and does not hear of it again', async () => {
    await w.rows('update scheduling.wait_settings set group_size = 1')
    const ana = await w.aWaiter()
    w.later(1)
    const ben = await w.aWaiter('2026-12-08T14:30:00Z')
    await w.aTimeComesFree()
    await w.run()
    await declineOffer(ana, (await w.offers())[0].id)
    w.later(1)
    await w.run()
    assert.deepEqual(await who(), [ana, ben].map(one => one.actor.patientId))
    for (let hour = 0; hour < 40; hour++, w.later(60)) await w.run()
    assert.deepEqual((await w.offers()).map(one => one.ended_why), ['declined', 'expired'])
    assert.deepEqual(await w.rows('select ended_why from scheduling.wait'), [{ ended_why: null }, { ended_why: null }])
  })
  test('nobody whose wishes it does not meet', async () => {
    await w.aWaiter('2026-12-08T14:00:00Z', { weekdays: [1, 2, 4, 5, 6, 7] })
    await w.aWaiter('2026-12-08T14:30:00Z', { parts: ['afternoon', 'evening'] })
    await w.aWaiter('2026-12-08T15:00:00Z', { untilDay: '2026-11-24' })
    await w.aTimeComesFree()
    assert.equal((await w.run()).offered, 0)
  })
  test('nobody who has another visit then, nor who has one that is earlier already', async () => {
    const ana = await w.aWaiter()
    await w.rows("delete from scheduling.block where resource_id = $1", w.s.resourceIds['ivo-marsh'])
    await w.visitOf(ana, '2026-11-25T14:15:00Z', 'talk', 'ivo-marsh')
    await w.aTimeComesFree()
    assert.equal((await w.run()).offered, 0)
    await w.aTimeComesFree('2026-11-25T18:00:00Z')
    assert.equal((await w.run()).offered, 1)
  })
  test('nobody who died or left; their place goes to the next', async () => {
    await w.rows('update scheduling.wait_settings set group_size = 1')
    const [ana, ben] = [await w.aWaiter(), await w.aWaiter('2026-12-08T14:30:00Z')]
    await w.rows("insert into notices.silence (patient_id, why, said_by, since) values ($1, 'deceased', 'record', now())", ana.actor.patientId)
    await w.aTimeComesFree()
    await w.run()
    assert.deepEqual(await who(), [ben.actor.patientId])
  })
  test('by the clock of the practice and their own, through the night', async () => {
    await w.aWaiter()
    const away = await w.aWaiter('2026-12-08T14:30:00Z')
    await w.rows("insert into notices.choice (patient_id, zone, set_at, set_by) values ($1, 'America/Los_Angeles', now(), $2)", away.actor.patientId, away.actor.personId)
    w.t.setNow('2026-11-24T01:30:00Z')
    await w.aTimeComesFree()
    assert.equal((await w.run()).offered, 0, 'half past eight in the evening in New York')
    w.t.setNow('2026-11-24T12:59:00Z')
    assert.equal((await w.run()).offered, 0)
    w.t.setNow('2026-11-24T13:00:00Z')
    assert.equal((await w.run()).offered, 1, 'eight in the morning, and five where the other one is')
    w.t.setNow('2026-11-24T16:00:00Z')
    assert.equal((await w.run()).offered, 1)
  })
  test('nobody so near the time that it is of no use', async () => {
    await w.aWaiter()
    await w.aTimeComesFree('2026-11-23T18:30:00Z')
    assert.equal((await w.run()).offered, 0, 'half past one, in three and a half hours')
    await w.aTimeComesFree('2026-11-23T19:30:00Z')
    assert.equal((await w.run()).offered, 1)
    const [offer] = await w.rows('select expires_at from scheduling.wait_offer')
    assert.equal(offer.expires_at.toISOString(), '2026-11-23T17:30:00.000Z', 'two hours before it')
  })
  test('once, whatever breaks off: what was not told is told by the next look, and nobody twice', async () => {
    const ana = await w.aWaiter()
    await w.aTimeComesFree()
    await w.rows("insert into scheduling.wait_offer (wait_id, patient_id, resource_id, location_id, starts_at, ends_at, round, offered_at, expires_at) values ($1, $2, $3, $4, $5, $5::timestamptz + interval '30 minutes', 1, $6, $7)",
      ana.wait, ana.actor.patientId, w.s.resourceIds['nell-harrow'], w.s.placeId, nine, w.t.house.now(), '2026-11-24T15:00:00Z')
    assert.deepEqual(await w.run(), { offered: 0, told: 1 })
    await w.rows('update scheduling.wait_offer set told_at = null')
    assert.deepEqual(await w.run(), { offered: 0, told: 0 })
    assert.equal((await mails(ana.person.email)).length, 1)
  })
  test('two looks at once make one group', async () => {
    for (let index = 0; index < 6; index++) await w.aWaiter(new Date(Date.parse('2026-12-08T14:00:00Z') + index * 1_800_000).toISOString())
    await w.aTimeComesFree()
    await Promise.all(Array.from({ length: 5 }, () => w.run()))
    assert.equal((await w.offers()).length, 3)
    assert.equal((await w.rows('select from platform.mail')).length, 3)
  })
})
