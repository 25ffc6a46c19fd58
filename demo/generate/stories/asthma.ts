import { addUsualAllergies } from '#demo/generate/allergies.ts'
import { addCarePlan, addParent } from '#demo/generate/care-together.ts'
import type { Chart } from '#demo/generate/chart.ts'
import { addCondition } from '#demo/generate/conditions.ts'
import { daysAgo, regularly, type Course } from '#demo/generate/live-through.ts'
import { noteTaken, prescribe } from '#demo/generate/medicines.ts'
import { ageAt } from '#demo/generate/practice-clock.ts'
import { addProcedure, addStudy } from '#demo/generate/studies.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import { yearsOfRecords, type Story } from './story.ts'
import { wellChildCourse } from './childhood.ts'
import { yearlyCheck } from './yearly-check.ts'

/** Breath that comes and goes: two inhalers, now and then a flare. */
export function asthmaCourse(chart: Chart, from: number): Course[] {
  const asthma = addCondition(chart, 'asthma', { at: from })
  prescribe(chart, 'albuterol', { at: from })
  const flare: Course = {
    topic: 'asthma', kind: 'emergency', times: [daysAgo(chart, chart.random.whole(60, 300))],
    onVisit(visit) {
      visit.today = Object.assign(visit.today, { oxygen: 92, breaths: 26, pulse: 112 })
      visit.conditions.push(asthma)
      prescribe(chart, 'prednisone', { ...visit, isShort: true })
      addStudy(chart, 'chestClear', visit)
      drawPanel(chart, 'cbcWithDifferential', { ...visit, levels: { '711-2': 0.8 } })
    },
  }
  return [flare, {
    topic: 'asthma', times: regularly(chart, 190, from),
    onVisit(visit) {
      visit.conditions.push(asthma)
      if (visit.ordinal === 1 || visit.back === 0) prescribe(chart, 'fluticasone', visit)
      if (visit.back % 2 === 0) addProcedure(chart, 'spirometry', visit)
    },
  }]
}

export const asthma: Story = {
  fits: { ages: [5, 60] }, ofForty: 1,
  begin(chart) {
    const age = ageAt(chart.person.born, chart.now)
    const from = yearsOfRecords(chart, 1, Math.min(4, Math.max(1, age - 3)))
    addUsualAllergies(chart, from)
    addCondition(chart, 'hayFever', { at: from })
    noteTaken(chart, 'loratadine', chart.recent, chart.random.pick(['active', 'completed']))
    addCarePlan(chart, from, { title: 'Asthma action plan', goal: 'Sleep through the night without coughing', activities: ['Green: controller twice a day', 'Yellow: 2 puffs of the rescue inhaler every 4 hours', 'Red: call 911'] })
    if (age < 18) addParent(chart)
    return [...asthmaCourse(chart, from), age < 18 ? wellChildCourse(chart) : yearlyCheck(chart, from)]
  },
}
