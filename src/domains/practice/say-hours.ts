import { addDays, dayIn, instantAt, offsetOf } from '#platform/when.ts'
import { words, type Locale } from '#platform/words.ts'
import { isOpenAt, nextChange, periodsOn } from './count-hours.ts'
import { inLocale, listWords, weekdays, type Location, type Period, type WeekHours, type Weekday } from './shared.ts'

const tag = (locale: Locale) => (locale === 'es' ? 'es-US' : 'en-US')
const formats = (options: Intl.DateTimeFormatOptions) => ({ en: new Intl.DateTimeFormat(tag('en'), options), es: new Intl.DateTimeFormat(tag('es'), options) })
const weekdayFormat = formats({ weekday: 'long', timeZone: 'UTC' })
const dayFormat = formats({ weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' })
const dayMs = 86_400_000

/** 1 → 'Monday', 'lunes'. The fifth of January 2026 was a Monday. */
export const weekdayName = (weekday: Weekday, locale: Locale): string => weekdayFormat[locale].format(new Date(Date.UTC(2026, 0, 4 + weekday)))
const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)

/** 480 → '8 am', '8 a. m.' (with spaces that do not break); 720 → 'noon', '12 del mediodía'. */
export function timeWords(minutes: number, locale: Locale): string {
  const say = words(locale)
  if (minutes === 720) return say('site.time.noon')
  if (minutes % 1440 === 0) return say('site.time.midnight')
  const hour = Math.floor(minutes / 60)
  const clock = `${(hour + 11) % 12 + 1}${minutes % 60 ? `:${String(minutes % 60).padStart(2, '0')}` : ''}`
  return say(hour < 12 ? 'site.time.morning' : 'site.time.afternoon', { clock })
}
/** After 'at' or 'until': Spanish puts an article before the hour. */
const momentWords = (minutes: number, locale: Locale): string =>
  locale === 'es' ? `${Math.floor(minutes / 60) % 12 === 1 ? 'la' : 'las'}\u00a0${timeWords(minutes, locale)}` : timeWords(minutes, locale)

/** '8 am to noon and 1 pm to 5 pm'; 'closed' without periods. */
export function periodsWords(periods: readonly Period[], locale: Locale): string {
  const say = words(locale)
  if (periods.length === 0) return say('site.hours.closed')
  return listWords(periods.map(({ opens, closes }) => say('site.hours.period', { from: timeWords(opens, locale), to: timeWords(closes, locale) })), locale)
}

/** Days in a row become 'Monday to Thursday', others are listed. */
function daysWords(days: readonly Weekday[], locale: Locale): string {
  const runs: Weekday[][] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last && last.at(-1) === day - 1) last.push(day)
    else runs.push([day])
  }
  const parts = runs.flatMap(run => (run.length < 3
    ? run.map(day => weekdayName(day, locale))
    : [words(locale)('site.hours.days', { from: weekdayName(run[0]!, locale), to: weekdayName(run.at(-1)!, locale) })]))
  return capital(listWords(parts, locale))
}

/** Lines to read: 'Monday to Thursday, 8 am to 5 pm'. Days that are closed are left out. */
export function hoursLines(hours: WeekHours, locale: Locale): string[] {
  const open = weekdays.filter(day => (hours[day] ?? []).length > 0)
  const groups = Map.groupBy(open, day => hours[day]!.map(({ opens, closes }) => `${opens}-${closes}`).join())
  return [...groups.values()].map(days => words(locale)('site.hours.line', { days: daysWords(days, locale), hours: periodsWords(hours[days[0]!]!, locale) }))
}

/** '2026-12-25' → 'Friday, December 25'. */
export const dayWords = (day: string, locale: Locale): string => dayFormat[locale].format(new Date(`${day}T12:00:00Z`))

const minutesInto = (instant: Date, zone: string) => Math.floor(((instant.getTime() + offsetOf(zone, instant)) % dayMs) / 60_000)

/** How it stands now, in words that stay true until `validUntil`: the next opening or closing, or midnight there. No words where no hours are known. */
export function openWords(location: Pick<Location, 'hours' | 'exceptions' | 'zone'>, now: Date, locale: Locale): { isOpen: boolean; words?: string; validUntil: Date } {
  const { hours, exceptions, zone } = location
  const say = words(locale)
  const isOpen = isOpenAt(hours, exceptions, zone, now)
  const next = nextChange(hours, exceptions, zone, now)
  const today = dayIn(now, zone)
  const midnight = instantAt(addDays(today, 1), '00:00', zone)
  const validUntil = next && next.at < midnight ? next.at : midnight
  if (!next) return { isOpen, validUntil }
  const thatDay = dayIn(next.at, zone)
  const time = momentWords(minutesInto(next.at, zone), locale)
  if (isOpen) return { isOpen, validUntil, words: thatDay === today ? say('site.hours.open-until', { time }) : say('site.hours.open-now') }
  if (thatDay === today) return { isOpen, validUntil, words: say('site.hours.opens-today', { time }) }
  const isSoon = next.at.getTime() - now.getTime() < 6 * dayMs
  const day = isSoon ? weekdayFormat[locale].format(new Date(`${thatDay}T12:00:00Z`)) : dayWords(thatDay, locale)
  const opens = say('site.hours.opens-day', { day, time })
  const holiday = exceptions.find(exception => exception.day === today && periodsOn(today, hours, exceptions).length === 0)
  return { isOpen, validUntil, words: holiday ? say('site.hours.holiday', { name: inLocale(holiday.name, locale), opens }) : say('site.hours.closed-now', { opens }) }
}
