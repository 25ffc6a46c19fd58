import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { practiceZone } from '#practice'

/**
 * Times by the month in which they lie, '2026-11', on the practice's calendar.
 * letGo: a clinician's time that a visit had and gave up before it began, by a cancellation, a move or a request that was declined; not beside another visit, and
 * not where the practice has blocked the time since. refilled: of these, the ones that another visit took; of a time that was let go again after that, the first giving-up
 * counts as refilled. byOffer: of the refilled ones, those that an offer of the waitlist filled.
 */
export type Refills = { month: string; letGo: number; refilled: number; byOffer: number }

/** Slots let go and refilled, each month from `since` up to `until`; months without any are left out. Rate: refilled ÷ letGo. */
export async function countRefills(ctx: Ctx<StaffActor | SystemActor>, { since, until }: { since: Date; until: Date }): Promise<Refills[]> {
  const { rows } = await sql<Refills>`
    select month, let_go as "letGo", refilled, by_offer as "byOffer" from scheduling.door_refills(${since}, ${until}, ${await practiceZone(ctx)}) order by month
  `.execute(ctx.db.kysely)
  return rows
}
