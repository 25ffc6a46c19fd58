import type { Ctx, Role, StaffActor } from '#platform/ctx.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { seeWork } from './access.ts'
import { db } from './tables.ts'

export type TaskRow = {
  id: string
  kind: string
  title: string
  patientId: string | null
  pool: Role
  ownerId: string | null
  openedAt: Date
  dueAt: Date
  snoozedUntil: Date | null
  isEscalated: boolean
  doneAt: Date | null
}
/** These have a page of their own, where they stand in their order: the inbox would drown in them. Those that nobody looked at in time are the manager's. */
const elsewhere = 'result-review'
export type TaskList = 'mine' | 'pool' | 'overdue' | 'snoozed' | 'done'

const columns = ['id', 'kind', 'title', 'patient_id', 'pool', 'owner_id', 'opened_at', 'due_at', 'snoozed_until', 'escalated_at', 'done_at'] as const

/** Up to 100 tasks of one list, the one due first on top. A manager's pool holds what was escalated besides. */
export async function listTasks(ctx: Ctx<StaffActor>, list: TaskList): Promise<TaskRow[]> {
  mustBeAbleTo(ctx, seeWork)
  const { personId, roles } = ctx.actor
  const now = ctx.now()
  const isManager = roles.includes('manager')
  let query = db(ctx).selectFrom('work.task').select(columns).limit(100)
  if (list === 'done') query = query.where('done_at', 'is not', null).orderBy('done_at', 'desc')
  else query = query.where('done_at', 'is', null).orderBy('due_at').orderBy('id')
  query = query.where(eb => eb.or([eb('kind', '<>', elsewhere), eb('pool', '=', 'manager')]))
  if (list === 'mine') query = query.where('owner_id', '=', personId)
  if (list === 'snoozed') query = query.where('owner_id', '=', personId).where('snoozed_until', '>', now)
  if (list === 'mine' || list === 'pool') query = query.where(eb => eb.or([eb('snoozed_until', 'is', null), eb('snoozed_until', '<=', now)]))
  if (list === 'pool') {
    query = query.where('owner_id', 'is', null)
      .where(eb => eb.or([eb('pool', 'in', [...roles]), ...(isManager ? [eb('escalated_at', 'is not', null)] : [])]))
  }
  if (list === 'overdue') {
    query = query.where('due_at', '<', now)
    if (!isManager) query = query.where(eb => eb.or([eb('pool', 'in', [...roles]), eb('owner_id', '=', personId)]))
  }
  return (await query.execute()).map(row => ({
    id: row.id, kind: row.kind, title: row.title, patientId: row.patient_id, pool: row.pool, ownerId: row.owner_id,
    openedAt: row.opened_at, dueAt: row.due_at, snoozedUntil: row.snoozed_until, isEscalated: row.escalated_at !== null, doneAt: row.done_at,
  }))
}

/** How much waits for this person: shown beside the inbox. */
export async function countTasks(ctx: Ctx<StaffActor>): Promise<{ mine: number; pool: number; overdue: number }> {
  const { personId, roles } = ctx.actor
  const row = await db(ctx).selectFrom('work.task')
    .where('done_at', 'is', null).where(eb => eb.or([eb('kind', '<>', elsewhere), eb('pool', '=', 'manager')]))
    .select(eb => [
      eb.fn.countAll<number>().filterWhere('owner_id', '=', personId).as('mine'),
      eb.fn.countAll<number>().filterWhere(w => w.and([w('owner_id', 'is', null), w('pool', 'in', [...roles])])).as('pool'),
      eb.fn.countAll<number>().filterWhere(w => w.and([w('due_at', '<', ctx.now()), w.or([w('owner_id', '=', personId), w('pool', 'in', [...roles])])])).as('overdue'),
    ])
    .executeTakeFirstOrThrow()
  return { mine: Number(row.mine), pool: Number(row.pool), overdue: Number(row.overdue) }
}

export type TaskDetail = TaskRow & { body: string; outcome: string | null; subjectType: string | null; subjectId: string | null; steps: { at: Date; step: string; note: string; by: string | null }[] }

export async function readTask(ctx: Ctx<StaffActor>, id: string): Promise<TaskDetail | undefined> {
  mustBeAbleTo(ctx, seeWork)
  const row = await db(ctx).selectFrom('work.task').select([...columns, 'body', 'outcome', 'subject_type', 'subject_id']).where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const steps = await db(ctx).selectFrom('work.task_step').select(['at', 'step', 'note', 'by_person as by']).where('task_id', '=', id).orderBy('at').orderBy('id').limit(100).execute()
  return {
    id: row.id, kind: row.kind, title: row.title, patientId: row.patient_id, pool: row.pool, ownerId: row.owner_id, openedAt: row.opened_at, dueAt: row.due_at,
    snoozedUntil: row.snoozed_until, isEscalated: row.escalated_at !== null, doneAt: row.done_at, body: row.body, outcome: row.outcome, subjectType: row.subject_type, subjectId: row.subject_id, steps,
  }
}
