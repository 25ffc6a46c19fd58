import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { listStaff, type StaffRow } from '#accounts'
import { addBusinessMinutes, businessHours } from '#practice'
import { openTasksEach } from '#work'
import { answerOrders } from './answer-orders.ts'
import { graceDays } from './expect-result.ts'

const dayMinutes = 480
type Due = { id: string; patient_id: string; ordered_by: string | null }

/**
 * R20: an order whose result is not here three days after it was expected is work for whoever ordered it, once; for their pool, or the manager, where
 * they have left. History, what is on hold, and what was ordered for somebody who has died asks nobody. Returns how many.
 */
export function askAboutOrders(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    const due = await findDue(tx)
    // A result may have come by a way that did not lead past its order: two patients joined, an order written down late.
    await answerOrders(tx, [...new Set(due.map(row => row.patient_id))])
    const { rows } = await sql<Due>`
      update records.test_order o set asked_at = ${tx.now()}
      where o.id = any (${due.map(row => row.id)}::uuid[]) and o.ended_at is null and o.asked_at is null
      returning o.id, o.patient_id, o.ordered_by
    `.execute(tx.db.kysely)
    if (rows.length === 0) return 0
    const [staff, { hours, exceptions, zone }] = [(await listStaff(tx)).filter(person => !person.isDisabled), await businessHours(tx)]
    const dueAt = addBusinessMinutes(tx.now(), dayMinutes, hours, exceptions, zone) ?? new Date(tx.now().getTime() + 86_400_000)
    await openTasksEach(tx, rows.map(row => ({ kind: 'order-overdue', title: 'A test that was ordered has no result yet', ...whoseWork(row.ordered_by, staff), patientId: row.patient_id, subject: { type: 'order', id: row.id }, dueAt })))
    return rows.length
  })
}

async function findDue(tx: Ctx): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select o.id, o.patient_id, o.ordered_by
    from records.test_order o join records.patient p on p.id = o.patient_id
    where o.ended_at is null and o.asked_at is null and o.is_news and not o.is_on_hold and not p.is_deceased
      and o.expected_at <= ${new Date(tx.now().getTime() - graceDays * 86_400_000)}
    order by o.expected_at
    limit 500
    for update of o skip locked
  `.execute(tx.db.kysely)
  return rows
}

const treats = (person: StaffRow) => person.roles.includes('clinician') || person.roles.includes('care-team')
function whoseWork(orderedBy: string | null, staff: readonly StaffRow[]): { pool: 'clinician' | 'care-team' | 'manager'; ownerId: string | null } {
  const person = staff.find(one => one.personId === orderedBy && treats(one))
  if (person) return { pool: person.roles.includes('clinician') ? 'clinician' : 'care-team', ownerId: person.personId }
  return { pool: staff.some(one => one.roles.includes('clinician')) ? 'clinician' : 'manager', ownerId: null }
}
