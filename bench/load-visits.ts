import type { BenchHouse } from './house.ts'
import { loadPatients } from './measure-records.ts'
import { giveSessions } from './sessions.ts'

const clinicians = 40
/** From eight to six, every day of the week, in visits of twenty minutes. */
const aDay = 30
export const daysAhead = 60

export type VisitBench = { type: string; quickType: string; place: string; resources: string[]; cookies: string[]; patients: string[]; others: string[]; past: number }

/** Forty clinicians whose days to come are full, and so many visits that are over, with their claims and their history; people who are signed in and may book. */
export async function loadVisits(house: BenchHouse, { past, people }: { past: number; people: number }): Promise<VisitBench> {
  const { rows: [{ next }] } = await house.owner.query("select 1 + count(*)::int as next from records.resource where source = 'bench' and fhir_type = 'Patient'")
  const patients = await loadPatients(house, people, next)
  await house.owner.query(`
    insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at)
    select person_id, patient_id, 'appointments', 'change', 'self', now() from platform.access_grant where patient_id = any ($1) and category = 'results' and verb = 'see'`, [patients])
  // Who has the days to come, and what bare SQL books, is not who books: nobody has more than six visits ahead that they booked themselves.
  const others = patients.splice(-20)
  const { rows } = await house.owner.query<{ patient_id: string; person_id: string }>("select patient_id, person_id from platform.access_grant where patient_id = any ($1) and category = 'results'", [patients])
  const cookies = await giveSessions(house, rows.map(row => ({ personId: row.person_id, name: 'Bench Person', roles: [], actingFor: row.patient_id })))
  const bench = { ...await plan(house), cookies, patients: rows.map(row => row.patient_id), others, past }
  await fill(house, bench)
  return bench
}

async function plan({ owner }: BenchHouse): Promise<Pick<VisitBench, 'type' | 'quickType' | 'place' | 'resources'>> {
  const { rows: [{ id: place }] } = await owner.query('select id from practice.location order by place limit 1')
  await owner.query("insert into practice.clinician (slug, name, role_en, place) select 'bench-' || n, 'Dr. Bench ' || n, 'Doctor', 1000 + n from generate_series(1, $1::int) as n", [clinicians])
  const { rows } = await owner.query<{ id: string }>("insert into scheduling.resource (kind, clinician_id) select 'clinician', id from practice.clinician where slug like 'bench-%' order by place returning id")
  const resources = rows.map(row => row.id)
  await owner.query("insert into scheduling.weekly_hours (resource_id, location_id, weekday, starts_minute, ends_minute) select r, $2, w, 480, 1080 from unnest($1::uuid[]) as r, generate_series(1, 7) as w", [resources, place])
  const { rows: types } = await owner.query<{ id: string }>(`insert into scheduling.visit_type (name_en, duration_minutes, align_minutes, lead_minutes, ahead_days, modes, who)
    values ('Bench visit', 20, 20, 0, $1, '{in-person}', 'established'), ('Quick bench visit', 5, 5, 0, 365, '{in-person}', 'established') returning id`, [daysAhead])
  await owner.query('insert into scheduling.need (visit_type_id, need, resource_id) select t, 0, r from unnest($1::uuid[]) as t, unnest($2::uuid[]) as r', [types.map(row => row.id), resources])
  await owner.query('update platform.content_version set version = version + 1')
  return { type: types[0]!.id, quickType: types[1]!.id, place, resources }
}

/** The days before today, as many as that takes, and all that can be booked ahead but the last five days. */
async function fill({ owner }: BenchHouse, { type, place, resources, patients, others, past }: VisitBench): Promise<void> {
  const client = await owner.connect()
  try {
    await client.query('begin')
    await client.query(`
      create temp table visit on commit drop as
      select gen_random_uuid() as id, ($1::uuid[])[1 + ((d + 100000)::bigint * 7919 + r * 104729 + s) % cardinality($1::uuid[])] as of_one, ($6::uuid[])[1 + ((d + 100000)::bigint * 7919 + r * 104729 + s) % cardinality($6::uuid[])] as of_another, resource, starts_at, ((d + 100000) * 31 + r * 17 + s) % 100 as dice, starts_at < now() as is_past
      from unnest($2::uuid[]) with ordinality as one (resource, r), generate_series(-$3::int, $4::int) as d, generate_series(0, ${aDay - 1}) as s,
        lateral (select (current_date + d + time '08:00' + s * interval '20 minutes') at time zone l.zone as starts_at from practice.location l where l.id = $5) as place`,
      [patients, resources, Math.ceil(past / clinicians / aDay), daysAhead - 5, place, others])
    await client.query(`
      insert into scheduling.appointment (id, patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, status, booked_at, booked_as)
      select id, case when is_past then of_one else of_another end, $1, resource, $2, 'in-person', starts_at, starts_at + interval '20 minutes', case when not is_past then 'booked' when dice < 8 then 'no-show' when dice < 16 then 'cancelled' else 'completed' end,
        starts_at - interval '20 days', case when dice % 3 = 0 then 'patient' else 'staff' end from visit`, [type, place])
    await client.query("insert into scheduling.appointment_step (appointment_id, at, by_kind, step, version, starts_at) select id, starts_at - interval '20 days', 'staff', 'booked', 1, starts_at from visit")
    await client.query("insert into scheduling.appointment_step (appointment_id, at, by_kind, step, version, starts_at) select id, starts_at - interval '2 days', 'staff', 'cancelled', 2, starts_at from visit where is_past and dice between 8 and 15")
    await client.query("insert into scheduling.claim (booking_id, resource_id, during) select id, resource, tstzrange(starts_at, starts_at + interval '20 minutes') from visit where not (is_past and dice between 8 and 15) order by resource, starts_at")
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
  for (const table of ['appointment', 'appointment_step', 'claim']) await owner.query(`vacuum (analyze) scheduling.${table}`)
}
