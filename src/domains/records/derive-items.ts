import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { outsideCount } from './count-outside.ts'
import { settleAppointments } from './settle-appointments.ts'
import { settleArrivals } from './settle-arrivals.ts'
import { settleOrders } from './settle-orders.ts'
import type { Run } from './store-batch.ts'

/** Whether a row of `staged` has nothing to wait for: it is about no patient, is shown nowhere, or a patient of its is known. */
export const isDerivable = sql`(s.place is null or cardinality(s.patient_refs) = 0 or exists (select from reached x where x.seq = s.seq))`

/** `isAgain`: some were derived before. `isAllNew`: no resource was here before, so that no item can be. */
type Wish = { isAgain: boolean; isAllNew: boolean; keepResources: () => Promise<void> }

/**
 * Derives what pages read from the rows of `staged`: one item for each patient whose compartment a resource is in. A resource whose
 * patient is not known yet waits (`derived_version` stays behind) until the end of the run. Returns how much changed for whom.
 */
export async function deriveItems(tx: Ctx<SystemActor>, run: Run, { isAgain, isAllNew, keepResources }: Wish): Promise<Map<string, number>> {
  await resolvePatients(tx, run)
  await keepResources()
  if (isAgain) {
    await loosenReports(tx)
    await forgetOldItems(tx)
  }
  await insertResults(tx, run, isAllNew)
  await insertNotes(tx, run, isAllNew)
  await insertFacts(tx, run, isAllNew)
  await settleArrivals(tx, run)
  await settleOrders(tx, run)
  await settleAppointments(tx, run)
  const { rows } = await sql<{ patient_id: string; count: number }>`
    select patient_id, count(*)::int as count from reached group by patient_id
  `.execute(tx.db.kysely)
  return new Map(rows.map(row => [row.patient_id, row.count]))
}

/** Whose compartments: the references of staged, through the source's patients, to the people they are linked to now. */
async function resolvePatients(tx: Ctx, run: Run): Promise<void> {
  await sql`
    insert into reached (seq, source_patient, patient_id)
    with refs as (
      select s.seq, ref
      from kept k
      join staged s on s.seq = k.seq
      cross join lateral unnest(s.patient_refs) as ref
      where k.is_due and s.place is not null
    ), wanted as materialized (
      select distinct ref from refs
    ), known as (
      select r.id, wanted.ref
      from wanted join records.resource r on r.source = ${run.source} and r.fhir_type = 'Patient' and r.source_id = wanted.ref
      union
      select r.id, wanted.ref
      from wanted join records.resource r on r.source = ${run.source} and r.fhir_type = 'Patient' and r.alias = wanted.ref
    ), people as materialized (
      select known.ref, known.id, link.patient_id
      from known join records.source_patient link on link.resource_id = known.id and link.ended_at is null
    )
    select distinct on (refs.seq, people.patient_id) refs.seq, people.id, people.patient_id
    from refs join people on people.ref = refs.ref
    order by refs.seq, people.patient_id
  `.execute(tx.db.kysely)
  await tx.db.client!.query('analyze reached')
}

/** A test that comes again may change what its report says: that report is tied anew at the end of the run. */
async function loosenReports(tx: Ctx): Promise<void> {
  await sql`
    update records.result report set is_tied = false
    from kept k join records.result t on t.resource_id = k.resource_id
    where k.is_due and k.was_derived and report.id = t.report_id and report.is_tied
  `.execute(tx.db.kysely)
}

/** Items of earlier versions that are no longer so: another patient, another kind. */
async function forgetOldItems(tx: Ctx): Promise<void> {
  for (const place of ['result', 'note', 'fact']) {
    await sql`
      delete from ${sql.table(`records.${place}`)} i
      using kept k join staged s on s.seq = k.seq
      where i.resource_id = k.resource_id and k.is_due and k.was_derived
        and (s.place is distinct from ${place} or not exists (select from reached x where x.seq = k.seq and x.patient_id = i.patient_id))
    `.execute(tx.db.kysely)
  }
}

// From when a patient may see it: at once, as long as it is a fact. What was seen stays dated from the first time.
const visibleAt = (tx: Ctx) => sql`case when s.is_fact then ${tx.now()}::timestamptz end`

/** A new report and its tests mostly come together: they are tied as they are written. The others are tied at the end of the run. */
async function insertResults(tx: Ctx, run: Run, isAllNew: boolean): Promise<void> {
  await sql`
    with listed as materialized (
      select x.item_id as report_id, x.patient_id, test
      from reached x
      join kept k on k.seq = x.seq
      join staged s on s.seq = x.seq
      cross join lateral unnest(s.test_refs) as test
      where k.is_new and s.kind = 'report' and s.is_fact
    ), named as (
      select l.report_id, l.patient_id, o.seq from listed l join staged o on o.fhir_type = 'Observation' and o.source_id = l.test where o.place = 'result'
      union
      select l.report_id, l.patient_id, o.seq from listed l join staged o on o.fhir_type = 'Observation' and o.alias = l.test where o.place = 'result'
    ), tied as materialized (
      select distinct on (n.seq, n.patient_id) n.seq, n.patient_id, n.report_id, o.is_fact, o.is_outside
      from named n
      join reached x on x.seq = n.seq and x.patient_id = n.patient_id
      join staged o on o.seq = n.seq
      order by n.seq, n.patient_id, n.report_id
    ), counted as (
      select report_id, count(*) as tests, ${outsideCount} as outside from tied t group by report_id
    )
    insert into records.result as i (id, resource_id, source, source_patient, patient_id, kind, code, name, unit, lab, value, is_outside, happened_at, status, report_id, test_count, outside_count, is_tied, is_fact, is_restricted, visible_at, received_at, body)
    select x.item_id, k.resource_id, ${run.source}, x.source_patient, x.patient_id, s.kind, s.code, s.name, s.unit, s.lab, s.value, s.is_outside, s.happened_at, s.status, t.report_id, s.test_count, c.outside,
      s.kind = 'test' or not s.is_fact or s.test_count <= coalesce(c.tests, 0), s.is_fact, s.is_restricted, ${visibleAt(tx)}, ${tx.now()}, s.body
    from reached x
    join kept k on k.seq = x.seq
    join staged s on s.seq = x.seq
    left join tied t on t.seq = x.seq and t.patient_id = x.patient_id
    left join counted c on c.report_id = x.item_id
    where s.place = 'result'
    order by x.item_id
    ${isAllNew ? sql`` : sql`on conflict (resource_id, patient_id) do update set
      source_patient = excluded.source_patient, kind = excluded.kind, code = excluded.code, name = excluded.name, unit = excluded.unit, lab = excluded.lab, value = excluded.value, is_outside = excluded.is_outside,
      happened_at = excluded.happened_at, status = excluded.status, report_id = coalesce(excluded.report_id, i.report_id), test_count = excluded.test_count, is_tied = excluded.is_tied,
      is_fact = excluded.is_fact, is_restricted = excluded.is_restricted, visible_at = case when excluded.is_fact then coalesce(i.visible_at, excluded.visible_at) end, body = excluded.body`}
  `.execute(tx.db.kysely)
}

async function insertNotes(tx: Ctx, run: Run, isAllNew: boolean): Promise<void> {
  await sql`
    insert into records.note as i (id, resource_id, source, source_patient, patient_id, code, name, author, happened_at, status, is_fact, is_restricted, visible_at, received_at, body)
    select x.item_id, k.resource_id, ${run.source}, x.source_patient, x.patient_id, s.code, s.name, s.author, s.happened_at, s.status, s.is_fact, s.is_restricted, ${visibleAt(tx)}, ${tx.now()}, s.body
    from reached x join kept k on k.seq = x.seq join staged s on s.seq = x.seq
    where s.place = 'note'
    order by x.item_id
    ${isAllNew ? sql`` : sql`on conflict (resource_id, patient_id) do update set
      source_patient = excluded.source_patient, code = excluded.code, name = excluded.name, author = excluded.author, happened_at = excluded.happened_at, status = excluded.status,
      is_fact = excluded.is_fact, is_restricted = excluded.is_restricted, visible_at = case when excluded.is_fact then coalesce(i.visible_at, excluded.visible_at) end, body = excluded.body`}
  `.execute(tx.db.kysely)
}

async function insertFacts(tx: Ctx, run: Run, isAllNew: boolean): Promise<void> {
  await sql`
    insert into records.fact as i (id, resource_id, source, source_patient, patient_id, kind, code, name, unit, value, happened_at, status, is_fact, is_restricted, visible_at, received_at, body)
    select x.item_id, k.resource_id, ${run.source}, x.source_patient, x.patient_id, s.kind, s.code, s.name, s.unit, s.value, s.happened_at, s.status, s.is_fact, s.is_restricted, ${visibleAt(tx)}, ${tx.now()}, s.body
    from reached x join kept k on k.seq = x.seq join staged s on s.seq = x.seq
    where s.place = 'fact'
    order by x.item_id
    ${isAllNew ? sql`` : sql`on conflict (resource_id, patient_id) do update set
      source_patient = excluded.source_patient, kind = excluded.kind, code = excluded.code, name = excluded.name, unit = excluded.unit, value = excluded.value, happened_at = excluded.happened_at,
      status = excluded.status, is_fact = excluded.is_fact, is_restricted = excluded.is_restricted, visible_at = case when excluded.is_fact then coalesce(i.visible_at, excluded.visible_at) end, body = excluded.body`}
  `.execute(tx.db.kysely)
}
