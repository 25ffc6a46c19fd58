import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction, sql } from '#platform/db.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { keepGlossary } from './access.ts'
import type { MisreadWord } from './data/misread-words.data.ts'

export type OwnWord = { id: string; word: string; en: string; es: string }

/** What the practice explains besides, by word; five hundred at most. */
export async function readOwnWords(ctx: Ctx): Promise<OwnWord[]> {
  const { rows } = await sql<OwnWord>`select id, word, en, es from records.own_word where ended_at is null order by lower(word) limit 500`.execute(ctx.db.kysely)
  return rows
}

/** As the finder of words takes them: whole words, in any case. */
export const asMisread = (own: readonly OwnWord[]): MisreadWord[] =>
  own.map(({ id, word, en, es }) => ({ id, en, es, pattern: new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu') }))

/** Adds a word with its meaning in both languages. A word stands once. */
export function addOwnWord(ctx: Ctx<StaffActor>, wish: Omit<OwnWord, 'id'>): Promise<{ ok: true } | Refused<'there-already'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'there-already'>>(ctx, async tx => {
    mustBeAbleTo(tx, keepGlossary)
    const [word, en, es] = [wish.word.trim(), wish.en.trim(), wish.es.trim()]
    const problems = {
      ...((word.length < 2 || word.length > 60) && { word: 'A word or a few, 2 to 60 letters.' }),
      ...((en.length < 2 || en.length > 200) && { en: 'Say in plain English what it means.' }), ...((es.length < 2 || es.length > 200) && { es: 'Say in plain Spanish what it means.' }),
    }
    if (Object.keys(problems).length > 0) throw new Invalid(problems)
    const kept = await attempt(tx, inner => sql`insert into records.own_word (word, en, es, added_at, added_by) values (${word}, ${en}, ${es}, ${tx.now()}, ${tx.actor.personId}::uuid)`.execute(inner.db.kysely))
    if (!kept.ok) return refused('there-already')
    await audit(tx, 'glossary.word-added', { kind: 'word' })
    return { ok: true }
  })
}

export function dropOwnWord(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, keepGlossary)
    const { rows } = await sql`update records.own_word set ended_at = ${tx.now()}, ended_by = ${tx.actor.personId}::uuid where id = ${id}::uuid and ended_at is null returning id`.execute(tx.db.kysely)
    if (rows.length === 0) throw new NotFound()
    await audit(tx, 'glossary.word-dropped', { kind: 'word', ids: [id] })
  })
}
