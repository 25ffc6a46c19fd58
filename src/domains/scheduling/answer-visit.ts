import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mayActFor } from '#platform/scope.ts'
import { taskWordsOf, type Guarded } from '#safety'
import { keepSchedule } from './access.ts'
import { keepAnswers, type Answer } from './answer-questions.ts'
import { owingOf } from './ask-estimate.ts'
import { oweEstimate } from './book-appointment.ts'
import type { Appointment } from './list-appointments.ts'
import { noteStep } from './note-step.ts'
import { listQuestions } from './read-settings.ts'
import { isPlanned, type Question } from './shared.ts'

type Answerer = PatientActor | ProxyActor | StaffActor
type Facts = Pick<Appointment, 'id' | 'visitTypeId' | 'status' | 'startsAt'>
/** Until it begins; the desk may ask whoever has just come, too. */
const isAnswerable = ({ status, startsAt }: Facts, ctx: Ctx): boolean =>
  (isPlanned(status) && startsAt > ctx.now()) || (ctx.actor.kind === 'staff' && (isPlanned(status) || status === 'arrived'))

/** By visit, what is still to be asked about it: of its kind as it is asked now, without what was answered to any of these questions, in whatever words it was asked then. */
export async function openQuestions(ctx: Ctx, visits: readonly Facts[]): Promise<ReadonlyMap<string, readonly Question[]>> {
  const asked = new Map<string, readonly Question[]>()
  for (const visit of visits) if (isAnswerable(visit, ctx)) asked.set(visit.id, await listQuestions(ctx, visit.visitTypeId))
  const ids = [...asked].flatMap(([id, questions]) => (questions.length > 0 ? [id] : []))
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ visit: string; question: string }>`select appointment_id as visit, question_id as question from scheduling.answer where appointment_id = any (${ids}::uuid[])`.execute(ctx.db.kysely)
  const answered = new Set(rows.map(row => `${row.visit} ${row.question}`))
  return new Map(ids.map(id => [id, asked.get(id)!.filter(question => !answered.has(`${id} ${question.id}`))]))
}

/** What is still to be asked about one visit. */
export const openQuestionsOf = async (ctx: Ctx, visit: Facts): Promise<readonly Question[]> => (await openQuestions(ctx, [visit])).get(visit.id) ?? []

type Visit = Facts & { patientId: string; locationId: string; version: number }
/** Answers about a visit that is booked already: the desk's for whoever calls, or the patient's own. What was answered before stays as it was. */
export function answerVisit(ctx: Ctx<Answerer>, id: string, answers: readonly Answer[], guarded?: Guarded): Promise<{ ok: true } | Refused<'changed-meanwhile'>> {
  return inTransaction<Answerer, { ok: true } | Refused<'changed-meanwhile'>>(ctx, async tx => {
    if (tx.actor.kind === 'staff') mustBeAbleTo(tx as Ctx<StaffActor>, keepSchedule)
    const patientId = tx.actor.kind === 'staff' ? null : await mayActFor(tx, tx.actor.patientId)
    const { rows: [visit] } = await sql<Visit>`
      select id, patient_id as "patientId", visit_type_id as "visitTypeId", location_id as "locationId", status, starts_at as "startsAt", version from scheduling.appointment
      where id = ${id}::uuid and (${patientId}::uuid is null or patient_id = ${patientId}::uuid)
      for update
    `.execute(tx.db.kysely)
    if (!visit || !isAnswerable(visit, tx)) return refused('changed-meanwhile')
    const places = (await listQuestions(tx, visit.visitTypeId)).map(question => question.id)
    const fits = answers.filter(answer => places.includes(answer.questionId)).map(answer => ({ ...answer, place: places.indexOf(answer.questionId) }))
    if (await keepAnswers(tx, id, fits) === 0) return { ok: true }
    await noteStep(tx, { appointmentId: id, patientId: visit.patientId, step: 'answered', version: visit.version, startsAt: visit.startsAt, note: taskWordsOf(guarded) })
    await oweEstimate(tx, visit, owingOf(undefined, ...fits.map(answer => answer.said.en)))
    return { ok: true }
  })
}
