import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { readPractice } from '#practice'
import { readVisitTypes } from './read-settings.ts'
import type { Answer } from './answer-questions.ts'
import type { Mode, Status } from './shared.ts'

/** What was answered about a visit, under a number of its own that is always the same. */
export type CopiedAnswers = { id: string; at: Date; answers: Omit<Answer, 'place'>[] }
/** A visit that was booked here, for a copy of the record. `numbers`: what the EHR calls it, where it has it, too. */
export type CopiedVisit = { id: string; startsAt: Date; endsAt: Date; status: Status; mode: Mode; type: string; who: string; place: string; reason: string; cancelledBecause: string | null; bookedAt: Date; changedAt: Date; numbers: string[]; told: CopiedAnswers | null }

/** Every visit of a patient that was booked here, whatever became of it, the latest first: what whoever asks may see. */
export async function copyVisits(ctx: Ctx, patientId: AuthorizedPatientId): Promise<CopiedVisit[]> {
  const { rows } = await sql<Omit<CopiedVisit, 'type' | 'place' | 'told'> & { visitTypeId: string; locationId: string; toldId: string; toldAt: Date; answers: CopiedAnswers['answers'] | null }>`
    select a.id, a.starts_at as "startsAt", a.ends_at as "endsAt", a.status, a.mode, a.visit_type_id as "visitTypeId", r.name as who, a.location_id as "locationId", a.reason, a.booked_at as "bookedAt",
      coalesce(last.at, a.booked_at) as "changedAt", case when a.status = 'cancelled' then last.note end as "cancelledBecause", coalesce(sent.numbers, '{}') as numbers,
      md5('answers about ' || a.id)::uuid as "toldId", told.at as "toldAt", told.answers
    from scheduling.appointment a
    join scheduling.known_resource r on r.id = a.resource_id
    left join lateral (select s.at, s.note from scheduling.appointment_step s where s.appointment_id = a.id order by s.id desc limit 1) last on true
    left join scheduling.received sent on sent.appointment_id = a.id and sent.patient_id = a.patient_id
    left join lateral (
      select max(w.answered_at) as at, json_agg(json_build_object('questionId', w.question_id, 'kind', w.kind, 'asked', json_build_object('en', w.asked_en, 'es', w.asked_es), 'said', json_build_object('en', w.said_en, 'es', w.said_es), 'locale', w.locale) order by w.place, w.answered_at, w.question_id) as answers
      from scheduling.answer w where w.appointment_id = a.id) told on true
    where a.patient_id = ${patientId}::uuid
    order by a.starts_at desc, a.id
    limit 5000
  `.execute(ctx.db.kysely)
  const [types, places] = [await readVisitTypes(ctx), (await readPractice(ctx))?.locations ?? []]
  return rows.map(({ visitTypeId, locationId, toldId, toldAt, answers, ...row }) => ({ ...row, told: answers && { id: toldId, at: toldAt, answers }, type: types.get(visitTypeId)?.name.en ?? '', place: places.find(one => one.id === locationId)?.name ?? '' }))
}
