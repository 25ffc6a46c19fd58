import { audit } from '#platform/audit.ts'
import { bumpContent } from '#platform/content-version.ts'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { withdrawMail } from '#platform/email.ts'
import { enqueue } from '#platform/jobs.ts'
import { touch } from '#platform/touch.ts'
import { keepCopyLine } from './copy-line.ts'
import { newcomerJob, type Step } from './shared.ts'

/** A job that speaks for somebody who is not signed in. */
const throughOf = (actor: Actor): 'text' | 'link' | null => (actor.kind !== 'system' ? null : actor.job === 'notices.hear' ? 'text' : actor.job === 'scheduling.link' ? 'link' : null)

/** Somebody new, who has no account, speaks as a job about their own number. */
const byOf = (actor: Actor): Actor['kind'] => (actor.kind === 'system' && actor.job === newcomerJob ? 'visitor' : actor.kind)

/** What raises a visit's version: the job about the one before leaves its work to the next. */
const changing: ReadonlySet<Step> = new Set(['confirmed', 'declined', 'moved', 'cancelled', 'arrived', 'no-show', 'completed', 'reopened'])

type Facts = { appointmentId: string; patientId: string; step: Step; version: number; startsAt: Date; note?: string
  /** The EHR that keeps the calendar says so, and need not be told. */
  isEhrs?: boolean }

/** Who did what with a visit: in its history, and in the audit trail. What was written of it and has not left is not true any more. */
export async function noteStep(tx: Ctx, { appointmentId, patientId, step, version, startsAt, note = '', isEhrs = false }: Facts): Promise<void> {
  const { actor } = tx
  await sql`
    insert into scheduling.appointment_step (appointment_id, at, by_person, by_kind, step, version, starts_at, note, through)
    values (${appointmentId}::uuid, ${tx.now()}, ${'personId' in actor ? actor.personId : null}::uuid, ${byOf(actor)}, ${step}, ${version}, ${startsAt}, ${note.slice(0, 500)}, ${throughOf(actor)})
  `.execute(tx.db.kysely)
  // Whoever did it: who changes a visit may not touch our work themselves, and it looks at the visit as it is then.
  if (changing.has(step)) await enqueue(tx, 'scheduling.settle', { appointmentId, version: String(version) })
  if (step === 'moved' || step === 'cancelled') await withdrawMail(tx, { type: 'appointment', id: appointmentId })
  touch(tx, { topic: 'schedule', ids: [appointmentId] })
  touch(tx, { topic: 'visits', ids: [appointmentId], patientId })
  if (!isEhrs) await keepCopyLine(tx, { appointmentId, patientId, step, startsAt })
  await audit(tx, `appointment.${step}`, { patientId, kind: 'appointment', ids: [appointmentId] })
}

/** Every change of what can be booked is remembered, and is a new edition of what is kept of it. */
export async function notePlan(tx: Ctx, kind: 'visit-type' | 'resource' | 'hours' | 'special-day' | 'block' | 'question' | 'reason', ids: readonly string[], detail: Record<string, boolean> = {}): Promise<void> {
  await audit(tx, 'schedule.planned', { kind, ids, detail })
  touch(tx, { topic: 'schedule', ids: [] })
  await bumpContent(tx)
  await enqueue(tx, 'scheduling.wait', {})   // new hours, or leave that is over, may be what somebody waits for
}
