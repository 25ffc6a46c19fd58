import { addUsualAllergies } from '#demo/generate/allergies.ts'
import type { Chart } from '#demo/generate/chart.ts'
import { addCondition } from '#demo/generate/conditions.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import { regularly, type Course } from '#demo/generate/live-through.ts'
import { noteTaken, prescribe } from '#demo/generate/medicines.ts'
import { DAY } from '#demo/generate/practice-clock.ts'
import { drawWordPanel } from '#demo/generate/word-tests.ts'
import type { Story } from './story.ts'

/** Iron runs out over heavy periods and is filled up again over half a year. */
function ironCourse(chart: Chart): Course {
  const times = regularly(chart, 60, chart.recent - chart.random.whole(120, 400) * DAY)
  const low = addCondition(chart, 'ironDeficiency', { at: times[0] ?? chart.recent })
  addCondition(chart, 'heavyPeriods', { at: times[0] ?? chart.recent, onset: (times[0] ?? chart.recent) - 180 * DAY })
  return {
    topic: 'anaemia', kind: 'problem', times,
    onVisit(visit) {
      visit.conditions.push(low)
      const share = visit.ordinal / Math.max(1, times.length - 1)
      const iron = { '718-7': 8.6 + 3.6 * share, '787-2': 71 + 12 * share, '788-0': 18.5 - 4 * share, '2276-4': 4 + 24 * share, '2498-4': 22 + 50 * share, '2500-7': 470 - 90 * share }
      drawPanel(chart, 'cbcWithDifferential', { ...visit, levels: iron })
      drawPanel(chart, 'iron', { ...visit, levels: iron })
      if (visit.ordinal === 0) {
        prescribe(chart, 'iron', visit)
        drawWordPanel(chart, 'stoolBlood', visit)
      }
    },
  }
}

export const ironDeficiencyAnaemia: Story = {
  fits: { ages: [16, 51], sex: 'female' }, ofForty: 1,
  begin(chart) {
    addUsualAllergies(chart, chart.recent - 500 * DAY)
    noteTaken(chart, 'ibuprofen', chart.recent - 30 * DAY, 'stopped')
    return [ironCourse(chart)]
  },
}
