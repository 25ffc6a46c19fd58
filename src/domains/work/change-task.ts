import { audit } from '#platform/audit.ts'
import type { Ctx, Role, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { doWork } from './access.ts'
import { db, type TaskStep } from './tables.ts'

type Changed = { ok: true }
type TaskRefusal = Refused<'already-done' | 'taken-by-another' | 'bad-time' | 'needs-call' | 'needs-look' | 'needs-answer'>

/** One change of one open task, with its step in the history. Two people at once: the second reads what the first did. */
async function change(tx: Ctx<StaffActor>, id: string, step: TaskStep, note: string, set: (task: Locked) => Partial<Locked> | TaskRefusal): Promise<Changed | TaskRefusal> {
  mustBeAbleTo(tx, doWork)
  const task = await db(tx).selectFrom('work.task')
    .select(['kind', 'owner_id', 'pool', 'snoozed_until', 'done_at', 'done_by', 'outcome', 'due_at', 'patient_id'])
    .where('id', '=', id).forUpdate().executeTakeFirst()
  if (!task) throw new NotFound()
  if (task.done_at) return refused('already-done')
  const { patient_id, ...locked } = task
  const outcome = set(locked)
  if ('ok' in outcome) return outcome
  await db(tx).updateTable('work.task').set(outcome).where('id', '=', id).execute()
  await db(tx).insertInto('work.task_step').values({ task_id: id, at: tx.now(), by_person: tx.actor.personId, step, note }).execute()
  await audit(tx, `work.${step}`, { kind: 'task', ids: [id], ...(patient_id && { patientId: patient_id }) })
  return { ok: true }
}
type Locked = { kind: string; owner_id: string | null; belongs_to?: string | null; pool: Role; snoozed_until: Date | null; done_at: Date | null; done_by: string | null; outcome: string | null; due_at: Date }

/** Makes the task one's own. Somebody else's stays theirs until they hand it over. */
export const takeTask = (ctx: Ctx<StaffActor>, id: string): Promise<Changed | TaskRefusal> =>
  inTransaction(ctx, tx => change(tx, id, 'taken', '', task =>
    task.owner_id && task.owner_id !== tx.actor.personId ? refused('taken-by-another') : { owner_id: tx.actor.personId, belongs_to: tx.actor.personId, snoozed_until: null }))

/** Gives the task to another pool; whoever of it is free may take it. */
export const handOverTask = (ctx: Ctx<StaffActor>, id: string, to: Role, note: string): Promise<Changed | TaskRefusal> =>
  inTransaction(ctx, tx => change(tx, id, 'handed-over', note, () => ({ owner_id: null, pool: to, snoozed_until: null })))

/** Hides the task until `until`, at most 30 days ahead. It stays due when it was due, and somebody else's is not put off for them. */
export const snoozeTask = (ctx: Ctx<StaffActor>, id: string, until: Date): Promise<Changed | TaskRefusal> =>
  inTransaction(ctx, tx => change(tx, id, 'snoozed', '', task => {
    if (task.owner_id && task.owner_id !== tx.actor.personId) return refused('taken-by-another')
    const ahead = until.getTime() - tx.now().getTime()
    return ahead > 0 && ahead <= 30 * 86_400_000 ? { snoozed_until: until, owner_id: tx.actor.personId } : refused('bad-time')
  }))

/** Marks it as done. A page ends with a call that is written down a result with a look at it, a request for a visit with a yes or a no, and with nothing else. */
export const finishTask = (ctx: Ctx<StaffActor>, id: string, outcome: string): Promise<Changed | TaskRefusal> =>
  inTransaction<StaffActor, Changed | TaskRefusal>(ctx, async tx => {
    if (await db(tx).selectFrom('work.page').select('id').where('task_id', '=', id).where('called_at', 'is', null).executeTakeFirst()) return refused('needs-call')
    return change(tx, id, 'done', outcome, task => (task.kind === 'result-review' ? refused('needs-look') : task.kind === 'visit-request' ? refused('needs-answer') : { done_at: tx.now(), done_by: tx.actor.personId, outcome: outcome || null }))
  })
