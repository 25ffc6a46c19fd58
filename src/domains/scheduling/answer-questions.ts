import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { Locale } from '#platform/words.ts'
import type { Both } from '#practice/shared'
import { mostAnswer, type Question, type QuestionKind } from './shared.ts'

export type Answer = { place: number; kind: QuestionKind; asked: Both; said: Both; locale: Locale }
export type AnswerProblem = 'choose' | 'write' | 'too-long'
export type ReadAnswers = {
  answers: Answer[]
  /** By field. */
  problems: Record<string, AnswerProblem>
  /** What was typed, by field, to stand there again. */
  values: Record<string, string>
  /** Free texts, for the look for danger. */
  texts: string[]
}

export const fieldOfQuestion = (id: string): string => `q-${id}`
const yesNo: Readonly<Record<'yes' | 'no', Both>> = { yes: { en: 'Yes', es: 'Sí' }, no: { en: 'No', es: 'No' } }

/** What a form says to the questions as they are now: one that was changed meanwhile is asked again, one that is gone is left out. A choice is sent as its English words. */
export function readAnswersFrom(questions: readonly Question[], form: FormData, locale: Locale): ReadAnswers {
  const read: ReadAnswers = { answers: [], problems: {}, values: {}, texts: [] }
  for (const [place, { id, kind, words, options, isRequired }] of questions.entries()) {
    const field = fieldOfQuestion(id)
    const sent = form.get(field)
    const typed = typeof sent === 'string' ? sent.trim() : ''
    read.values[field] = typed.slice(0, 2 * mostAnswer)
    const said = kind === 'text' ? { en: typed, es: typed } : kind === 'yes-no' ? (typed === 'yes' || typed === 'no' ? yesNo[typed] : undefined) : options.find(option => option.en === typed)
    if (kind === 'text') read.texts.push(typed)
    if (kind === 'text' && typed.length > mostAnswer) read.problems[field] = 'too-long'
    else if (typed !== '' && said) read.answers.push({ place, kind, asked: words, said, locale })
    else if (typed !== '' || isRequired) read.problems[field] = kind === 'text' ? 'write' : 'choose'
  }
  return read
}

/** Puts down what was answered, with the visit that it is for. */
export async function keepAnswers(tx: Ctx, appointmentId: string, answers: readonly Answer[]): Promise<void> {
  if (answers.length === 0) return
  const rows = answers.map(({ place, kind, asked, said, locale }) => ({ place, kind, asked_en: asked.en, asked_es: asked.es, said_en: said.en, said_es: said.es, locale }))
  await sql`
    insert into scheduling.answer (appointment_id, place, kind, asked_en, asked_es, said_en, said_es, locale)
    select ${appointmentId}::uuid, w.place, w.kind, w.asked_en, w.asked_es, w.said_en, w.said_es, w.locale
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (place smallint, kind text, asked_en text, asked_es text, said_en text, said_es text, locale text)
  `.execute(tx.db.kysely)
}

/** What was answered about a visit, in the order of the questions. Whoever reads the visit has read it, too. */
export async function listAnswers(ctx: Ctx, appointmentId: string): Promise<Answer[]> {
  const { rows } = await sql<{ place: number; kind: QuestionKind; asked_en: string; asked_es: string; said_en: string; said_es: string; locale: Locale }>`
    select place, kind, asked_en, asked_es, said_en, said_es, locale from scheduling.answer where appointment_id = ${appointmentId}::uuid order by place
  `.execute(ctx.db.kysely)
  return rows.map(row => ({ place: row.place, kind: row.kind, asked: { en: row.asked_en, es: row.asked_es }, said: { en: row.said_en, es: row.said_es }, locale: row.locale }))
}
