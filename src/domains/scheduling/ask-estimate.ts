import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { addDays, dayIn, formatWhen, instantAt } from '#platform/when.ts'
import { businessHours, clockTime, periodsOn, usHolidays, type BusinessHours } from '#practice'
import { hastenTask, openTask } from '#work'
import type { Pays } from './shared.ts'

const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()
const isWeekend = (day: string): boolean => weekday(day) === 0 || weekday(day) === 6

/** All eleven: three are not among the days on which most offices stay closed. Source: 5 U.S.C. 6103(a). */
function isFederalHoliday(day: string): boolean {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const nth = Math.ceil(date / 7)
  const isMonday = weekday(day) === 1
  return usHolidays(year).some(holiday => holiday.day === day) || (month === 2 && isMonday && nth === 3) || (month === 10 && isMonday && nth === 2) || (month === 11 && date === 11)
}
/** One that falls on a weekend is kept on the Friday before or the Monday after. Source: 5 U.S.C. 6103(b). */
const isKeptHoliday = (day: string): boolean => (weekday(day) === 5 && isFederalHoliday(addDays(day, 1))) || (weekday(day) === 1 && isFederalHoliday(addDays(day, -1)))

/** Business days after one day up to another. What may be none is left out, and so is a day on which the place is closed: fewer days ahead leave less time, never more than the law does. */
export function businessDaysBetween(from: string, to: string, isOpenOn: (day: string) => boolean = () => true): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (!isWeekend(day) && !isFederalHoliday(day) && !isKeptHoliday(day) && isOpenOn(day)) count++
  return count
}

/** So many business days on, counted as the law does; where the place is closed then, the last day before on which it is open. */
function dayAfter(from: string, days: number, isOpenOn: (day: string) => boolean): string {
  let day = from
  for (let left = days; left > 0;) if (!isWeekend(day = addDays(day, 1)) && !isFederalHoliday(day)) left--
  const isAtWork = (one: string) => isOpenOn(one) && !isWeekend(one) && !isFederalHoliday(one)
  let open = day
  while (open > from && !isAtWork(open)) open = addDays(open, -1)
  return isAtWork(open) ? open : day
}

const fiveOClock = 17 * 60
type When = { now: Date; startsAt: Date; place: BusinessHours; isOnRequest?: boolean }

/**
 * By when somebody who pays for themselves must have a good-faith estimate: booked 10 business days ahead or more, within 3; 3 or more, within 1; who
 * only asks what it costs, within 3. For a sooner visit the law asks for none; we owe it before the visit all the same. Always before the visit, and
 * while the place is open. Source: 45 CFR 149.610(b)(1)(vi).
 */
export function estimateDue({ now, startsAt, place: { hours, exceptions, zone }, isOnRequest = false }: When): Date {
  const isOpenOn = (day: string) => periodsOn(day, hours, exceptions).length > 0
  const today = dayIn(now, zone)
  const ahead = businessDaysBetween(today, dayIn(startsAt, zone), isOpenOn)
  const day = dayAfter(today, isOnRequest || ahead >= 10 ? 3 : 1, isOpenOn)
  const closes = Math.max(...periodsOn(day, hours, exceptions).map(period => period.closes))
  const due = instantAt(day, clockTime(closes > 0 ? Math.min(closes, fiveOClock) : fiveOClock), zone)
  const last = due < startsAt ? due : startsAt
  return new Date(Math.max(last.getTime(), now.getTime() + 60_000))
}

export type Owing = 'self' | 'unsure' | 'asked'
/** Why an estimate is owed, if it is: they pay themselves, do not know yet whether they do, or ask what it costs. */
export const owingOf = (pays: Pays | undefined, ...words: readonly string[]): Owing | undefined =>
  (pays === 'self' || pays === 'unsure' ? pays : words.some(asksCost) ? 'asked' : undefined)

export const estimateTask = 'estimate'
type Owed = { appointmentId: string; patientId: string; startsAt: Date; locationId: string; priceCents: number | null; owing: Owing }
const owingWords: Readonly<Record<Owing, string>> = {
  self: 'They pay for it themselves.', unsure: 'They do not know yet whether they use insurance: ask them, and until then they are owed an estimate.', asked: 'They asked what it costs.',
}

/** An estimate is owed, and is billing's work from this moment. What the visit is about stands nowhere in it. */
export async function askEstimate(tx: Ctx, { appointmentId, patientId, startsAt, locationId, priceCents, owing }: Owed): Promise<void> {
  const place = await businessHours(tx, locationId)
  const price = priceCents === null ? '' : ` Our list price for it is $${(priceCents / 100).toFixed(2)}.`
  await openTask(tx, {
    kind: estimateTask, title: 'A good-faith estimate is owed', pool: 'billing', patientId, subject: { type: 'appointment', id: appointmentId }, dueAt: estimateDue({ now: tx.now(), startsAt, place, isOnRequest: owing === 'asked' }),
    body: `A visit is planned for ${formatWhen(startsAt, place.zone, 'moment')}. ${owingWords[owing]}${price} Write what it should cost and send it to them by the time above. Source of the time: 45 CFR 149.610.`,
  })
}

export type Planned = { id: string; startsAt: Date; locationId: string; pays: Pays | null }
/**
 * After a visit was moved: to be scheduled anew is to be scheduled, so that a sooner one can be owed sooner; never later than was promised, and what was
 * only asked for keeps its three days from when it was asked. Source: 45 CFR 149.610(b)(1)(vi).
 */
export async function hastenEstimate(tx: Ctx<SystemActor>, { id, startsAt, locationId, pays }: Planned): Promise<void> {
  const place = await businessHours(tx, locationId)
  const dueAt = estimateDue({ now: tx.now(), startsAt, place, isOnRequest: pays !== 'self' && pays !== 'unsure' })
  await hastenTask(tx, { type: 'appointment', id }, { kind: estimateTask, dueAt, note: `The visit stands for ${formatWhen(startsAt, place.zone, 'moment')} now.` })
}

const costWords = /\b(how much|costs?|prices?|pay|charges?|fees?|estimate|cu[aá]nto (?:cuesta|vale|sale|es|cobran)|costos?|precios?|pagar|cobran?|tarifas?)\b/i
/** Whether somebody asks what it costs: that counts as asking for an estimate (45 CFR 149.610(b)(1)(ii)). Rather once too often. */
export const asksCost = (words: string): boolean => costWords.test(words)
