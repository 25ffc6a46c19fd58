import { hash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { from as copyFrom } from 'pg-copy-streams'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { deriveColumns } from './derive-columns.ts'
import type { Loose } from './explain/read-loosely.ts'
import { readIdentity, readReference, type Identity } from './read-identity.ts'

/** A resource as it came in, read and not yet kept. */
export type Incoming = { file: string; position: number; fhirType: string; sourceId: string; alias: string | null; lastUpdated: string | null; text: string; resource: Loose }
/** The same, ready for the database: its columns as COPY wants them, its text as it came. What was parsed is let go, so that a batch weighs what its text weighs. */
export type Prepared = { file: string; position: number; fhirType: string; sourceId: string; columns: string; text: string; identity: Identity | null }

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const special = /[\\\n\r\t]/
const escape = (text: string): string => (special.test(text) ? text.replace(/[\\\n\r\t]/g, found => escapes[found]!) : text)
const cell = (value: string | number | boolean | null): string => (value === null ? '\\N' : typeof value === 'string' ? escape(value) : String(value))
const list = (values: readonly string[]): string => (values.length === 0 ? '{}' : `{${values.map(value => `"${value.replace(/["\\]/g, found => `\\${found}`)}"`).join(',')}}`)
const idsOf = (references: readonly string[]) => list(references.map(reference => readReference(reference).id))

const copied = 'seq, fhir_type, source_id, alias, last_updated, sha, place, kind, code, name, unit, lab, value, is_outside, happened_at, status, is_fact, is_restricted, patient_refs, test_refs, test_count, author, new_id, version_id, body'
const tables = `
  create temporary table if not exists staged (
    seq integer, fhir_type text, source_id text, alias text, last_updated timestamptz, sha bytea, place text, kind text, code text, name text, unit text, lab text, value numeric,
    is_outside boolean, happened_at timestamptz, status text, is_fact boolean, is_restricted boolean, patient_refs text[], test_refs text[], test_count integer, author text, new_id uuid, version_id uuid, body jsonb
  ) on commit delete rows;
  create temporary table if not exists kept (
    seq integer, resource_id uuid, version_id uuid, alias text, is_new boolean, is_new_version boolean, is_due boolean, was_derived boolean
  ) on commit delete rows;
  create temporary table if not exists reached (seq integer, source_patient uuid, patient_id uuid, item_id uuid default uuidv7()) on commit delete rows;
  delete from staged; delete from kept; delete from reached`

export function prepare(incoming: Incoming): Prepared {
  const { file, position, fhirType, sourceId, text } = incoming
  const columns = deriveColumns(incoming.resource)
  return {
    file, position, fhirType, sourceId, text,
    identity: fhirType === 'Patient' ? readIdentity(incoming.resource) : null,
    columns: [
      fhirType, sourceId, incoming.alias, incoming.lastUpdated, `\\x${hash('sha256', text, 'hex')}`,
      columns.place?.table ?? null, columns.place?.kind ?? null, columns.code, columns.name, columns.unit, columns.lab, columns.value, columns.isOutside, columns.happenedAt, columns.status,
      columns.isFact, columns.isRestricted, idsOf(columns.patientRefs), idsOf(columns.testRefs), columns.testRefs.length, columns.author,
    ].map(cell).join('\t'),
  }
}

/** The first ids of a batch's resources and versions. Its rows count on from them, so that what came later is greater. Nobody has an address into either table. */
export type Ids = { resource: string; version: string }
/** Some of a batch: its rows from the `from`th on. */
export type Part = { ids: Ids; from: number; rows: readonly Prepared[] }

export async function takeIds(ctx: Ctx<SystemActor>): Promise<Ids> {
  const { rows } = await sql<Ids>`select uuidv7() as resource, uuidv7() as version`.execute(ctx.db.kysely)
  return rows[0]!
}
const counted = (id: string, place: number) => id.slice(0, -8) + place.toString(16).padStart(8, '0')

function* inBlocks({ rows, ids, from }: Part): Generator<Buffer> {
  let block = ''
  for (const [seq, { columns, text }] of rows.entries()) {
    block += `${seq}\t${columns}\t${counted(ids.resource, from + seq)}\t${counted(ids.version, from + seq)}\t${escape(text)}\n`
    if (block.length > 262_144) { yield Buffer.from(block); block = '' }
  }
  if (block) yield Buffer.from(block)
}

/**
 * Brings rows into tables of this connection's own (`staged`, and the empty `kept` and `reached`), where set-based statements take them up;
 * the protected tables take no COPY. They are empty again when the transaction ends.
 */
export async function stage(tx: Ctx<SystemActor>, part: Part): Promise<void> {
  const { client } = tx.db
  if (!client) throw new Error('staging needs a transaction')
  await client.query(tables)
  await pipeline(Readable.from(inBlocks(part)), client.query(copyFrom(`copy staged (${copied}) from stdin`)))
  await client.query('analyze staged (seq, fhir_type, source_id, place, is_fact)')   // a table the planner knows nothing of is joined row by row
}
