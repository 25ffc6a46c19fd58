import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { seeHowNotesRead } from './access.ts'
import { db } from './tables.ts'

export type TermFigure = { term: string; notes: number; replaced: number; kept: number; stood: number }
export type OwnFigures = {
  /** In the last seven days. */
  week: { notes: number; mild: { term: string; times: number }[] }
  /** In the last ninety days, for the most frequent thirty terms. */
  notes: number
  averageGrade: number | null
  copiedShare: number | null
  terms: TermFigure[]
}
const days = (ctx: Ctx, count: number) => new Date(ctx.now().getTime() - count * 86_400_000)

/** How the notes of whoever asks read. The database shows each their own, and nobody another's: no role, no manager (N6). */
export async function ownFigures(ctx: Ctx<StaffActor>): Promise<OwnFigures> {
  mustBeAbleTo(ctx, seeHowNotesRead)
  const { personId } = ctx.actor
  const [since, weekAgo] = [days(ctx, 90), days(ctx, 7)]
  const { rows: terms } = await sql<TermFigure>`
    select m.term, count(distinct m.draft_id)::int as notes, count(*) filter (where m.outcome = 'replaced')::int as replaced,
      count(*) filter (where m.outcome = 'kept')::int as kept, count(*) filter (where m.outcome = 'stands')::int as stood
    from writing.mark m
    join writing.note_figure f on f.draft_id = m.draft_id
    where m.author_id = ${personId}::uuid and f.signed_at > ${since}
    group by m.term
    order by 2 desc, 1
    limit 30
  `.execute(ctx.db.kysely)
  const whole = await db(ctx).selectFrom('writing.note_figure').where('author_id', '=', personId).where('signed_at', '>', since)
    .select(eb => [eb.fn.countAll<string>().as('notes'), eb.fn.avg<string | null>('grade').as('grade'), eb.fn.avg<string | null>('copied_share').as('copied')]).executeTakeFirstOrThrow()
  const week = await db(ctx).selectFrom('writing.note_figure').where('author_id', '=', personId).where('signed_at', '>', weekAgo).select(['mild']).limit(500).execute()
  const mild = new Map<string, number>()
  for (const { mild: found } of week) for (const [term, times] of Object.entries(found)) mild.set(term, (mild.get(term) ?? 0) + times)
  return {
    week: { notes: week.length, mild: [...mild].map(([term, times]) => ({ term, times })).sort((a, b) => b.times - a.times).slice(0, 10) },
    notes: Number(whole.notes), averageGrade: whole.grade === null ? null : Number(whole.grade), copiedShare: whole.copied === null ? null : Number(whole.copied), terms,
  }
}

export type PracticeTotals = { notes: number; terms: { term: string; notes: number; replaced: number | null; stayed: number | null }[] }

/** The practice's notes of the last three whole months, counted by the door; undefined where there is too little to say anything of nobody in particular. */
export async function practiceTotals(ctx: Ctx<StaffActor>): Promise<PracticeTotals | undefined> {
  mustBeAbleTo(ctx, seeHowNotesRead)
  const { rows } = await sql<{ term: string | null; notes: string | null; replaced: string | null; stayed: string | null }>`select term, notes, replaced, stayed from writing.door_practice_totals()`.execute(ctx.db.kysely)
  const whole = rows.find(({ term }) => term === null)
  const count = (figure: string | null) => (figure === null ? null : Number(figure))
  return whole && { notes: Number(whole.notes), terms: rows.flatMap(({ term, notes, replaced, stayed }) => (term === null ? [] : [{ term, notes: Number(notes), replaced: count(replaced), stayed: count(stayed) }])) }
}
