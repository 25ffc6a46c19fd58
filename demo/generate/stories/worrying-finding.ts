import { addUsualAllergies } from '#demo/generate/allergies.ts'
import type { Chart } from '#demo/generate/chart.ts'
import { addCondition } from '#demo/generate/conditions.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import { daysAgo, type Course } from '#demo/generate/live-through.ts'
import { prescribe } from '#demo/generate/medicines.ts'
import { writeNote } from '#demo/generate/notes.ts'
import { DAY } from '#demo/generate/practice-clock.ts'
import { addProcedure, addStudy } from '#demo/generate/studies.ts'
import { drawWordPanel } from '#demo/generate/word-tests.ts'
import { yearsOfRecords, type Story } from './story.ts'
import { yearlyCheck } from './yearly-check.ts'

// One worrying finding of screening each; the answer came in the last week.

function withChecks(chart: Chart, course: Course): Course[] {
  const from = yearsOfRecords(chart, 2, 6)
  addUsualAllergies(chart, from)
  const past = yearlyCheck(chart, from)
  return [{ ...past, times: past.times.filter(at => at < chart.recent - 60 * DAY) }, course]
}

export const worryingMammogram: Story = {
  fits: { ages: [41, 74], sex: 'female' }, ofForty: 1,
  begin: chart => withChecks(chart, {
    topic: 'breast', kind: 'problem', times: [daysAgo(chart, 16), chart.recent],
    onVisit(visit) {
      if (visit.ordinal === 0) {
        addStudy(chart, 'mammogramWorrying', visit)
        visit.conditions.push(addCondition(chart, 'breastLump', { ...visit, isUnsure: true }))
        return
      }
      addProcedure(chart, 'coreBiopsy', visit)
      addStudy(chart, 'breastBiopsy', visit)
      writeNote(chart, { at: visit.at + 20 * 3_600_000, kind: 'phone', encounter: visit.encounter }, 'Phone call', 'Left VM x1, then reached pt. Path discussed: IDC, gr 2, ER/PR+. She cried, husband on the line. Surgery and onc referrals placed. Will see her Thurs. Pt aware of portal release.')
    },
  }),
}

export const colonPolyp: Story = {
  fits: { ages: [46, 76] }, ofForty: 1,
  begin: chart => withChecks(chart, {
    topic: 'colon', kind: 'problem', times: [daysAgo(chart, 40), chart.recent],
    onVisit(visit) {
      if (visit.ordinal === 0) {
        drawWordPanel(chart, 'stoolBlood', { ...visit, found: { stoolBlood: 0 }, isPlain: true })
        drawPanel(chart, 'cbc', visit)
        return
      }
      addProcedure(chart, 'colonoscopy', visit)
      addProcedure(chart, 'polypectomy', visit)
      addStudy(chart, 'colonPathologyLow', { at: visit.at - DAY })
      addStudy(chart, 'colonPathologyHigh', visit)
      visit.conditions.push(addCondition(chart, 'colonPolyp', visit))
    },
  }),
}

export const raisedPsa: Story = {
  fits: { ages: [52, 79], sex: 'male' }, ofForty: 1,
  begin: chart => withChecks(chart, {
    topic: 'prostate', times: [daysAgo(chart, 420), daysAgo(chart, 60), chart.recent],
    onVisit(visit) {
      drawPanel(chart, 'psa', { ...visit, levels: { '2857-1': [3.4, 6.8, 7.9][visit.ordinal] ?? 7 }, isPlain: true })
      if (visit.ordinal === 0) prescribe(chart, 'tamsulosin', visit)
      if (visit.back > 0) return
      visit.conditions.push(addCondition(chart, 'raisedPsa', visit))
      addStudy(chart, 'prostateScan', { at: visit.at - DAY })
    },
  }),
}

export const abnormalPap: Story = {
  fits: { ages: [25, 64], sex: 'female' }, ofForty: 1,
  begin: chart => withChecks(chart, {
    topic: 'cervix', times: [chart.recent],
    onVisit(visit) {
      addProcedure(chart, 'cervicalSmear', { at: visit.at - DAY })
      drawWordPanel(chart, 'cervix', { ...visit, at: visit.at - DAY, found: { pap: 0, hpv: 0 }, isPlain: true })
      visit.conditions.push(addCondition(chart, 'abnormalPap', visit))
      addProcedure(chart, 'colposcopy', visit, 'preparation')
    },
  }),
}
