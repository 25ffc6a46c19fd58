import { addUsualAllergies } from '#demo/generate/allergies.ts'
import { addCarePlan } from '#demo/generate/care-together.ts'
import type { Chart } from '#demo/generate/chart.ts'
import { addCondition } from '#demo/generate/conditions.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import { regularly, type Course } from '#demo/generate/live-through.ts'
import { noteTaken, prescribe, renew, stopMedicine } from '#demo/generate/medicines.ts'
import type { MedicineKey } from '#demo/generate/medicines.data.ts'
import { DAY } from '#demo/generate/practice-clock.ts'
import { addPressure } from '#demo/generate/vital-signs.ts'
import { yearsOfRecords, type Story } from './story.ts'
import { yearlyCheck } from './yearly-check.ts'

/** Pressure found high, brought down step by step, read at home in between. */
export function pressureCourse(chart: Chart, from: number): Course {
  const { random } = chart
  const hypertension = addCondition(chart, 'highBloodPressure', { at: from })
  const [top, end] = [random.around(158, 8), random.around(131, 7)]
  let key: MedicineKey = random.pick(['lisinopril', 'amlodipine', 'waterPill'])
  let pills = prescribe(chart, key, { at: from })
  const times = regularly(chart, 175, from)
  return {
    topic: 'bloodPressure', times,
    onVisit(visit) {
      visit.conditions.push(hypertension)
      const share = visit.ordinal / Math.max(1, times.length - 1)
      chart.levels.set('systolic', top + (end - top) * share)
      chart.levels.set('diastolic', (top + (end - top) * share) * 0.6 + 3)
      if (visit.back % 3 === 0) drawPanel(chart, 'basicMetabolic', visit)
      if (visit.back === 2) {
        stopMedicine(pills, 'stopped', visit.at, key === 'lisinopril' ? 'Dry cough' : 'Not enough effect')
        pills = prescribe(chart, key = key === 'lisinopril' ? 'losartan' : 'lisinoprilStrong', visit)
      } else if (visit.ordinal % 3 === 2) pills = renew(chart, key, pills, visit)
      if (visit.back === 0) for (let i = 1; i <= random.whole(0, 4); i++) addPressure(chart, { at: visit.at - i * 2 * DAY, isAtHome: true })
    },
  }
}

export const highBloodPressure: Story = {
  fits: { ages: [35, 92] }, ofForty: 3, mayHaveOthers: true,
  begin(chart) {
    const from = yearsOfRecords(chart, 1, 6)
    addUsualAllergies(chart, from)
    addCarePlan(chart, from, { title: 'Lower blood pressure', goal: 'Below 130/80 at home', activities: ['Less salt', 'Home readings twice a week', 'Take the pill each morning'] })
    if (chart.random.chance(0.5)) noteTaken(chart, 'aspirin', chart.recent, chart.random.pick(['active', 'stopped']))
    return [pressureCourse(chart, from), yearlyCheck(chart, from)]
  },
}
