import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { categories, type Category } from '#release/shared'
import { recordRules, seeReviews } from './access.ts'
import { db } from './tables.ts'

export type Rule = { id: string; categories: string[]; words: string; recordedAt: Date; recordedBy: string; until: Date }
export const longestRuleDays = 365

/** The rules that stand: what the care team may answer when it is normal. */
export async function standingRules(ctx: Ctx<StaffActor>): Promise<Rule[]> {
  mustBeAbleTo(ctx, seeReviews)
  const rows = await db(ctx).selectFrom('review.standing_rule').select(['id', 'categories', 'words', 'recorded_at', 'recorded_by', 'until'])
    .where('ended_at', 'is', null).where('until', '>', ctx.now()).orderBy('recorded_at', 'desc').limit(20).execute()
  return rows.map(row => ({ id: row.id, categories: row.categories, words: row.words, recordedAt: row.recorded_at, recordedBy: row.recorded_by, until: row.until }))
}

/** The rule that covers a category, if one stands. */
export const ruleFor = async (ctx: Ctx<StaffActor>, category: string): Promise<Rule | undefined> => (await standingRules(ctx)).find(rule => rule.categories.includes(category))

type Recorded = { ok: true; id: string } | Refused<'no-category' | 'few-words'>
/** A clinician records what the care team may answer in their own name: normal results of these categories, for a year at most. */
export function recordRule(ctx: Ctx<StaffActor>, { of, words, days }: { of: readonly string[]; words: string; days: number }): Promise<Recorded> {
  return inTransaction<StaffActor, Recorded>(ctx, async tx => {
    mustBeAbleTo(tx, recordRules)
    const known = categories.filter((category: Category) => of.includes(category) && category !== 'notes' && category !== 'genetic' && category !== 'tissue')
    if (known.length === 0) return refused('no-category')
    if (words.trim().length < 20) return refused('few-words')
    const until = new Date(tx.now().getTime() + Math.min(Math.max(1, Math.round(days) || 0), longestRuleDays) * 86_400_000)
    const { id } = await db(tx).insertInto('review.standing_rule').values({ categories: known, words: words.trim().slice(0, 2_000), recorded_at: tx.now(), recorded_by: tx.actor.personId, until, ended_at: null, ended_by: null })
      .returning('id').executeTakeFirstOrThrow()
    await audit(tx, 'review.rule-recorded', { kind: 'standing-rule', ids: [id] })
    return { ok: true, id }
  })
}

export function endRule(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, recordRules)
    const ended = await db(tx).updateTable('review.standing_rule').set({ ended_at: tx.now(), ended_by: tx.actor.personId }).where('id', '=', id).where('ended_at', 'is', null).returning('id').executeTakeFirst()
    if (!ended) throw new NotFound()
    await audit(tx, 'review.rule-ended', { kind: 'standing-rule', ids: [id] })
  })
}
