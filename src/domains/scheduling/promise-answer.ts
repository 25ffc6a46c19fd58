import type { Ctx } from '#platform/ctx.ts'
import { businessDeadline } from '#practice'
import { minuteMs } from './trace-zone.ts'

/** A business day; less where the visit would come first. */
const promises: readonly number[] = [480, 240, 120, 60, 30]

/** By when we say yes or no to a request: a business day of the place from now, sooner when the visit is sooner, and at the latest when it would begin. */
export async function promiseAnswer(ctx: Ctx, { startsAt, locationId }: { startsAt: Date; locationId: string }): Promise<Date> {
  for (const minutes of promises) {
    const due = await businessDeadline(ctx, { start: ctx.now(), minutes, locationId })
    if (due.getTime() <= startsAt.getTime() - 30 * minuteMs) return due
  }
  return new Date(Math.max(startsAt.getTime(), ctx.now().getTime() + minuteMs))
}
