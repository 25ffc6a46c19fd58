import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { dayIn } from '#platform/when.ts'
import { editPractice } from './access.ts'
import { practiceZone } from './count-deadline.ts'
import { noteChange } from './note-change.ts'
import { FieldReader, type Fields, type Saved } from './read-fields.ts'
import type { NoticeKind } from './shared.ts'
import { db } from './tables.ts'

/** Posts a notice in both languages. What was posted before is kept; this is the next version, in force from its day on. */
export function postNotice(ctx: Ctx<StaffActor>, kind: NoticeKind, fields: Fields): Promise<Saved> {
  mustBeAbleTo(ctx, editPractice)
  return inTransaction(ctx, async tx => {
    const read = new FieldReader(fields)
    const en = read.text('words-en', { most: 60_000, need: 'Write the notice in English.' })
    const es = read.text('words-es', { most: 60_000, need: 'Write the notice in Spanish. A qualified person must have read the translation.' })
    const effectiveOn = read.day('effective-on', 'Choose the day from which it holds.')
    if (/\{\{|\}\}/.test(en + es)) read.fail('', 'There are still places in double braces {{…}} to fill in.')
    const last = await db(tx).selectFrom('practice.notice').select(eb => eb.fn.max('version').as('version')).where('kind', '=', kind).executeTakeFirst()
    const today = dayIn(tx.now(), await practiceZone(tx))
    if (last?.version && effectiveOn !== '' && effectiveOn < today) read.fail('effective-on', 'A new version cannot hold for days that are over. Choose today or later.')
    if (!read.isGood) return read.unsaved
    const values = { kind, version: Number(last?.version ?? 0) + 1, words_en: en, words_es: es, effective_on: effectiveOn, added_at: tx.now(), added_by: tx.actor.personId }
    const added = await attempt(tx, inner => db(inner).insertInto('practice.notice').values(values).returning('id').executeTakeFirstOrThrow())
    if (!added.ok) return { ok: false, problems: { '': 'Somebody has just posted another version. Open the page again and look at it first.' } }
    await noteChange(tx, 'notice', [added.value.id], { notice: kind, version: values.version })
    return { ok: true, id: added.value.id }
  })
}
