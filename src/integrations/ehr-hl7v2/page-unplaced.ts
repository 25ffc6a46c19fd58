import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { newsFrom } from '#records'
import { pageOnCall } from '#work'

/** A value that calls for somebody now calls at once, although nobody knows yet whose it is (R2+, R11+). An old one is history and calls nobody (R4+). */
export async function pageUnplaced(tx: Ctx<SystemActor>, { id, source, happenedAt }: { id: string; source: string; happenedAt: Date | null }): Promise<void> {
  if (happenedAt && happenedAt < await newsFrom(tx, source)) return
  await pageOnCall(tx, {
    kind: 'critical-message', title: 'A critical value came that could not be placed', subject: { type: 'message', id },
    body: `“${source}” sent a message with a value that it marked as critical, and the message could not be put into a record. Read the message, call ${source} and whoever ordered the test, and write down the call here.`,
  })
}
