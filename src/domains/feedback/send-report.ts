import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor, Role } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { Invalid } from '#platform/errors.ts'
import { mayActFor, type AuthorizedPatientId } from '#platform/scope.ts'
import type { Locale } from '#platform/words.ts'
import { dangerChoice, taskWordsOf, type Guarded } from '#safety'
import { openTask } from '#work'
import { afterOpenDays } from './count-days.ts'
import { findAuthor } from './find-author.ts'
import { mostWords, type ReportKind, type Subject } from './shared.ts'

export type NewReport = { patientId: AuthorizedPatientId; subject: Subject; kind: ReportKind; words: string; locale: Locale; guarded?: Guarded }
type Clock = { openDays: number; mostDays?: number } | { minutes: number }
type Route = { clock: Clock; pool: Role; isAuthors: boolean; alsoTo?: Role }

/** Who gets it, and how long they have. Source: N11; a correction is acted on within 60 days at most (45 CFR 164.526). */
const routes: Readonly<Record<ReportKind, Route>> = {
  'wrong-person': { clock: { minutes: 60 }, pool: 'manager', isAuthors: false },
  'wrong-fact': { clock: { openDays: 10, mostDays: 60 }, pool: 'clinician', isAuthors: true },
  missing: { clock: { openDays: 10, mostDays: 60 }, pool: 'clinician', isAuthors: true },
  'hurtful-words': { clock: { openDays: 5 }, pool: 'clinician', isAuthors: true, alsoTo: 'manager' },
  'not-understood': { clock: { openDays: 1 }, pool: 'care-team', isAuthors: false },
  question: { clock: { openDays: 1 }, pool: 'care-team', isAuthors: false },
}
const dayMs = 86_400_000
/** All that a task says: tasks are seen by those who make appointments too (N12). */
const title = (kind: ReportKind): string => (kind === 'question' ? 'A patient asks about a result' : kind === 'wrong-person' ? 'Privacy: a patient says that something looks wrong' : 'A patient says that something looks wrong')

/** Keeps what a patient, or who acts for them, says of a thing they read, and makes it somebody's work with a clock. */
export function sendReport(ctx: Ctx<PatientActor | ProxyActor>, { patientId, subject, kind, words, locale, guarded }: NewReport): Promise<{ id: string; dueAt: Date }> {
  return inTransaction(ctx, async tx => {
    await mayActFor(tx, patientId)
    const said = words.trim().slice(0, mostWords)
    if (said === '' && kind !== 'not-understood' && kind !== 'wrong-person') throw new Invalid({ words: 'empty' })
    const { clock, pool, isAuthors, alsoTo } = routes[kind]
    const now = tx.now()
    const dueAt = 'minutes' in clock ? new Date(now.getTime() + clock.minutes * 60_000) : await afterOpenDays(tx, now, clock.openDays)
    const actBy = 'mostDays' in clock && clock.mostDays ? new Date(now.getTime() + clock.mostDays * dayMs) : null
    const ownerId = isAuthors ? await findAuthor(tx, subject.author) : null
    const { rows } = await sql<{ id: string }>`
      insert into feedback.report (patient_id, sent_by, category, subject_type, subject_id, part, title, excerpt, author, kind, words, locale, sent_at, due_at, act_by, owner_id, danger, danger_kinds)
      values (${patientId}::uuid, ${tx.actor.personId}::uuid, ${subject.category}, ${subject.type}, ${subject.id}::uuid, ${subject.part}, ${subject.title.slice(0, 200) || '-'}, ${subject.excerpt.slice(0, 6_000)},
        ${subject.author?.slice(0, 200) ?? null}, ${kind}, ${said}, ${locale}, ${now}, ${dueAt}, ${actBy}, ${ownerId}::uuid,
        ${dangerChoice(guarded) ?? null}, ${dangerChoice(guarded) ? [...guarded!.kinds] : []}::text[])
      returning id
    `.execute(tx.db.kysely)
    const { id } = rows[0]!
    const task = { title: title(kind), body: taskWordsOf(guarded), subject: { type: 'feedback', id }, dueAt }
    await openTask(tx, { ...task, kind: kind === 'question' ? 'patient-question' : kind === 'wrong-person' ? 'privacy-incident' : 'patient-report', pool, ...(ownerId && { ownerId }) })
    if (alsoTo) await openTask(tx, { ...task, kind: 'second-reader', pool: alsoTo })
    await audit(tx, 'feedback.sent', { patientId, kind: 'report', ids: [id], detail: { kind } })
    return { id, dueAt }
  })
}
