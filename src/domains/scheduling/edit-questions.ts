import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { FieldReader, type Fields, type Saved } from '#practice'
import type { Both } from '#practice/shared'
import { planSchedule } from './access.ts'
import { notePlan } from './note-step.ts'
import { nextPlace, raiseListed, removeFromList, type KeptList } from './order-list.ts'
import { mostOptions, mostQuestions, questionKinds } from './shared.ts'

const listOf = (visitTypeId: string): KeptList => ({ table: 'question', most: mostQuestions, of: { column: 'visit_type_id', id: visitTypeId } })

/** One a line, English and Spanish line by line. */
function readOptions(read: FieldReader): Both[] {
  const lines = (name: string) => read.text(name, { most: 800 }).split('\n').map(line => line.trim()).filter(Boolean)
  const [en, es] = [lines('options-en'), lines('options-es')]
  if (en.length < 2 || en.length > mostOptions) read.fail('options-en', `Write two to ${mostOptions} choices, one a line.`)
  if (es.length > 0 && es.length !== en.length) read.fail('options-es', 'Write as many lines as in English, in the same order.')
  if (new Set(en).size !== en.length || new Set(es).size !== es.length) read.fail('options-en', 'Each choice once.')
  if ([...en, ...es].some(line => line.length > 80)) read.fail('options-en', 'At most 80 letters a line.')
  return en.map((line, index) => ({ en: line, es: es[index] ?? '' }))
}

/** The form of one question; without an id, a new one at the end. What was answered before keeps the words that were asked then. */
export function saveQuestion(ctx: Ctx<StaffActor>, visitTypeId: string, id: string | undefined, fields: Fields): Promise<Saved> {
  return inTransaction<StaffActor, Saved>(ctx, async tx => {
    mustBeAbleTo(tx, planSchedule)
    const read = new FieldReader(fields)
    const words = read.pair('words', { most: 200, need: 'Write the question.' })
    const kind = read.choice('kind', questionKinds, 'Choose how it is answered.')
    const options = kind === 'choice' ? readOptions(read) : []
    if (!read.isGood) return read.unsaved
    await mustBeOpen(tx, visitTypeId)
    const place = id === undefined ? await nextPlace(tx, listOf(visitTypeId)) : 0
    if (place === undefined) return { ok: false, problems: { words: `There are ${mostQuestions} questions already. Take one away first.` } }
    const facts = sql`${kind}, ${words.en}, ${words.es}, ${JSON.stringify(options)}::jsonb, ${fields.required === 'yes'}`
    const { rows: [saved] } = id === undefined
      ? await sql<{ id: string }>`insert into scheduling.question (visit_type_id, place, kind, words_en, words_es, options, is_required) values (${visitTypeId}::uuid, ${place}, ${facts}) returning id`.execute(tx.db.kysely)
      : await sql<{ id: string }>`update scheduling.question set (kind, words_en, words_es, options, is_required) = row(${facts}) where id = ${id}::uuid and visit_type_id = ${visitTypeId}::uuid returning id`.execute(tx.db.kysely)
    if (!saved) throw new NotFound()
    await notePlan(tx, 'question', [saved.id])
    return { ok: true, id: saved.id }
  })
}

async function mustBeOpen(tx: Ctx, visitTypeId: string): Promise<void> {
  const { rows } = await sql`select from scheduling.visit_type where id = ${visitTypeId}::uuid and closed_at is null`.execute(tx.db.kysely)
  if (rows.length === 0) throw new NotFound()
}

export const raiseQuestion = (ctx: Ctx<StaffActor>, visitTypeId: string, id: string): Promise<void> => inTransaction(ctx, async tx => {
  mustBeAbleTo(tx, planSchedule)
  await raiseListed(tx, listOf(visitTypeId), id)
  await notePlan(tx, 'question', [id])
})

export const removeQuestion = (ctx: Ctx<StaffActor>, visitTypeId: string, id: string): Promise<void> => inTransaction(ctx, async tx => {
  mustBeAbleTo(tx, planSchedule)
  await removeFromList(tx, listOf(visitTypeId), id)
  await notePlan(tx, 'question', [id], { isRemoved: true })
})
