import type { CodeableConcept, Coding, Encounter, Observation } from '@medplum/fhirtypes'
import { add, clinician, during, heading, point, subject, type Chart } from './chart.ts'
import { moodAnswers, moodQuestions, needsQuestions, smoking } from './surveys.data.ts'
import { instant, localTime } from './practice-clock.ts'

const category = (code: string, display: string): CodeableConcept[] =>
  [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code, display }], text: display }]
const survey = category('survey', 'Survey'), socialHistory = category('social-history', 'Social History')
const loinc = (code: string, display: string): CodeableConcept => ({ coding: [{ system: 'http://loinc.org', code, display }], text: display })

type Asked = { at: number; encounter?: Encounter | undefined; labels?: readonly Coding[] }

function answer(chart: Chart, kind: CodeableConcept[], code: CodeableConcept, { at, encounter, labels }: Asked): Observation {
  return add<Observation>(chart, {
    ...heading(chart, 'Observation', at, labels), status: 'final', category: kind, code, subject: subject(chart),
    ...during(chart, encounter), effectiveDateTime: localTime(at), issued: instant(at), performer: [clinician(chart, 'ruthFerncroft')],
  })
}

/** PHQ-9: the total, 0 to 27; with each answer when `isWhole`. The ninth question stays 0 unless the total is very high. */
export function addMoodSurvey(chart: Chart, total: number, asked: Asked, isWhole: boolean): void {
  const sum = Math.max(0, Math.min(27, Math.round(total)))
  const totals = answer(chart, survey, loinc('44261-6', 'Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]'), asked)
  totals.valueQuantity = { value: sum, unit: '{score}', system: 'http://unitsofmeasure.org', code: '{score}' }
  if (!isWhole) return
  const points = spreadPoints(sum)
  const items = moodQuestions.map(([code, question], i) => {
    const item = answer(chart, survey, loinc(code, question), asked)
    const [answerCode, text] = moodAnswers[points[i] ?? 0] as readonly [string, string]
    item.valueCodeableConcept = { coding: [{ system: 'http://loinc.org', code: answerCode, display: text }], text }
    return item
  })
  answer(chart, survey, loinc('44249-1', 'PHQ-9 quick depression assessment panel [Reported.PHQ]'), asked).hasMember = [...items, totals].map(item => point(chart, item))
}

/** The total dealt out over nine questions, the ninth last. */
function spreadPoints(total: number): number[] {
  const points = Array.from({ length: 9 }, () => 0)
  const order = [3, 2, 0, 1, 4, 5, 6, 7, 3, 2, 0, 1, 4, 5, 6, 7, 3, 2, 0, 1, 4, 5, 6, 7, 8, 8, 8]
  for (const question of order.slice(0, total)) points[question] = (points[question] ?? 0) + 1
  return points
}

/** Smoking, kept between visits in the level 'smoking'. */
export function addSmokingStatus(chart: Chart, asked: Asked): keyof typeof smoking {
  const kinds = ['never', 'never', 'never', 'former', 'former', 'daily', 'someDays', 'unknown'] as const
  let which = chart.levels.get('smoking')
  if (which === undefined) chart.levels.set('smoking', which = chart.random.whole(0, kinds.length - 1))
  const kind = kinds[which] ?? 'unknown'
  const [code, display] = smoking[kind]
  answer(chart, socialHistory, loinc('72166-2', 'Tobacco smoking status'), asked).valueCodeableConcept = { coding: [{ system: 'http://snomed.info/sct', code, display }], text: display }
  return kind
}

export function addDrinks(chart: Chart, asked: Asked, aDay: number): void {
  answer(chart, socialHistory, loinc('74013-4', 'Alcoholic drinks per drinking day'), asked).valueQuantity =
    { value: aDay, unit: '{#}/d', system: 'http://unitsofmeasure.org', code: '{#}/d' }
}

/** Accountable Health Communities questions: home, food, transport. */
export function addLivingNeeds(chart: Chart, asked: Asked): void {
  for (const [code, question, answers] of needsQuestions) {
    const text = chart.random.chance(0.82) ? answers[0] : chart.random.pick(answers.slice(1))
    answer(chart, survey, loinc(code, question), asked).valueCodeableConcept = { text }
  }
}

export function addPregnancyStatus(chart: Chart, asked: Asked, isPregnant: boolean): void {
  answer(chart, socialHistory, loinc('82810-3', 'Pregnancy status'), asked).valueCodeableConcept = isPregnant
    ? { coding: [{ system: 'http://snomed.info/sct', code: '77386006', display: 'Pregnant' }], text: 'Pregnant' }
    : { coding: [{ system: 'http://snomed.info/sct', code: '60001007', display: 'Not pregnant' }], text: 'Not pregnant' }
}
