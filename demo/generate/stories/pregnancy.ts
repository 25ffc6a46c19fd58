import { addUsualAllergies } from '#demo/generate/allergies.ts'
import { addCarePlan } from '#demo/generate/care-together.ts'
import type { Chart } from '#demo/generate/chart.ts'
import { addCondition } from '#demo/generate/conditions.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import { regularly, type Course, type Visit } from '#demo/generate/live-through.ts'
import { noteTaken, prescribe } from '#demo/generate/medicines.ts'
import { DAY, localDate } from '#demo/generate/practice-clock.ts'
import { addStudy } from '#demo/generate/studies.ts'
import { addPregnancyStatus } from '#demo/generate/surveys.ts'
import { drawUrinalysis } from '#demo/generate/urine-tests.ts'
import { vaccinate } from '#demo/generate/vaccines.ts'
import { drawWordPanel } from '#demo/generate/word-tests.ts'
import type { Story } from './story.ts'

const WEEK = 7 * DAY

/** Now between the twelfth and the thirty-eighth week. */
function prenatalCourse(chart: Chart): Course {
  const began = chart.recent - chart.random.whole(12 * 7, 38 * 7) * DAY
  const first = began + 7 * WEEK
  const pregnancy = addCondition(chart, 'pregnancy', { at: first })
  prescribe(chart, 'prenatal', { at: first })
  chart.levels.set('bmi-a-year', 4)
  let hasScreened = false
  return {
    topic: 'prenatal', kind: 'prenatal', with: 'imaniThornfield', times: regularly(chart, 28, first),
    onVisit(visit) {
      const weeks = Math.floor((visit.at - began) / WEEK)
      visit.weeks = weeks
      visit.conditions.push(pregnancy)
      if (visit.ordinal === 0) firstVisit(chart, visit, weeks)
      else drawUrinalysis(chart, { ...visit, finding: chart.random.chance(0.1) ? 'protein' : 'usual' })
      if (weeks >= 18 && weeks < 24) addStudy(chart, 'obstetricUltrasound', visit)
      if (weeks >= 24 && !hasScreened) hasScreened = screenSugar(chart, visit)
      if (weeks >= 36 && visit.back === 0) drawWordPanel(chart, 'groupBStrep', { ...visit, ...(chart.random.chance(0.25) && { found: { groupBStrep: 0 } }) })
    },
  }
}

function firstVisit(chart: Chart, visit: Visit, weeks: number): void {
  addPregnancyStatus(chart, visit, true)
  drawWordPanel(chart, 'pregnancyUrine', { ...visit, found: { pregnancyUrine: 0 }, isPlain: true })
  drawPanel(chart, 'pregnancyHormone', { ...visit, levels: { '21198-7': 9000 * Math.max(1, weeks - 4) }, isPlain: true })
  drawWordPanel(chart, 'obstetric', visit)
  drawPanel(chart, 'cbc', visit)
  drawUrinalysis(chart, visit)
}

function screenSugar(chart: Chart, visit: Visit): true {
  const isHigh = chart.random.chance(0.2)
  drawPanel(chart, 'sugarDrink', { ...visit, levels: { '1504-0': isHigh ? 152 : 114 } })
  drawPanel(chart, 'cbc', { ...visit, levels: { '718-7': chart.random.around(11.2, 0.5) } })
  vaccinate(chart, 'tdap', visit)
  if (isHigh) addCondition(chart, 'pregnancyDiabetes', { ...visit, isUnsure: true })
  return true
}

export const pregnancy: Story = {
  fits: { ages: [18, 44], sex: 'female' }, ofForty: 1,
  begin(chart) {
    addUsualAllergies(chart, chart.recent - 300 * DAY)
    noteTaken(chart, 'birthControl', chart.recent - 320 * DAY, 'stopped')
    addCarePlan(chart, chart.recent - 30 * DAY, { title: `Prenatal plan, written ${localDate(chart.recent - 30 * DAY)}`, goal: 'A healthy pregnancy and birth', activities: ['Prenatal vitamin each day', 'Visits every four weeks, then every two', 'Call for bleeding, fluid, headache or less movement'] })
    return [prenatalCourse(chart)]
  },
}
