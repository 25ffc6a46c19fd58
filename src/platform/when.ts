import type { Locale } from '#platform/words.ts'

type Style = 'day' | 'day-short' | 'moment' | 'moment-short' | 'time' | 'month'
const options: Record<Style, Intl.DateTimeFormatOptions> = {
  day: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  'day-short': { year: 'numeric', month: 'short', day: 'numeric' },
  moment: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
  'moment-short': { weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
  time: { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
  month: { year: 'numeric', month: 'long' },
}

// A formatter is costly to make and cheap to use.
const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(locale: Locale, zone: string, style: Style): Intl.DateTimeFormat {
  const key = `${locale}|${zone}|${style}`
  let made = formatters.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(locale === 'es' ? 'es-US' : 'en-US', { ...options[style], timeZone: zone })
    formatters.set(key, made)
  }
  return made
}

/** An instant as people of `zone` (IANA) say it. Times always name their zone. */
export const formatWhen = (instant: Date, zone: string, style: Style, locale: Locale = 'en'): string => formatter(locale, zone, style).format(instant)

/** A day without a time, '2026-11-23', as people say it. What is no day of the calendar is given back as it is. */
export function formatDay(day: string, style: 'day' | 'day-short' | 'month' = 'day-short', locale: Locale = 'en'): string {
  const instant = new Date(`${day}T12:00:00Z`)
  return Number.isNaN(instant.getTime()) ? day : formatter(locale, 'UTC', style).format(instant)
}

const relative = { en: new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' }), es: new Intl.RelativeTimeFormat('es-US', { numeric: 'auto' }) }
const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60]]

/** How far `instant` is from `now`: 'in 3 hours', '2 days ago'. */
export function formatDistance(instant: Date, now: Date, locale: Locale = 'en'): string {
  const seconds = (instant.getTime() - now.getTime()) / 1_000
  for (const [unit, length] of steps) if (Math.abs(seconds) >= length) return relative[locale].format(Math.trunc(seconds / length), unit)
  return relative[locale].format(0, 'minute')
}

/** The calendar day of an instant in a zone, as '2026-11-23'. */
const days = new Map<string, Intl.DateTimeFormat>()
export function dayIn(instant: Date, zone: string): string {
  let made = days.get(zone)
  if (!made) days.set(zone, made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }))
  return made.format(instant)
}

const offsets = new Map<string, Intl.DateTimeFormat>()
/** Milliseconds that `zone` is ahead of UTC at an instant. */
export function offsetOf(zone: string, instant: Date): number {
  let made = offsets.get(zone)
  if (!made) {
    made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
    offsets.set(zone, made)
  }
  const part = Object.fromEntries(made.formatToParts(instant).map(({ type, value }) => [type, Number(value)])) as Record<string, number>
  const asUtc = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!)
  return asUtc - Math.floor(instant.getTime() / 1_000) * 1_000
}

/** The instant of a wall-clock time in a zone: '2026-11-23', '09:30'. A time that DST skips is moved forward; a doubled one is the first. */
export function instantAt(day: string, time: string, zone: string): Date {
  const wall = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`)
  const candidates = [wall - offsetOf(zone, new Date(wall - 86_400_000)), wall - offsetOf(zone, new Date(wall + 86_400_000))].sort((a, b) => a - b)
  for (const candidate of candidates) if (candidate + offsetOf(zone, new Date(candidate)) === wall) return new Date(candidate)
  return new Date(candidates[1]!)
}
