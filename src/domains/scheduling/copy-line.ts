import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { auditList } from '#platform/audit.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { finishTaskAbout, openTask } from '#work'
import { keepSchedule } from './access.ts'
import { readCalendar } from './keep-calendar.ts'
import { promiseAnswer } from './promise-answer.ts'
import type { Mode, Step } from './shared.ts'

export type CopyWhat = 'book' | 'move' | 'cancel'
const wants: Partial<Record<Step, CopyWhat>> = { requested: 'book', booked: 'book', moved: 'move', cancelled: 'cancel', declined: 'cancel' }
const kind = 'copy-to-ehr'
const titles: Readonly<Record<CopyWhat, string>> = { book: 'A visit is to be copied into the EHR', move: 'A visit is to be moved in the EHR', cancel: 'A visit is to be cancelled in the EHR' }

type Line = { what: CopyWhat; thereAt: Date | null; isOpen: boolean }
async function readLine(tx: Ctx, appointmentId: string): Promise<Line | undefined> {
  const { rows: [line] } = await sql<Line>`
    select what, there_at as "thereAt", done_at is null as "isOpen" from scheduling.copy_line where appointment_id = ${appointmentId}::uuid
  `.execute(tx.db.kysely)
  return line
}

/**
 * Somebody booked, moved or cancelled here what an EHR keeps: it is staff's to copy, with an owner and a time. What was given up before anybody
 * copied it is nobody's work any more, and what was moved before that is still to be booked.
 */
export async function keepCopyLine(tx: Ctx, { appointmentId, patientId, step, startsAt }: { appointmentId: string; patientId: string; step: Step; startsAt: Date }): Promise<void> {
  const wanted = wants[step]
  if (!wanted || (await readCalendar(tx)).source === null) return
  const line = await readLine(tx, appointmentId)
  const { rows: [joined] } = await sql<{ at: Date; locationId: string }>`
    select r.starts_at as at from scheduling.received r where r.appointment_id = ${appointmentId}::uuid and r.status not in ('cancelled', 'gone')
  `.execute(tx.db.kysely)
  const thereAt = joined?.at ?? line?.thereAt ?? null
  if (wanted === 'cancel' && thereAt === null) {
    if (line?.isOpen) await closeLine(tx, appointmentId, 'undone')
    return
  }
  const what = thereAt === null ? 'book' : wanted
  const { rows: [place] } = await sql<{ locationId: string }>`select location_id as "locationId" from scheduling.appointment where id = ${appointmentId}::uuid`.execute(tx.db.kysely)
  const dueAt = await promiseAnswer(tx, { startsAt, locationId: place!.locationId })
  await sql`
    insert into scheduling.copy_line as l (appointment_id, what, there_at, opened_at, due_at) values (${appointmentId}::uuid, ${what}, ${thereAt}, ${tx.now()}, ${dueAt})
    on conflict (appointment_id) do update set what = excluded.what, there_at = excluded.there_at, done_at = null, done_by = null, done_because = null,
      opened_at = case when l.done_at is null then l.opened_at else excluded.opened_at end, due_at = case when l.done_at is null then least(l.due_at, excluded.due_at) else excluded.due_at end
  `.execute(tx.db.kysely)
  await openTask(tx, { kind, title: titles[what], pool: 'front-desk', patientId, subject: { type: 'appointment', id: appointmentId }, dueAt, body: 'All that is to be copied stands under Schedule, “To copy”.' })
}

/** The EHR has it, or need not. Work that a patient cannot end is ended by a job. */
export async function closeLine(tx: Ctx, appointmentId: string, because: 'copied' | 'ehr' | 'undone', thereAt: Date | null = null): Promise<void> {
  await sql`
    update scheduling.copy_line set done_at = ${tx.now()}, done_because = ${because}, done_by = ${because === 'copied' && tx.actor.kind === 'staff' ? tx.actor.personId : null}::uuid, there_at = ${thereAt}
    where appointment_id = ${appointmentId}::uuid and done_at is null
  `.execute(tx.db.kysely)
  await enqueue(tx, 'scheduling.copied', { appointmentId })
}

/** Ends the work of copying what is copied. */
export function endCopying(ctx: Ctx<SystemActor>, appointmentId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    const line = await readLine(tx, appointmentId)
    if (line && !line.isOpen) await finishTaskAbout(tx, { type: 'appointment', ids: [appointmentId] }, 'The EHR has it as it is here.', { kind })
  })
}

export type CopyLine = {
  appointmentId: string; patientId: string; what: CopyWhat; thereAt: Date | null; openedAt: Date; dueAt: Date
  startsAt: Date; visitTypeId: string; who: string; locationId: string; mode: Mode; reason: string; version: number
  /** Visits of theirs in the EHR that are none of ours yet: one of them may be it. */
  candidates: { id: string; startsAt: Date; who: string; what: string; locationId: string | null }[]
}

const nearest = <V extends { startsAt: Date }>(to: Date, visits: readonly V[]): V[] => [...visits].sort((a, b) => Math.abs(a.startsAt.getTime() - to.getTime()) - Math.abs(b.startsAt.getTime() - to.getTime())).slice(0, 3)

/** All that is to be copied, the oldest first, 200 at most; each patient's seeing is an event of theirs. */
export async function listCopyLines(ctx: Ctx<StaffActor>): Promise<CopyLine[]> {
  mustBeAbleTo(ctx, keepSchedule)
  const { rows } = await sql<Omit<CopyLine, 'candidates'>>`
    select l.appointment_id as "appointmentId", a.patient_id as "patientId", l.what, l.there_at as "thereAt", l.opened_at as "openedAt", l.due_at as "dueAt", a.starts_at as "startsAt", a.visit_type_id as "visitTypeId",
      r.name as who, a.location_id as "locationId", a.mode, a.reason, a.version
    from scheduling.copy_line l
    join scheduling.appointment a on a.id = l.appointment_id
    join scheduling.known_resource r on r.id = a.resource_id
    where l.done_at is null
    order by l.opened_at, l.appointment_id
    limit 200
  `.execute(ctx.db.kysely)
  const { rows: others } = await sql<CopyLine['candidates'][number] & { patientId: string }>`
    select r.id, r.patient_id as "patientId", r.starts_at as "startsAt", r.with_name as who, r.what, r.location_id as "locationId"
    from scheduling.received r join scheduling.calendar c on c.source = r.source
    where r.patient_id = any (${rows.filter(row => row.what === 'book').map(row => row.patientId)}::uuid[]) and r.appointment_id is null and r.status in ('requested', 'booked') and r.starts_at > ${ctx.now()}
    order by r.starts_at
    limit 500
  `.execute(ctx.db.kysely)
  await auditList(ctx, 'appointments.viewed', rows)
  return rows.map(row => ({ ...row, candidates: row.what === 'book' ? nearest(row.startsAt, others.filter(one => one.patientId === row.patientId)) : [] }))
}

/** Somebody has copied it. `version`: of the visit that they saw; what has changed since is still to be copied. */
export function tickCopied(ctx: Ctx<StaffActor>, appointmentId: string, version: number): Promise<{ ok: true } | Refused<'changed-meanwhile'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'changed-meanwhile'>>(ctx, async tx => {
    mustBeAbleTo(tx, keepSchedule)
    const { rows: [visit] } = await sql<{ version: number; startsAt: Date }>`select version, starts_at as "startsAt" from scheduling.appointment where id = ${appointmentId}::uuid for update`.execute(tx.db.kysely)
    const line = await readLine(tx, appointmentId)
    if (!visit || !line?.isOpen || visit.version !== version) return refused('changed-meanwhile')
    await closeLine(tx, appointmentId, 'copied', line.what === 'cancel' ? null : visit.startsAt)
    return { ok: true }
  })
}
