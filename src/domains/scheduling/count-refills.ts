import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

/**
 * Times by the week or the month in which they lie, on the practice's calendar; firstDay: a Monday, or the first of a month.
 * letGo: a clinician's time that a visit had and gave up before it began, by a cancellation, a move or a request that was declined; not beside another visit, and
 * not where the practice has blocked the time since. refilled: of these, the ones that another visit took before the time began; of a time that was let go again
 * after that, the first giving-up counts as refilled. byOffer: of the refilled ones, those that an offer of the waitlist filled.
 */
export type Refills = { firstDay: string; letGo: number; refilled: number; byOffer: number }

type Span = { from: string; to: string; by: 'week' | 'month' }
/** Slots let go and refilled, of the days `from` up to `to`, which is not counted; weeks and months without any are left out. As of the last count (`measureDays`). Rate: refilled ÷ letGo. */
export async function countRefills(ctx: Ctx<StaffActor>, { from, to, by }: Span): Promise<Refills[]> {
  const { rows } = await sql<Refills>`
    select to_char(date_trunc(${by}, day), 'YYYY-MM-DD') as "firstDay", sum(let_go)::int as "letGo", sum(refilled)::int as refilled, sum(by_offer)::int as "byOffer"
    from scheduling.day_refill
    where day >= ${from}::date and day < ${to}::date
    group by 1
    order by 1
  `.execute(ctx.db.kysely)
  return rows
}
