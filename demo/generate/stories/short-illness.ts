import { addUsualAllergies } from '#demo/generate/allergies.ts'
import { labels, type Chart } from '#demo/generate/chart.ts'
import { addCondition, resolveCondition } from '#demo/generate/conditions.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import { daysAgo, type Course, type Visit } from '#demo/generate/live-through.ts'
import { noteTaken, prescribe } from '#demo/generate/medicines.ts'
import { ageAt, DAY } from '#demo/generate/practice-clock.ts'
import { addParent } from '#demo/generate/care-together.ts'
import { drawUrinalysis, drawUrineCulture } from '#demo/generate/urine-tests.ts'
import { drawWordPanel } from '#demo/generate/word-tests.ts'
import { yearsOfRecords, type Story } from './story.ts'
import { yearlyCheck } from './yearly-check.ts'

/** A few days of fever: strep, flu, COVID-19, or nothing that a test finds. */
export function throatCourse(chart: Chart, times: readonly number[]): Course {
  return { topic: 'infection', kind: 'problem', times, onVisit: visit => seeFever(chart, visit) }
}

function seeFever(chart: Chart, visit: Visit): void {
  const { random } = chart
  visit.today.temperature = random.around(38.4, 0.5)
  const what = random.pick(['strep', 'influenza', 'covid', 'nothing'] as const)
  drawWordPanel(chart, 'strep', { ...visit, ...(what === 'strep' && { found: { strep: 0 } }) })
  if (what !== 'strep') drawWordPanel(chart, 'respiratory', { ...visit, found: what === 'influenza' ? { fluA: 0 } : what === 'covid' ? { covid: 0 } : {} })
  if (what === 'strep') prescribe(chart, 'amoxicillin', { ...visit, isShort: true })
  if (what === 'influenza') prescribe(chart, 'oseltamivir', { ...visit, isShort: true })
  if (what === 'nothing') return
  const condition = addCondition(chart, what === 'strep' ? 'strepThroat' : what, { ...visit, isVisitReason: true })
  visit.conditions.push(condition)
  if (chart.now - visit.at > 30 * DAY) resolveCondition(condition, visit.at + 14 * DAY)
}

export const shortIllness: Story = {
  fits: { ages: [4, 70] }, ofForty: 1,
  begin(chart) {
    addUsualAllergies(chart, chart.recent - 700 * DAY)
    if (ageAt(chart.person.born, chart.now) < 18) addParent(chart)
    noteTaken(chart, 'acetaminophen', chart.recent)
    return [throatCourse(chart, [daysAgo(chart, chart.random.whole(250, 600)), chart.recent])]
  },
}

/** A culture that is not finished: what grows is known, what kills it is not. */
export const urineInfection: Story = {
  fits: { ages: [19, 88], sex: 'female' }, ofForty: 1,
  begin(chart) {
    const from = yearsOfRecords(chart, 1, 3)
    addUsualAllergies(chart, from)
    const check = yearlyCheck(chart, from)
    return [{ ...check, times: check.times.slice(0, -1) }, {
      topic: 'urine', kind: 'problem', times: [daysAgo(chart, 330), chart.recent],
      onVisit(visit) {
        visit.conditions.push(addCondition(chart, 'urineInfection', { ...visit, isVisitReason: true }))
        drawUrinalysis(chart, { ...visit, finding: 'infection' })
        drawUrineCulture(chart, { ...visit, growth: 'coli', isUnfinished: visit.back === 0 })
        prescribe(chart, 'nitrofurantoin', { ...visit, isShort: true })
      },
    }]
  },
}

/** Tests that people fear most to see on a shared screen. */
export const sexualHealth: Story = {
  fits: { ages: [18, 59] }, ofForty: 1,
  begin(chart) {
    addUsualAllergies(chart, chart.recent - 400 * DAY)
    return [{
      topic: 'sexualHealth', kind: 'problem', times: [daysAgo(chart, 200), chart.recent],
      onVisit(visit) {
        const hasChlamydia = visit.ordinal === 0 || chart.random.chance(0.3)
        drawWordPanel(chart, 'sexualHealth', { ...visit, isPlain: true, ...(hasChlamydia && { found: { chlamydia: 0 } }), ...(chart.random.chance(0.3) && { labels: labels.sexualHealth }) })
        if (visit.back === 0) drawWordPanel(chart, 'immunity', visit)
        drawPanel(chart, 'metabolic', visit)
        if (!hasChlamydia) return
        const condition = addCondition(chart, 'chlamydia', { ...visit, isVisitReason: true })
        visit.conditions.push(condition)
        prescribe(chart, 'doxycycline', { ...visit, isShort: true })
        if (visit.back > 0) resolveCondition(condition, visit.at + 20 * DAY)
      },
    }]
  },
}
