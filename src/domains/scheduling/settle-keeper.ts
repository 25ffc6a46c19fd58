import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { finishTaskAbout } from '#work'
import { openRequest, requestTask } from './answer-request.ts'
import { closeLine, keepCopyLine } from './copy-line.ts'
import { readCalendar } from './keep-calendar.ts'

type Asked = { id: string; patientId: string; locationId: string; confirmBy: Date; startsAt: Date }

/**
 * The calendar is kept by another from now on, or here again. Who asked for a visit and has no answer yet is somebody's to answer all the same: at the desk
 * while it is kept here, by the list to copy while an EHR does. What was to be copied need not be once nobody else keeps it.
 */
export function settleKeeper(ctx: Ctx<SystemActor>): Promise<void> {
  return inTransaction(ctx, async tx => {
    const isHere = (await readCalendar(tx)).source === null
    const { rows: asked } = await sql<Asked>`
      select id, patient_id as "patientId", location_id as "locationId", confirm_by as "confirmBy", starts_at as "startsAt"
      from scheduling.appointment where status = 'requested' and ends_at > ${tx.now()} order by id limit 5000
      for update
    `.execute(tx.db.kysely)
    for (const visit of asked) {
      if (isHere) await openRequest(tx, visit)
      else await keepCopyLine(tx, { appointmentId: visit.id, patientId: visit.patientId, step: 'requested', startsAt: visit.startsAt })
    }
    if (!isHere) return finishTaskAbout(tx, { type: 'appointment', ids: asked.map(({ id }) => id) }, 'It is on the list to copy: the EHR keeps the calendar.', { kind: requestTask })
    const { rows: lines } = await sql<{ id: string }>`select appointment_id as id from scheduling.copy_line where done_at is null order by 1 limit 5000`.execute(tx.db.kysely)
    for (const { id } of lines) await closeLine(tx, id, 'undone')
  })
}
