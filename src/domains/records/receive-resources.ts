import { auditMany } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotAllowed } from '#platform/errors.ts'
import { deriveWaiting } from './derive-waiting.ts'
import { joinAsSaid, type SaidJoin } from './join-as-said.ts'
import { ownSource } from './own-source.ts'
import { keepBatch, park, type Unusable } from './run-import.ts'
import { prepare } from './stage-batch.ts'
import type { Run } from './store-batch.ts'
import { tieReports } from './tie-reports.ts'

/** A FHIR resource that somebody sent: `id` is the sender's own. `lastUpdated` orders versions that arrive out of order. */
export type Received = { resourceType: string; id: string; lastUpdated: string | null; text: string }
/** `file` is what staff find it by again. `refused`: what came along and could not be read, put aside with the rest. `said`: whom the source says are one. */
export type Receiving = { source: string; resources: readonly Received[]; file: string; refused?: readonly Unusable[]; said?: readonly SaidJoin[] }
export type Receipt = { newVersions: number; unusable: Unusable[]; patients: string[] }

/** The day's run of a source that sends piece by piece. */
async function runOfDay(tx: Ctx<SystemActor>, source: string): Promise<Run> {
  const day = tx.now().toISOString().slice(0, 10)
  const find = () => sql<{ id: string }>`select id from records.import_run where source = ${source} and day = ${day}::date`.execute(tx.db.kysely)
  let { rows } = await find()
  if (rows.length === 0) {
    await sql`insert into records.import_run (source, started_at, day) values (${source}, ${tx.now()}, ${day}::date) on conflict do nothing`.execute(tx.db.kysely)
    rows = (await find()).rows
  }
  return { id: rows[0]!.id, source }
}

/** A sender whose clock is days ahead for a while: its word from then counts as of when it came, or nothing that it says later would be the newest again. Less than a day may be a zone that is set wrong: what it says is in order all the same. */
const aheadMs = 86_400_000
const notAhead = (updated: string | null, now: Date): string | null => (updated !== null && Date.parse(updated) > now.getTime() + aheadMs ? now.toISOString() : updated)

/**
 * Keeps what arrives by itself, a message or a few at a time: stored, linked, derived, decided on and tied when this returns. The same thing
 * twice changes nothing, and neither does being cut off between its steps and run again. It waits for a batch of an import and that for it.
 */
export async function receiveResources(ctx: Ctx<SystemActor>, { source, resources, file, refused = [], said = [] }: Receiving): Promise<Receipt> {
  if (!/^[a-z0-9][a-z0-9._-]{0,59}$/.test(source)) throw new NotAllowed('a source is a short name in small letters')
  if (source === ownSource) throw new NotAllowed('nobody sends in our own name')
  const run = await inTransaction(ctx, tx => runOfDay(tx, source))
  const prepared = resources.map(({ resourceType, id, lastUpdated, text }, position) =>
    prepare({ file, position, fhirType: resourceType, sourceId: id, alias: null, lastUpdated: notAhead(lastUpdated, ctx.now()), text, resource: JSON.parse(text) as Record<string, unknown> }))
  const touched = new Map<string, number>()
  const { newVersions, unusable: notKept } = await keepBatch(ctx, run, prepared, { touched, before: Promise.resolve() })
  const unusable = [...refused, ...notKept]
  await park(ctx, run, unusable)
  // Only somebody who has just become known can be waited for; also one who was kept when the last try was cut off.
  const came = resources.filter(({ resourceType }) => resourceType === 'Patient').map(({ id }) => id)
  if (came.length > 0) await deriveWaiting(ctx, run, touched)
  await inTransaction(ctx, async tx => {
    if (resources.some(({ resourceType }) => resourceType === 'DiagnosticReport' || resourceType === 'Observation')) await tieReports(tx, run)
    await auditMany(tx, 'records.imported', [...touched].map(([patientId, count]) => ({ patientId, count })))
    await sql`
      update records.import_run
      set finished_at = ${tx.now()}, read_count = read_count + ${resources.length + refused.length}, new_count = new_count + ${newVersions}, parked_count = parked_count + ${unusable.length}
      where id = ${run.id}::uuid
    `.execute(tx.db.kysely)
  })
  if (said.length + came.length > 0) await joinAsSaid(ctx, source, { said, came })
  return { newVersions, unusable, patients: [...touched.keys()] }
}
