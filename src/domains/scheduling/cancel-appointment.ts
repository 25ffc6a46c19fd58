import type { Ctx, PatientActor, ProxyActor, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { keepSchedule } from './access.ts'
import { freeClaims } from './claim-time.ts'
import { isBeforeCutoff } from './hold-time.ts'
import { noteStep } from './note-step.ts'
import { readVisitType } from './read-settings.ts'
import { isPlanned, type CancelReason, type Status } from './shared.ts'

type Row = { patientId: string; visitTypeId: string; startsAt: Date; version: number; status: Status }

/** The row, held until the end of the transaction; what a patient can no longer change is read without. */
async function hold(tx: Ctx, id: string): Promise<Row> {
  const row = sql`
    select patient_id as "patientId", visit_type_id as "visitTypeId", starts_at as "startsAt", version, status
    from scheduling.appointment
    where id = ${id}::uuid`
  const { rows: [held] } = await sql<Row>`${row} for update`.execute(tx.db.kysely)
  if (held) return held
  const { rows: [seen] } = await sql<Row>`${row}`.execute(tx.db.kysely)
  if (!seen) throw new NotFound()
  return seen
}

const setStatus = (tx: Ctx, id: string, status: Status) => sql`update scheduling.appointment set status = ${status}, version = version + 1 where id = ${id}::uuid`.execute(tx.db.kysely)

type Canceller = PatientActor | ProxyActor | StaffActor | SystemActor
/** Gives a visit up and lets its time go. Patients, and whoever has the link of a message, until the cut-off, with a reason of a short list; the desk always. Cancelling what is cancelled changes nothing. */
export function cancelAppointment(ctx: Ctx<Canceller>, id: string, { reason, version }: { reason: CancelReason; version: number }): Promise<{ ok: true } | Refused<'too-late' | 'changed-meanwhile'>> {
  return inTransaction<Canceller, { ok: true } | Refused<'too-late' | 'changed-meanwhile'>>(ctx, async tx => {
    if (tx.actor.kind === 'staff') mustBeAbleTo(tx as Ctx<StaffActor>, keepSchedule)
    const row = await hold(tx, id)
    if (row.status === 'cancelled') return { ok: true }
    if (!isPlanned(row.status) || row.version !== version) return refused('changed-meanwhile')
    const type = await readVisitType(tx, row.visitTypeId, { isOpen: false })
    // What nobody has said yes to can be taken back at any time.
    if (tx.actor.kind !== 'staff' && row.status === 'booked' && !isBeforeCutoff(type!, row.startsAt, tx.now())) return refused('too-late')
    await freeClaims(tx, id)
    await setStatus(tx, id, 'cancelled')
    await noteStep(tx, { appointmentId: id, patientId: row.patientId, step: 'cancelled', version: version + 1, startsAt: row.startsAt, note: reason })
    // Who looks after it hears of what they did not do themselves, signed in.
    if (tx.actor.kind === 'staff' || tx.actor.kind === 'system') await enqueue(tx, 'scheduling.tell', { appointmentId: id })
    return { ok: true }
  })
}

export type Mark = 'arrived' | 'no-show' | 'completed' | 'reopened'
const from: Readonly<Record<Mark, readonly Status[]>> = { arrived: ['booked'], 'no-show': ['booked'], completed: ['booked', 'arrived'], reopened: ['arrived', 'no-show', 'completed'] }
/** What can be said of it now. */
export const marksFor = ({ status, startsAt }: Pick<Row, 'status' | 'startsAt'>, now: Date): Mark[] => (Object.keys(from) as Mark[]).filter(mark => from[mark].includes(status) && !isTooEarly(mark, startsAt, now))

/** The desk says who came, who did not, and what is over; each can be taken back. Nobody has come or stayed away before their day. */
export function markVisit(ctx: Ctx<StaffActor>, id: string, { mark, version }: { mark: Mark; version: number }): Promise<{ ok: true } | Refused<'changed-meanwhile' | 'not-yet'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'changed-meanwhile' | 'not-yet'>>(ctx, async tx => {
    mustBeAbleTo(tx, keepSchedule)
    const row = await hold(tx, id)
    if (row.version !== version || !from[mark].includes(row.status)) return refused('changed-meanwhile')
    if (isTooEarly(mark, row.startsAt, tx.now())) return refused('not-yet')
    await setStatus(tx, id, mark === 'reopened' ? 'booked' : mark)
    await noteStep(tx, { appointmentId: id, patientId: row.patientId, step: mark, version: version + 1, startsAt: row.startsAt })
    return { ok: true }
  })
}
const hourMs = 3_600_000
/** People come early; nobody is missed before the time. */
const earlyMs: Readonly<Record<Mark, number>> = { arrived: 12 * hourMs, 'no-show': 0, completed: hourMs, reopened: Infinity }
const isTooEarly = (mark: Mark, startsAt: Date, now: Date): boolean => startsAt.getTime() - now.getTime() > earlyMs[mark]
