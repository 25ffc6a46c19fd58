import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { from as copyFrom } from 'pg-copy-streams'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { deriveColumns, type Columns } from './derive-columns.ts'
import { deriveItems } from './derive-items.ts'
import type { Loose } from './explain/read-loosely.ts'
import { linkPatient } from './link-patient.ts'
import { readIdentity, readReference } from './read-identity.ts'

/** A resource as it came in, read and not yet kept. */
export type Incoming = { file: string; position: number; fhirType: string; sourceId: string; alias: string | null; lastUpdated: string | null; text: string; resource: Loose }
export type Run = { id: string; source: string }
export type BatchOutcome = { newVersions: number; patients: Map<string, number> }

/** Names that others point at. They hold nothing about a patient. */
const directoryTypes: ReadonlySet<string> = new Set(['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Medication', 'HealthcareService', 'Device'])

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const cell = (value: string | number | boolean | null): string =>
  value === null ? '\\N' : typeof value === 'string' ? value.replace(/[\\\n\r\t]/g, found => escapes[found]!) : String(value)
const list = (values: readonly string[]): string => `{${values.map(value => `"${value.replace(/["\\]/g, found => `\\${found}`)}"`).join(',')}}`

function row(seq: number, incoming: Incoming, columns: Columns): string {
  const refs = columns.patientRefs.map(reference => readReference(reference).id)
  return [
    seq, incoming.fhirType, incoming.sourceId, incoming.alias, incoming.lastUpdated, incoming.text, `\\x${createHash('sha256').update(incoming.text).digest('hex')}`,
    columns.place?.table ?? null, columns.place?.kind ?? null, columns.code, columns.name, columns.unit, columns.lab, columns.value, columns.isOutside, columns.happenedAt, columns.status,
    columns.isFact, columns.isRestricted, list(refs), columns.testRefs.length, columns.author,
  ].map(cell).join('\t') + '\n'
}

/** Brings rows into a table of this transaction's own; the protected tables take no COPY. */
export async function stage(tx: Ctx<SystemActor>, rows: readonly { incoming: Incoming; columns: Columns }[]): Promise<void> {
  const { client } = tx.db
  if (!client) throw new Error('staging needs a transaction')
  await client.query(`
    create temporary table if not exists staged (
      seq integer, fhir_type text, source_id text, alias text, last_updated timestamptz, body jsonb, sha bytea,
      place text, kind text, code text, name text, unit text, lab text, value numeric, is_outside boolean, happened_at timestamptz, status text,
      is_fact boolean, is_restricted boolean, patient_refs text[], test_count integer, author text
    ) on commit drop;
    create temporary table if not exists kept (seq integer, resource_id uuid, version_id uuid) on commit drop;
    truncate staged, kept`)
  const copy = client.query(copyFrom('copy staged (seq, fhir_type, source_id, alias, last_updated, body, sha, place, kind, code, name, unit, lab, value, is_outside, happened_at, status, is_fact, is_restricted, patient_refs, test_count, author) from stdin'))
  await pipeline(Readable.from(inBlocks(rows)), copy)
  await client.query('analyze staged')   // a table the planner knows nothing of is joined row by row
}

function* inBlocks(rows: readonly { incoming: Incoming; columns: Columns }[]): Generator<Buffer> {
  let block = ''
  for (const [seq, { incoming, columns }] of rows.entries()) {
    block += row(seq, incoming, columns)
    if (block.length > 262_144) { yield Buffer.from(block); block = '' }
  }
  if (block) yield Buffer.from(block)
}

/** Keeps a batch: each resource once, each version once, the newest one current; then what pages need of it. One transaction. */
export async function storeBatch(tx: Ctx<SystemActor>, run: Run, batch: readonly Incoming[]): Promise<BatchOutcome> {
  await sql`select pg_advisory_xact_lock(hashtext('records.import'))`.execute(tx.db.kysely)
  await stage(tx, batch.map(incoming => ({ incoming, columns: deriveColumns(incoming.resource) })))
  await sql`
    insert into records.resource (source, fhir_type, source_id, alias)
    select distinct on (fhir_type, source_id) ${run.source}, fhir_type, source_id, alias
    from staged
    order by fhir_type, source_id, alias nulls last
    on conflict (source, fhir_type, source_id) do nothing
  `.execute(tx.db.kysely)
  await sql`
    insert into kept (seq, resource_id)
    select s.seq, r.id
    from staged s
    join records.resource r on r.source = ${run.source} and r.fhir_type = s.fhir_type and r.source_id = s.source_id
  `.execute(tx.db.kysely)
  await tx.db.client!.query('analyze kept')
  const added = await sql`
    insert into records.version (resource_id, last_updated, body, body_sha256, received_at, run_id)
    select distinct on (k.resource_id, s.sha) k.resource_id, s.last_updated, s.body, s.sha, ${tx.now()}, ${run.id}::uuid
    from staged s join kept k on k.seq = s.seq
    order by k.resource_id, s.sha, s.seq
    on conflict (resource_id, body_sha256) do nothing
  `.execute(tx.db.kysely)
  await chooseCurrent(tx)
  await fillDirectory(tx, run)
  await linkPatients(tx, run, batch)
  const patients = await deriveItems(tx, run)
  return { newVersions: Number(added.numAffectedRows ?? 0), patients }
}

/** The newest by the source's own date, then by arrival. One that arrives late becomes history. What is not to be derived leaves `kept`. */
async function chooseCurrent(tx: Ctx): Promise<void> {
  await sql`
    update records.resource r set current_version = newest.id
    from (
      select distinct on (v.resource_id) v.resource_id, v.id
      from records.version v
      where v.resource_id in (select resource_id from kept)
      order by v.resource_id, v.last_updated desc nulls last, v.id desc
    ) newest
    where r.id = newest.resource_id and r.current_version is distinct from newest.id
  `.execute(tx.db.kysely)
  await sql`
    with current as (
      select distinct on (k.resource_id) k.seq, v.id as version_id
      from kept k
      join staged s on s.seq = k.seq
      join records.resource r on r.id = k.resource_id
      join records.version v on v.id = r.current_version and v.body_sha256 = s.sha
      where r.derived_version is distinct from r.current_version
      order by k.resource_id, k.seq desc
    )
    update kept k set version_id = current.version_id
    from current
    where current.seq = k.seq
  `.execute(tx.db.kysely)
  await sql`delete from kept where version_id is null`.execute(tx.db.kysely)
}

async function fillDirectory(tx: Ctx, run: Run): Promise<void> {
  await sql`
    insert into records.directory as d (source, fhir_type, source_id, alias, name, body)
    select ${run.source}, s.fhir_type, s.source_id, s.alias,
      coalesce(
        nullif(trim(concat_ws(' ', s.body #>> '{name,0,prefix,0}', s.body #>> '{name,0,given,0}', s.body #>> '{name,0,family}')), ''),
        s.body #>> '{name,0,text}', case when jsonb_typeof(s.body -> 'name') = 'string' then s.body ->> 'name' end, s.body #>> '{code,text}', s.body #>> '{code,coding,0,display}', s.name),
      case when s.fhir_type = 'Medication' then s.body end
    from staged s join kept k on k.seq = s.seq
    where s.fhir_type = any (${[...directoryTypes]}::text[])
    on conflict (source, fhir_type, source_id) do update set alias = coalesce(excluded.alias, d.alias), name = excluded.name, body = excluded.body
  `.execute(tx.db.kysely)
}

async function linkPatients(tx: Ctx<SystemActor>, run: Run, batch: readonly Incoming[]): Promise<void> {
  const { rows } = await sql<{ seq: number; resource_id: string }>`select s.seq, k.resource_id from staged s join kept k on k.seq = s.seq where s.fhir_type = 'Patient' order by s.seq`.execute(tx.db.kysely)
  for (const { seq, resource_id } of rows) await linkPatient(tx, resource_id, readIdentity(batch[seq]!.resource))
}
