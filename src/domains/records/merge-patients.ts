import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { Conflict, NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { settleImports } from './access.ts'

/** Moves everything of some sources' patients to a person here: the links, and what was derived from them. */
async function moveLinks(tx: Ctx, links: readonly string[], to: string, why: 'merge' | 'unmerge'): Promise<string[]> {
  const { rows } = await sql<{ resource_id: string }>`
    update records.source_patient set ended_at = ${tx.now()}
    where id = any (${links as string[]}::uuid[]) and ended_at is null
    returning resource_id
  `.execute(tx.db.kysely)
  const sources = rows.map(row => row.resource_id)
  const { rows: made } = await sql<{ id: string }>`
    insert into records.source_patient (resource_id, patient_id, linked_at, linked_by, why)
    select resource, ${to}::uuid, ${tx.now()}, platform.person_id(), ${why}
    from unnest(${sources}::uuid[]) as resource
    returning id
  `.execute(tx.db.kysely)
  for (const table of ['result', 'note', 'fact']) await sql`select records.door_move_items(${table}, ${sources}::uuid[], ${to}::uuid)`.execute(tx.db.kysely)
  return made.map(row => row.id)
}

/** Makes two people one: `merge`'s records become `keep`'s. Everything is kept that is needed to take it back. */
export function mergePatients(ctx: Ctx<StaffActor>, { keep, merge }: { keep: string; merge: string }): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, settleImports)
    const { rows: people } = await sql<{ id: string }>`
      select id from records.patient where id = any (${[keep, merge]}::uuid[]) and merged_into is null order by id for update
    `.execute(tx.db.kysely)
    if (keep === merge || people.length !== 2) throw new Conflict()
    const { rows: links } = await sql<{ id: string }>`select id from records.source_patient where patient_id = ${merge}::uuid and ended_at is null`.execute(tx.db.kysely)
    const moved = await moveLinks(tx, links.map(link => link.id), keep, 'merge')
    await sql`update records.patient set merged_into = ${keep}::uuid, updated_at = ${tx.now()} where id = ${merge}::uuid`.execute(tx.db.kysely)
    await sql`insert into records.merge (kept_id, merged_id, links, merged_at, merged_by) values (${keep}::uuid, ${merge}::uuid, ${moved}::uuid[], ${tx.now()}, ${tx.actor.personId}::uuid)`.execute(tx.db.kysely)
    for (const patientId of [keep, merge]) await audit(tx, 'records.merged', { patientId })
  })
}

/** Takes the newest merge of a person back: two people again, each with what their sources sent. */
export function unmergePatients(ctx: Ctx<StaffActor>, merged: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, settleImports)
    const { rows } = await sql<{ id: string; kept_id: string; links: string[] }>`
      update records.merge set undone_at = ${tx.now()}, undone_by = ${tx.actor.personId}::uuid
      where id = (select id from records.merge where merged_id = ${merged}::uuid and undone_at is null order by merged_at desc limit 1)
      returning id, kept_id, links
    `.execute(tx.db.kysely)
    const merge = rows[0]
    if (!merge) throw new NotFound()
    await sql`update records.patient set merged_into = null, updated_at = ${tx.now()} where id = ${merged}::uuid`.execute(tx.db.kysely)
    await moveLinks(tx, merge.links, merged, 'unmerge')
    for (const patientId of [merge.kept_id, merged]) await audit(tx, 'records.unmerged', { patientId })
  })
}
