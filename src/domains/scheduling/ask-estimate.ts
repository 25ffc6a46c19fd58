import type { Ctx } from '#platform/ctx.ts'
import { dayIn, formatWhen, instantAt } from '#platform/when.ts'
import { usHolidays } from '#practice'
import { openTask } from '#work'

const next = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
const isBusinessDay = (day: string): boolean =>
  ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && !usHolidays(Number(day.slice(0, 4))).some(holiday => holiday.day === day)

/** Business days after one day up to another: Monday to Friday without federal holidays. */
export function businessDaysBetween(from: string, to: string): number {
  let count = 0
  for (let day = next(from); day <= to; day = next(day)) if (isBusinessDay(day)) count++
  return count
}

function afterBusinessDays(from: string, days: number): string {
  let day = from
  for (let left = days; left > 0;) if (isBusinessDay(day = next(day))) left--
  return day
}

/**
 * By when somebody who pays for themselves must have a good-faith estimate: booked 10 business days ahead or more, within 3; 3 or more, within 1.
 * For a sooner visit the law asks for none; we owe it before the visit all the same. Source: 45 CFR 149.610(b)(1)(vi).
 */
export function estimateDue({ now, startsAt, zone }: { now: Date; startsAt: Date; zone: string }): Date {
  const today = dayIn(now, zone)
  const ahead = businessDaysBetween(today, dayIn(startsAt, zone))
  const due = instantAt(afterBusinessDays(today, ahead >= 10 ? 3 : 1), '17:00', zone)
  return due < startsAt ? due : new Date(Math.max(startsAt.getTime(), now.getTime() + 60_000))
}

type Owed = { appointmentId: string; patientId: string; startsAt: Date; zone: string; priceCents: number | null }

/** Somebody pays for themselves: an estimate is owed, and is billing's work from this moment. What the visit is about stands nowhere in it. */
export async function askEstimate(tx: Ctx, { appointmentId, patientId, startsAt, zone, priceCents }: Owed): Promise<void> {
  const price = priceCents === null ? '' : ` Our list price for it is $${(priceCents / 100).toFixed(2)}.`
  await openTask(tx, {
    kind: 'estimate', title: 'A good-faith estimate is owed', pool: 'billing', patientId, subject: { type: 'appointment', id: appointmentId }, dueAt: estimateDue({ now: tx.now(), startsAt, zone }),
    body: `They pay for the visit of ${formatWhen(startsAt, zone, 'moment')} themselves.${price} Write what it should cost and send it to them by the time above. Source of the time: 45 CFR 149.610.`,
  })
}

const costWords = /\b(how much|costs?|prices?|pay|charges?|fees?|estimate|cu[aá]nto (?:cuesta|vale|sale|es|cobran)|costos?|precios?|pagar|cobran?|tarifas?)\b/i
/** Whether somebody asks what it costs: that counts as asking for an estimate (45 CFR 149.610(b)(1)(ii)). Rather once too often. */
export const asksCost = (words: string): boolean => costWords.test(words)
