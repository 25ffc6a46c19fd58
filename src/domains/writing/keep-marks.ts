import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { readingGrade } from '#platform/readability.ts'
import { termIds } from '#records/shared'
import { allCharged, checkWords } from './check-words.ts'
import { copiedShare, type Earlier } from './find-copied.ts'
import { keptKey } from './shared.ts'
import { db } from './tables.ts'

/** A word that its author keeps, with the reason if they gave one. */
export type Kept = { term: string; words: string; why: string }
const known = new Set(termIds)
const mostKept = 100

/** What a form says was kept, and what was pointed out while it was written. What is no term of ours is left out. */
export function marksIn(form: FormData): { kept: Kept[]; shown: string[] } {
  const reasons = form.getAll('kept-why').map(String)
  const kept = form.getAll('kept').map(String).map((key, index): Kept => ({ term: key.split('|')[0]!, words: key.slice(key.indexOf('|') + 1, 90), why: (reasons[index] ?? '').trim().slice(0, 300) }))
  const byKey = new Map(kept.filter(({ term, words }) => known.has(term) && words !== '' && words.length <= 80).map(one => [keptKey(one.term, one.words), one]))
  return { kept: [...byKey.values()].slice(0, mostKept), shown: [...new Set(form.getAll('shown').flatMap(terms => String(terms).split(' ')).filter(term => known.has(term)))] }
}

export async function readKept(ctx: Ctx<StaffActor>, draftId: string): Promise<Kept[]> {
  return db(ctx).selectFrom('writing.mark').select(['term', 'words', 'why']).where('draft_id', '=', draftId).where('outcome', '=', 'kept').orderBy('at').orderBy('words').limit(mostKept).execute()
}

/** What is kept in an unfinished note, as the form says it now. */
export async function saveKept(tx: Ctx<StaffActor>, draftId: string, kept: readonly Kept[]): Promise<void> {
  await db(tx).deleteFrom('writing.mark').where('draft_id', '=', draftId).execute()
  if (kept.length > 0) await db(tx).insertInto('writing.mark').values(kept.map(({ term, words, why }) => ({ draft_id: draftId, author_id: tx.actor.personId, term, words: words.toLowerCase(), outcome: 'kept' as const, why, at: tx.now() }))).execute()
}

type Signed = { id: string; body: string; summary: string; earlier: Earlier }

/**
 * What became of each word that was pointed out, once the note is signed: kept, left standing, or replaced. It is the author's alone (N6); the
 * count by term, without a name, says which terms point out too much (N7).
 */
export async function settleMarks(tx: Ctx<StaffActor>, { id, body, summary, earlier }: Signed, { kept, shown }: { kept: readonly Kept[]; shown: readonly string[] }, demoted: ReadonlySet<string>): Promise<void> {
  const text = `${body}\n${summary}`
  const [all, still] = [allCharged(text, { isStrict: true, demoted }), checkWords(text, { demoted }).shown]
  const keptKeys = new Set(kept.map(one => keptKey(one.term, one.words)))
  const stands = new Map(still.filter(one => !keptKeys.has(keptKey(one.id, one.words))).map(one => [keptKey(one.id, one.words), one]))
  const there = new Set([...kept.map(({ term }) => term), ...still.map(one => one.id)])
  const gone = shown.filter(term => !there.has(term) && !all.some(one => one.id === term))
  const rows = [
    ...[...stands.values()].map(one => ({ term: one.id, words: one.words.toLowerCase().slice(0, 80), outcome: 'stands' as const })),
    ...gone.map(term => ({ term, words: '-', outcome: 'replaced' as const })),
  ].map(row => ({ draft_id: id, author_id: tx.actor.personId, why: '', at: tx.now(), ...row }))
  if (rows.length > 0) await db(tx).insertInto('writing.mark').values(rows).execute()
  const mild = Object.fromEntries([...Map.groupBy(all.filter(({ severity }) => severity === 1), one => one.id)].map(([term, of]) => [term, of.length]))
  await db(tx).insertInto('writing.note_figure').values({
    draft_id: id, author_id: tx.actor.personId, signed_at: tx.now(), words: body.split(/\s+/).filter(Boolean).length,
    grade: summary.trim().split(/\s+/).length >= 8 ? Math.min(99, Math.round(readingGrade(summary) * 10) / 10) : null, copied_share: Math.round(copiedShare(body, earlier) * 1_000) / 1_000, mild: JSON.stringify(mild),
  }).execute()
  await countTerms(tx, [...[...there].map(term => ({ term, kept: true })), ...gone.map(term => ({ term, kept: false }))])
}

/** N7: which terms were shown, and which stayed. Nothing of the note, and not whose it was. */
async function countTerms(tx: Ctx, terms: readonly { term: string; kept: boolean }[]): Promise<void> {
  if (terms.length === 0) return
  await sql`
    insert into writing.kept_term as k (term, shown, kept)
    select w.term, 1, w.kept::int from jsonb_to_recordset(${JSON.stringify(terms)}::jsonb) as w (term text, kept boolean)
    order by w.term
    on conflict (term) do update set shown = k.shown + 1, kept = k.kept + excluded.kept
  `.execute(tx.db.kysely)
}
