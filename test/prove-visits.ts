import { randomUUID } from 'node:crypto'
import type { TestHouse } from '#test/ctx.ts'
import { aPatientPerson } from '#test/people.ts'

/** How a job is given something to do, and what it has done so far: never more than once for each. */
export type Proof = { prepare: () => Promise<Record<string, string>>; done: () => Promise<unknown>; once: unknown }
type Wish = { test: () => TestHouse; count: (from: string, values?: unknown[]) => Promise<number> }

/** A place, a room there and a kind of visit. */
async function aBookablePlace({ db }: TestHouse, number: number): Promise<{ id: string }[]> {
  const { rows: [place] } = await db.owner.query("insert into practice.location (slug, name, street, city, region, postal_code, zone, place) values ($1, 'A place', '1 Way', 'Town', 'VT', '05999', 'America/New_York', 0) returning id", [`place-${number}`])
  const { rows: [room] } = await db.owner.query("insert into scheduling.resource (kind, name, location_id) values ('room', 'A room', $1) returning id", [place.id])
  const { rows: [type] } = await db.owner.query("insert into scheduling.visit_type (name_en, duration_minutes, modes, who) values ('Visit', 30, '{in-person}', 'anyone') returning id")
  return [place, room, type]
}

/** The jobs of the schedule. */
export function visitProofs({ test, count }: Wish): Record<string, Proof> {
  let lifeOf = '', taskId = '', counted = 0
  return {
  ...Object.fromEntries((['remind', 'tell'] as const).map((which): [string, Proof] => [`scheduling.${which}`, {
    async prepare() {
      // Some days on, at an hour at which reminders go out; before anybody is made, whose rights begin now.
      test().setNow(`${new Date(test().house.now().getTime() + 4 * 86_400_000).toISOString().slice(0, 10)}T16:00:00Z`)
      const person = await aPatientPerson(test())
      const [place, room, type] = await aBookablePlace(test(), counted++)
      const soon = new Date(test().house.now().getTime() + 86_000_000)
      const { rows: [visit] } = await test().db.owner.query(`insert into scheduling.appointment (patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, booked_at, booked_as)
        values ($1, $2, $3, $4, 'in-person', $5, $5::timestamptz + interval '30 minutes', '2026-01-01', 'staff') returning id`, [person.patientId, type!.id, room!.id, place!.id, soon])
      lifeOf = person.personId
      taskId = visit.id
      return which === 'tell' ? { appointmentId: visit.id } : {}
    },
    done: async () => [await count('scheduling.reminder where appointment_id = $1', [taskId]), await count('platform.mail where person_id = $1', [lifeOf])],
    once: [1, 1],
  }])),
  'scheduling.copied': {
    async prepare() {
      const [person, [place, room, type]] = [await aPatientPerson(test()), await aBookablePlace(test(), counted++)]
      const { rows: [{ id }] } = await test().db.owner.query(`insert into scheduling.appointment (patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, booked_at, booked_as)
        values ($1, $2, $3, $4, 'in-person', $5, $5::timestamptz + interval '30 minutes', '2026-01-01', 'staff') returning id`, [person.patientId, type!.id, room!.id, place!.id, new Date(test().house.now().getTime() + 86_000_000)])
      await test().db.owner.query("insert into scheduling.copy_line (appointment_id, what, opened_at, due_at, done_at, done_because) values ($1, 'book', $2, $2, $2, 'ehr')", [id, test().house.now()])
      await test().db.owner.query("insert into work.task (kind, title, pool, subject_type, subject_id, opened_at, due_at) values ('copy-to-ehr', 'Copy', 'front-desk', 'appointment', $1, $2, $2::timestamptz + interval '1 hour')", [id, test().house.now()])
      taskId = id
      return { appointmentId: id }
    },
    done: async () => [await count('work.task where subject_id = $1 and done_at is not null', [taskId]), await count("work.task_step s join work.task t on t.id = s.task_id where t.subject_id = $1 and s.step = 'done'", [taskId])],
    once: [1, 1],
  },
  'scheduling.tell-received': {
    async prepare() {
      const person = await aPatientPerson(test())
      test().setNow(`2027-07-${10 + counted++ % 15}T15:00:00Z`)
      await test().db.owner.query("insert into scheduling.calendar (source, reminds) values ('ehr', true) on conflict do nothing")
      const { rows: [visit] } = await test().db.owner.query(`insert into scheduling.received (record_id, source, source_patient, patient_id, starts_at, ends_at, status, with_ids, with_name, place_name, what, numbers, is_restricted, first_at)
        values (gen_random_uuid(), 'ehr', gen_random_uuid(), $1, $2, $2::timestamptz + interval '30 minutes', 'booked', '{}', 'Dr. Harrow', '', '', '{}', false, '2026-01-01') returning id`, [person.patientId, new Date(test().house.now().getTime() + 86_000_000)])
      lifeOf = person.personId
      taskId = visit.id
      return { visitId: visit.id }
    },
    done: async () => [await count('scheduling.received_told where visit_id = $1', [taskId]), await count('platform.mail where person_id = $1', [lifeOf])],
    once: [1, 1],
  },
  'scheduling.settle': {
    async prepare() {
      await test().db.owner.query('delete from scheduling.calendar')
      const [person, [place, room, type]] = [await aPatientPerson(test()), await aBookablePlace(test(), counted++)]
      const soon = new Date(test().house.now().getTime() + 86_000_000)
      const { rows: [visit] } = await test().db.owner.query(`insert into scheduling.appointment (patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, status, confirm_by, version, booked_at, booked_as)
        values ($1, $2, $3, $4, 'in-person', $5, $5::timestamptz + interval '30 minutes', 'requested', $5, 2, '2026-01-01', 'patient') returning id`, [person.patientId, type!.id, room!.id, place!.id, soon])
      await test().db.owner.query("insert into work.task (kind, title, body, patient_id, subject_type, subject_id, pool, opened_at, due_at) values ('visit-request', 'Old', '', $1, 'appointment', $2, 'front-desk', $3, $4)",
        [person.patientId, visit.id, test().house.now(), new Date(test().house.now().getTime() + 1_000)])
      taskId = visit.id
      return { appointmentId: visit.id, version: '2' }
    },
    done: async () => [await count("work.task where subject_id = $1 and done_at is null and due_at > $2", [taskId, new Date(test().house.now().getTime() + 60_000)]), await count("work.task where subject_id = $1 and title = 'Old' and done_at is not null", [taskId])],
    once: [1, 1],
  },
  'scheduling.wait': {
    async prepare() {
      test().setNow(`${new Date(test().house.now().getTime() + 4 * 86_400_000).toISOString().slice(0, 10)}T16:00:00Z`)
      const [person, { owner }] = [await aPatientPerson(test()), test().db]
      await owner.query("insert into practice.profile (name, zone, goal, faces, changed_at) values ('A practice', 'America/New_York', 'engage', '{portal}', now()) on conflict do nothing")
      const { rows: [place] } = await owner.query("insert into practice.location (slug, name, street, city, region, postal_code, zone, place) values ($1, 'A place', '1 Way', 'Town', 'VT', '05999', 'America/New_York', 0) returning id", [`wait-${randomUUID()}`])
      const { rows: [who] } = await owner.query("insert into practice.clinician (slug, name, role_en, accepting, place) values ($1, 'Dr. One', 'Doctor', 'yes', 0) returning id", [`wait-${randomUUID()}`])
      const { rows: [resource] } = await owner.query("insert into scheduling.resource (kind, clinician_id) values ('clinician', $1) returning id", [who.id])
      const { rows: [type] } = await owner.query("insert into scheduling.visit_type (name_en, duration_minutes, modes, who) values ('Visit', 30, '{in-person}', 'anyone') returning id")
      await owner.query('insert into scheduling.need (visit_type_id, need, resource_id) values ($1, 0, $2)', [type.id, resource.id])
      for (let weekday = 1; weekday <= 7; weekday++) await owner.query('insert into scheduling.weekly_hours (resource_id, location_id, weekday, starts_minute, ends_minute) values ($1, $2, $3, 540, 570)', [resource.id, place.id, weekday])
      await owner.query("insert into scheduling.wait (patient_id, visit_type_id, mode, weekdays, parts, until_day, since, added_as) values ($1, $2, 'in-person', '{1,2,3,4,5,6,7}', '{morning}', $3, $4, 'staff')",
        [person.patientId, type.id, new Date(test().house.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10), test().house.now()])
      lifeOf = person.personId
      taskId = person.patientId
      return {}
    },
    done: async () => [await count('scheduling.wait_offer where patient_id = $1', [taskId]), await count('platform.mail where person_id = $1', [lifeOf])],
    once: [1, 1],
  },
  'scheduling.measure': {
    async prepare() {
      const owner = test().db.owner
      test().setNow(`2027-09-${10 + counted % 15}T15:00:00Z`)
      const [place, room, type] = await aBookablePlace(test(), counted++)
      await owner.query('insert into scheduling.need values ($1, 0, $2) on conflict do nothing', [type!.id, room!.id])
      const { rows: [visit] } = await owner.query(`insert into scheduling.appointment (patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, booked_at, booked_as)
        values (gen_random_uuid(), $1, $2, $3, 'in-person', $4, $4::timestamptz + interval '30 minutes', $4, 'staff') returning id`, [type!.id, room!.id, place!.id, test().house.now()])
      await owner.query("insert into scheduling.appointment_step (appointment_id, at, by_kind, step, version, starts_at) values ($1, $2, 'staff', 'booked', 1, $2)", [visit.id, test().house.now()])
      lifeOf = type!.id
      return {}
    },
    done: async () => [await count('scheduling.day_measure where visit_type_id = $1 and desk = 1', [lifeOf]), await count('scheduling.third_open where visit_type_id = $1', [lifeOf])],
    once: [1, 1],
  },
  'scheduling.sweep': {
    async prepare() {
      const [person, patient] = [randomUUID(), randomUUID()]
      const [place, room, type] = await aBookablePlace(test(), counted++)
      for (const minutes of [-1, 9]) {
        const { rows: [hold] } = await test().db.owner.query("insert into scheduling.hold (patient_id, person_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, expires_at) values ($1, $2, $3, $4, $5, 'in-person', '2027-01-05', '2027-01-06', $6) returning id",
          [patient, person, type!.id, room!.id, place!.id, new Date(test().house.now().getTime() + minutes * 60_000)])
        await test().db.owner.query("insert into scheduling.claim (booking_id, resource_id, seat, during, expires_at) values ($1, $2, $3, '[2027-01-05,2027-01-06)', $4)", [hold.id, room!.id, minutes + 1, new Date(test().house.now().getTime() + minutes * 60_000)])
      }
      lifeOf = patient
      return {}
    },
    done: async () => [await count('scheduling.hold where patient_id = $1', [lifeOf]), await count('scheduling.claim where booking_id in (select id from scheduling.hold where patient_id = $1)', [lifeOf]), await count('scheduling.claim where expires_at <= $1', [test().house.now()])],
    once: [1, 1, 0],
  },
  }
}
