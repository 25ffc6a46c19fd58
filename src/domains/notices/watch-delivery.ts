import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { readLines } from '#platform/keep-line.ts'
import { openTask } from '#work'
import { askToCall } from './send-notice.ts'

/** What an agreement is about, as a task names it: one open task for each line at a time. */
const subjects = { mail: 'a6000000-0000-4000-8000-000000000001', text: 'a6000000-0000-4000-8000-000000000002' } as const
const lineWords = { mail: 'mail', text: 'texts' } as const

/** Makes work of what did not arrive, once for each person, and tells the manager before an agreement ends and when one holds mail up. Safe to run twice. */
export function watchDelivery(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<{ patient_id: string }>`select patient_id from notices.door_take_unarrived(200)`.execute(tx.db.kysely)
    for (const { patient_id } of rows) await askToCall(tx, patient_id)
    for (const { way, state, agreedUntil } of await readLines(tx)) {
      if (state !== 'held' && state !== 'ends-soon') continue
      await openTask(tx, {
        kind: 'agreement-ends', pool: 'manager', subject: { type: 'line', id: subjects[way] }, dueInBusinessMinutes: 480,
        title: state === 'held' ? `No agreement holds with who carries our ${lineWords[way]}` : `The agreement with who carries our ${lineWords[way]} ends on ${agreedUntil}`,
        body: state === 'held' ? 'Nothing leaves until its end is entered under Outbox, Agreements.' : 'Enter the new end under Outbox, Agreements. From the day after it nothing leaves.',
      })
    }
    return rows.length
  })
}

/** Forgets codes that are over. */
export function sweepCodes(ctx: Ctx<SystemActor>): Promise<void> {
  return inTransaction(ctx, async tx => { await sql`delete from notices.code where expires_at < ${new Date(tx.now().getTime() - 86_400_000)}`.execute(tx.db.kysely) })
}
