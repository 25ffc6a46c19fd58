import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { db } from './tables.ts'

/** Two patients become one: the one's tasks are the other's. In the transaction of the join. */
export async function carryTasks(tx: Ctx<StaffActor | SystemActor>, { joinId, from, to }: { joinId: string; from: string; to: string }): Promise<void> {
  await sql`select work.door_carry_over(${joinId}::uuid, ${from}::uuid, ${to}::uuid)`.execute(tx.db.kysely)
}

/** The two are two again: what that join moved goes back from `stands`, where it is now, with what these people have left there since. */
export async function carryTasksBack(tx: Ctx<StaffActor>, { joinId, stands, persons }: { joinId: string; stands: string; persons: readonly string[] }): Promise<void> {
  await sql`select work.door_carry_back(${joinId}::uuid, ${stands}::uuid, ${persons as string[]}::uuid[])`.execute(tx.db.kysely)
}

/** Finishes the open task about a thing that has just been settled on its own page, or in another system, or by itself: then nobody here did it. */
export async function finishTaskAbout(tx: Ctx<StaffActor | SystemActor>, subject: { type: string; ids: readonly string[] }, outcome: string, { kind }: { kind?: string } = {}): Promise<void> {
  if (subject.ids.length === 0) return
  const by = tx.actor.kind === 'staff' ? tx.actor.personId : null
  const done = await db(tx).updateTable('work.task').set({ done_at: tx.now(), done_by: by, outcome })
    .where('subject_type', '=', subject.type).where('subject_id', 'in', [...subject.ids]).where('done_at', 'is', null).$if(kind !== undefined, query => query.where('kind', '=', kind!)).returning('id').execute()
  if (done.length === 0) return
  await db(tx).insertInto('work.task_step').values(done.map(({ id }) => ({ task_id: id, at: tx.now(), by_person: by, step: 'done' as const, note: outcome }))).execute()
  await audit(tx, 'work.done', { kind: 'task', ids: done.map(({ id }) => id) })
}
