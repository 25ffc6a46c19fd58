import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { editWords } from './access.ts'
import { noteChange } from './note-change.ts'
import { FieldReader, type Fields, type Saved } from './read-fields.ts'
import { freeSlug } from './make-slug.ts'
import { db } from './tables.ts'

/** What the practice stands for: a few words and what they mean here. Without an id a new one at the end. */
export function saveValue(ctx: Ctx<StaffActor>, id: string | null, fields: Fields): Promise<Saved> {
  mustBeAbleTo(ctx, editWords)
  const read = new FieldReader(fields)
  const title = read.pair('title', { most: 80, need: 'Name it in a few words.' })
  const text = read.pair('words', { most: 500, need: 'Say what it means for a patient.' })
  if (!read.isGood) return Promise.resolve(read.unsaved)
  const row = { title_en: title.en, title_es: title.es, words_en: text.en, words_es: text.es }
  return inTransaction(ctx, async tx => {
    const others = await db(tx).selectFrom('practice.core_value').select('place').limit(500).execute()
    const place = Math.max(0, ...others.map(other => other.place)) + 1
    const saved = id === null
      ? await db(tx).insertInto('practice.core_value').values({ ...row, place }).returning('id').executeTakeFirst()
      : await db(tx).updateTable('practice.core_value').set(row).where('id', '=', id).returning('id').executeTakeFirst()
    if (!saved) throw new NotFound()
    await noteChange(tx, 'value', [saved.id])
    return { ok: true, id: saved.id }
  })
}

/** What the practice does, in plain words. Its address is made from its first English name and stays. */
export function saveService(ctx: Ctx<StaffActor>, id: string | null, fields: Fields): Promise<Saved> {
  mustBeAbleTo(ctx, editWords)
  const read = new FieldReader(fields)
  const name = read.pair('name', { most: 80, need: 'Name the service as a patient would.' })
  const text = read.pair('words', { most: 1_000, need: 'Say in plain words what you do, and for whom.' })
  if (!read.isGood) return Promise.resolve(read.unsaved)
  const row = { name_en: name.en, name_es: name.es, words_en: text.en, words_es: text.es }
  return inTransaction(ctx, async tx => {
    const others = await db(tx).selectFrom('practice.service').select(['id', 'slug', 'place']).limit(500).execute()
    const place = Math.max(0, ...others.map(other => other.place)) + 1
    const saved = id === null
      ? await db(tx).insertInto('practice.service').values({ ...row, place, slug: freeSlug(name.en, others.map(other => other.slug)) }).returning('id').executeTakeFirst()
      : await db(tx).updateTable('practice.service').set(row).where('id', '=', id).returning('id').executeTakeFirst()
    if (!saved) throw new NotFound()
    await noteChange(tx, 'service', [saved.id])
    return { ok: true, id: saved.id }
  })
}
