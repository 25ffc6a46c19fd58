import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { db } from './tables.ts'

/** The open task about a thing is due by then if that is sooner than it was, never later; its history says why. Said twice, it stands once. */
export async function hastenTask(tx: Ctx<StaffActor | SystemActor>, { type, id }: { type: string; id: string }, { kind, dueAt, note }: { kind: string; dueAt: Date; note: string }): Promise<void> {
  const task = await db(tx).selectFrom('work.task').select(['id', 'patient_id', 'due_at']).where('subject_type', '=', type).where('subject_id', '=', id).where('kind', '=', kind).where('done_at', 'is', null).forUpdate().executeTakeFirst()
  if (!task) return
  const last = await db(tx).selectFrom('work.task_step').select('note').where('task_id', '=', task.id).where('step', '=', 'noted').orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  if (dueAt < task.due_at) await db(tx).updateTable('work.task').set({ due_at: sql<Date>`greatest(${dueAt}::timestamptz, opened_at + interval '1 second')` }).where('id', '=', task.id).execute()
  else if (last?.note === note) return
  await db(tx).insertInto('work.task_step').values({ task_id: task.id, at: tx.now(), by_person: null, step: 'noted', note }).execute()
  await audit(tx, 'work.noted', { kind: 'task', ids: [task.id], ...(task.patient_id && { patientId: task.patient_id }) })
}
