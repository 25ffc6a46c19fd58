import { addUsualAllergies } from '#demo/generate/allergies.ts'
import { addParent } from '#demo/generate/care-together.ts'
import { labels, type Chart } from '#demo/generate/chart.ts'
import { addCondition, resolveCondition } from '#demo/generate/conditions.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import type { Course, Visit } from '#demo/generate/live-through.ts'
import { prescribe } from '#demo/generate/medicines.ts'
import { writeNote } from '#demo/generate/notes.ts'
import { DAY, monthsAt, officeTime, YEAR } from '#demo/generate/practice-clock.ts'
import { addMoodSurvey } from '#demo/generate/surveys.ts'
import { childhoodSchedule } from '#demo/generate/vaccines.data.ts'
import { vaccinate } from '#demo/generate/vaccines.ts'
import { drawWordPanel } from '#demo/generate/word-tests.ts'
import type { Story } from './story.ts'

const wellVisits = [0.15, 2, 4, 6, 9, 12, 15, 18, 24, 36, 50, 62, 74, 98, 122, 133, 140, 158, 170, 182, 194, 206]

/** Well visits by age, with the shots that the schedule has for it; those due on the newest visit are left to it. */
export function wellChildCourse(chart: Chart): Course {
  const month = YEAR / 12
  const times = wellVisits.map(months => officeTime(chart.person.born + months * month + 2 * DAY, chart.random.whole(8, 16), 30)).filter(at => at < chart.recent - 12 * DAY)
  const given = new Set<number>()
  return {
    topic: 'wellChild', times, hasNote: visit => visit.back < 3 || chart.random.chance(0.3),
    onVisit(visit) {
      giveDue(chart, visit, given)
      const months = monthsAt(chart.person.born, visit.at)
      if (months > 11 && months < 14) drawPanel(chart, 'lead', visit)
      if (months > 11 && months < 14) drawPanel(chart, 'cbc', visit)
      if (chart.random.chance(0.25)) vaccinate(chart, 'flu', visit)
    },
  }
}

function giveDue(chart: Chart, visit: Visit, given: Set<number>): void {
  for (const [months, doses] of childhoodSchedule) {
    if (given.has(months) || monthsAt(chart.person.born, visit.at) < months) continue
    given.add(months)
    for (const [vaccine, dose] of doses) {
      const isRefused = chart.random.chance(0.02)
      vaccinate(chart, vaccine, months === 0 ? { at: chart.person.born + DAY / 4, dose, elsewhere: true } : { ...visit, dose, ...(isRefused && { notDone: 'Parent asked to wait' }) })
    }
  }
}

/** Fever and a sore ear in the last week. */
function earCourse(chart: Chart): Course {
  return {
    topic: 'sickChild', kind: 'problem', times: [chart.recent],
    onVisit(visit) {
      visit.today.temperature = chart.random.around(38.7, 0.3)
      visit.conditions.push(addCondition(chart, 'earInfection', { ...visit, isVisitReason: true }))
      prescribe(chart, 'amoxicillinLiquid', { ...visit, isShort: true })
      if (chart.random.chance(0.5)) drawWordPanel(chart, 'respiratory', { ...visit, isPlain: true })
    },
  }
}

function grownBy(chart: Chart): void {
  addParent(chart)
  addUsualAllergies(chart, Math.min(chart.recent, chart.person.born + YEAR))
}

export const childhoodVaccines: Story = {
  fits: { ages: [1, 11] }, ofForty: 3,
  begin(chart) {
    grownBy(chart)
    if (chart.random.chance(0.25)) prescribe(chart, 'hydrocortisone', { at: addEczema(chart) })
    return [wellChildCourse(chart), earCourse(chart)]
  },
}

function addEczema(chart: Chart): number {
  const at = chart.person.born + YEAR * 0.6
  const eczema = addCondition(chart, 'eczema', { at })
  if (chart.random.chance(0.4)) resolveCondition(eczema, at + YEAR * 0.3)
  return at
}

export const newborn: Story = {
  fits: { ages: [0, 0], days: [19, 27] }, ofForty: 1,
  begin(chart) {
    addParent(chart)
    const jaundice = addCondition(chart, 'newbornJaundice', { at: chart.person.born + 3 * DAY })
    vaccinate(chart, 'hepatitisB', { at: chart.person.born + DAY / 4, dose: 1, elsewhere: true })
    vaccinate(chart, 'rsv', { at: chart.person.born + DAY, notDone: 'Given to the mother in pregnancy' })
    return [{
      topic: 'newborn', times: [officeTime(chart.person.born + 3.2 * DAY, 9, 30), officeTime(chart.person.born + 6 * DAY, 10, 0), chart.recent],
      onVisit(visit) {
        const bilirubin = visit.back === 2 ? 13.8 : visit.back === 1 ? 11.2 : 3.1
        drawPanel(chart, 'bilirubin', { ...visit, levels: { '1975-2': bilirubin, '1968-7': 0.4 }, isPlain: true })
        if (visit.back === 0) resolveCondition(jaundice, visit.at)
      },
    }]
  },
}

/** Twelve to seventeen: what is confidential stays apart and carries a label. */
export const teenager: Story = {
  fits: { ages: [12, 17] }, ofForty: 2,
  begin(chart) {
    grownBy(chart)
    addCondition(chart, 'acne', { at: chart.recent - YEAR })
    prescribe(chart, 'benzoyl', { at: chart.recent - YEAR })
    const own: Course = { topic: 'teen', times: [chart.recent], onVisit: visit => seeTeen(chart, visit) }
    return [wellChildCourse(chart), own]
  },
}

function seeTeen(chart: Chart, visit: Visit): void {
  addMoodSurvey(chart, chart.random.whole(0, 9), visit, true)
  drawPanel(chart, 'cbc', visit)
  if (!chart.random.chance(0.55)) return
  drawWordPanel(chart, 'chlamydia', { ...visit, labels: labels.sexualHealth, isPlain: true })
  writeNote(chart, { at: visit.at + 50 * 60_000, kind: 'consult', encounter: visit.encounter, labels: labels.sexualHealth }, 'Confidential teen note', 'Seen alone. Sexually active, condoms most times. Does not want parents to know. STI screen sent, will text pt own phone.')
}
