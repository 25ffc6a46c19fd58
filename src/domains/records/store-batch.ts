import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { deriveItems, isDerivable } from './derive-items.ts'
import { linkPatients } from './link-patients.ts'
import { ownNumber } from './read-identity.ts'
import { stage, type Part, type Prepared } from './stage-batch.ts'

export type Run = { id: string; source: string }
export type BatchOutcome = { newVersions: number; patients: Map<string, number> }
type Decided = { rows: number; versions: number; due: number; dueAgain: number; known: number }

/** What others point at: who wrote it, where it was, what was given. It holds nothing about a patient. */
const directoryTypes: ReadonlySet<string> = new Set(['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Medication', 'HealthcareService', 'Device'])

/**
 * Keeps a batch: each resource once, each version once, the newest one current; then what pages need of it. One transaction.
 * It is staged at once, beside the batch before it, and goes on when that one is kept (`before`): they are kept in the order in which they came.
 */
export async function storeBatch(tx: Ctx<SystemActor>, run: Run, part: Part, before: Promise<unknown>): Promise<BatchOutcome> {
  const batch = part.rows
  await stage(tx, part)
  await before
  await sql`select pg_advisory_xact_lock(hashtext('records.import'))`.execute(tx.db.kysely)
  const decided = await decide(tx, run)
  if (decided.rows === 0) return { newVersions: 0, patients: new Map() }
  if (batch.some(({ identity }) => identity)) {
    await keepResources(tx, run, decided, { isPatient: true })
    await linkStaged(tx, run, batch)
  }
  if (batch.some(({ fhirType }) => directoryTypes.has(fhirType))) await fillDirectory(tx, run)
  const patients = await deriveItems(tx, run, {
    isAgain: decided.dueAgain > 0, isAllNew: decided.known === 0,
    keepResources: () => keepResources(tx, run, decided, { isPatient: false }).then(() => keepVersions(tx, run, decided)),
  })
  return { newVersions: decided.versions, patients }
}

/**
 * Fills `kept` with what a batch changes: which resources and versions are new, and which version is current now: the newest by the source's
 * own date, then by arrival, so that one that arrives late becomes history. What is known already does not come in.
 */
async function decide(tx: Ctx, run: Run): Promise<Decided> {
  const { rows } = await sql<Decided>`
    with named as (
      select s.seq, s.fhir_type, s.source_id, s.sha, s.version_id, coalesce(s.last_updated, '-infinity') as updated,
        min(s.alias) over same as alias, first_value(s.new_id) over same as new_id,
        first_value(s.version_id) over (partition by s.fhir_type, s.source_id, s.sha order by s.seq) as first_version
      from staged s
      window same as (partition by s.fhir_type, s.source_id)
    ), found as (
      select n.seq, n.alias, n.updated, n.version_id = n.first_version as is_first, coalesce(r.id, n.new_id) as resource_id, r.id is null as is_new,
        v.id is null as is_new_version, coalesce(v.id, n.first_version) as version_id, r.current_version, r.derived_version, coalesce(c.last_updated, '-infinity') as current_updated
      from named n
      -- Row by row through the index, however large the tables are: the planner cannot see through the wall how many it would find.
      left join lateral (select id, current_version, derived_version from records.resource where source = ${run.source} and fhir_type = n.fhir_type and source_id = n.source_id limit 1) r on true
      left join lateral (select id from records.version where resource_id = r.id and body_sha256 = n.sha limit 1) v on true
      left join lateral (select last_updated from records.version where id = r.current_version limit 1) c on true
    ), ranked as (
      select found.*, first_value(version_id) over newest as top, first_value(updated) over newest as top_updated
      from found
      window newest as (partition by resource_id order by updated desc, version_id desc)
    ), decided as (
      select ranked.*, case when current_version is null or (top_updated, top) > (current_updated, current_version) then top else current_version end as chosen
      from ranked
      where is_first
    ), added as (
      insert into kept (seq, resource_id, version_id, alias, is_new, is_new_version, is_due, was_derived)
      select seq, resource_id, version_id, alias, is_new, is_new_version, version_id = chosen and derived_version is distinct from chosen, derived_version is not null
      from decided
      where is_new_version or (version_id = chosen and derived_version is distinct from chosen)
      returning is_new, is_new_version, is_due, was_derived
    )
    select count(*)::int as rows, (count(*) filter (where is_new_version))::int as versions, (count(*) filter (where is_due))::int as due,
      (count(*) filter (where is_due and was_derived))::int as "dueAgain", (count(*) filter (where not is_new))::int as known
    from added
  `.execute(tx.db.kysely)
  await tx.db.client!.query('analyze kept')
  return rows[0]!
}

/** Each resource is written once, with its current version and whether that is derived: a row changed again is a row written again, in every index. */
async function keepResources(tx: Ctx, run: Run, { known }: Decided, { isPatient }: { isPatient: boolean }): Promise<void> {
  await sql`
    insert into records.resource (id, source, fhir_type, source_id, alias, current_version, derived_version)
    select k.resource_id, ${run.source}, s.fhir_type, s.source_id, k.alias, k.version_id, case when ${isDerivable} then k.version_id end
    from kept k join staged s on s.seq = k.seq
    where k.is_new and k.is_due and (s.fhir_type = 'Patient') = ${isPatient}
    order by k.resource_id
  `.execute(tx.db.kysely)
  if (known > 0) await markCurrent(tx, { isPatient })
}

/** Of resources that were here before: the version that is current now, and whether that is derived. */
export async function markCurrent(tx: Ctx, { isPatient }: { isPatient: boolean }): Promise<void> {
  await sql`
    update records.resource r set current_version = k.version_id, gone_at = null, derived_version = case when ${isDerivable} then k.version_id else r.derived_version end
    from kept k join staged s on s.seq = k.seq
    where r.id = k.resource_id and k.is_due and not k.is_new and (s.fhir_type = 'Patient') = ${isPatient}
      and (r.current_version is distinct from k.version_id or ${isDerivable})
  `.execute(tx.db.kysely)
}

async function keepVersions(tx: Ctx, run: Run, { versions }: Decided): Promise<void> {
  if (versions === 0) return
  await sql`
    insert into records.version (id, resource_id, last_updated, body, body_sha256, received_at, run_id)
    select k.version_id, k.resource_id, s.last_updated, s.body, s.sha, ${tx.now()}, ${run.id}::uuid
    from kept k join staged s on s.seq = k.seq
    where k.is_new_version
    order by k.version_id
  `.execute(tx.db.kysely)
}

/**
 * What goes along with a copy of the record that points at it: the resource as it came, but nothing of a clinician's private life, and no
 * device that is one patient's.
 */
const goesAlong = sql`
  case when s.fhir_type = 'Practitioner' then (s.body - array['birthDate', 'photo', 'text', 'contained', 'telecom', 'address']) || jsonb_strip_nulls(jsonb_build_object(
      'telecom', nullif(jsonb_path_query_array(s.body, '$.telecom[*] ? (!exists(@.use ? (@ == "home" || @ == "mobile")))'), '[]'),
      'address', nullif(jsonb_path_query_array(s.body, '$.address[*] ? (!exists(@.use ? (@ == "home")))'), '[]')))
    when s.fhir_type <> 'Device' then s.body end`

async function fillDirectory(tx: Ctx, run: Run): Promise<void> {
  await sql`
    insert into records.directory as d (source, fhir_type, source_id, alias, name, body)
    select ${run.source}, s.fhir_type, s.source_id, s.alias,
      coalesce(
        nullif(trim(concat_ws(' ', s.body #>> '{name,0,prefix,0}', s.body #>> '{name,0,given,0}', s.body #>> '{name,0,family}')), ''),
        s.body #>> '{name,0,text}', case when jsonb_typeof(s.body -> 'name') = 'string' then s.body ->> 'name' end, s.body #>> '{code,text}', s.body #>> '{code,coding,0,display}', s.name),
      ${goesAlong}
    from staged s join kept k on k.seq = s.seq
    where k.is_due and s.fhir_type = any (${[...directoryTypes]}::text[])
    on conflict (source, fhir_type, source_id) do update set alias = coalesce(excluded.alias, d.alias), name = excluded.name, body = excluded.body
  `.execute(tx.db.kysely)
}

async function linkStaged(tx: Ctx<SystemActor>, run: Run, batch: readonly Prepared[]): Promise<void> {
  const { rows } = await sql<{ seq: number; resource_id: string }>`
    select s.seq, k.resource_id from kept k join staged s on s.seq = k.seq where k.is_due and s.fhir_type = 'Patient' order by s.seq
  `.execute(tx.db.kysely)
  await linkPatients(tx, rows.map(({ seq, resource_id }) => ({ resourceId: resource_id, identity: ownNumber(batch[seq]!.identity!, run.source) })))
}
