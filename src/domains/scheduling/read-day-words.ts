import { addDays, mondayOf } from '#platform/when.ts'
import type { Part, ReadWish } from './read-wish.ts'

/** Both ends belong to it. `weekdays`: 1 is Monday. */
export type Days = { from?: string; until?: string; weekdays?: number[] }
type Found = { length: number; days?: Days; part?: Part; other?: string }

export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7
const exists = (year: number, month: number, day: number): string | undefined => {
  const made = new Date(Date.UTC(year, month - 1, day))
  return made.getUTCMonth() === month - 1 && day > 0 ? made.toISOString().slice(0, 10) : undefined
}
/** The first such day of the calendar that has not passed. */
const coming = (today: string, month: number, day: number): string | undefined => {
  const year = Number(today.slice(0, 4))
  return [year, year + 1, year + 2, year + 3, year + 4].map(each => exists(each, month, day)).find(each => each !== undefined && each >= today)
}

const weekdayWords: readonly string[] = ['mondays?|mon|lunes|lun', 'tuesdays?|tues?|martes', 'wednesdays?|wed|miercoles|mie', 'thursdays?|thurs?|thu|jueves|jue', 'fridays?|fri|viernes|vie', 'saturdays?|sat|sabados?|sab', 'sundays?|sun|domingos?|dom']
const monthWords: readonly string[] = ['january|jan|enero|ene', 'february|feb|febrero', 'march|marzo|mar', 'april|apr|abril|abr', 'may|mayo', 'june|jun|junio', 'july|jul|julio', 'august|aug|agosto|ago', 'september|sept?|septiembre', 'october|oct|octubre', 'november|nov|noviembre', 'december|dec|diciembre|dic']
const [weekday, month] = [weekdayWords, monthWords].map(words => `(?:${words.join('|')})`) as [string, string]
const indexIn = (words: readonly string[], said: string): number => 1 + words.findIndex(each => new RegExp(`^(?:${each})$`).test(said))
const counts: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, un: 1, una: 1, two: 2, dos: 2, three: 3, tres: 3, four: 4, cuatro: 4, six: 6, seis: 6 }
const countOf = (said: string): number => counts[said] ?? Number(said)
const count = `(\\d{1,2}|${Object.keys(counts).join('|')})`

type Rule = { words: string; read: (found: RegExpExecArray, today: string) => Omit<Found, 'length'> | undefined }
const one = (day: string | undefined, other?: string): Omit<Found, 'length'> | undefined => (day === undefined ? undefined : { days: { from: day, until: day }, ...(other !== undefined && other !== day && { other }) })
const next = (today: string, wanted: number, from = 0): string => addDays(today, (wanted - weekdayOf(today) + 7) % 7 + from)
/** "Next Tuesday" said on a Monday is tomorrow to some and in eight days to others: the one of the week after is taken, the other one told. */
const ofNextWeek = (today: string, wanted: number) => one(addDays(mondayOf(today), 6 + wanted), next(today, wanted))
const monthSpan = (today: string, ahead: number): Days => {
  const first = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 + ahead, 1)).toISOString().slice(0, 10)
  return { from: first < today ? today : first, until: addDays(new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 1)).toISOString().slice(0, 10), -1) }
}

const rules: readonly Rule[] = [
  { words: 'day after tomorrow|pasado manana', read: (_, today) => one(addDays(today, 2)) },
  { words: 'today|hoy( mismo)?', read: (_, today) => one(today) },
  { words: 'tomorrow', read: (_, today) => one(addDays(today, 1)) },
  { words: '(?:the )?week after next|dentro de dos semanas', read: (_, today) => ({ days: { from: addDays(mondayOf(today), 14), until: addDays(mondayOf(today), 20) } }) },
  { words: 'this week|esta semana', read: (_, today) => ({ days: { from: today, until: addDays(mondayOf(today), 6) } }) },
  { words: 'next week|(?:la )?(?:proxima semana|semana (?:proxima|que viene|siguiente))', read: (_, today) => ({ days: { from: addDays(mondayOf(today), 7), until: addDays(mondayOf(today), 13) } }) },
  { words: 'this month|este mes', read: (_, today) => ({ days: monthSpan(today, 0) }) },
  { words: 'next month|(?:el )?(?:proximo mes|mes (?:proximo|que viene))', read: (_, today) => ({ days: monthSpan(today, 1) }) },
  { words: `(?:on )?weekends?|(?:el |los )?fin(?:es)? de semana`, read: () => ({ days: { weekdays: [6, 7] } }) },
  { words: `(?:in|en|dentro de) ${count} (days?|dias?)`, read: ([, many], today) => one(addDays(today, countOf(many!))) },
  { words: `(?:in|en|dentro de) ${count} (weeks?|semanas?)`, read: ([, many], today) => ({ days: { from: addDays(today, 7 * countOf(many!)), until: addDays(today, 7 * countOf(many!) + 6) } }) },
  { words: `(?:in|en|dentro de) ${count} (months?|mes(?:es)?)`, read: ([, many], today) => ({ days: { from: addDays(today, 30 * countOf(many!)), until: addDays(today, 30 * countOf(many!) + 13) } }) },
  { words: `(\\d{4})-(\\d{1,2})-(\\d{1,2})`, read: ([, year, of, day]) => one(exists(Number(year), Number(of), Number(day))) },
  // 3/4 is March 4 here, and 3 April to who learned it elsewhere.
  { words: `(\\d{1,2})/(\\d{1,2})(?:/(\\d{4}|\\d{2}))?`, read: ([, first, second, year], today) => {
    const [a, b, of] = [Number(first), Number(second), year === undefined ? undefined : Number(year) + (year.length === 2 ? 2000 : 0)]
    const made = (m: number, d: number) => (of === undefined ? coming(today, m, d) : exists(of, m, d))
    return made(a, b) === undefined ? one(made(b, a)) : one(made(a, b), made(b, a))
  } },
  { words: `(?:the |el )?(\\d{1,2})(?:st|nd|rd|th)?(?: of| de)? (${month})`, read: ([, day, of], today) => one(coming(today, indexIn(monthWords, of!), Number(day))) },
  { words: `(${month})\\.? (\\d{1,2})(?:st|nd|rd|th)?(?![:\\d])`, read: ([, of, day], today) => one(coming(today, indexIn(monthWords, of!), Number(day))) },
  { words: `(?:the (\\d{1,2})(?:st|nd|rd|th)?|(\\d{1,2})(?:st|nd|rd|th)|(?:el )?dia (\\d{1,2})|el (\\d{1,2}))`, read: ([, a, b, c, d], today) => {
    const [day, year, of] = [Number(a ?? b ?? c ?? d), Number(today.slice(0, 4)), Number(today.slice(5, 7))]
    return one([0, 1, 2].map(ahead => exists(year, of + ahead, day) ?? exists(year + 1, of + ahead - 12, day)).find(each => each !== undefined && each >= today))
  } },
  { words: `next (${weekday})|(?:el )?proximo (${weekday})|(?:el )?(${weekday}) (?:proximo|que viene)`, read: ([, a, b, c], today) => ofNextWeek(today, indexIn(weekdayWords, (a ?? b ?? c)!)) },
  { words: `(?:el )?(${weekday}) (?:(?:of )?next week|de la (?:proxima semana|semana que viene))`, read: ([, said], today) => one(addDays(mondayOf(today), 6 + indexIn(weekdayWords, said!))) },
  { words: `(?:(?:on )?(mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)|(?:los|todos los|every|cada) (${weekday}))`, read: ([, a, b]) => ({ days: { weekdays: [indexIn(weekdayWords, (a ?? b)!)] } }) },
  { words: `(?:this |on |este |el )?(${weekday})`, read: ([, said], today) => { const wanted = indexIn(weekdayWords, said!); return { days: { ...one(next(today, wanted))!.days, weekdays: [wanted] } } } },
  { words: `(?:in |en )?(${month.replace('|may|', '|').replace('|mar|', '|')})`, read: ([, of], today) => {
    const [at, year] = [indexIn(monthWords, of!), Number(today.slice(0, 4))]
    return { days: monthSpan(today, at - Number(today.slice(5, 7)) + (exists(year, at, 28)! < today && at !== Number(today.slice(5, 7)) ? 12 : 0)) }
  } },
]
const compiled = rules.map(({ words, read }) => ({ rule: new RegExp(`(?:${words})(?![a-z0-9])`, 'y'), read }))
const since = /(?:after|from|since|starting|despues de(?:l)?|a partir de(?:l)?|desde(?: el)?) /y
const till = /(?:before|by|until|till|antes de(?:l)?|hasta(?: el)?) /y
const at = (rule: RegExp, plain: string, from: number): RegExpExecArray | null => { rule.lastIndex = from; return rule.exec(plain) }

/** "Mañana" is tomorrow, and beside a day that was said it is its morning. */
function readManana(plain: string, from: number, today: string, hasDay: boolean): Found | undefined {
  const found = at(/manana(?![a-z0-9])/y, plain, from)
  if (!found) return undefined
  return hasDay ? { length: found[0].length, part: { from: 0, to: 12 * 60 } } : { length: found[0].length, days: { from: addDays(today, 1), until: addDays(today, 1) } }
}

function readOne(plain: string, from: number, today: string): Found | undefined {
  for (const { rule, read } of compiled) {
    const found = at(rule, plain, from)
    const meant = found && read(found, today)
    if (found && meant) return { length: found[0].length, ...meant }
  }
  return undefined
}

/** The words about days that begin here, if any do. */
export function readDayWords(plain: string, from: number, today: string, hasDay: boolean): Found | undefined {
  for (const [rule, isStart] of [[since, true], [till, false]] as const) {
    const led = at(rule, plain, from)
    const day = led && (readOne(plain, from + led[0].length, today) ?? readManana(plain, from + led[0].length, today, false))
    if (!led || !day?.days?.from) continue
    const length = led[0].length + day.length
    const isAfter = /^(after|despues)/.test(led[0])
    return { length, days: isStart ? { from: isAfter ? addDays(day.days.until!, 1) : day.days.from } : { until: /^(before|antes)/.test(led[0]) ? addDays(day.days.from, -1) : day.days.until! }, ...(day.other && { other: day.other }) }
  }
  return readManana(plain, from, today, hasDay) ?? readOne(plain, from, today)
}

/** One weekday alone is its next date; two or more are looked for from today on. */
export function ask(read: ReadWish, today: string): ReadWish {
  const { wish } = read
  if (wish.weekdays?.length === 1 && wish.from !== undefined && wish.from === wish.until && weekdayOf(wish.from) === wish.weekdays[0]) delete wish.weekdays
  if (wish.from !== undefined && wish.from < today) wish.from = today
  return read
}
