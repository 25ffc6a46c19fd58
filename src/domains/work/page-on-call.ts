import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { queueMail } from '#platform/email.ts'
import { NotFound } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { baseOf } from '#platform/place.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { listStaff, type StaffRow } from '#accounts'
import { practiceCard } from '#practice'
import { doWork } from './access.ts'
import { openTask } from './open-task.ts'
import { db } from './tables.ts'

export type NewPage = { kind: string; title: string; body: string; patientId?: string; subject: { type: string; id: string } }
/** R11: to be seen within this; then it is sent again. */
export const answerMinutes = 15
/** After so many to the one on call, everybody who treats and the manager. */
export const missesAllowed = 3

/**
 * Pages whoever is on call, at once and whatever the hour; returns the task, which is due in fifteen minutes by the clock. The same subject
 * pages once while it is open. Title and body are read in the console alone: a mail says that there is a page, and nothing of it.
 */
export async function pageOnCall(tx: Ctx, { kind, title, body, patientId, subject }: NewPage): Promise<string> {
  const taskId = await openTask(tx, { kind, title, body, pool: 'clinician', subject, dueAt: new Date(tx.now().getTime() + answerMinutes * 60_000), ...(patientId && { patientId }) })
  await sql`select work.door_page(${taskId}::uuid, ${tx.now()})`.execute(tx.db.kysely)
  await enqueue(tx, 'work.page', {}, { key: 'work.page' })
  return taskId
}

/** Sends every page that is due: three times to the one on call, then to all; with nobody on call, to all at once. Safe to run twice. */
export function sendPages(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    const due = await db(tx).selectFrom('work.page').select(['id', 'task_id', 'sent_count']).where('next_at', '<=', tx.now()).where('called_at', 'is', null)
      .orderBy('next_at').limit(200).forUpdate().skipLocked().execute()
    if (due.length === 0) return 0
    const [staff, onCall] = [(await listStaff(tx)).filter(person => !person.isDisabled && person.email !== null), await whoIsOnCall(tx)]
    for (const page of due) {
      const isForAll = page.sent_count >= missesAllowed || !onCall
      const called = isForAll ? staff.filter(({ roles }) => roles.includes('clinician') || roles.includes('manager')) : staff.filter(({ personId }) => personId === onCall)
      for (const person of called.length > 0 ? called : staff.filter(({ roles }) => roles.includes('clinician') || roles.includes('manager'))) await mailPage(tx, person)
      await db(tx).updateTable('work.page').set({ sent_count: page.sent_count + 1, next_at: new Date(tx.now().getTime() + answerMinutes * 60_000) }).where('id', '=', page.id).execute()
      await db(tx).insertInto('work.task_step').values({ task_id: page.task_id, at: tx.now(), by_person: null, step: 'paged', note: isForAll ? 'All clinicians and the manager' : 'Whoever is on call' }).execute()
    }
    return due.length
  })
}

async function whoIsOnCall(tx: Ctx): Promise<string | undefined> {
  const shift = await db(tx).selectFrom('work.on_call_shift').select('person_id').where('starts_at', '<=', tx.now()).where('ends_at', '>', tx.now()).executeTakeFirst()
  return shift?.person_id
}

async function mailPage(tx: Ctx, person: StaffRow): Promise<void> {
  const { name } = await practiceCard(tx)
  await queueMail(tx, { to: person.email!, personId: person.personId, kind: 'staff', isInternal: true, subject: `${name} pages you`, text: `Somebody needs a call now. Open the console to see why:\n\n${baseOf(tx.house.config, 'console')}/console/pages\n\nThis comes again every ${answerMinutes} minutes until somebody answers it there.` })
}

type Open = { id: string; patient_id: string | null; acknowledged_at: Date | null; called_at: Date | null }
async function openPage(tx: Ctx<StaffActor>, taskId: string): Promise<Open> {
  mustBeAbleTo(tx, doWork)
  const page = await db(tx).selectFrom('work.page as p').innerJoin('work.task as t', 't.id', 'p.task_id').select(['p.id', 't.patient_id', 'p.acknowledged_at', 'p.called_at']).where('p.task_id', '=', taskId).forUpdate('p').executeTakeFirst()
  if (!page) throw new NotFound()
  return page
}

/** "I have seen it": it is not sent again. It stays red until the call is written down. */
export function acknowledgePage(ctx: Ctx<StaffActor>, taskId: string): Promise<{ ok: true } | Refused<'already-done'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'already-done'>>(ctx, async tx => {
    const page = await openPage(tx, taskId)
    if (page.called_at) return refused('already-done')
    if (page.acknowledged_at) return { ok: true }
    await db(tx).updateTable('work.page').set({ acknowledged_at: tx.now(), acknowledged_by: tx.actor.personId, next_at: null }).where('id', '=', page.id).execute()
    await db(tx).updateTable('work.task').set({ owner_id: tx.actor.personId }).where('id', '=', taskId).where('owner_id', 'is', null).execute()
    await db(tx).insertInto('work.task_step').values({ task_id: taskId, at: tx.now(), by_person: tx.actor.personId, step: 'taken', note: '' }).execute()
    await audit(tx, 'work.page-acknowledged', { kind: 'task', ids: [taskId], ...(page.patient_id && { patientId: page.patient_id }) })
    return { ok: true }
  })
}

/** The call that ends a page: with whom, and what came of it. Nothing else ends it. */
export function recordCall(ctx: Ctx<StaffActor>, taskId: string, { spokeWith, outcome }: { spokeWith: string; outcome: string }): Promise<{ ok: true } | Refused<'already-done' | 'need-words'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'already-done' | 'need-words'>>(ctx, async tx => {
    const page = await openPage(tx, taskId)
    if (page.called_at) return refused('already-done')
    if (spokeWith.trim().length < 2 || outcome.trim().length < 10) return refused('need-words')
    const { personId } = tx.actor
    await db(tx).updateTable('work.page').set({
      called_at: tx.now(), called_by: personId, spoke_with: spokeWith.trim().slice(0, 200), outcome: outcome.trim().slice(0, 2_000), next_at: null,
      ...(!page.acknowledged_at && { acknowledged_at: tx.now(), acknowledged_by: personId }),
    }).where('id', '=', page.id).execute()
    await db(tx).updateTable('work.task').set({ done_at: tx.now(), done_by: personId, outcome: `Called ${spokeWith.trim()}. ${outcome.trim()}`.slice(0, 2_000) }).where('id', '=', taskId).where('done_at', 'is', null).execute()
    await db(tx).insertInto('work.task_step').values({ task_id: taskId, at: tx.now(), by_person: personId, step: 'done', note: `Called ${spokeWith.trim().slice(0, 200)}` }).execute()
    await audit(tx, 'work.call-recorded', { kind: 'task', ids: [taskId], ...(page.patient_id && { patientId: page.patient_id }) })
    return { ok: true }
  })
}
