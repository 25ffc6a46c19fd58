import type { Ctx } from '#platform/ctx.ts'
import { addBusinessMinutes, businessHours } from '#practice'

const wholeDay = [{ opens: 0, closes: 1440 }]

/** The same time of day, so many days on which the practice is open later. Counted from the next opening where it is closed now. */
export async function afterOpenDays(ctx: Ctx, start: Date, days: number): Promise<Date> {
  const { hours, exceptions, zone } = await businessHours(ctx)
  const openDays = Object.fromEntries(Object.entries(hours).filter(([, periods]) => periods.length > 0).map(([day]) => [day, wholeDay]))
  const due = addBusinessMinutes(start, days * 1440, openDays, exceptions.map(one => ({ ...one, periods: one.periods.length > 0 ? wholeDay : [] })), zone)
  if (!due) throw new Error('no day on which the practice is open')
  return due
}
