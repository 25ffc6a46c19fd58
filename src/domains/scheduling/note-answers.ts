import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { refused, type Refused } from '#platform/refused.ts'
import type { Locale } from '#platform/words.ts'
import type { Both } from '#practice/shared'
import { dangerChoice, pageAboutWords, type Guarded } from '#safety'
import { fieldOfQuestion, type Answer } from './answer-questions.ts'
import { asNewcomer, findNewcomer, readNewcomer, type NewcomerCtx } from './find-newcomer.ts'
import { newcomerHold } from './hold-for-newcomer.ts'
import { listQuestions } from './read-settings.ts'
import type { Question, QuestionKind } from './shared.ts'

/** An answer of somebody new before there is a visit that it could lie with. `said`: null where it was left out. */
export type Noted = { kind: QuestionKind; asked: Both; said: Both | null; locale: Locale }

export const noteAnswers = (questions: readonly Question[], answers: readonly Answer[], locale: Locale): Noted[] =>
  questions.map(({ kind, words }, place) => ({ kind, asked: words, said: answers.find(one => one.place === place)?.said ?? null, locale }))

const isSame = (one: Both, other: Both): boolean => one.en === other.en && one.es === other.es
/** What was said to a question as it is now: a question that was changed since was never asked, and one that another kind of visit asks in the same words was. */
const notedTo = ({ kind, words, options, isRequired }: Question, noted: readonly Noted[]): Noted | undefined =>
  noted.find(one => one.kind === kind && isSame(one.asked, words) && (one.said === null ? !isRequired : kind !== 'choice' || options.some(option => isSame(option, one.said!))))

/** Answers as a visit has them. Undefined as long as one question is still to be asked. */
export function settledAnswers(questions: readonly Question[], noted: readonly Noted[]): Answer[] | undefined {
  const found = questions.map(question => notedTo(question, noted))
  return found.includes(undefined) ? undefined : found.flatMap((one, place) => (one?.said ? [{ questionId: questions[place]!.id, place, kind: one.kind, asked: one.asked, said: one.said, locale: one.locale }] : []))
}

/** What was answered, as the fields of a form, to stand there again. */
export const typedAnswers = (questions: readonly Question[], noted: readonly Noted[]): Record<string, string> => Object.fromEntries(questions.flatMap(question => {
  const said = notedTo(question, noted)?.said?.en
  return said === undefined ? [] : [[fieldOfQuestion(question.id), question.kind === 'yes-no' ? said.toLowerCase() : said]]
}))

/** What is asked of a newcomer about the kind of visit whose time they keep, or kept last. */
export async function questionsOf(ctx: Ctx<VisitorActor>, token: string): Promise<readonly Question[]> {
  const known = await findNewcomer(ctx, token)
  const hold = known && !known.isBooked ? await inTransaction(asNewcomer(ctx, known.id), tx => newcomerHold(tx as NewcomerCtx, { isOver: true })) : undefined
  return hold ? listQuestions(ctx, hold.visitTypeId) : []
}

/** Keeps them under the newcomer's number, also where the ten minutes are over: they are not typed again for another time. A visit that is booked has its own. */
export async function keepNoted(ctx: Ctx<VisitorActor>, token: string, noted: readonly Noted[], guarded: Guarded): Promise<{ ok: true; isShown: boolean } | Refused<'hold-ended'>> {
  const known = await findNewcomer(ctx, token)
  if (!known) return refused('hold-ended')
  if (known.isBooked) return { ok: true, isShown: true }
  return inTransaction<NewcomerCtx['actor'], { ok: true; isShown: boolean } | Refused<'hold-ended'>>(asNewcomer(ctx, known.id), async tx => {
    const before = await readNewcomer(tx, known.id, { isHeld: true })
    if (before?.appointmentId) return { ok: true, isShown: true }   // in another tab, meanwhile
    if (before && !before.name) return { ok: true, isShown: false }   // nobody has said who comes: nothing is kept, and nobody paged
    if (noted.length > 0) await sql`
      update scheduling.newcomer set answers = ${JSON.stringify(noted)}::jsonb, answers_danger = ${dangerChoice(guarded) ?? ''} where id = ${known.id}::uuid and appointment_id is null
    `.execute(tx.db.kysely)
    if (!guarded.isAsked && guarded.isNow && before?.answersDanger !== 'now') await pageAboutWords(tx, { kinds: guarded.kinds, patientId: known.id, subject: { type: 'newcomer', id: known.id }, where: `/console/schedule/newcomers/${known.id}` })
    return before && await newcomerHold(tx as NewcomerCtx) ? { ok: true, isShown: before.contactShownAt !== null } : refused('hold-ended')
  })
}
