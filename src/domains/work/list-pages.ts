import { auditList } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { seeWork } from './access.ts'
import { db } from './tables.ts'

export type PageRow = { taskId: string; title: string; patientId: string | null; openedAt: Date; sentCount: number; nextAt: Date | null; acknowledgedAt: Date | null; acknowledgedBy: string | null; calledAt: Date | null; spokeWith: string | null }

/** Pages that no call has ended yet, the oldest first; then the last that were. Fifty at most. Each that is about a patient is an event in their record. */
export async function listPages(ctx: Ctx<StaffActor>, { isOpen }: { isOpen: boolean }): Promise<PageRow[]> {
  mustBeAbleTo(ctx, seeWork)
  const rows = await db(ctx).selectFrom('work.page as p').innerJoin('work.task as t', 't.id', 'p.task_id')
    .select(['t.id as taskId', 't.title', 't.patient_id as patientId', 'p.opened_at as openedAt', 'p.sent_count as sentCount', 'p.next_at as nextAt', 'p.acknowledged_at as acknowledgedAt', 'p.acknowledged_by as acknowledgedBy', 'p.called_at as calledAt', 'p.spoke_with as spokeWith'])
    .where('p.called_at', isOpen ? 'is' : 'is not', null).orderBy('p.opened_at', isOpen ? 'asc' : 'desc').limit(50).execute()
  await auditList(ctx, 'work.pages-listed', rows)
  return rows
}

export async function pageOf(ctx: Ctx<StaffActor>, taskId: string): Promise<PageRow | undefined> {
  mustBeAbleTo(ctx, seeWork)
  const row = await db(ctx).selectFrom('work.page as p').innerJoin('work.task as t', 't.id', 'p.task_id')
    .select(['t.id as taskId', 't.title', 't.patient_id as patientId', 'p.opened_at as openedAt', 'p.sent_count as sentCount', 'p.next_at as nextAt', 'p.acknowledged_at as acknowledgedAt', 'p.acknowledged_by as acknowledgedBy', 'p.called_at as calledAt', 'p.spoke_with as spokeWith'])
    .where('p.task_id', '=', taskId).executeTakeFirst()
  return row
}

/** How many pages wait for a call: shown on every page of the console. */
export async function countPages(ctx: Ctx<StaffActor>): Promise<number> {
  const row = await db(ctx).selectFrom('work.page').where('called_at', 'is', null).select(eb => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(row.n)
}

/** When a call about these was written down, by subject. For who must know that somebody was reached. */
export async function callsAbout(ctx: Ctx, subject: { type: string; ids: readonly string[] }): Promise<Map<string, Date>> {
  if (subject.ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; at: Date }>`
    select t.subject_id as id, max(p.called_at) as at
    from work.page p join work.task t on t.id = p.task_id
    where t.subject_type = ${subject.type} and t.subject_id = any (${subject.ids as string[]}::uuid[]) and p.called_at is not null
    group by t.subject_id
  `.execute(ctx.db.kysely)
  return new Map(rows.map(row => [row.id, row.at]))
}
