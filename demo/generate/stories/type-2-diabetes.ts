import { addUsualAllergies } from '#demo/generate/allergies.ts'
import { addCarePlan } from '#demo/generate/care-together.ts'
import type { Chart } from '#demo/generate/chart.ts'
import { addCondition } from '#demo/generate/conditions.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import { regularly, type Course, type Visit } from '#demo/generate/live-through.ts'
import { prescribe, renew, stopMedicine } from '#demo/generate/medicines.ts'
import type { MedicineKey } from '#demo/generate/medicines.data.ts'
import { addProcedure } from '#demo/generate/studies.ts'
import type { MedicationRequest } from '@medplum/fhirtypes'
import { yearsOfRecords, type Story } from './story.ts'
import { yearlyCheck } from './yearly-check.ts'

/** Sugar that rises, is found, and is brought down again with ups and downs. */
export function diabetesCourse(chart: Chart, from: number): Course {
  const { random } = chart
  const diabetes = addCondition(chart, 'type2Diabetes', { at: from })
  if (random.chance(0.4)) addCondition(chart, random.pick(['obesity', 'severeObesity']), { at: from })
  chart.levels.set('bmi', random.around(32, 4))
  const [peak, end] = [random.around(9.2, 0.9), random.around(7.1, 0.7)]
  let key: MedicineKey = random.chance(0.7) ? 'metformin' : 'metforminSlow'
  let pills = prescribe(chart, key, { at: from })
  const times = regularly(chart, 125, from)
  return {
    topic: 'diabetes', times,
    onVisit(visit) {
      visit.conditions.push(diabetes)
      const share = visit.ordinal / Math.max(1, times.length - 1)
      const a1c = peak + (end - peak) * Math.sqrt(share) + random.around(0, 0.35)
      drawPanel(chart, 'a1c', { ...visit, levels: { '4548-4': a1c, '2345-7': 28.7 * a1c - 46.7 - random.whole(0, 30) }, ...(visit.back === 0 && { conclusion: a1c < 7 ? 'A1c at goal.' : 'A1c above the goal we set.' }) })
      yearlyTests(chart, visit)
      if (visit.back === 3 && key === 'metformin') [key, pills] = ['metforminSlow', changePills(chart, pills, visit)]
      else if (visit.ordinal % 4 === 3) pills = renew(chart, key, pills, visit)
      if (visit.back === 1 && a1c > 7.6) prescribe(chart, random.pick(['semaglutide', 'glipizide', 'insulin']), visit)
    },
  }
}

function changePills(chart: Chart, pills: MedicationRequest, visit: Visit): MedicationRequest {
  stopMedicine(pills, 'stopped', visit.at, chart.random.pick(['Stomach upset, changed to extended release', 'Patient failed metformin IR, GI side effects']))
  return prescribe(chart, 'metforminSlow', visit)
}

function yearlyTests(chart: Chart, visit: Visit): void {
  if (visit.back % 3 !== 0) return
  drawPanel(chart, 'lipids', visit)
  drawPanel(chart, 'urineAlbumin', { ...visit, levels: { '9318-7': chart.random.around(34, 18) } })
  addProcedure(chart, 'footExam', visit)
  if (chart.random.chance(0.4)) addProcedure(chart, 'eyeExam', visit, chart.random.chance(0.8) ? 'completed' : 'not-done', 'Patient refused; will see own eye doctor')
}

export const type2Diabetes: Story = {
  fits: { ages: [38, 84] }, ofForty: 3, mayHaveOthers: true,
  begin(chart) {
    const from = yearsOfRecords(chart, 2, 5)
    addUsualAllergies(chart, from)
    addCarePlan(chart, from, { title: 'Living well with diabetes', goal: 'A1c under 7.5 %', activities: ['Walk 20 minutes after supper, five days a week', 'Check sugar each morning', 'Eye exam once a year'] })
    prescribe(chart, 'atorvastatin', { at: from })
    return [diabetesCourse(chart, from), yearlyCheck(chart, from)]
  },
}
