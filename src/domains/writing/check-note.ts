import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { formatDay } from '#platform/when.ts'
import type { Charged } from '#records/shared'
import { writeNotes } from './access.ts'
import { checkWords, type Strictness } from './check-words.ts'
import { findCopied, type Earlier } from './find-copied.ts'
import { keptKey, type CheckedNote, type Mark } from './shared.ts'
import { offersFor } from './suggest-words.ts'
import { db } from './tables.ts'

export type NoteTexts = { body: string; summary: string }

/** The check of a note with both its texts: what is copied forward is looked at like the rest, and named as copied (N5). Pure. */
export function checkTexts({ body, summary }: NoteTexts, earlier: Earlier, strictness: Strictness): CheckedNote {
  const whole = `${body}\n${summary}`
  const { shown, more } = checkWords(whole, strictness)
  const copied = findCopied(body, earlier).map(({ start, end, day }) => ({ field: 'body' as const, start, end, from: formatDay(day, 'day') }))
  const place = (one: Charged): Mark => {
    const isBody = one.start < body.length
    const back = isBody ? 0 : body.length + 1
    const from = isBody ? copied.find(({ start, end }) => start <= one.start && one.start < end)?.from ?? null : null
    return {
      field: isBody ? 'body' : 'summary', term: one.id, start: one.start - back, end: one.end - back, words: one.words, why: one.why, suggest: one.suggest, severity: one.severity,
      offers: offersFor(one, whole), copiedFrom: from,
    }
  }
  return { marks: shown.map(place), more, copied }
}

/** What N7 has learned: terms that more than 60 in 100 keep, over 50 times or more. Counted for the practice, with nobody's name. */
export async function demotedTerms(ctx: Ctx): Promise<Set<string>> {
  const rows = await db(ctx).selectFrom('writing.kept_term').select(['term', 'shown', 'kept']).where('shown', '>=', 50).limit(200).execute()
  return new Set(rows.filter(({ shown, kept }) => Number(kept) > 0.6 * Number(shown)).map(({ term }) => term))
}

/**
 * Checks what stands in the editor now, as it is typed. It reads no record and keeps nothing: what may be copied stands with the draft as hashes.
 * The draft is the author's own and not signed.
 */
export async function checkNote(ctx: Ctx<StaffActor>, id: string, texts: NoteTexts, kept: readonly { term: string; words: string }[]): Promise<CheckedNote> {
  mustBeAbleTo(ctx, writeNotes)
  const draft = await db(ctx).selectFrom('writing.draft').select(['earlier']).where('id', '=', id).where('author_id', '=', ctx.actor.personId).where('signed_at', 'is', null).executeTakeFirst()
  if (!draft) throw new NotFound()
  return checkTexts(texts, draft.earlier, { demoted: await demotedTerms(ctx), kept: new Set(kept.map(({ term, words }) => keptKey(term, words))) })
}
