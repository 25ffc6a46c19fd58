import { hash } from 'node:crypto'
import { auditMany } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotAllowed } from '#platform/errors.ts'
import { deriveWaiting } from './derive-waiting.ts'
import { takeIds, type Part, type Prepared } from './stage-batch.ts'
import { storeBatch, type Run } from './store-batch.ts'
import { tieReports } from './tie-reports.ts'

export type Unusable = { file: string; position: number; fhirType: string | null; sourceId: string | null; reason: string; excerpt: string }
/** Kept as it came, but something in it should be looked at. What it says is in the record already. */
export type Odd = Omit<Unusable, 'excerpt'>
type Kept = { newVersions: number; unusable: Unusable[] }
export type ImportTally = { read: number; newVersions: number; parked: number; patients: number }

export function beginRun(ctx: Ctx<SystemActor>, source: string): Promise<Run> {
  if (!/^[a-z0-9][a-z0-9._-]{0,59}$/.test(source)) throw new NotAllowed('a source is a short name in small letters')
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<{ id: string }>`insert into records.import_run (source, started_at) values (${source}, ${tx.now()}) returning id`.execute(tx.db.kysely)
    return { id: rows[0]!.id, source }
  })
}

/**
 * Keeps a batch in one transaction, after the one before. If the database will not take it, it is halved until the one that cannot be kept
 * stands alone and is parked with the reason: one bad resource never costs a good one.
 */
export async function keepBatch(ctx: Ctx<SystemActor>, run: Run, batch: readonly Prepared[], { touched, before }: { touched: Map<string, number>; before: Promise<unknown> }): Promise<Kept> {
  return keepPart(ctx, run, { ids: await takeIds(ctx), from: 0, rows: batch }, { touched, before })
}

async function keepPart(ctx: Ctx<SystemActor>, run: Run, part: Part, among: { touched: Map<string, number>; before: Promise<unknown> }): Promise<Kept> {
  const { rows, ids, from } = part
  if (rows.length === 0) return { newVersions: 0, unusable: [] }
  try {
    const { newVersions, patients } = await inTransaction(ctx, tx => storeBatch(tx, run, part, among.before))
    for (const [patientId, count] of patients) among.touched.set(patientId, (among.touched.get(patientId) ?? 0) + count)
    return { newVersions, unusable: [] }
  } catch (error) {
    const code = (error as { code?: unknown }).code
    if (typeof code !== 'string' || !/^(22|23|54)/.test(code)) throw error   // not about the data: the run stops, and can be run again
    await among.before
    if (rows.length > 1) {
      const half = Math.ceil(rows.length / 2)
      const first = await keepPart(ctx, run, { ids, from, rows: rows.slice(0, half) }, among)
      const second = await keepPart(ctx, run, { ids, from: from + half, rows: rows.slice(half) }, among)
      return { newVersions: first.newVersions + second.newVersions, unusable: [...first.unusable, ...second.unusable] }
    }
    const { file, position, fhirType, sourceId, text } = rows[0]!
    const reason = code === '22P05' || code === '22P02' ? 'holds a character that cannot be stored' : `cannot be stored (${code})`
    return { newVersions: 0, unusable: [{ file, position, fhirType, sourceId, reason, excerpt: text.slice(0, 500) }] }
  }
}

const printable = (text: string, most: number) => text.replaceAll('\0', '').toWellFormed().slice(0, most)

/** Puts aside what cannot be used, and names what is odd though it is kept, with the reason, for staff. The same thing twice is one row. */
export function park(ctx: Ctx<SystemActor>, run: Run, unusable: readonly Unusable[], odd: readonly Odd[] = []): Promise<void> {
  if (unusable.length + odd.length === 0) return Promise.resolve()
  const rows = [...unusable.map(one => ({ ...one, isKept: false })), ...odd.map(one => ({ ...one, excerpt: '', isKept: true }))].map(one => ({
    is_kept: one.isKept,
    file: printable(one.file, 300), position: one.position, fhir_type: one.fhirType && printable(one.fhirType, 80), source_id: one.sourceId && printable(one.sourceId, 300), reason: one.reason, excerpt: printable(one.excerpt, 2_000),
    fingerprint: hash('sha256', JSON.stringify([one.reason, one.fhirType, one.sourceId, one.excerpt]), 'hex'),
  }))
  return inTransaction(ctx, async tx => {
    await sql`
      insert into records.parked (run_id, source, file, position, fhir_type, source_id, reason, excerpt, is_kept, parked_at, fingerprint)
      select ${run.id}::uuid, ${run.source}, w.file, w.position, w.fhir_type, w.source_id, w.reason, w.excerpt, w.is_kept, ${tx.now()}, decode(w.fingerprint, 'hex')
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (file text, position bigint, fhir_type text, source_id text, reason text, excerpt text, is_kept boolean, fingerprint text)
      on conflict (source, fingerprint) do nothing
    `.execute(tx.db.kysely)
  })
}

/** Ends a run: derives what waited for its patient, ties tests to their reports, and tells the trail whose record grew. */
export async function endRun(ctx: Ctx<SystemActor>, run: Run, tally: ImportTally, touched: Map<string, number>): Promise<{ waiting: number }> {
  const waiting = await deriveWaiting(ctx, run, touched)
  await inTransaction(ctx, async tx => {
    await tieReports(tx, run)
    await auditMany(tx, 'records.imported', [...touched].map(([patientId, count]) => ({ patientId, count })))
    await sql`
      update records.import_run set finished_at = ${tx.now()}, read_count = ${tally.read}, new_count = ${tally.newVersions}, parked_count = ${tally.parked}
      where id = ${run.id}::uuid
    `.execute(tx.db.kysely)
  })
  return { waiting }
}

/** Lets the planner look at tables that have just grown. */
export async function refreshPlans(ctx: Ctx<SystemActor>): Promise<void> {
  await ctx.house.pool.query('analyze records.resource, records.version, records.patient, records.source_patient, records.result, records.fact, records.note')
}
