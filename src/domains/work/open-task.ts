import type { Ctx, Role } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { businessDeadline } from '#practice'

export type NewTask = {
  /** What sort of work, two words at most: 'contact', 'uncertain-match'. */
  kind: string
  title: string
  body?: string
  pool: Role
  ownerId?: string
  patientId?: string
  /** What it is about. A subject has at most one open task of a kind. */
  subject?: { type: string; id: string }
  locationId?: string
} & ({ dueAt: Date } | { dueInBusinessMinutes: number })

/** Leaves work behind with a due time from its first second; returns the task's id, or that of the open one about the same subject. */
export async function openTask(tx: Ctx, task: NewTask): Promise<string> {
  const dueAt = 'dueAt' in task ? task.dueAt : await businessDeadline(tx, { start: tx.now(), minutes: task.dueInBusinessMinutes, locationId: task.locationId ?? null })
  const { rows } = await sql<{ id: string }>`
    select work.door_open_task(${task.kind}, ${task.title}, ${task.body ?? ''}, ${task.patientId ?? null}::uuid, ${task.subject?.type ?? null}, ${task.subject?.id ?? null}::uuid,
      ${task.pool}, ${task.ownerId ?? null}::uuid, ${task.locationId ?? null}::uuid, ${tx.now()}::timestamptz, ${dueAt}::timestamptz) as id
  `.execute(tx.db.kysely)
  return rows[0]!.id
}

/** The same work about each of many subjects of one kind, in one statement. */
export async function openTasks(tx: Ctx, task: { kind: string; title: string; pool: Role; dueInBusinessMinutes: number }, subjects: { type: string; ids: readonly string[] }): Promise<void> {
  if (subjects.ids.length === 0) return
  const dueAt = await businessDeadline(tx, { start: tx.now(), minutes: task.dueInBusinessMinutes, locationId: null })
  await sql`
    select work.door_open_task(${task.kind}, ${task.title}, '', null, ${subjects.type}, subject, ${task.pool}, null, null, ${tx.now()}::timestamptz, ${dueAt}::timestamptz)
    from unnest(${subjects.ids as string[]}::uuid[]) as subject
  `.execute(tx.db.kysely)
}

/** `ownerId`: whose it is by right, if somebody is known. */
type Each = { kind: string; title: string; pool: Role; ownerId?: string | null | undefined; patientId: string; subject: { type: string; id: string }; dueAt: Date }
/** Work about many patients, each with a due time of its own, in one statement. */
export async function openTasksEach(tx: Ctx, tasks: readonly Each[]): Promise<void> {
  if (tasks.length === 0) return
  const rows = tasks.map(task => ({ kind: task.kind, title: task.title, pool: task.pool, owner: task.ownerId ?? null, patient: task.patientId, subject_type: task.subject.type, subject: task.subject.id, due: task.dueAt }))
  await sql`
    select work.door_open_task(w.kind, w.title, '', w.patient, w.subject_type, w.subject, w.pool, w.owner, null, ${tx.now()}::timestamptz, w.due)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (kind text, title text, pool text, owner uuid, patient uuid, subject_type text, subject uuid, due timestamptz)
  `.execute(tx.db.kysely)
}
