import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Ctx, PatientActor, StaffActor } from '#platform/ctx.ts'
import { openWords } from '#platform/email.ts'
import { aHouse, ctxOf, patientActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, type TestPerson } from '#test/people.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { acceptOffer, declineOffer } from './answer-offer.ts'
import { bookForPatient, moveForPatient } from './book-for-patient.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { joinWaitlist, leaveWaitlist, putOnWaitlist } from './join-waitlist.ts'
import { offerTimes } from './offer-times.ts'
import { addBlock, removeEntry } from './edit-hours.ts'
import { holdTime } from './hold-time.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>
before(async () => {
  t = await aHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(t)
  desk = ctxOf(t.house, staffActor(['front-desk'], (await aStaffPerson(t, { roles: ['front-desk'] })).personId))
})
after(() => t.close())
/** Monday at ten in New York. Nobody is there in this week and the next. */
beforeEach(async () => {
  t.setNow('2026-11-23T15:00:00Z')
  await t.db.owner.query('truncate scheduling.wait_settings, scheduling.wait_offer, scheduling.wait, scheduling.let_go, scheduling.reminder, scheduling.claim, scheduling.hold, scheduling.appointment_step, scheduling.appointment, scheduling.block, platform.mail, notices.silence, notices.choice')
  await t.db.owner.query('insert into scheduling.wait_settings default values')
  full = await leave('2026-11-23', '2026-12-05')
})

type Patient = Ctx<PatientActor> & { person: TestPerson }
let full: string
const anything = { resourceId: null, locationId: null, weekdays: [1, 2, 3, 4, 5], parts: ['morning', 'afternoon', 'evening'] as const, untilDay: '2026-12-04' }
const run = () => offerTimes(t.system('scheduling.wait'))
const rows = async (text: string, ...values: unknown[]) => (await t.db.owner.query(text, values)).rows
const later = (minutes: number) => t.setNow(new Date(t.house.now().getTime() + minutes * 60_000))
const offers = async () => (await rows('select o.id, o.patient_id, o.starts_at, o.round, o.ended_why, o.told_at from scheduling.wait_offer o order by o.offered_at, o.starts_at, o.id'))

/** Dr. Harrow and Ivo Marsh away: nothing is free in between. Gives Dr. Harrow's. */
async function leave(from: string, to: string): Promise<string> {
  const ids: string[] = []
  for (const who of ['nell-harrow', 'ivo-marsh']) {
    const added = await addBlock(desk, s.resourceIds[who]!, { 'block-day': from, 'block-end-day': to, kind: 'leave', note: '' })
    assert.ok(added.ok)
    ids.push(added.id)
  }
  return ids[0]!
}
async function aPatient(more: Parameters<typeof aPatientPerson>[1] = {}): Promise<Patient> {
  const person = await aPatientPerson(t, more)
  return { ...ctxOf(t.house, patientActor(person.patientId, person.personId)), person }
}
async function visitOf(who: Patient, iso: string, type = 'check-up', doer = 'nell-harrow'): Promise<string> {
  const booked = await bookForPatient(desk, { patientId: who.actor.patientId, visitTypeId: s.typeIds[type]!, mode: 'in-person', resourceId: s.resourceIds[doer]!, locationId: s.placeId, startsAt: new Date(iso), reason: 'Zq-canary' })
  assert.ok(booked.ok, JSON.stringify(booked))
  return booked.id
}
/** Somebody with a visit in December who wants to come earlier. */
async function aWaiter(iso = '2026-12-08T14:00:00Z', wishes: Partial<Parameters<typeof joinWaitlist>[2]> = {}, more: Parameters<typeof aPatientPerson>[1] = {}): Promise<Patient & { visit: string; wait: string }> {
  const who = await aPatient(more)
  const visit = await visitOf(who, iso)
  const joined = await joinWaitlist(who, visit, { ...anything, ...wishes })
  assert.ok(joined.ok)
  return { ...who, visit, wait: joined.id }
}
/** Half an hour of Dr. Harrow on Wednesday at nine comes free. */
const nine = '2026-11-25T14:00:00Z'
async function aTimeComesFree(iso = nine): Promise<void> {
  await t.db.owner.query('delete from scheduling.block b using scheduling.block f where f.id = $1 and b.resource_id = f.resource_id and b.id <> f.id', [full])
  await t.db.owner.query('update scheduling.block set ends_at = $2 where id = $1', [full, iso])
  await t.db.owner.query("insert into scheduling.block (resource_id, starts_at, ends_at, kind) select resource_id, $2::timestamptz + interval '30 minutes', '2026-12-05', 'leave' from scheduling.block where id = $1", [full, iso])
}
const looks = async () => {
  const worker = new pg.Client({ connectionString: t.db.workerUrl })
  await worker.connect()
  return worker.query("select count(*)::int as n from graphile_worker.jobs where task_identifier = 'scheduling.wait'").then(found => found.rows[0].n as number).finally(() => worker.end())
}
const mails = async (to: string) => (await rows('select id, subject, words from platform.mail where to_address = $1 and words is not null and dropped_at is null order by queued_at', to)).map(row => `${row.subject}\n${openWords({ house: t.house }, row.id, row.words).text}`)

describe('a time that comes free', () => {
  test('is offered to who waits: time, place and a link, and no word of what it is for', async () => {
    const ana = await aWaiter()
    assert.deepEqual(await run(), { offered: 0, told: 0 })
    await aTimeComesFree()
    assert.deepEqual(await run(), { offered: 1, told: 1 })
    assert.deepEqual(await run(), { offered: 0, told: 0 })
    const [{ id }] = await offers()
    const [mail, ...more] = await mails(ana.person.email)
    assert.equal(more.length, 0)
    assert.match(mail!, /Wednesday, November 25, 2026 at 9:00\sAM EST, at Heron Street/)
    assert.match(mail!, new RegExp(`/portal/appointments/offers/${id}`))
    for (const word of ['Zq-canary', 'Check-up', 'Harrow']) assert.ok(!mail!.includes(word), word)
    assert.deepEqual(await rows("select action, patient_id from audit.event where action = 'wait.offered'"), [{ action: 'wait.offered', patient_id: ana.actor.patientId }])
  })
  test('moves the visit of whoever says yes; the old time is free for the next', async () => {
    const ana = await aWaiter()
    await aTimeComesFree()
    await run()
    const [{ id }] = await offers()
    assert.deepEqual(await acceptOffer(ana, id), { ok: true, id: ana.visit, isMoved: true })
    assert.deepEqual(await acceptOffer(ana, id), { ok: true, id: ana.visit, isMoved: true }, 'twice is once')
    assert.deepEqual((await rows('select lower(during) as at from scheduling.claim')).map(row => row.at.toISOString()), ['2026-11-25T14:00:00.000Z'])
    assert.deepEqual((await rows('select lower(during) as at from scheduling.let_go')).map(row => row.at.toISOString()), ['2026-12-08T14:00:00.000Z'])
    assert.deepEqual(await rows('select status, version, starts_at from scheduling.appointment'), [{ status: 'booked', version: 2, starts_at: new Date(nine) }])
    assert.deepEqual(await rows('select ended_why from scheduling.wait'), [{ ended_why: 'accepted' }])
  })
  test('brings no visit back that is cancelled in the same moment', async () => {
    const ana = await aWaiter()
    await aTimeComesFree()
    await run()
    const [{ id }] = await offers()
    const beside = new pg.Client({ connectionString: t.db.ownerUrl })
    await beside.connect()
    try {
      await beside.query("begin; update scheduling.appointment set status = 'cancelled', version = version + 1")
      const accepted = acceptOffer(ana, id)
      await pause(400)
      await beside.query('commit')
      assert.deepEqual(await accepted, { ok: false, reason: 'ended' })
    } finally { await beside.end() }
    assert.deepEqual(await rows('select status, starts_at from scheduling.appointment'), [{ status: 'cancelled', starts_at: new Date('2026-12-08T14:00:00Z') }])
  })
  test('is first come, first served: fifty say yes at once, one has it, the others read the nearest times and keep their visits', async () => {
    await t.db.owner.query('update scheduling.wait_settings set group_size = 20')
    const all = [] as Awaited<ReturnType<typeof aWaiter>>[]
    for (let index = 0; index < 50; index++) {
      const who = await aPatient()
      const visit = await visitOf(who, new Date(Date.parse('2026-12-07T14:00:00Z') + Math.floor(index / 14) * 86_400_000 + [0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15][index % 14]! * 1_800_000).toISOString())
      const joined = await joinWaitlist(who, visit, anything)
      assert.ok(joined.ok)
      all.push({ ...who, visit, wait: joined.id })
    }
    await aTimeComesFree()
    for (let group = 0; group < 3; group++, later(31)) await run()
    const made = await offers()
    assert.deepEqual(Map.groupBy(made, one => one.round).entries().map(([round, of]) => [round, of.length]).toArray(), [[1, 20], [2, 20], [3, 10]])
    const answers = await Promise.all(all.map(who => acceptOffer(who, made.find(one => one.patient_id === who.actor.patientId).id)))
    assert.equal(answers.filter(answer => answer.ok).length, 1)
    for (const answer of answers) assert.ok(answer.ok || answer.reason === 'just-taken' && answer.nearest.length > 0, JSON.stringify(answer))
    assert.equal((await rows('select from scheduling.appointment where starts_at = $1', nine)).length, 1)
    assert.equal((await rows('select from scheduling.claim')).length, 50, 'nobody lost the time they had')
    await run()
    assert.deepEqual((await rows('select ended_why, count(*)::int as n from scheduling.wait_offer group by 1 order by 1')), [{ ended_why: 'accepted', n: 1 }, { ended_why: 'taken', n: 49 }])
    assert.equal((await rows("select from platform.mail where about_type = 'wait-offer' and dropped_at is null")).length, 0, 'what has not left was taken back')
  })
  test('that is taken by hand ends its offers by itself, and what was written is taken back', async () => {
    const ana = await aWaiter()
    await aTimeComesFree()
    await run()
    await visitOf(await aPatient(), nine)
    const [{ id }] = await offers()
    const late = await acceptOffer(ana, id)
    assert.ok(!late.ok && late.reason === 'just-taken', 'before the job comes by')
    await run()
    assert.deepEqual((await offers()).map(one => one.ended_why), ['taken'])
    assert.deepEqual(await rows("select dropped_why from platform.mail where about_type = 'wait-offer'"), [{ dropped_why: 'withdrawn' }])
    const again = await acceptOffer(ana, id)
    assert.ok(!again.ok && again.reason === 'just-taken', 'after it')
  })
  test('that somebody keeps for ten minutes ends no offer; it is only not theirs while it is kept', async () => {
    const [ana, ben] = [await aWaiter(), await aPatient()]
    await aTimeComesFree()
    await run()
    assert.ok((await holdTime(ben, { patientId: ben.actor.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: new Date(nine) })).ok)
    const [{ id }] = await offers()
    assert.ok(!(await acceptOffer(ana, id)).ok)
    await run()
    assert.deepEqual((await offers()).map(one => one.ended_why), [null])
    later(11)
    assert.ok((await acceptOffer(ana, id)).ok)
  })
  for (const [how, free] of Object.entries<(visit: string) => Promise<unknown>>({
    'a cancellation': visit => cancelAppointment(desk, visit, { reason: 'practice', version: 1 }),
    'a move': visit => moveForPatient(desk, visit, { resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, mode: 'in-person', startsAt: new Date('2026-12-10T14:00:00Z'), version: 1 }),
    'leave that is over': () => removeEntry(desk, s.resourceIds['nell-harrow']!, 'block', full),
  })) {
    test(`comes from ${how}, which asks for a look at who waits`, async () => {
      await t.db.owner.query('update scheduling.block set ends_at = $2 where id = $1', [full, nine])
      const busy = await visitOf(await aPatient(), nine)
      await t.db.owner.query('update scheduling.block set ends_at = \'2026-12-05\' where id = $1', [full])
      await aWaiter()
      await run()
      assert.equal((await offers()).length, 0)
      const before = await looks()
      if (how !== 'leave that is over') await aTimeComesFree()
      await free(busy)
      assert.equal(await looks(), before + 1)
      await run()
      assert.equal((await offers()).length, 1)
    })
  }
})

describe('who hears of it', () => {
  const who = async () => (await offers()).map(one => one.patient_id)
  test('those who come first, then who has waited longest, in groups with a while between', async () => {
    await t.db.owner.query('update scheduling.wait_settings set group_size = 1')
    const first = await aWaiter('2026-12-08T14:00:00Z')
    later(1)
    const second = await aWaiter('2026-12-08T14:30:00Z')
    later(1)
    const third = await aWaiter('2026-12-08T15:00:00Z')
    await t.db.owner.query('update scheduling.wait set priority = 1 where id = $1', [third.wait])
    await aTimeComesFree()
    for (let minutes = 0; minutes < 70; minutes += 10, later(10)) await run()
    assert.deepEqual(await who(), [third, first, second].map(one => one.actor.patientId))
    assert.deepEqual((await offers()).map(one => one.round), [1, 2, 3])
  })
  test('the next at once when one of the group says no, who goes on waiting and does not hear of it again', async () => {
    await t.db.owner.query('update scheduling.wait_settings set group_size = 1')
    const ana = await aWaiter()
    later(1)
    const ben = await aWaiter('2026-12-08T14:30:00Z')
    await aTimeComesFree()
    await run()
    await declineOffer(ana, (await offers())[0].id)
    later(1)
    await run()
    assert.deepEqual(await who(), [ana, ben].map(one => one.actor.patientId))
    for (let hour = 0; hour < 40; hour++, later(60)) await run()
    assert.deepEqual((await offers()).map(one => one.ended_why), ['declined', 'expired'])
    assert.deepEqual(await rows('select ended_why from scheduling.wait'), [{ ended_why: null }, { ended_why: null }])
  })
  test('nobody whose wishes it does not meet', async () => {
    await aWaiter('2026-12-08T14:00:00Z', { weekdays: [1, 2, 4, 5, 6, 7] })
    await aWaiter('2026-12-08T14:30:00Z', { parts: ['afternoon', 'evening'] })
    await aWaiter('2026-12-08T15:00:00Z', { untilDay: '2026-11-24' })
    await aTimeComesFree()
    assert.equal((await run()).offered, 0)
  })
  test('nobody who has another visit then, nor who has one that is earlier already', async () => {
    const ana = await aWaiter()
    await t.db.owner.query("delete from scheduling.block where resource_id = $1", [s.resourceIds['ivo-marsh']])
    await visitOf(ana, '2026-11-25T14:15:00Z', 'talk', 'ivo-marsh')
    await aTimeComesFree()
    assert.equal((await run()).offered, 0)
    await aTimeComesFree('2026-11-25T18:00:00Z')
    assert.equal((await run()).offered, 1)
  })
  test('nobody who died or left; their place goes to the next', async () => {
    await t.db.owner.query('update scheduling.wait_settings set group_size = 1')
    const [ana, ben] = [await aWaiter(), await aWaiter('2026-12-08T14:30:00Z')]
    await t.db.owner.query("insert into notices.silence (patient_id, why, said_by, since) values ($1, 'deceased', 'record', now())", [ana.actor.patientId])
    await aTimeComesFree()
    await run()
    assert.deepEqual(await who(), [ben.actor.patientId])
  })
  test('by the clock of the practice and their own, through the night', async () => {
    await aWaiter()
    const away = await aWaiter('2026-12-08T14:30:00Z')
    await t.db.owner.query("insert into notices.choice (patient_id, zone, set_at, set_by) values ($1, 'America/Los_Angeles', now(), $2)", [away.actor.patientId, away.actor.personId])
    t.setNow('2026-11-24T01:30:00Z')
    await aTimeComesFree()
    assert.equal((await run()).offered, 0, 'half past eight in the evening in New York')
    t.setNow('2026-11-24T12:59:00Z')
    assert.equal((await run()).offered, 0)
    t.setNow('2026-11-24T13:00:00Z')
    assert.equal((await run()).offered, 1, 'eight in the morning, and five where the other one is')
    t.setNow('2026-11-24T16:00:00Z')
    assert.equal((await run()).offered, 1)
  })
  test('nobody so near the time that it is of no use', async () => {
    await aWaiter()
    await aTimeComesFree('2026-11-23T18:30:00Z')
    assert.equal((await run()).offered, 0, 'half past one, in three and a half hours')
    await aTimeComesFree('2026-11-23T19:30:00Z')
    assert.equal((await run()).offered, 1)
    const [offer] = await rows('select expires_at from scheduling.wait_offer')
    assert.equal(offer.expires_at.toISOString(), '2026-11-23T17:30:00.000Z', 'two hours before it')
  })
  test('once, whatever breaks off: what was not told is told by the next look, and nobody twice', async () => {
    const ana = await aWaiter()
    await aTimeComesFree()
    await t.db.owner.query("insert into scheduling.wait_offer (wait_id, patient_id, resource_id, location_id, starts_at, ends_at, round, offered_at, expires_at) values ($1, $2, $3, $4, $5, $5::timestamptz + interval '30 minutes', 1, $6, $7)",
      [ana.wait, ana.actor.patientId, s.resourceIds['nell-harrow'], s.placeId, nine, t.house.now(), '2026-11-24T15:00:00Z'])
    assert.deepEqual(await run(), { offered: 0, told: 1 })
    await t.db.owner.query('update scheduling.wait_offer set told_at = null')
    assert.deepEqual(await run(), { offered: 0, told: 0 })
    assert.equal((await mails(ana.person.email)).length, 1)
  })
  test('two looks at once make one group', async () => {
    for (let index = 0; index < 6; index++) await aWaiter(new Date(Date.parse('2026-12-08T14:00:00Z') + index * 1_800_000).toISOString())
    await aTimeComesFree()
    await Promise.all(Array.from({ length: 5 }, run))
    assert.equal((await offers()).length, 3)
    assert.equal((await rows('select from platform.mail')).length, 3)
  })
})

describe('waiting', () => {
  test('without a visit is the desk’s to begin; yes books one', async () => {
    const ana = await aPatient()
    const put = await putOnWaitlist(desk, { ...anything, patientId: ana.actor.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', priority: 0, reason: 'Zq-canary' })
    assert.ok(put.ok)
    assert.deepEqual(await putOnWaitlist(desk, { ...anything, patientId: ana.actor.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', priority: 0, reason: '' }), put, 'twice is once')
    await aTimeComesFree()
    await run()
    const done = await acceptOffer(ana, (await offers())[0].id, { pays: 'self' })
    assert.ok(done.ok && !done.isMoved)
    assert.deepEqual(await rows('select status, reason, pays, booked_as from scheduling.appointment'), [{ status: 'booked', reason: 'Zq-canary', pays: 'self', booked_as: 'patient' }])
    assert.deepEqual([(await rows('select from scheduling.claim')).length, (await rows('select from scheduling.hold')).length, (await rows("select from work.task where kind = 'estimate'")).length], [1, 0, 1])
  })
  test('for what the practice must say yes to: taking it asks for it, moved or new', async () => {
    const [ana, ben] = [await aWaiter(), await aPatient()]
    await putOnWaitlist(desk, { ...anything, patientId: ben.actor.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', priority: 0, reason: '' })
    await t.db.owner.query('update scheduling.visit_type set approval = true where id = $1', [s.typeIds['check-up']])
    for (const [who, time] of [[ana, nine], [ben, '2026-11-25T16:00:00Z']] as const) {
      await aTimeComesFree(time)
      await run()
      assert.ok((await acceptOffer(who, (await offers()).find(one => one.patient_id === who.actor.patientId && one.ended_why === null).id)).ok)
      later(31)
    }
    assert.deepEqual(await rows('select status, starts_at, confirm_by is not null as promised from scheduling.appointment order by starts_at'), [nine, '2026-11-25T16:00:00Z'].map(time => ({ status: 'requested', starts_at: new Date(time), promised: true })))
    await t.db.owner.query('update scheduling.visit_type set approval = false')
  })
  test('ends with the visit, with the last day, and when somebody leaves; their offers go with it', async () => {
    const [ana, ben, cy] = [await aWaiter(), await aWaiter('2026-12-08T14:30:00Z'), await aWaiter('2026-12-08T15:00:00Z')]
    await aTimeComesFree()
    await run()
    await cancelAppointment(ana, ana.visit, { reason: 'better', version: 1 })
    await leaveWaitlist(ben, ben.wait)
    await leaveWaitlist(ben, ben.wait)
    await t.db.owner.query("update scheduling.wait set until_day = '2026-11-22' where id = $1", [cy.wait])
    await run()
    assert.deepEqual(await rows('select ended_why from scheduling.wait order by since, ended_why'), [{ ended_why: 'left' }, { ended_why: 'over' }, { ended_why: 'until' }])
    assert.deepEqual((await offers()).map(one => one.ended_why), ['withdrawn', 'withdrawn', 'withdrawn'])
    assert.equal((await rows('select from platform.mail where dropped_at is null')).length, 0)
  })
  test('goes on by hand to hand, as often as there are people who wait, and then stops', async () => {
    await t.db.owner.query('update scheduling.wait_settings set group_size = 1')
    const chain = [] as Awaited<ReturnType<typeof aWaiter>>[]
    for (const time of ['14:00', '14:30', '15:00']) {
      chain.push(await aWaiter(`2026-12-08T${time}:00Z`, { untilDay: null }))
      later(1)
    }
    await t.db.owner.query("update scheduling.block set ends_at = '2026-12-08T13:00Z' where resource_id = $1", [s.resourceIds['nell-harrow']])
    await aTimeComesFree()
    await t.db.owner.query("update scheduling.block set ends_at = '2026-12-08T13:00Z' where ends_at = '2026-12-05'")
    for (let rounds = 0; rounds < 20; rounds++, later(31)) {
      await run()
      for (const { id, patient_id } of (await offers()).filter(one => one.ended_why === null)) await acceptOffer(chain.find(one => one.actor.patientId === patient_id)!, id)
      if (t.house.now() > new Date('2026-11-24T00:00:00Z')) break
    }
    assert.equal((await rows("select from scheduling.wait_offer where ended_why = 'accepted'")).length, 3)
    assert.equal((await rows('select from scheduling.wait where ended_at is null')).length, 0)
    assert.equal((await rows('select from scheduling.claim')).length, 3)
  })
  test('is another’s: their offer cannot be seen nor taken, nor their wait changed', async () => {
    const [ana, ben] = [await aWaiter(), await aPatient()]
    await aTimeComesFree()
    await run()
    const [{ id }] = await offers()
    await assert.rejects(acceptOffer(ben, id), { name: 'NotFound' })
    await assert.rejects(declineOffer(ben, id), { name: 'NotFound' })
    await leaveWaitlist(ben, ana.wait)
    assert.deepEqual(await joinWaitlist(ben, ana.visit, anything), { ok: false, reason: 'over' })
    assert.deepEqual(await rows('select ended_at from scheduling.wait'), [{ ended_at: null }])
  })
})
