import { addUsualAllergies } from '#demo/generate/allergies.ts'
import type { Chart } from '#demo/generate/chart.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import { regularly, type Course, type Visit } from '#demo/generate/live-through.ts'
import { noteTaken, prescribe } from '#demo/generate/medicines.ts'
import { addProcedure, addStudy } from '#demo/generate/studies.ts'
import { addDrinks, addLivingNeeds, addMoodSurvey, addSmokingStatus } from '#demo/generate/surveys.ts'
import { drawUrinalysis } from '#demo/generate/urine-tests.ts'
import { vaccinate } from '#demo/generate/vaccines.ts'
import { drawWordPanel } from '#demo/generate/word-tests.ts'
import { ageAt, YEAR } from '#demo/generate/practice-clock.ts'
import { yearsOfRecords, type Story } from './story.ts'

/** The check-up once a year: panels, shots, the screening that the age asks for. */
export function yearlyCheck(chart: Chart, from: number): Course {
  return { topic: 'checkup', times: regularly(chart, 368, from), onVisit: visit => checkUp(chart, visit) }
}

function checkUp(chart: Chart, visit: Visit): void {
  const { at } = visit
  const { random } = chart
  const age = ageAt(chart.person.born, at)
  const isNewest = visit.back === 0
  addSmokingStatus(chart, visit)
  if (random.chance(0.5)) addDrinks(chart, visit, random.whole(0, 3))
  if (!chart.levels.has('mood') && random.chance(0.5)) addMoodSurvey(chart, random.whole(0, 5), visit, false)
  if (isNewest || random.chance(0.2)) addLivingNeeds(chart, visit)
  if (isNewest || random.chance(0.5)) drawPanel(chart, isNewest ? 'metabolic' : 'basicMetabolic', visit)
  if (isNewest || random.chance(0.3)) drawPanel(chart, random.chance(0.3) ? 'cbcWithDifferential' : 'cbc', visit)
  if (isNewest || random.chance(age >= 35 ? 0.5 : 0.1)) drawPanel(chart, 'lipids', visit)
  if (random.chance(0.2)) drawPanel(chart, random.pick(['vitaminD', 'tsh', 'heartRisk', 'vitamins', 'uricAcid', 'inflammation']), visit)
  if (random.chance(0.15)) drawUrinalysis(chart, visit)
  if (age >= 18 && visit.ordinal === 0) drawWordPanel(chart, 'hepatitisC', visit)
  screen(chart, visit, age)
  shots(chart, visit, age)
}

function screen(chart: Chart, visit: Visit, age: number): void {
  const { person, random } = chart
  if (person.sex === 'female' && age >= 21 && age <= 65 && visit.back % 3 === 0) {
    addProcedure(chart, 'cervicalSmear', visit)
    drawWordPanel(chart, 'cervix', visit)
  }
  if (person.sex === 'female' && age >= 40 && age < 75 && visit.back % 2 === 0) addStudy(chart, random.chance(0.93) ? 'mammogramClear' : 'breastUltrasoundBenign', visit)
  if (age >= 45 && age < 76 && visit.back % 3 === 1) drawWordPanel(chart, 'stoolBlood', visit)
  if (person.sex === 'male' && age >= 55 && age < 70) drawPanel(chart, 'psa', visit)
  if (age >= 66 && person.sex === 'female' && visit.ordinal === 0) addStudy(chart, 'boneDensity', visit)
}

function shots(chart: Chart, visit: Visit, age: number): void {
  const { random } = chart
  const flu = age >= 65 ? 'fluHighDose' : 'flu'
  vaccinate(chart, flu, random.chance(0.22) ? { ...visit, notDone: random.pick(['Patient declined', 'Out of stock', 'Patient objection']) } : visit)
  if (random.chance(0.3)) vaccinate(chart, 'covid', { ...visit, elsewhere: random.chance(0.5) })
  if (age >= 50 && visit.ordinal < 2) vaccinate(chart, 'shingles', { ...visit, dose: visit.ordinal + 1 })
  if (age >= 65 && visit.ordinal === 0) vaccinate(chart, 'pneumococcal20', visit)
  if (age >= 75 && visit.back === 0) vaccinate(chart, 'rsv', visit)
  if (visit.ordinal === 0) vaccinate(chart, 'tdap', visit)
}

export const healthyAdult: Story = {
  fits: { ages: [18, 84] }, ofForty: 5,
  begin(chart) {
    const from = yearsOfRecords(chart, 1, 6)
    addUsualAllergies(chart, from)
    if (chart.random.chance(0.3)) noteTaken(chart, chart.random.pick(['vitaminD', 'loratadine', 'acetaminophen']), chart.recent)
    if (chart.person.sex === 'female' && ageAt(chart.person.born, chart.now) < 45 && chart.random.chance(0.4)) prescribe(chart, 'birthControl', { at: chart.recent - YEAR / 3 })
    return [yearlyCheck(chart, from)]
  },
}
