import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { errorFields } from '#platform/log.ts'
import { problemOf } from '#platform/problems.ts'

/**
 * Tells of each in a transaction of its own, so that one that fails keeps nobody else from hearing. It is in the log, and the job fails in the end, where
 * somebody sees it. Returns of how many it told.
 */
export async function tellEach<T>(ctx: Ctx<SystemActor>, all: readonly T[], tell: (tx: Ctx<SystemActor>, one: T) => Promise<boolean>): Promise<number> {
  const failed: unknown[] = []
  let told = 0
  for (const one of all) {
    try {
      if (await inTransaction(ctx, tx => tell(tx, one))) told++
    } catch (error) {
      if (problemOf(error) === 'no-database') throw error   // nobody can be told now
      ctx.log.error('not told of a visit', errorFields(error))
      failed.push(error)
    }
  }
  if (failed.length > 0) throw failed[0]
  return told
}
