import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { addBusinessMinutes, businessHours } from '#practice'
import { openTasksEach } from '#work'

/** R20: so long a result that is outside the range may lie unopened before somebody calls. Another mail would go the way of the first. */
export const unopenedDays = 7
const dayMinutes = 480

/** Asks the care team, once for each, to call whoever has not opened a result that is outside the range. Returns how many. */
export function askAboutUnopened(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<{ id: string; patient_id: string }>`
      update records.life l set unopened_asked_at = ${tx.now()}
      from (
        select l.id from records.life l join records.patient p on p.id = l.patient_id
        where l.seen_at is null and l.unopened_asked_at is null and l.bearing in ('abnormal', 'critical') and l.place = 'result' and not p.is_deceased
          and l.released_at <= ${new Date(tx.now().getTime() - unopenedDays * 86_400_000)}
        order by l.released_at
        limit 500
        for update of l skip locked
      ) due
      where l.id = due.id
      returning l.id, l.patient_id
    `.execute(tx.db.kysely)
    if (rows.length === 0) return 0
    const { hours, exceptions, zone } = await businessHours(tx)
    const dueAt = addBusinessMinutes(tx.now(), dayMinutes, hours, exceptions, zone) ?? new Date(tx.now().getTime() + 86_400_000)
    await openTasksEach(tx, rows.map(row => ({ kind: 'unopened-result', title: 'Call: something in the portal has not been opened', pool: 'care-team', patientId: row.patient_id, subject: { type: 'life', id: row.id }, dueAt })))
    return rows.length
  })
}
