import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { addBusinessMinutes, businessHours } from '#practice'
import { findersOf } from '#release'
import { finishTaskAbout, openTasksEach, ownersAbout, subjectsOf } from '#work'

const dayMinutes = 480
type Ending = { id: string; patient_id: string; opens_at: Date; held_by: 'patient' | 'harm'; hold_id: string | null; reviewed_by: string | null; is_critical: boolean }

/**
 * A day of business before a hold ends and nobody has talked with the patient: the manager is told, and whoever owns the result or found the
 * danger; the patient, who may choose again. Once for each. Source: R8+, A9. Returns how many.
 */
export function askBeforeEnds(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    await settleOpened(tx)
    const { hours, exceptions, zone } = await businessHours(tx)
    const until = addBusinessMinutes(tx.now(), dayMinutes, hours, exceptions, zone) ?? new Date(tx.now().getTime() + 86_400_000)
    const { rows } = await sql<Ending>`
      update records.life l set ending_told_at = ${tx.now()}
      from (
        select id from records.life
        where released_at is null and ending_told_at is null and held_by in ('patient', 'harm') and contacted_at is null and opens_at > ${tx.now()} and opens_at <= ${until}
        order by opens_at
        limit 500
        for update skip locked
      ) due
      where l.id = due.id
      returning l.id, l.patient_id, l.opens_at, l.held_by, l.bearing = 'critical' as is_critical, l.hold_id, l.reviewed_by
    `.execute(tx.db.kysely)
    // A critical value has its page; four hours are no day.
    const ending = rows.filter(row => !row.is_critical)
    const owners = await ownersAbout(tx, { kind: 'result-review', type: 'life', ids: ending.map(row => row.id) })
    const finders = await findersOf(tx, ending.filter(row => row.held_by === 'harm').flatMap(row => row.hold_id ?? []))
    const about = (row: Ending) => ({ patientId: row.patient_id, subject: { type: 'life', id: row.id }, dueAt: row.opens_at })
    await openTasksEach(tx, ending.flatMap(row => [
      { kind: 'hold-ends', title: row.held_by === 'harm' ? 'A hold for safety ends on the next day of business' : 'What a patient waits with opens on the next day of business, and nobody has talked with them', pool: 'manager' as const, ...about(row) },
      { kind: 'hold-ends-owner', title: row.held_by === 'harm' ? 'A hold for safety ends: look at it again, or let it open' : 'Talk with the patient before this opens', pool: 'clinician' as const, ownerId: finders.get(row.hold_id ?? '') ?? owners.get(row.id) ?? row.reviewed_by, ...about(row) },
    ]))
    for (const patientId of new Set(ending.filter(row => row.held_by === 'patient').map(row => row.patient_id))) await enqueue(tx, 'records.tell', { patientId, isAnswer: 1 }, { key: `tell-ending:${patientId}` })
    return ending.length
  })
}

/** Opened meanwhile, by whoever: nothing is left to ask for. */
async function settleOpened(tx: Ctx<SystemActor>): Promise<void> {
  for (const kind of ['hold-ends', 'hold-ends-owner']) {
    const { rows } = await sql<{ id: string }>`select id from records.life where id = any (${await subjectsOf(tx, kind)}::uuid[]) and released_at is not null`.execute(tx.db.kysely)
    await finishTaskAbout(tx, { type: 'life', ids: rows.map(row => row.id) }, 'It is open now.', { kind })
  }
}
