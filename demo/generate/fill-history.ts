import type { Chart } from './chart.ts'
import { drawPanel } from './labs.ts'
import { panels, type PanelKey } from './lab-tests.data.ts'
import { ageAt, DAY, officeTime, YEAR } from './practice-clock.ts'

/** Where a number of Observations is asked for, the stories tell only this share of their years. */
export const SHORT_REACH = 0.3

// What such short stories write by themselves, on average; measured over 8,000 patients.
const STORY_OBSERVATIONS = 72

const routine: readonly PanelKey[] = ['metabolic', 'cbc', 'lipids', 'basicMetabolic', 'a1c', 'tsh', 'vitaminD', 'cbcWithDifferential']

/**
 * Adds routine panels of earlier years until patients have `average` Observations on average: many get few, few get very many.
 * An average below what the stories write by themselves changes nothing.
 */
export function fillHistory(chart: Chart, average: number): void {
  const extra = (average - STORY_OBSERVATIONS) * Math.min(6, -Math.log(1 - chart.random.next())) / MEAN_OF_CUT_CURVE
  const years = Math.min(20, ageAt(chart.person.born, chart.recent) - 0.5)
  if (extra <= 0 || years <= 0) return
  for (let left = extra; left > 0;) {
    const key = chart.random.pick(routine)
    const size = panels[key].tests.length
    if (chart.random.next() * size > left) return
    drawPanel(chart, key, { at: officeTime(chart.recent - 20 * DAY - chart.random.next() * years * YEAR, chart.random.whole(7, 16), chart.random.pick([0, 10, 25, 50])) })
    left -= size
  }
}

/** The mean of an exponential curve of mean 1 that is cut at 6. */
const MEAN_OF_CUT_CURVE = 1 - Math.exp(-6)
