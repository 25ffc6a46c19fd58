import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { Locale } from '#platform/words.ts'
import type { Both } from '#practice/shared'
import { mostAnswer, type Question, type QuestionKind } from './shared.ts'

export type Answer = { questionId: string; place: number; kind: QuestionKind; asked: Both; said: Both; locale: Locale }
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
    else if (typed !== '' && said) read.answers.push({ questionId: id, place, kind, asked: words, said, locale })
    else if (typed !== '' || isRequired) read.problems[field] = kind === 'text' ? 'write' : 'choose'
  }
  return read
}

/** Puts down what was answered, with the visit that it is for, and says how many were new: what was answered once stays. */
export async function keepAnswers(tx: Ctx, appointmentId: string, answers: readonly Answer[]): Promise<number> {
  if (answers.length === 0) return 0
  const rows = answers.map(({ questionId, place, kind, asked, said, locale }) => ({ question_id: questionId, place, kind, asked_en: asked.en, asked_es: asked.es, said_en: said.en, said_es: said.es, locale }))
  const { rows: kept } = await sql`
    insert into scheduling.answer (appointment_id, question_id, place, kind, asked_en, asked_es, said_en, said_es, locale, answered_at)
    select ${appointmentId}::uuid, w.question_id, w.place, w.kind, w.asked_en, w.asked_es, w.said_en, w.said_es, w.locale, ${tx.now()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (question_id uuid, place smallint, kind text, asked_en text, asked_es text, said_en text, said_es text, locale text)
    on conflict do nothing
    returning question_id
  `.execute(tx.db.kysely)
  return kept.length
}

/** What was answered about a visit, in the order of the questions. Whoever reads the visit has read it, too. */
export async function listAnswers(ctx: Ctx, appointmentId: string): Promise<Answer[]> {
  const { rows } = await sql<{ question_id: string; place: number; kind: QuestionKind; asked_en: string; asked_es: string; said_en: string; said_es: string; locale: Locale }>`
    select question_id, place, kind, asked_en, asked_es, said_en, said_es, locale from scheduling.answer where appointment_id = ${appointmentId}::uuid order by place, answered_at, question_id
  `.execute(ctx.db.kysely)
  return rows.map(row => ({ questionId: row.question_id, place: row.place, kind: row.kind, asked: { en: row.asked_en, es: row.asked_es }, said: { en: row.said_en, es: row.said_es }, locale: row.locale }))
}
