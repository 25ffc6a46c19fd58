import { addUsualAllergies } from '#demo/generate/allergies.ts'
import type { Chart } from '#demo/generate/chart.ts'
import { addCondition } from '#demo/generate/conditions.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import { regularly, type Course } from '#demo/generate/live-through.ts'
import { prescribe, renew, stopMedicine } from '#demo/generate/medicines.ts'
import { yearsOfRecords, type Story } from './story.ts'
import { yearlyCheck } from './yearly-check.ts'

/** TSH far too high, too low for a moment after a large step, then right. */
export function thyroidCourse(chart: Chart, from: number): Course {
  const condition = addCondition(chart, 'underactiveThyroid', { at: from })
  let pills = prescribe(chart, 'levothyroxine', { at: from })
  const path = [24, 9.5, 0.2, 3.1]
  return {
    topic: 'thyroid', times: regularly(chart, 150, from),
    onVisit(visit) {
      visit.conditions.push(condition)
      const tsh = path[visit.ordinal] ?? Math.max(0.6, chart.random.around(visit.back === 0 ? 4.6 : 2.6, 1.1))
      drawPanel(chart, visit.ordinal % 3 === 0 ? 'thyroid' : 'tsh', { ...visit, levels: { '3016-3': tsh, '3024-7': tsh > 8 ? 0.6 : tsh < 0.4 ? 1.9 : 1.2 } })
      if (visit.ordinal === 0) drawPanel(chart, 'thyroidAntibodies', { ...visit, levels: { '8099-4': chart.random.pick([210, 640, 1200]) } })
      if (visit.ordinal === 1) {
        stopMedicine(pills, 'stopped', visit.at, 'Dose changed')
        pills = prescribe(chart, 'levothyroxineStrong', visit)
      } else if (visit.ordinal % 3 === 0 && visit.ordinal > 1) pills = renew(chart, 'levothyroxineStrong', pills, visit)
    },
  }
}

export const underactiveThyroid: Story = {
  fits: { ages: [22, 80] }, ofForty: 2, mayHaveOthers: true,
  begin(chart) {
    const from = yearsOfRecords(chart, 1, 5)
    addUsualAllergies(chart, from)
    return [thyroidCourse(chart, from), yearlyCheck(chart, from)]
  },
}
