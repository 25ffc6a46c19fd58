import type { Ctx } from '#platform/ctx.ts'
import { addBusinessMinutes } from './count-hours.ts'
import { zoneWithoutPlace } from './practice-card.ts'
import { readPractice } from './read-practice.ts'
import type { ExceptionDay, Period, WeekHours } from './shared.ts'

export type BusinessHours = { hours: WeekHours; exceptions: readonly ExceptionDay[]; zone: string }

const nineToFive: readonly Period[] = [{ opens: 540, closes: 1020 }]
/** What counts as business hours where the practice has not said its own. */
const usualWeek: WeekHours = { 1: nineToFive, 2: nineToFive, 3: nineToFive, 4: nineToFive, 5: nineToFive }

/** The hours of a location; without one, or after it was given up, those of the first; Monday to Friday 9 to 5 while none are known. */
export async function businessHours(ctx: Ctx, locationId: string | null = null): Promise<BusinessHours> {
  const practice = await readPractice(ctx)
  const locations = practice?.locations ?? []
  const location = locations.find(({ id }) => id === locationId) ?? locations[0]
  if (!location) return { hours: usualWeek, exceptions: [], zone: practice?.profile.zone ?? zoneWithoutPlace }
  const hasHours = Object.values(location.hours).some(periods => periods.length > 0)
  return { hours: hasHours ? location.hours : usualWeek, exceptions: location.exceptions, zone: location.zone }
}

/** When work that starts now must be done: so many minutes (> 0) of open doors later. */
export async function businessDeadline(ctx: Ctx, { start, minutes, locationId = null }: { start: Date; minutes: number; locationId?: string | null }): Promise<Date> {
  const { hours, exceptions, zone } = await businessHours(ctx, locationId)
  const due = addBusinessMinutes(start, minutes, hours, exceptions, zone)
  if (!due) throw new Error('no business hours within ten years')
  return due
}

/** The zone in which the practice says its times: that of its first location, or the one that setup was told. */
export async function practiceZone(ctx: Ctx): Promise<string> {
  const practice = await readPractice(ctx)
  return practice?.locations[0]?.zone ?? practice?.profile.zone ?? zoneWithoutPlace
}
