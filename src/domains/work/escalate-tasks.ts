import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { db } from './tables.ts'

/** Hands every open task that is past due to the managers' list, once. Returns how many. */
export function escalateTasks(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    const raised = await db(tx).updateTable('work.task')
      .set({ escalated_at: tx.now() })
      .where('done_at', 'is', null).where('escalated_at', 'is', null).where('due_at', '<', tx.now())
      .returning('id').execute()
    if (raised.length > 0) {
      await db(tx).insertInto('work.task_step').values(raised.map(({ id }) => ({ task_id: id, at: tx.now(), by_person: null, step: 'escalated' as const, note: '' }))).execute()
    }
    return raised.length
  })
}
