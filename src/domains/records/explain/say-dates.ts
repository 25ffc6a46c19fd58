import type { Locale } from '#platform/words.ts'

export type Day = {
  /** As sent. */
  sent: string
  /** "December 1, 2026", "December 2026" or "2026", as exact as it was sent. */
  words: string
  /** "Dec 1, 2026" */
  short: string
  /** Milliseconds, for order and age; the first moment of a year or month that has no day. */
  time: number
}

const months = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  es: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
} as const
const shape = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/
const zoned = new Map<string, Intl.DateTimeFormat>()

function inZone(time: number, zone: string): [number, number, number] | null {
  let format = zoned.get(zone)
  if (!format) {
    try {
      format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    } catch {
      return null
    }
    if (zoned.size < 100) zoned.set(zone, format)
  }
  const [year, month, day] = format.format(time).split('-').map(Number)
  return [year ?? 0, month ?? 0, day ?? 0]
}

/** A FHIR date in words. With a zone, an instant falls on that place's day; without one, on the day as written. Null when it is no date. */
export function sayDay(value: unknown, locale: Locale, zone?: string): Day | null {
  if (typeof value !== 'string') return null
  const match = shape.exec(value.trim())
  if (!match) return null
  let [year, month, day] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)]
  const time = Date.parse(match[4] ? value.trim() : `${match[1]}-${match[2] ?? '01'}-${match[3] ?? '01'}`)
  if (Number.isNaN(time) || year === 0) return null
  if (day > 0 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return null
  const local = match[4] && zone ? inZone(time, zone) : null
  if (local) [year, month, day] = local
  return { sent: value.trim(), time, words: put(year, month, day, locale, false), short: put(year, month, day, locale, true) }
}

function put(year: number, month: number, day: number, locale: Locale, isShort: boolean): string {
  const name = months[locale][month - 1]
  if (name === undefined) return String(year)
  const shown = isShort ? name.slice(0, 3) : name
  if (locale === 'es') return isShort ? `${day || ''} ${shown} ${year}`.trim() : day ? `${day} de ${shown} de ${year}` : `${shown} de ${year}`
  return day ? `${shown} ${day}, ${year}` : `${shown} ${year}`
}

/** The first date that is one. */
export function firstDay(locale: Locale, zone: string | undefined, ...values: unknown[]): Day | null {
  for (const value of values) {
    const day = sayDay(value, locale, zone)
    if (day) return day
  }
  return null
}

const monthsBetween = (from: number, to: Date): number => {
  const start = new Date(from)
  return (to.getUTCFullYear() - start.getUTCFullYear()) * 12 + to.getUTCMonth() - start.getUTCMonth() - (to.getUTCDate() < start.getUTCDate() ? 1 : 0)
}
/** Whole months since, by the calendar. */
export const monthsSince = (day: Day, now: Date): number => monthsBetween(day.time, now)
