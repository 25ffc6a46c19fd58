import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { dayIn, instantAt } from '#platform/when.ts'
import { practiceZone } from '#practice'
import { openTask } from '#work'
import { seeHoldCounts } from './access.ts'
import type { Dangers } from './shared.ts'

/** How often somebody held a result back for a reason. `again`: of these, how often there was an earlier finding about the same result. */
export type FindingCount = { foundBy: string; name: string; danger: Dangers; found: number; ended: number; ranOut: number; stands: number; again: number }
/** '2026-11' */
export type Month = string
const next = (month: Month): Month => { const [year, number] = month.split('-').map(Number) as [number, number]; return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}` }
export const monthOf = (at: Date, zone: string): Month => dayIn(at, zone).slice(0, 7)
export const isMonth = (text: string): boolean => /^20\d{2}-(0[1-9]|1[0-2])$/.test(text)

async function countsOf(ctx: Ctx, month: Month): Promise<FindingCount[]> {
  const zone = await practiceZone(ctx)
  const { rows } = await sql<FindingCount>`
    select found_by as "foundBy", name, danger, found, ended, ran_out as "ranOut", stands, again
    from release.door_finding_counts(${instantAt(`${month}-01`, '00:00', zone)}, ${instantAt(`${next(month)}-01`, '00:00', zone)})
  `.execute(ctx.db.kysely)
  return rows
}

/** What was held back for safety in a month of the practice's, by clinician and reason; nothing of whom. Source: R9. */
export async function countFindings(ctx: Ctx<StaffActor>, month: Month): Promise<FindingCount[]> {
  mustBeAbleTo(ctx, seeHoldCounts)
  const counts = await countsOf(ctx, month)
  await audit(ctx, 'release.report-read', { detail: { month } })
  return counts
}

/** When a month is over and something was held back in it, its report is work for the manager, once. Returns whether there is one. */
export function reportFindings(ctx: Ctx<SystemActor>): Promise<boolean> {
  return inTransaction(ctx, async tx => {
    const zone = await practiceZone(tx)
    const [year, number] = monthOf(tx.now(), zone).split('-').map(Number) as [number, number]
    const last = number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
    if ((await countsOf(tx, last)).length === 0) return false
    const { rows: [done] } = await sql<{ id: string }>`insert into release.report (month, made_at) values (${last}, ${tx.now()}) on conflict do nothing returning id`.execute(tx.db.kysely)
    if (!done) return false
    await openTask(tx, {
      kind: 'findings-report', title: `Read what was held back for safety in ${last}`, pool: 'manager', subject: { type: 'findings-report', id: done.id }, dueInBusinessMinutes: 5 * 480,
      body: `Results that clinicians held back because reading them would endanger somebody: how often, by whom and why. You find it under When results open, Held for safety.`,
    })
    return true
  })
}
