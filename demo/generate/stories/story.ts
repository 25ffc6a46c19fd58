import type { Chart } from '#demo/generate/chart.ts'
import type { Course } from '#demo/generate/live-through.ts'
import type { Fits } from '#demo/generate/people.ts'
import { DAY } from '#demo/generate/practice-clock.ts'

/** A kind of patient: whom it fits, how many of forty patients are such, what is there before the first visit, and what happens then. */
export type Story = {
  fits: Fits
  ofForty: number
  /** Writes what stands in the chart beforehand and says what will bring the patient in. */
  begin: (chart: Chart) => Course[]
  /** Writes what has no visit of its own, once all visits are written. */
  end?: (chart: Chart) => void
  /** Other long troubles may come with this one. */
  mayHaveOthers?: true
}

/** The first time the practice wrote anything, so many years before the newest visit; sooner where shorter histories were asked for. */
export const yearsOfRecords = (chart: Chart, low: number, high: number) => chart.recent - chart.reach * chart.random.whole(low * 12, high * 12) * 30.44 * DAY
