import { as, type Ctx, type VisitorActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { baseOf } from '#platform/place.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mayActFor } from '#platform/scope.ts'
import { addShownWay, checkCode } from '#notices'
import { openTask } from '#work'
import { keepAnswers, type Answer } from './answer-questions.ts'
import { openRequest } from './answer-request.ts'
import { owingOf } from './ask-estimate.ts'
import { oweEstimate, standingOf } from './book-appointment.ts'
import { asNewcomer, findNewcomer, readNewcomer, type Newcomer, type NewcomerCtx } from './find-newcomer.ts'
import { newcomerHold } from './hold-for-newcomer.ts'
import { oneAtATime, type Hold } from './hold-time.ts'
import { settledAnswers } from './note-answers.ts'
import { noteStep } from './note-step.ts'
import { promiseAnswer } from './promise-answer.ts'
import { listQuestions, readVisitType } from './read-settings.ts'
import { newcomerTask } from './shared.ts'

export type NewcomerBooked = { ok: true } | Refused<'wrong' | 'over' | 'hold-ended' | 'already' | 'unanswered'>

/**
 * Makes a visit of the time that is kept, once the code came back from where it was sent and what is asked of this kind of visit is answered. Asked again it answers with the visit that is there. It stands
 * under the newcomer's own number: whether a record of such a person is here is neither asked nor said.
 */
export async function bookNewcomer(ctx: Ctx<VisitorActor>, token: string, code: string): Promise<NewcomerBooked> {
  const known = await findNewcomer(ctx, token)
  if (!known) return refused('hold-ended')
  return inTransaction<NewcomerCtx['actor'], NewcomerBooked>(asNewcomer(ctx, known.id), async tx => {
    await oneAtATime(tx, await mayActFor(tx, known.id))
    // Held until the end: where the code went cannot become another place between the look and the proof.
    const newcomer = (await readNewcomer(tx, known.id, { isHeld: true }))!
    if (newcomer.appointmentId) return { ok: true }
    if (!newcomer.contactShownAt) {
      if (!newcomer.codeId) return refused('hold-ended')
      const checked = await checkCode(as(tx, ctx.actor), newcomer.codeId, code)
      if (!checked.ok) return checked
      // What the code went to counts, not what was typed since.
      if (checked.point.address !== newcomer.contact) return refused('over')
      await sql`update scheduling.newcomer set contact_shown_at = ${tx.now()} where id = ${known.id}::uuid`.execute(tx.db.kysely)
    }
    return book(tx, newcomer)
  })
}

async function book(tx: NewcomerCtx, newcomer: Newcomer): Promise<NewcomerBooked> {
  const { rows: [contact] } = await sql<{ is_free: boolean }>`select scheduling.door_contact_is_free(${newcomer.contactKind}, ${newcomer.contact}) as is_free`.execute(tx.db.kysely)
  if (!contact!.is_free) return refused('already')
  const hold = await newcomerHold(tx)
  const answers = hold && settledAnswers(await listQuestions(tx, hold.visitTypeId), newcomer.answers)
  if (hold && !answers) return refused('unanswered')
  const { rows: claims } = await sql`update scheduling.claim set expires_at = null where booking_id = ${hold?.id ?? null}::uuid and expires_at > ${tx.now()} returning id`.execute(tx.db.kysely)
  if (!hold || claims.length === 0) return refused('hold-ended')
  const type = await readVisitType(tx, hold.visitTypeId, { isOpen: false })
  const { status, confirmBy } = await standingOf(tx, hold, type?.needsApproval ?? true)
  await sql`
    insert into scheduling.appointment (id, patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, reason, reason_locale, pays, status, confirm_by, booked_at, booked_by, booked_as)
    values (${hold.id}::uuid, ${newcomer.id}::uuid, ${hold.visitTypeId}::uuid, ${hold.resourceId}::uuid, ${hold.locationId}::uuid, ${hold.mode}, ${hold.startsAt}, ${hold.endsAt},
      ${newcomer.reason}, ${newcomer.locale}, ${newcomer.pays}, ${status}, ${confirmBy}, ${tx.now()}, null, 'visitor')
  `.execute(tx.db.kysely)
  await keepAnswers(tx, hold.id, answers!)
  await sql`delete from scheduling.hold where id = ${hold.id}::uuid`.execute(tx.db.kysely)
  await sql`update scheduling.newcomer set appointment_id = ${hold.id}::uuid, answers = '[]' where id = ${newcomer.id}::uuid`.execute(tx.db.kysely)
  await noteStep(tx, { appointmentId: hold.id, patientId: newcomer.id, step: status, version: 1, startsAt: hold.startsAt })
  await addShownWay(tx, newcomer.id, { kind: newcomer.contactKind!, address: newcomer.contact! }, newcomer.locale)
  await leaveWork(tx, newcomer, { hold, confirmBy, answers: answers! })
  await enqueue(tx, 'scheduling.tell', { appointmentId: hold.id })
  return { ok: true }
}

/** Whose record it is, what it should cost, and, where the practice must say yes, the yes. */
async function leaveWork(tx: NewcomerCtx, { id, pays, reason }: Newcomer, { hold, confirmBy, answers }: { hold: Hold; confirmBy: Date | null; answers: readonly Answer[] }): Promise<void> {
  await openTask(tx, {
    kind: newcomerTask, title: 'A new patient has booked', pool: 'front-desk', locationId: hold.locationId, subject: { type: 'newcomer', id }, dueAt: await promiseAnswer(tx, hold),
    body: `They are in no record yet. Look for them, and say whose record it is or begin one: ${baseOf(tx.house.config, 'console')}/console/schedule/newcomers/${id}`,
  })
  if (confirmBy) await openRequest(tx, { ...hold, patientId: id, confirmBy })
  await oweEstimate(tx, { ...hold, patientId: id }, owingOf(pays ?? undefined, reason, ...answers.map(answer => answer.said.en)))
}
