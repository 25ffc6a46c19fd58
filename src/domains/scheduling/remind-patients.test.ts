import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { addPatientPerson, letActForAsSystem } from '#accounts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { openWords } from '#platform/email.ts'
import { aCalendar } from '#test/bookings.ts'
import type { TestHouse } from '#test/ctx.ts'
import { aPatientPerson, goodPassword, type TestPerson } from '#test/people.ts'
import { clearVisits, type TestSchedule } from '#test/schedule.ts'
import { bookForPatient, moveForPatient } from './book-for-patient.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { schedulingJobs } from './jobs.ts'
import { remindPatients, tellOfChange, touchDue } from './remind-patients.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>
before(async () => { ({ t, s, desk } = await aCalendar()) })
after(() => t.close())
beforeEach(async () => {
  t.setNow('2026-11-23T15:00:00Z')
  await clearVisits(t, 'platform.mail')
})

const canary = 'Zq-canary chest clinic'
const time = (iso: string) => ({ resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, mode: 'in-person' as const, startsAt: new Date(iso) })
async function book(person: TestPerson, iso: string): Promise<string> {
  const booked = await bookForPatient(desk, { patientId: person.patientId, visitTypeId: s.typeIds['check-up']!, reason: canary, ...time(iso) })
  assert.ok(booked.ok)
  return booked.id
}
const remind = () => remindPatients(t.system('scheduling.remind'))
async function mails(to?: string): Promise<string[]> {
  const { rows } = await t.db.owner.query('select id, subject, words from platform.mail where ($1::text is null or to_address = $1) and words is not null order by queued_at, id', [to ?? null])
  return rows.map(row => `${row.subject}\n${openWords({ house: t.house }, row.id, row.words).text}`)
}

describe('reminders of visits', () => {
  test('go out three days and one day before, once each, by day', async () => {
    const ana = await aPatientPerson(t)
    await book(ana, '2026-12-01T15:00:00Z')
    const told: string[] = []
    for (let hour = 0; hour < 8 * 24; hour++) {
      t.setNow(new Date(Date.parse('2026-11-23T15:00:00Z') + hour * 3_600_000))
      if (await remind() > 0) told.push(t.house.now().toISOString().slice(0, 13))
    }
    assert.deepEqual(told, ['2026-11-28T15', '2026-11-30T15'])
    assert.equal((await mails(ana.email)).length, 2)
  })
  test('are not sent for a visit that was cancelled, and are sent anew for one that was moved', async () => {
    const [ana, ben] = [await aPatientPerson(t), await aPatientPerson(t)]
    const [gone, moved] = [await book(ana, '2026-12-01T15:00:00Z'), await book(ben, '2026-12-01T16:00:00Z')]
    t.setNow('2026-11-28T16:30:00Z')
    await cancelAppointment(desk, gone, { reason: 'practice', version: 1 })
    assert.equal(await remind(), 1)
    await moveForPatient(desk, moved, { ...time('2026-12-04T16:00:00Z'), version: 1 })
    t.setNow('2026-11-30T16:30:00Z')
    assert.equal(await remind(), 0)
    t.setNow('2026-12-01T16:30:00Z')
    assert.equal(await remind(), 1)
    assert.deepEqual([(await mails(ana.email)).length, (await mails(ben.email)).length], [0, 1], 'what told of the old time was taken back')
  })
  test('reach everybody else where one cannot be told, again and again; the job says that it failed, and that one hears once it works', async () => {
    const [ana, ben, cleo] = [await aPatientPerson(t), await aPatientPerson(t), await aPatientPerson(t)]
    for (const [at, who] of [['15:00', ana], ['15:30', ben], ['16:00', cleo]] as const) await book(who, `2026-12-01T${at}:00Z`)
    await t.db.owner.query(`create function platform.break_one() returns trigger language plpgsql as $$ begin if new.patient_id = '${ana.patientId}' then raise exception 'broken'; end if; return new; end $$; create trigger break_one before insert on platform.mail for each row execute function platform.break_one()`)
    t.setNow('2026-11-28T16:30:00Z')
    for (let again = 0; again < 2; again++) await assert.rejects(remind(), /broken/)
    const dan = await aPatientPerson(t)
    await t.db.owner.query("insert into scheduling.calendar (source, reminds) values ('ehr', true)")
    await t.db.owner.query("insert into scheduling.received (record_id, source, source_patient, patient_id, starts_at, ends_at, status, with_ids, with_name, place_name, what, numbers, is_restricted, first_at) values (gen_random_uuid(), 'ehr', gen_random_uuid(), $1, '2026-12-01T15:00Z', '2026-12-01T15:30Z', 'booked', '{}', '', '', '', '{}', false, '2026-11-01')", [dan.patientId])
    await assert.rejects(schedulingJobs.find(job => job.name === 'scheduling.remind')!.run(t.system('scheduling.remind'), {}), /broken/)
    await t.db.owner.query('delete from scheduling.calendar')
    assert.equal((await mails(dan.email)).length, 1, 'and those whose visit the EHR keeps')
    assert.deepEqual([(await mails(ana.email)).length, (await mails(ben.email)).length, (await mails(cleo.email)).length], [0, 1, 1])
    await t.db.owner.query('drop trigger break_one on platform.mail; drop function platform.break_one()')
    assert.equal(await remind(), 1)
    assert.equal((await mails(ana.email)).length, 1)
  })
  test('are not sent to who booked a short while ago, nor at night', () => {
    const zone = 'America/New_York'
    const due = (now: string, bookedAt = '2026-11-01T00:00:00Z', startsAt = '2026-12-01T15:00:00Z') => touchDue({ startsAt: new Date(startsAt), bookedAt: new Date(bookedAt) }, new Date(now), zone)
    assert.equal(due('2026-11-30T15:00:00Z'), '1-day')
    assert.equal(due('2026-11-30T14:59:00Z'), '3-days')
    assert.equal(due('2026-11-28T14:59:00Z'), undefined)
    assert.equal(due('2026-12-01T13:00:00Z'), undefined, 'two hours before it is too late')
    assert.equal(due('2026-11-30T15:00:00Z', '2026-11-30T06:00:00Z'), undefined)
    assert.equal(due('2026-11-30T01:00:00Z'), undefined, 'eight in the evening')
    assert.equal(due('2026-11-30T13:00:00Z'), '3-days', 'eight in the morning')
  })
  test('HP-8 say nothing of what it is for, nor with whom; and not when nor where to who wants that left out', async () => {
    const ana = await aPatientPerson(t, { name: canary })
    await book(ana, '2026-12-01T15:00:00Z')
    t.setNow('2026-11-30T15:00:00Z')
    await remind()
    const [full] = await mails(ana.email)
    assert.match(full!, /Tuesday, December 1, 2026 at 10:00\sAM EST, at Heron Street/)
    assert.match(full!, /\/v\/[\w-]{16}\n/)
    for (const word of [canary, 'Check-up', 'Harrow']) assert.ok(!full!.includes(word), word)
    await t.db.owner.query('truncate scheduling.reminder, platform.mail')
    await t.db.owner.query('insert into notices.choice (patient_id, is_brief, set_at, set_by) values ($1, true, now(), $2)', [ana.patientId, ana.personId])
    await remind()
    const [brief] = await mails(ana.email)
    for (const word of [canary, 'Check-up', 'Harrow', 'December', '10:00', 'Heron Street\n']) assert.ok(!brief!.includes(word), word)
    assert.match(brief!, /Open the link to see when/)
  })
  test('that have not left are taken back when the visit is moved or cancelled', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana, '2026-12-01T15:00:00Z')
    t.setNow('2026-11-30T15:00:00Z')
    await remind()
    await cancelAppointment(desk, id, { reason: 'practice', version: 1 })
    assert.deepEqual((await t.db.owner.query('select dropped_why from platform.mail')).rows, [{ dropped_why: 'withdrawn' }])
    await tellOfChange(t.system('scheduling.tell'), id)
    assert.match((await mails(ana.email)).join(), /called off/)
  })
  test('reach who looks after the patient, in their language, and not who no longer does', async () => {
    const ana = await aPatientPerson(t)
    const personId = await addPatientPerson(t.system('accounts.command'), { name: 'Cora', email: 'cora@patient.example', password: goodPassword, patientId: null, locale: 'es' })
    await letActForAsSystem(t.system('accounts.command'), { personId, patientId: ana.patientId, basis: 'named-by-adult', endsAt: new Date('2026-11-30T00:00:00Z') })
    await book(ana, '2026-12-01T15:00:00Z')
    t.setNow('2026-11-28T15:30:00Z')
    await remind()
    assert.match((await mails('cora@patient.example'))[0]!, /cita/)
    t.setNow('2026-11-30T15:30:00Z')
    await remind()
    assert.deepEqual([(await mails('cora@patient.example')).length, (await mails(ana.email)).length], [1, 2])
  })
  test('a visit that the practice changed is told of at once, once for each change', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana, '2026-12-01T15:00:00Z')
    await moveForPatient(desk, id, { ...time('2026-12-01T16:00:00Z'), version: 1 })
    for (let twice = 0; twice < 2; twice++) await tellOfChange(t.system('scheduling.tell'), id)
    assert.match((await mails(ana.email)).join(), /was moved/)
    assert.equal((await mails(ana.email)).length, 1)
  })
  test('what was told is remembered by itself: it is told once, and its event written once, though the outbox has forgotten the mail', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana, '2026-12-01T15:00:00Z')
    t.setNow('2026-11-28T15:30:00Z')
    await moveForPatient(desk, id, { ...time('2026-12-01T16:00:00Z'), version: 1 })
    const events = async () => (await t.db.owner.query("select action from audit.event where action = 'appointment.reminded' and patient_id = $1", [ana.patientId])).rows.length
    const tell = async () => {
      await tellOfChange(t.system('scheduling.tell'), id)
      return remind()
    }
    t.setNow('2026-11-28T16:30:00Z')
    assert.equal(await tell(), 1)
    assert.deepEqual([(await mails(ana.email)).length, await events()], [2, 2])
    await t.db.owner.query('truncate platform.mail')
    assert.equal(await tell(), 0)
    assert.deepEqual([(await mails(ana.email)).length, await events()], [0, 2])
  })
  test('five hundred that were told do not keep the next from hearing', async () => {
    const ana = await aPatientPerson(t)
    const id = await book(ana, '2026-11-30T21:30:00Z')
    await t.db.owner.query(`
      with told as (
        insert into scheduling.appointment (patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, status, booked_at, booked_by, booked_as)
        select patient_id, visit_type_id, resource_id, location_id, mode, starts_at - n * interval '1 second', ends_at, status, booked_at, booked_by, booked_as from scheduling.appointment, generate_series(1, 500) as n where id = $1
        returning id, patient_id)
      insert into scheduling.reminder (appointment_id, patient_id, version, touch, at, told) select id, patient_id, 1, '3-days', now(), 1 from told`, [id])
    t.setNow('2026-11-28T16:00:00Z')
    assert.equal(await remind(), 1)
  })
})
