import { usualResultDays, whatToExpect } from './data/what-to-expect.data.ts'
import { knowTest } from './explain/know-tests.ts'

const day = 86_400_000
/** R20: so long after the day it was expected somebody asks where the result is. */
export const graceDays = 3
/** An order without a day: people go for it within a week. */
export const drawDays = 7

/** Days from the sample to the result, where the practice has said it itself. By code, as plain words are told under it. */
export type ResultDays = ReadonlyMap<string, number>
/** The code that words and times of a test are kept under. */
export const expectedCode = (code: string | null): string | null => knowTest(code)?.canonical ?? code

export function resultDaysOf(code: string | null, own: ResultDays): number {
  const canonical = expectedCode(code)
  return canonical === null ? usualResultDays : own.get(canonical) ?? whatToExpect.get(canonical)?.resultDays ?? usualResultDays
}

/** By when the result of an order should be here: so many days after the day the sample was planned for; without one, after a week to go for it. */
export function expectedBy({ code, orderedAt, plannedFor }: { code: string | null; orderedAt: Date; plannedFor: Date | null }, own: ResultDays): Date {
  const taken = plannedFor && plannedFor > orderedAt ? plannedFor : new Date(orderedAt.getTime() + drawDays * day)
  return new Date(taken.getTime() + resultDaysOf(code, own) * day)
}
/** From when a result is missed. */
export const missedFrom = (expectedAt: Date): Date => new Date(expectedAt.getTime() + graceDays * day)
