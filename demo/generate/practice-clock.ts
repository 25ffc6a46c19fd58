// The generated practice keeps the clock of New York. Offsets are worked out here because Intl is too slow for millions of dates.

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const YEAR = 365.25 * DAY

/** "2026-03-02T14:30:00.000Z" */
export const instant = (at: number) => new Date(at).toISOString()

/** "2026-03-02T09:30:00-05:00", as most records systems write a time of care. */
export function localTime(at: number): string {
  const offset = offsetHours(at)
  return new Date(at + offset * HOUR).toISOString().slice(0, 19) + (offset === -4 ? '-04:00' : '-05:00')
}

/** "2026-03-02", the day at the practice. */
export const localDate = (at: number) => new Date(at + offsetHours(at) * HOUR).toISOString().slice(0, 10)

/** "03/02/2026", the way notes write it. */
export function writtenDate(at: number): string {
  const [year, month, day] = localDate(at).split('-')
  return `${month}/${day}/${year}`
}

/** The same day, or the Friday before a weekend, at that hour of the practice's clock. */
export function officeTime(at: number, hour: number, minute: number): number {
  const local = new Date(at + offsetHours(at) * HOUR)
  const back = local.getUTCDay() === 6 ? 1 : local.getUTCDay() === 0 ? 2 : 0
  const day = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() - back)
  const noon = day + 17 * HOUR
  return day + (hour - offsetHours(noon)) * HOUR + minute * 60_000
}

export const ageAt = (born: number, at: number) => Math.floor((at - born) / YEAR + 1e-9)
export const monthsAt = (born: number, at: number) => (at - born) / (YEAR / 12)

const summers = new Map<number, readonly [number, number]>()

/** Hours from UTC in New York: -4 from the second Sunday of March to the first Sunday of November, else -5. */
function offsetHours(at: number): -4 | -5 {
  const year = new Date(at).getUTCFullYear()
  let summer = summers.get(year)
  if (!summer) summers.set(year, summer = [sunday(year, 2, 2) + 7 * HOUR, sunday(year, 10, 1) + 6 * HOUR])
  return at >= summer[0] && at < summer[1] ? -4 : -5
}

function sunday(year: number, month: number, which: number): number {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay()
  return Date.UTC(year, month, 1 + ((7 - first) % 7) + 7 * (which - 1))
}
