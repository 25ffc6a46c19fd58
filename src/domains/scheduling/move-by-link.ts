import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { standingOf } from './book-appointment.ts'
import { claimTime, freeClaims } from './claim-time.ts'
import { isBeforeCutoff } from './hold-time.ts'
import { listFirstDays, listOpenTimes } from './list-open-times.ts'
import { noteStep } from './note-step.ts'
import { readVisitType } from './read-settings.ts'
import type { Mode, OpenTime, Status, VisitType } from './shared.ts'
import { dayMs } from './trace-zone.ts'

export type LinkedVisit = { id: string; patientId: string; visitTypeId: string; resourceId: string; locationId: string; mode: Mode; startsAt: Date; endsAt: Date; status: Status; version: number; saidComingAt: Date | null; type: VisitType }

/** What the page of a link needs of its visit, and nothing of why. */
export async function readLinked(tx: Ctx<SystemActor>, id: string, { isHeld = false } = {}): Promise<LinkedVisit> {
  const { rows } = await sql<Omit<LinkedVisit, 'type'>>`
    select id, patient_id as "patientId", visit_type_id as "visitTypeId", resource_id as "resourceId", location_id as "locationId", mode, starts_at as "startsAt", ends_at as "endsAt", status, version, said_coming_at as "saidComingAt"
    from scheduling.appointment
    where id = ${id}::uuid
    ${isHeld ? sql`for update` : sql``}
  `.execute(tx.db.kysely)
  return { ...rows[0]!, type: (await readVisitType(tx, rows[0]!.visitTypeId, { isOpen: false }))! }
}

type Changeable = Pick<LinkedVisit, 'status' | 'type' | 'startsAt'>
/** Whether it can still be cancelled without calling. What nobody has said yes to can be taken back at any time. */
export const mayCancel = ({ status, type, startsAt }: Changeable, now: Date): boolean => status === 'requested' || (status === 'booked' && isBeforeCutoff(type, startsAt, now))
/** Whether it can be moved with the link: not where the practice says yes to each time. */
export const mayMove = (visit: Changeable, now: Date): boolean => visit.status === 'booked' && !visit.type.needsApproval && mayCancel(visit, now)

/** Open times of the same kind, with the same clinician, at the same place: to offer others would say with whom and for what. */
export function timesToMoveTo(tx: Ctx, { id, type, resourceId, locationId }: LinkedVisit, from: Date): Promise<{ times: OpenTime[]; later: string | undefined }> {
  return listFirstDays(tx, { type, resourceId, locationId, ignore: [id], from, to: new Date(tx.now().getTime() + (type.aheadDays + 1) * dayMs) }, 5)
}

/** Somebody was faster: what was written is to be undone. */
export class JustLost extends Error {}

/** Moves it at once: nobody types, so that no time is kept for it. The old one is let go in the moment in which the new one is booked; who loses the race keeps it, because `JustLost` undoes all. */
export async function moveByLink(tx: Ctx<SystemActor>, id: string, { version, startsAt }: { version: number; startsAt: Date }): Promise<{ ok: true; isRequest: boolean } | Refused<'changed-meanwhile' | 'too-late' | 'just-taken'>> {
  const visit = await readLinked(tx, id, { isHeld: true })
  if (visit.status !== 'booked' || visit.version !== version) return refused('changed-meanwhile')
  if (!mayMove(visit, tx.now())) return refused('too-late')
  const { type, resourceId, locationId } = visit
  const [time] = await listOpenTimes(tx, { type, resourceId, locationId, from: startsAt, to: new Date(startsAt.getTime() + 1), ignore: [id] })
  if (!time) return refused('just-taken')
  await freeClaims(tx, id)
  if (!(await claimTime(tx, { bookingId: id, type, resourceId, locationId, startsAt }))) throw new JustLost()
  // Where another calendar is kept, the new time is asked for, as it is in the portal.
  const { status, confirmBy } = await standingOf(tx, { startsAt: time.startsAt, locationId })
  await sql`update scheduling.appointment set starts_at = ${time.startsAt}, ends_at = ${time.endsAt}, status = ${status}, confirm_by = ${confirmBy}, extra_seat_because = null, version = version + 1 where id = ${id}::uuid`.execute(tx.db.kysely)
  await noteStep(tx, { appointmentId: id, patientId: visit.patientId, step: 'moved', version: version + 1, startsAt: time.startsAt })
  await enqueue(tx, 'scheduling.tell', { appointmentId: id })
  return { ok: true, isRequest: status === 'requested' }
}
