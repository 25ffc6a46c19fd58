import { findOpenSlots, type SlotQuestion } from '#scheduling'
import type { Figure } from './figure.ts'
import { percentile } from './house.ts'

const [minute, day] = [60_000, 86_400_000]
const visit = { durationMinutes: 30, beforeMinutes: 5, afterMinutes: 5, alignMinutes: 15 }
const weekly = [1, 2, 3, 4, 5].flatMap(weekday => [{ weekday, starts: 480, ends: 720 }, { weekday, starts: 780, ends: 1_020 }])
const begin = Date.parse('2026-10-19T04:00:00Z')      // clocks go back within these days

/** One clinician's days with ten visits each: 300 in thirty days. */
const busyOf = (days: number) => Array.from({ length: days * 10 }, (_, index) => begin + Math.floor(index / 10) * day + (540 + (index % 10) * 45) * minute).map(from => ({ from, to: from + 30 * minute }))
const question = (days: number, shift = 0): SlotQuestion => ({
  visit, zone: 'America/New_York', from: begin, to: begin + days * day,
  needs: [[{ rules: { weekly, special: [], closures: [{ day: '2026-11-11', periods: [] }] }, busy: busyOf(days).map(({ from, to }) => ({ from: from + shift * minute, to: to + shift * minute })) }]],
})

function timesOf(count: number, work: () => unknown): number[] {
  for (let warm = 0; warm < 50; warm++) work()
  return Array.from({ length: count }, () => { const begun = performance.now(); work(); return performance.now() - begun })
}

/** How fast free times are found: the arithmetic alone, with the database out of it. */
export function measureSlots(): Figure[] {
  const one = question(30)
  const many = Array.from({ length: 40 }, (_, index) => question(60, index * 5))
  const found = findOpenSlots(one).length
  return [
    { name: 'free times of 30 days, one clinician with 300 visits, 95th percentile', value: percentile(timesOf(1_000, () => findOpenSlots(one)), 0.95), unit: 'ms', limit: 0.5, isBetterHigh: false, note: `${found} times found; median ${percentile(timesOf(1_000, () => findOpenSlots(one)), 0.5).toFixed(3)} ms` },
    { name: 'free times of 60 days, 40 clinicians with 600 visits each, median', value: percentile(timesOf(100, () => many.map(each => findOpenSlots(each))), 0.5), unit: 'ms', limit: 20, isBetterHigh: false },
  ]
}
