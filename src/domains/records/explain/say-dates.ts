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
type Zone = { format: Intl.DateTimeFormat; west: number; east: number }
const zones = new Map<string, Zone | null>()
const minute = 60_000

/** A zone's formatter, and the offsets it ever has, an hour wider on both sides. */
function zoneOf(name: string): Zone | null {
  let zone = zones.get(name)
  if (zone !== undefined) return zone
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' })
    const offsets = [Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)].map(time => {
      const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
      return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute) - time
    })
    zone = { format, west: Math.min(...offsets) - 60 * minute, east: Math.max(...offsets) + 60 * minute }
  } catch {
    zone = null
  }
  if (zones.size < 100) zones.set(name, zone)
  return zone
}

/** The day of an instant in a zone. Most instants are far from midnight in all the zone's offsets, and need no slow formatter. */
function inZone(time: number, name: string): [number, number, number] | null {
  const zone = zoneOf(name)
  if (!zone) return null
  const [west, east] = [new Date(time + zone.west), new Date(time + zone.east)]
  if (west.getUTCDate() === east.getUTCDate()) return [west.getUTCFullYear(), west.getUTCMonth() + 1, west.getUTCDate()]
  const part = Object.fromEntries(zone.format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
  return [part.year ?? 0, part.month ?? 0, part.day ?? 0]
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
