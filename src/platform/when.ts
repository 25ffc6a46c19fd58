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

/** Kept under a key, up to so many; then begun anew. */
const most = 20_000
function keep<K, V>(map: Map<K, V>, key: K, value: V): V {
  if (map.size >= most) map.clear()
  map.set(key, value)
  return value
}

/** An instant as people of `zone` (IANA) say it. Times always name their zone. */
export function formatWhen(instant: Date, zone: string, style: Style, locale: Locale = 'en'): string {
  if (style !== 'day' && style !== 'day-short') return formatter(locale, zone, style).format(instant)
  const day = localDay(instant, zone)
  const said = saidDays[`${locale} ${style}`] ??= new Map()
  return said.get(day) ?? keep(said, day, formatter(locale, 'UTC', style).format(new Date(day * dayMs)))
}
const dayMs = 86_400_000
const saidDays: Record<string, Map<number, string>> = {}

/** The days since 1970-01-01 of an instant's day in a zone. A list of fifty days is told from two look-ups each, not from fifty formatters. */
function localDay(instant: Date, zone: string): number {
  const time = instant.getTime()
  const utcDay = Math.floor(time / dayMs)
  const known = steadyOffsets.get(zone) ?? keep(steadyOffsets, zone, new Map<number, number>())
  const offset = known.get(utcDay) ?? keep(known, utcDay, steadyOffset(zone, utcDay))
  return Math.floor((time + (Number.isNaN(offset) ? offsetOf(zone, instant) : offset)) / dayMs)
}
const steadyOffsets = new Map<string, Map<number, number>>()
/** The zone's offset all through a day of UTC; NaN on a day when its clocks change. */
function steadyOffset(zone: string, utcDay: number): number {
  const [first, last] = [offsetOf(zone, new Date(utcDay * dayMs)), offsetOf(zone, new Date((utcDay + 1) * dayMs))]
  return first === last ? first : Number.NaN
}

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
export const dayIn = (instant: Date, zone: string): string => new Date(localDay(instant, zone) * dayMs).toISOString().slice(0, 10)

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

/** A day that there is, as databases have days too: '2026-11-23', and neither '2026-02-31' nor '0000-01-01'. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && text >= '0001' && isFinite(Date.parse(`${text}T00:00:00Z`)) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
/** A time of the clock: '09:30'. */
export const isClock = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

/** A day of the calendar so many days later or, with a minus, earlier: '2026-11-23'. Clocks that change are nothing to it. */
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
/** The Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** The instant of a wall-clock time in a zone: '2026-11-23', '09:30'. A time that DST skips is moved forward; a doubled one is the first. */
export function instantAt(day: string, time: string, zone: string): Date {
  const wall = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`)
  const candidates = [wall - offsetOf(zone, new Date(wall - 86_400_000)), wall - offsetOf(zone, new Date(wall + 86_400_000))].sort((a, b) => a - b)
  for (const candidate of candidates) if (candidate + offsetOf(zone, new Date(candidate)) === wall) return new Date(candidate)
  return new Date(candidates[1]!)
}

/** A moment on somebody's own clock, where that shows another time than the clinic's: the time, or with its day where the day is another. */
export function ownMoment(at: Date, { zone, own, locale }: { zone: string; own: string | undefined; locale: Locale }): string | undefined {
  if (!own || offsetOf(own, at) === offsetOf(zone, at)) return undefined
  return formatWhen(at, own, dayIn(at, own) === dayIn(at, zone) ? 'time' : 'moment-short', locale)
}
