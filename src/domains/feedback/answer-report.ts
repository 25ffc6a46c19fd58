import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction, sql } from '#platform/db.ts'
import { Invalid, NotAllowed, NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mayActFor, type AuthorizedPatientId } from '#platform/scope.ts'
import type { Locale } from '#platform/words.ts'
import { namesOf } from '#accounts'
import { dangerChoice, taskWordsOf, type Guarded } from '#safety'
import { finishTaskAbout, openTask } from '#work'
import { answerFeedback, mayAnswer } from './access.ts'
import { afterOpenDays } from './count-days.ts'
import { amendable, mostWords, type Outcome, type ReportKind } from './shared.ts'

export type Answer = { outcome: Outcome; words: string; correction: string; locale: Locale }
type Answered = { ok: true; patientId: string } | Refused<'answered-already'>

/** What the kind of report allows: the record is set right, or not with a reason; hurtful words may be both set right and answered. */
export const outcomesOf = (kind: ReportKind): readonly Outcome[] => (amendable.has(kind) ? ['accepted', 'declined'] : kind === 'hurtful-words' ? ['answered', 'accepted'] : ['answered'])

function problemsOf(kind: ReportKind, { outcome, words, correction }: Answer): Record<string, string> {
  return {
    ...(!outcomesOf(kind).includes(outcome) && { outcome: 'Say what you did.' }),
    ...(words.trim() === '' && { words: outcome === 'declined' ? 'Say why, in plain words. The patient reads it.' : 'Write to the patient.' }),
    ...(outcome === 'accepted' && correction.trim() === '' && { correction: 'Write what is right. It stands beside the original from now on.' }),
  }
}

/** Answers a report and closes it: with a correction beside the original, a reason, or plain words. Once. */
export function answerReport(ctx: Ctx<StaffActor>, id: string, answer: Answer): Promise<Answered> {
  return inTransaction<StaffActor, Answered>(ctx, async tx => {
    mustBeAbleTo(tx, answerFeedback)
    const { rows } = await sql<{ patient_id: string; kind: ReportKind }>`select patient_id, kind from feedback.report where id = ${id}::uuid`.execute(tx.db.kysely)
    const report = rows[0]
    if (!report) throw new NotFound()
    if (!mayAnswer(tx, report.kind)) throw new NotAllowed('answer this report')
    const problems = problemsOf(report.kind, answer)
    if (Object.keys(problems).length > 0) throw new Invalid(problems)
    const name = (await namesOf(tx, [tx.actor.personId])).get(tx.actor.personId) ?? tx.house.config.publicUrl
    const kept = await attempt(tx, inner => sql`
      insert into feedback.reply (report_id, outcome, words, correction, locale, by_person, by_name, at)
      values (${id}::uuid, ${answer.outcome}, ${answer.words.trim().slice(0, mostWords)}, ${answer.outcome === 'accepted' ? answer.correction.trim().slice(0, mostWords) : null}, ${answer.locale}, ${tx.actor.personId}::uuid, ${name}, ${tx.now()})
    `.execute(inner.db.kysely))
    if (!kept.ok) return refused('answered-already')
    await sql`update feedback.report set closed_at = ${tx.now()} where id = ${id}::uuid`.execute(tx.db.kysely)
    await finishTaskAbout(tx, { type: 'feedback', ids: [id] }, 'Answered.')
    await audit(tx, 'feedback.answered', { patientId: report.patient_id, kind: 'report', ids: [id], detail: { outcome: answer.outcome } })
    return { ok: true, patientId: report.patient_id }
  })
}

type Filed = { ok: true } | Refused<'not-declined' | 'filed-already'>

/** The patient's own statement, once, where a correction was declined. It stands beside the original, and a clinician reads it (N13). */
export function fileStatement(ctx: Ctx<PatientActor | ProxyActor>, patientId: AuthorizedPatientId, id: string, { words, locale, guarded }: { words: string; locale: Locale; guarded?: Guarded }): Promise<Filed> {
  return inTransaction<PatientActor | ProxyActor, Filed>(ctx, async tx => {
    await mayActFor(tx, patientId)
    const { rows } = await sql<{ outcome: Outcome | null }>`
      select a.outcome from feedback.report r left join feedback.reply a on a.report_id = r.id where r.id = ${id}::uuid and r.patient_id = ${patientId}::uuid
    `.execute(tx.db.kysely)
    if (!rows[0]) throw new NotFound()
    if (rows[0].outcome !== 'declined') return refused('not-declined')
    if (words.trim() === '') throw new Invalid({ words: 'empty' })
    const kept = await attempt(tx, inner => sql`
      insert into feedback.statement (report_id, words, locale, by_person, at, danger, danger_kinds)
      values (${id}::uuid, ${words.trim().slice(0, mostWords)}, ${locale}, ${tx.actor.personId}::uuid, ${tx.now()}, ${dangerChoice(guarded) ?? null}, ${dangerChoice(guarded) ? [...guarded!.kinds] : []}::text[])
    `.execute(inner.db.kysely))
    if (!kept.ok) return refused('filed-already')
    await openTask(tx, { kind: 'patient-statement', title: 'A patient has written a statement', body: taskWordsOf(guarded), pool: 'clinician', subject: { type: 'feedback', id }, dueAt: await afterOpenDays(tx, tx.now(), 5) })
    await audit(tx, 'feedback.statement-filed', { patientId, kind: 'report', ids: [id] })
    return { ok: true }
  })
}
