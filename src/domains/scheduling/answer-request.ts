import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { baseOf } from '#platform/place.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { finishTaskAbout, openTask } from '#work'
import { keepSchedule } from './access.ts'
import { estimateTask, hastenEstimate, type Planned } from './ask-estimate.ts'
import { readCalendar } from './keep-calendar.ts'
import { freeClaims } from './claim-time.ts'
import { noteStep } from './note-step.ts'
import { newcomerTask, type DeclineReason, type Status } from './shared.ts'

export const requestTask = 'visit-request'
type Request = { id: string; patientId: string; locationId: string; confirmBy: Date }

/** Somebody waits for a yes: work for the desk, due when the patient was promised an answer. Why they come stands nowhere in it. */
export async function openRequest(tx: Ctx, { id, patientId, locationId, confirmBy }: Request): Promise<void> {
  if ((await readCalendar(tx)).source !== null) return   // then it stands on the list to copy, and the EHR's word is the yes
  await openTask(tx, {
    kind: requestTask, title: 'A visit waits for your yes', pool: 'front-desk', patientId, locationId, subject: { type: 'appointment', id }, dueAt: confirmBy,
    body: `The time is kept, and the patient was told that we answer by the time above. Confirm it, decline it or move it here: ${baseOf(tx.house.config, 'console')}/console/schedule/visits/${id}`,
  })
}

export type RequestAnswer = { version: number } & ({ answer: 'confirm' } | { answer: 'decline'; reason: DeclineReason })

/** The yes or the no to a request, also after its time: what nobody answered stays to be answered. `version`: what was seen; of two who answer at once the second is refused. */
export function answerRequest(ctx: Ctx<StaffActor>, id: string, said: RequestAnswer): Promise<{ ok: true } | Refused<'changed-meanwhile'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'changed-meanwhile'>>(ctx, async tx => {
    mustBeAbleTo(tx, keepSchedule)
    const { rows: [row] } = await sql<{ patientId: string; startsAt: Date; version: number; status: Status }>`
      select patient_id as "patientId", starts_at as "startsAt", version, status from scheduling.appointment where id = ${id}::uuid for update
    `.execute(tx.db.kysely)
    if (!row) throw new NotFound()
    if (row.status !== 'requested' || row.version !== said.version) return refused('changed-meanwhile')
    const isYes = said.answer === 'confirm'
    if (!isYes) await freeClaims(tx, id)
    await sql`update scheduling.appointment set status = ${isYes ? 'booked' : 'cancelled'}, confirm_by = null, version = version + 1 where id = ${id}::uuid`.execute(tx.db.kysely)
    await noteStep(tx, { appointmentId: id, patientId: row.patientId, step: isYes ? 'confirmed' : 'declined', version: said.version + 1, startsAt: row.startsAt, note: said.answer === 'decline' ? said.reason : '' })
    await finishTaskAbout(tx, { type: 'appointment', ids: [id] }, isYes ? 'Confirmed.' : 'Declined, and told so.', { kind: requestTask })
    await enqueue(tx, 'scheduling.tell', { appointmentId: id })
    return { ok: true }
  })
}

/**
 * The work about a visit that was changed: a request that was taken back waits for nobody, one that was moved has another time to be answered by, the
 * estimate of a visit that is sooner is due sooner, and of one that is off nobody is owed an estimate, nor is a newcomer to be linked.
 */
export function settleWork(ctx: Ctx<SystemActor>, { appointmentId: id, version }: { appointmentId: string; version: string }): Promise<void> {
  return inTransaction(ctx, async tx => {
    const { rows: [visit] } = await sql<Request & Planned & { status: Status; version: number }>`
      select id, patient_id as "patientId", location_id as "locationId", confirm_by as "confirmBy", starts_at as "startsAt", pays, status, version from scheduling.appointment where id = ${id}::uuid for update
    `.execute(tx.db.kysely)
    if (!visit || visit.version !== Number(version)) return   // changed again since: that change has a job of its own
    const about = { type: 'appointment', ids: [id] }
    await finishTaskAbout(tx, about, visit.status === 'requested' ? 'The patient asked for another time.' : visit.status === 'cancelled' ? 'The visit is off.' : 'Moved to a time that we keep.', { kind: requestTask })
    if (visit.status === 'requested') await openRequest(tx, visit)
    if (visit.status !== 'cancelled') return hastenEstimate(tx, visit)
    await finishTaskAbout(tx, about, 'The visit is off.', { kind: estimateTask })
    // Under their own number until they are linked; who comes no more needs no record.
    await finishTaskAbout(tx, { type: 'newcomer', ids: [visit.patientId] }, 'The visit is off: nobody is to be linked.', { kind: newcomerTask })
  })
}
