import type { Ctx } from '#platform/ctx.ts'
import { apart } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { loadPractice } from './load-practice.ts'
import type { Practice } from './shared.ts'

/** Kept per house and edition: every page's frame needs it, and it changes a few times a month. */
const kept = new WeakMap<House, { edition: number; practice: Practice | undefined }>()

/**
 * What the practice says about itself, as last committed. Costs nothing while the edition stands. A miss is read in a transaction
 * of its own, so that what another transaction has written and may still undo is never kept. Screens that edit use `loadPractice`.
 */
export async function readPractice(ctx: Ctx): Promise<Practice | undefined> {
  const { siteCache } = ctx.house
  if (!siteCache.isListening) return loadPractice(ctx)
  const { edition } = siteCache
  const found = kept.get(ctx.house)
  if (found?.edition === edition) return found.practice
  const practice = await apart(ctx, loadPractice)
  if (siteCache.isListening && siteCache.edition === edition) kept.set(ctx.house, { edition, practice })
  return practice
}
