import { randomUUID } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { Conflict, NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import type { Refused } from '#platform/refused.ts'
import { carryBack, carryOver, type CarryRefusal } from '#accounts'
import { carryFeedback, carryFeedbackBack } from '#feedback'
import { carryReach, carryReachBack } from '#notices'
import { carryAppointments, carryAppointmentsBack, moveReceived } from '#scheduling'
import { carryTasks, carryTasksBack } from '#work'
import { settleImports } from './access.ts'
import { restoreIdentity } from './restore-identity.ts'

/** No batch of an import is halfway while it changes whose a record is: what it derives goes to whoever it is linked to. */
export const waitForImports = (tx: Ctx) => sql`select pg_advisory_xact_lock(hashtext('records.import'))`.execute(tx.db.kysely)

/** Moves everything of some sources' patients from one person here to another: the links, and what was derived from them. Returns the new links. */
async function moveSources(tx: Ctx, { sources, from, to, why }: { sources: readonly string[]; from: string; to: string; why: 'merge' | 'unmerge' }): Promise<string[]> {
  const { rows } = await sql<{ resource_id: string }>`
    update records.source_patient set ended_at = ${tx.now()}
    where resource_id = any (${sources as string[]}::uuid[]) and patient_id = ${from}::uuid and ended_at is null
    returning resource_id
  `.execute(tx.db.kysely)
  const moved = rows.map(row => row.resource_id)
  const { rows: made } = await sql<{ id: string }>`
    insert into records.source_patient (resource_id, patient_id, linked_at, linked_by, why)
    select resource, ${to}::uuid, ${tx.now()}, platform.person_id(), ${why}
    from unnest(${moved}::uuid[]) as resource
    returning id
  `.execute(tx.db.kysely)
  for (const table of ['result', 'note', 'fact']) await sql`select records.door_move_items(${table}, ${moved}::uuid[], ${to}::uuid)`.execute(tx.db.kysely)
  await moveReceived(tx, { sources: moved, to })
  return made.map(row => row.id)
}

/**
 * Makes two people one: `merge`'s records become `keep`'s, and so does what hangs on the number elsewhere: account, caregivers, letters, tasks.
 * Refused where people who open the one's record would come to read the other's. Everything is kept that is needed to take it back.
 */
export function mergePatients(ctx: Ctx<StaffActor>, pair: { keep: string; merge: string }): Promise<{ ok: true } | Refused<CarryRefusal>> {
  return inTransaction<StaffActor, { ok: true } | Refused<CarryRefusal>>(ctx, async tx => {
    mustBeAbleTo(tx, settleImports)
    return joinTwo(tx, { ...pair, by: tx.actor.personId, saidBy: null })
  })
}

/** The join itself, by a person's word or by that of the source whose numbers they are (`saidBy`). */
export async function joinTwo(tx: Ctx<StaffActor | SystemActor>, { keep, merge, by, saidBy }: { keep: string; merge: string; by: string | null; saidBy: string | null }): Promise<{ ok: true } | Refused<CarryRefusal>> {
  await waitForImports(tx)
  const { rows: people } = await sql<{ id: string }>`
    select id from records.patient where id = any (${[keep, merge]}::uuid[]) and merged_into is null order by id for update
  `.execute(tx.db.kysely)
  if (keep === merge || people.length !== 2) throw new Conflict()
  const join = { joinId: randomUUID(), from: merge, to: keep }
  const carried = await carryOver(tx, join)
  if (!carried.ok) return carried
  await carryTasks(tx, join)
  await carryFeedback(tx, join)
  await carryReach(tx, join)
  await carryAppointments(tx, join)
  const { rows: links } = await sql<{ resource_id: string }>`select resource_id from records.source_patient where patient_id = ${merge}::uuid and ended_at is null`.execute(tx.db.kysely)
  const moved = await moveSources(tx, { sources: links.map(link => link.resource_id), from: merge, to: keep, why: 'merge' })
  await sql`update records.patient set merged_into = ${keep}::uuid, updated_at = ${tx.now()} where id = ${merge}::uuid`.execute(tx.db.kysely)
  await sql`
    insert into records.merge (id, kept_id, merged_id, links, merged_at, merged_by, said_by)
    values (${join.joinId}::uuid, ${keep}::uuid, ${merge}::uuid, ${moved}::uuid[], ${tx.now()}, ${by}::uuid, ${saidBy})
  `.execute(tx.db.kysely)
  for (const patientId of [keep, merge]) await audit(tx, 'records.merged', { patientId })
  return { ok: true }
}

/**
 * Takes a merge of a person back: two people again, each with what their sources sent, and with the way in that was theirs. Where the one who was
 * kept has been joined to a third since, it comes back from there, and nothing else does.
 */
export function unmergePatients(ctx: Ctx<StaffActor>, merged: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, settleImports)
    await waitForImports(tx)
    const { rows } = await sql<{ id: string; stands: string; sources: string[] }>`
      update records.merge m set undone_at = ${tx.now()}, undone_by = ${tx.actor.personId}::uuid
      where merged_id = ${merged}::uuid and undone_at is null
      returning id, records.stands_for(kept_id) as stands,
        array(select s.resource_id from records.source_patient s where s.id = any (m.links)) as sources
    `.execute(tx.db.kysely)
    const join = rows[0]
    if (!join) throw new NotFound()
    const persons = await carryBack(tx, { joinId: join.id, from: merged, stands: join.stands })
    await carryTasksBack(tx, { joinId: join.id, stands: join.stands, persons })
    await carryReachBack(tx, { joinId: join.id, stands: join.stands })
    await carryFeedbackBack(tx, { joinId: join.id, stands: join.stands, persons })
    await carryAppointmentsBack(tx, { joinId: join.id, stands: join.stands, persons })
    await moveSources(tx, { sources: join.sources, from: join.stands, to: merged, why: 'unmerge' })
    // What an import has said of the one meanwhile stands with the other: each is again who their own sources say.
    await restoreIdentity(tx, join.stands)
    await restoreIdentity(tx, merged)
    for (const patientId of [join.stands, merged]) await audit(tx, 'records.unmerged', { patientId })
  })
}
