import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import type { FactKind } from './derive-columns.ts'
import { parseKeepingDigits } from './explain/keep-digits.ts'
import { lookUpNames, type LookUp } from './look-up-names.ts'
import { after, type PageEnd } from './read-results.ts'

export type Fact = { id: string; resourceId: string; kind: FactKind; happenedAt: Date | null; receivedAt: Date; resource: unknown; look: LookUp }
type Row = { id: string; resource_id: string; kind: FactKind; source: string; happened_at: Date | null; received_at: Date; body: string }
const mostOfAKind = 300

/** Everything of these kinds that is so, newest first, three hundred of each at most. One event says what was looked at. */
export async function readFacts(ctx: Ctx, patientId: AuthorizedPatientId, kinds: readonly FactKind[], action: 'medicines.viewed' | 'record.viewed' | 'portal.viewed' = 'record.viewed'): Promise<Fact[]> {
  const { rows } = await sql<Row>`
    select f.id, f.resource_id, f.kind, f.source, f.happened_at, f.received_at, f.body::text as body
    from unnest(${[...kinds]}::text[]) as wanted (kind)
    cross join lateral (
      select id, resource_id, kind, source, happened_at, received_at, body
      from records.fact
      where patient_id = ${patientId}::uuid and kind = wanted.kind and is_fact
      order by happened_at desc nulls last, id desc
      limit ${mostOfAKind}
    ) f
  `.execute(ctx.db.kysely)
  const looks = new Map<string, LookUp>()
  for (const [source, of] of Map.groupBy(rows, row => row.source)) looks.set(source, await lookUpNames(ctx, source, of.map(row => row.body)))
  await audit(ctx, action, { patientId, kind: 'fact', detail: { count: rows.length } })
  return rows.map(row => ({ id: row.id, resourceId: row.resource_id, kind: row.kind, happenedAt: row.happened_at, receivedAt: row.received_at, resource: parseKeepingDigits(row.body), look: looks.get(row.source)! }))
}

export type NoteRow = { id: string; code: string | null; name: string; author: string | null; happenedAt: Date | null; status: string; receivedAt: Date }

export async function readNotes(ctx: Ctx, patientId: AuthorizedPatientId, { before }: { before?: PageEnd } = {}): Promise<{ rows: NoteRow[]; hasMore: boolean }> {
  const { rows } = await sql<NoteRow>`
    select id, code, name, author, happened_at as "happenedAt", status, received_at as "receivedAt"
    from records.note
    where patient_id = ${patientId}::uuid and is_fact
      ${after('records.note', before)}
    order by happened_at desc, id desc
    limit 51
  `.execute(ctx.db.kysely)
  await audit(ctx, 'notes.viewed', { patientId, kind: 'note', ids: rows.slice(0, 50).map(row => row.id) })
  return { rows: rows.slice(0, 50), hasMore: rows.length > 50 }
}

export type NoteFacts = NoteRow & { resourceId: string; source: string; resource: unknown; look: LookUp }

export async function readNote(ctx: Ctx, patientId: AuthorizedPatientId, id: string): Promise<NoteFacts> {
  const { rows } = await sql<NoteRow & { resourceId: string; source: string; body: string }>`
    select id, resource_id as "resourceId", code, name, author, happened_at as "happenedAt", status, received_at as "receivedAt", source, body::text as body
    from records.note
    where id = ${id}::uuid and patient_id = ${patientId}::uuid and is_fact
  `.execute(ctx.db.kysely)
  const row = rows[0]
  if (!row) throw new NotFound()
  await audit(ctx, 'notes.viewed', { patientId, kind: 'note', ids: [id] })
  const { body, ...facts } = row
  return { ...facts, resource: parseKeepingDigits(body), look: await lookUpNames(ctx, row.source, [body]) }
}

export type Addendum = { id: string; author: string | null; happenedAt: Date | null; resource: unknown }

/** What was added to a note after it was signed: notes of the same source that say they append to it, oldest first (N13). */
export async function readAddenda(ctx: Ctx, patientId: AuthorizedPatientId, note: Pick<NoteFacts, 'source' | 'resource'>): Promise<Addendum[]> {
  const own = (note.resource as { id?: string }).id
  if (!own) return []
  const { rows } = await sql<{ id: string; author: string | null; happenedAt: Date | null; body: string }>`
    select id, author, happened_at as "happenedAt", body::text as body
    from records.note
    where patient_id = ${patientId}::uuid and source = ${note.source} and is_fact and body -> 'relatesTo' @> ${JSON.stringify([{ code: 'appends', target: { reference: `DocumentReference/${own}` } }])}::jsonb
    order by happened_at, id
    limit 20
  `.execute(ctx.db.kysely)
  if (rows.length > 0) await audit(ctx, 'notes.viewed', { patientId, kind: 'note', ids: rows.map(row => row.id) })
  return rows.map(({ body, ...row }) => ({ ...row, resource: parseKeepingDigits(body) }))
}

/** One thing of the record besides results and notes. */
export async function readFact(ctx: Ctx, patientId: AuthorizedPatientId, id: string): Promise<Fact & { name: string }> {
  const { rows } = await sql<Row & { name: string }>`
    select id, resource_id, kind, source, name, happened_at, received_at, body::text as body
    from records.fact
    where id = ${id}::uuid and patient_id = ${patientId}::uuid and is_fact
  `.execute(ctx.db.kysely)
  const row = rows[0]
  if (!row) throw new NotFound()
  await audit(ctx, 'record.viewed', { patientId, kind: 'fact', ids: [id] })
  return { id: row.id, resourceId: row.resource_id, kind: row.kind, name: row.name, happenedAt: row.happened_at, receivedAt: row.received_at, resource: parseKeepingDigits(row.body), look: await lookUpNames(ctx, row.source, [row.body]) }
}

/** When the newest of these came: each page of the record says it of what it shows. */
export const lastCame = (shown: readonly { receivedAt: Date }[]): Date | undefined => shown.reduce<Date | undefined>((last, { receivedAt }) => (last && last >= receivedAt ? last : receivedAt), undefined)
