import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Ctx, PatientActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { openWords } from '#platform/email.ts'
import { finishTask, workJobs } from '#work'
import { aHouse, ctxOf, patientActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { aDesk, aPatientPerson, aStaffPerson, type TestPerson } from '#test/people.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { answerRequest, settleWork } from './answer-request.ts'
import { bookHeld } from './book-appointment.ts'
import { moveForPatient } from './book-for-patient.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { holdTime } from './hold-time.ts'
import { readDecline } from './list-appointments.ts'
import { remindPatients, tellOfChange } from './remind-patients.ts'
import { sayComing } from './say-coming.ts'
import { newcomerJob } from './shared.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>, other: Ctx<StaffActor>
before(async () => {
  t = await aHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(t)
  await t.db.owner.query('update scheduling.visit_type set approval = true')
  ;[desk, other] = [await aDesk(t), await aDesk(t)]
})
after(() => t.close())
beforeEach(async () => {
  t.setNow('2026-11-23T15:00:00Z')
  await clearVisits(t, 'platform.mail', 'work.task', 'work.task_step', 'work.page')
})

type Asked = { id: string; person: TestPerson; ana: Ctx<PatientActor> }
const far = '2026-12-01T15:00:00Z'
async function ask(iso = far, who?: Asked): Promise<Asked> {
  const person = who?.person ?? await aPatientPerson(t)
  const ana = ctxOf(t.house, patientActor(person.patientId, person.personId))
  const held = await holdTime(ana, { patientId: person.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: new Date(iso), ...(who && { moves: who.id }) })
  assert.ok(held.ok, JSON.stringify(held))
  const booked = await bookHeld(ana, held.id, { reason: 'A canary in the reason', locale: 'en', pays: 'self' })
  assert.ok(booked.ok && booked.isRequest)
  return { id: booked.id, person, ana }
}
const rows = async (text: string, ...values: unknown[]) => (await t.db.owner.query(text, values)).rows
const visitOf = async (id: string) => (await rows('select status, version, confirm_by from scheduling.appointment where id = $1', id))[0]
const tasks = async (kind = 'visit-request') => (await rows('select pool, due_at, done_at is not null as done, outcome, escalated_at is not null as escalated, title || body as words from work.task where kind = $1 order by opened_at, id', kind))
const claims = async () => (await rows('select lower(during) as at from scheduling.claim')).map(row => row.at.toISOString())
/** What waits in the queue for a visit, done in order. */
const settle = async (id: string, version: number) => settleWork(t.system('scheduling.settle'), { appointmentId: id, version: String(version) })
async function told(id: string): Promise<string[]> {
  await tellOfChange(t.system('scheduling.tell'), id)
  return (await rows('select id, subject, words from platform.mail where words is not null order by queued_at, id')).map(row => `${row.subject}\n${openWords({ house: t.house }, row.id, row.words).text}`)
}

describe('a visit that the practice has confirmed', () => {
  test('is one that its patient can say they come to, in the portal and with the link of a message', async () => {
    const [one, two] = [await ask(), await ask('2026-12-02T15:00:00Z')]
    for (const { id } of [one, two]) assert.ok((await answerRequest(desk, id, { version: 1, answer: 'confirm' })).ok)
    assert.deepEqual(await sayComing(one.ana, one.id, { version: 2 }), { ok: true })
    assert.deepEqual(await sayComing(t.system('scheduling.link', two.person.patientId), two.id, { version: 2 }), { ok: true })
    assert.deepEqual((await rows('select status, said_coming_how as how from scheduling.appointment order by starts_at')), [{ status: 'booked', how: 'portal' }, { status: 'booked', how: 'link' }])
  })
})

describe('whoever asks', () => {
  const refused = { code: '42501' }
  const write = (ctx: Ctx, text: ReturnType<typeof sql>) => inTransaction(ctx, tx => text.execute(tx.db.kysely))
  test('says yes to nothing by themselves, whoever they are and whatever they write: not the patient, the link of a message, or somebody new', async () => {
    const { id, person, ana } = await ask()
    const sides = [ana, t.system('scheduling.link', person.patientId), t.system(newcomerJob, person.patientId)]
    for (const side of sides) await assert.rejects(write(side, sql`update scheduling.appointment set status = 'booked' where id = ${id}::uuid`), refused)
    assert.ok((await answerRequest(desk, id, { version: 1, answer: 'confirm' })).ok)
    for (const side of sides) {
      await assert.rejects(write(side, sql`update scheduling.appointment set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day' where id = ${id}::uuid`), refused)
      await assert.rejects(write(side, sql`update scheduling.appointment set extra_seat_because = 'Because' where id = ${id}::uuid`), refused)
      for (const kept of [false, true]) {
        await rows('update scheduling.visit_type set approval = $1', !kept)
        if (kept) await rows("insert into scheduling.calendar values (true, 'ehr', true)")
        await assert.rejects(write(side, sql`insert into scheduling.appointment (patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, booked_at, booked_by, booked_as)
          select patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, booked_at, platform.person_id(), booked_as from scheduling.appointment where id = ${id}::uuid`), refused)
        await rows('delete from scheduling.calendar')
        await rows('update scheduling.visit_type set approval = true')
      }
    }
    assert.deepEqual(await rows('select status, starts_at, version from scheduling.appointment'), [{ status: 'booked', starts_at: new Date(far), version: 2 }])
  })
})

describe('a request', () => {
  test('is work for the desk from its first second, due when the patient was promised an answer, without a word of why they come', async () => {
    const { id } = await ask()
    const [task] = await tasks()
    assert.deepEqual([task.pool, task.done, task.due_at], ['front-desk', false, (await visitOf(id)).confirm_by])
    assert.equal(task.due_at.toISOString(), '2026-11-24T14:00:00.000Z', 'eight hours of open doors: seven on Monday from ten, one on Tuesday from eight')
    assert.match(task.words, new RegExp(`/console/schedule/visits/${id}`))
    assert.doesNotMatch(task.words, /canary|Check-up/)
    const [mail] = await told(id)
    assert.match(mail!, /we have your request[\s\S]*The visit is not set yet/)
    assert.doesNotMatch(mail!, /canary|Check-up/)
  })
  test('that nobody answers goes up, and is still there after its time', async () => {
    const { id } = await ask()
    t.setNow('2026-11-24T14:00:01Z')
    await workJobs.find(job => job.name === 'work.escalate')!.run(t.system('work.escalate'), {} as never)
    t.setNow('2026-12-01T15:00:01Z')
    assert.deepEqual([(await tasks())[0].escalated, (await tasks())[0].done, await claims()], [true, false, [new Date(far).toISOString()]])
    assert.deepEqual(await answerRequest(desk, id, { answer: 'confirm', version: 1 }), { ok: true }, 'they came all the same')
    assert.equal((await tasks())[0].done, true)
  })
  test('is not finished in the list of work: only a yes or a no ends it', async () => {
    await ask()
    const [{ id }] = await rows("select id from work.task where kind = 'visit-request'")
    assert.deepEqual(await finishTask(desk, id, 'done'), { ok: false, reason: 'needs-answer' })
  })
  test('is not reminded of, and is once it is confirmed', async () => {
    const { id } = await ask()
    t.setNow('2026-11-28T16:00:00Z')
    assert.equal(await remindPatients(t.system('scheduling.remind')), 0)
    await answerRequest(desk, id, { answer: 'confirm', version: 1 })
    assert.equal(await remindPatients(t.system('scheduling.remind')), 1)
  })
})

describe('the answer', () => {
  test('yes books it, ends the work and tells the patient that it is set', async () => {
    const { id } = await ask()
    assert.deepEqual(await answerRequest(desk, id, { answer: 'confirm', version: 1 }), { ok: true })
    assert.deepEqual(await visitOf(id), { status: 'booked', version: 2, confirm_by: null })
    assert.deepEqual((await tasks()).map(task => [task.done, task.outcome]), [[true, 'Confirmed.']])
    assert.deepEqual((await rows('select step, by_kind from scheduling.appointment_step order by id')).map(row => `${row.step} ${row.by_kind}`), ['requested patient', 'confirmed staff'])
    assert.match((await told(id))[0]!, /your visit is set[\s\S]*Tuesday, December 1/)
    assert.deepEqual(await claims(), [new Date(far).toISOString()])
    assert.equal((await rows("select from audit.event where action = 'appointment.confirmed' and $1 = any (ids)", id)).length, 1)
  })
  test('no lets the time go, keeps why, ends what is owed, and says nothing of why in the mail', async () => {
    const { id, ana } = await ask()
    assert.equal((await tasks('estimate')).length, 1)
    assert.deepEqual(await answerRequest(desk, id, { answer: 'decline', reason: 'other-visit', version: 1 }), { ok: true })
    await settle(id, 2)
    assert.deepEqual([await visitOf(id), await claims(), await inTransaction(ana, tx => readDecline(tx, id))], [{ status: 'cancelled', version: 2, confirm_by: null }, [], 'other-visit'])
    assert.deepEqual([(await tasks())[0].done, (await tasks('estimate'))[0].done], [true, true])
    const [mail] = await told(id)
    assert.match(mail!, /please choose another time/)
    assert.doesNotMatch(mail!, /kind of visit|canary|Check-up/)
  })
  test('of two at once is one: the other reads that it was changed', async () => {
    const { id } = await ask()
    const answers = await Promise.all([answerRequest(desk, id, { answer: 'confirm', version: 1 }), answerRequest(other, id, { answer: 'decline', reason: 'time', version: 1 })])
    assert.deepEqual(answers.map(answer => answer.ok).sort(), [false, true])
    assert.equal((await rows('select from scheduling.appointment_step')).length, 2)
    assert.equal((await visitOf(id)).version, 2)
  })
  test('to a request that was taken back meanwhile is refused; the work about it ends by itself', async () => {
    const { id, ana } = await ask()
    assert.deepEqual(await cancelAppointment(ana, id, { reason: 'elsewhere', version: 1 }), { ok: true })
    assert.deepEqual(await answerRequest(desk, id, { answer: 'confirm', version: 1 }), { ok: false, reason: 'changed-meanwhile' })
    await settle(id, 2)
    await settle(id, 2)
    assert.deepEqual((await tasks()).map(task => [task.done, task.outcome]), [[true, 'The visit is off.']])
    assert.deepEqual((await tasks('estimate')).map(task => task.done), [true])
    assert.deepEqual(await claims(), [])
  })
  test('by moving it to a time that was agreed is a yes', async () => {
    const { id } = await ask()
    const time = { resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, mode: 'in-person' as const, startsAt: new Date('2026-12-02T15:00:00Z') }
    assert.deepEqual(await moveForPatient(desk, id, { ...time, version: 1 }), { ok: true })
    assert.deepEqual([await visitOf(id), (await tasks())[0].done], [{ status: 'booked', version: 2, confirm_by: null }, true])
    assert.match((await told(id))[0]!, /your visit was moved/)
  })
  test('is the desk’s and the care side’s; never the patient’s, nor of a number that is none', async () => {
    const { id, ana } = await ask()
    const manager = ctxOf(t.house, staffActor(['manager'], (await aStaffPerson(t, { roles: ['manager'] })).personId))
    await assert.rejects(answerRequest(manager, id, { answer: 'confirm', version: 1 }), { name: 'NotAllowed' })
    await assert.rejects(answerRequest(ana as unknown as Ctx<StaffActor>, id, { answer: 'confirm', version: 1 }))
    await assert.rejects(answerRequest(desk, randomUUID(), { answer: 'confirm', version: 1 }), { name: 'NotFound' })
    assert.equal((await visitOf(id)).status, 'requested')
  })
})

describe('a visit that was confirmed and is moved by the patient', () => {
  test('is asked for again: new work with a new due time, and one that is moved twice has one', async () => {
    const asked = await ask()
    await answerRequest(desk, asked.id, { answer: 'confirm', version: 1 })
    t.setNow('2026-11-24T15:00:00Z')
    await ask('2026-12-03T15:00:00Z', asked)
    await settle(asked.id, 3)
    assert.equal((await visitOf(asked.id)).status, 'requested')
    await ask('2026-12-04T15:00:00Z', asked)
    const before = (await tasks()).length
    await settle(asked.id, 3)   // the job of the first move comes late, and leaves it to that of the second
    assert.equal((await tasks()).length, before)
    await settle(asked.id, 4)
    await settle(asked.id, 4)
    const open = (await tasks()).filter(task => !task.done)
    assert.deepEqual(open.map(task => task.due_at), [(await visitOf(asked.id)).confirm_by])
    assert.deepEqual(await claims(), ['2026-12-04T15:00:00.000Z'])
  })
})
