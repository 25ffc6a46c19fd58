import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { seeReviews, writeTemplates } from './access.ts'
import { db } from './tables.ts'

export type Template = { id: string; name: string; en: string; es: string }

export async function listTemplates(ctx: Ctx<StaffActor>): Promise<Template[]> {
  mustBeAbleTo(ctx, seeReviews)
  return db(ctx).selectFrom('review.template').select(['id', 'name', 'en', 'es']).orderBy('place').orderBy('id').limit(60).execute()
}

type Kept = { ok: true } | Refused<'no-words' | 'too-long' | 'too-many'>
/** A beginning of a comment, new or changed. */
export function keepTemplate(ctx: Ctx<StaffActor>, { id, name, en, es }: { id?: string | undefined; name: string; en: string; es: string }): Promise<Kept> {
  return inTransaction<StaffActor, Kept>(ctx, async tx => {
    mustBeAbleTo(tx, writeTemplates)
    const words = { name: name.trim(), en: en.trim(), es: es.trim(), changed_at: tx.now(), changed_by: tx.actor.personId }
    if (words.name === '' || words.en === '') return refused('no-words')
    if (words.name.length > 80 || words.en.length > 2_000 || words.es.length > 2_000) return refused('too-long')
    if (id) {
      const changed = await db(tx).updateTable('review.template').set(words).where('id', '=', id).returning('id').executeTakeFirst()
      if (!changed) throw new NotFound()
    } else {
      const { count } = await db(tx).selectFrom('review.template').select(eb => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
      if (Number(count) >= 60) return refused('too-many')
      await db(tx).insertInto('review.template').values({ ...words, place: Number(count) + 1 }).execute()
    }
    await audit(tx, 'review.template-kept')
    return { ok: true }
  })
}

export function dropTemplate(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, writeTemplates)
    const gone = await db(tx).deleteFrom('review.template').where('id', '=', id).returning('id').executeTakeFirst()
    if (!gone) throw new NotFound()
    await audit(tx, 'review.template-dropped')
  })
}
