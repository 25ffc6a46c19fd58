import { addAllergy } from '#demo/generate/allergies.ts'
import { labels } from '#demo/generate/chart.ts'
import { addCondition } from '#demo/generate/conditions.ts'
import { regularly } from '#demo/generate/live-through.ts'
import { prescribe, renew } from '#demo/generate/medicines.ts'
import { DAY } from '#demo/generate/practice-clock.ts'
import { addMoodSurvey } from '#demo/generate/surveys.ts'
import { drawWordPanel } from '#demo/generate/word-tests.ts'
import { yearsOfRecords, type Story } from './story.ts'
import { yearlyCheck } from './yearly-check.ts'

/** Recovery: everything from the treatment program carries the label of 42 CFR Part 2, the rest of the record does not. */
export const substanceUseCare: Story = {
  fits: { ages: [20, 66] }, ofForty: 1,
  begin(chart) {
    const from = yearsOfRecords(chart, 1, 2)
    const label = { labels: labels.substanceUse }
    if (chart.random.chance(0.4)) addAllergy(chart, from)
    const condition = addCondition(chart, 'opioidUse', { at: from, ...label })
    let film = prescribe(chart, 'buprenorphine', { at: from, ...label })
    prescribe(chart, 'naloxone', { at: from, ...label })
    return [{
      topic: 'substance', times: regularly(chart, 32, Math.max(from, chart.recent - 420 * DAY)), ...label,
      onVisit(visit) {
        visit.conditions.push(condition)
        drawWordPanel(chart, 'drugScreen', { ...visit, ...label, isPlain: true, ...(visit.back === 5 && { found: { opiates: 0, buprenorphine: 0 } }) })
        if (visit.ordinal % 3 === 2) film = renew(chart, 'buprenorphine', film, { ...visit, ...label })
        if (visit.back === 0) addMoodSurvey(chart, 7, { ...visit, ...label }, false)
      },
    }, yearlyCheck(chart, from)]
  },
}
