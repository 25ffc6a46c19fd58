import type { CodeableConcept, Encounter, Observation, Quantity } from '@medplum/fhirtypes'
import { add, during, heading, subject, type Chart } from './chart.ts'
import { growth } from './growth.data.ts'
import { ageAt, instant, localTime, monthsAt, YEAR } from './practice-clock.ts'

const category = (code: string, display: string): CodeableConcept[] =>
  [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code, display }], text: display }]
const vitalSigns = category('vital-signs', 'Vital Signs')

const signs = {
  weight: ['29463-7', 'Body weight', 'kg', 'kg', 1], height: ['8302-2', 'Body height', 'cm', 'cm', 1],
  bmi: ['39156-5', 'Body mass index (BMI) [Ratio]', 'kg/m2', 'kg/m2', 1], temperature: ['8310-5', 'Body temperature', 'Cel', 'Cel', 1],
  oxygen: ['59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry', '%', '%', 0], pulse: ['8867-4', 'Heart rate', 'beats/minute', '/min', 0],
  breaths: ['9279-1', 'Respiratory rate', 'breaths/minute', '/min', 0], head: ['9843-4', 'Head Occipital-frontal circumference', 'cm', 'cm', 1],
  weightPounds: ['29463-7', 'Body weight', 'lb', '[lb_av]', 1],
} as const satisfies Record<string, readonly [string, string, string, string, number]>
type Sign = keyof typeof signs

type Taken = { at: number; encounter?: Encounter | undefined; isAtHome?: boolean }
/** What the body does today: thin air or fever make these differ from the usual. */
export type BodyToday = { temperature?: number; oxygen?: number; pulse?: number; breaths?: number }

function blank(chart: Chart, code: CodeableConcept, { at, encounter, isAtHome }: Taken): Observation {
  return add<Observation>(chart, {
    ...heading(chart, 'Observation', at), status: 'final', category: vitalSigns, code, subject: subject(chart),
    ...during(chart, encounter), effectiveDateTime: localTime(at), issued: instant(at),
    ...(isAtHome && { performer: [subject(chart)], note: [{ text: 'Measured at home and sent by the patient.' }] }),
  })
}

const loinc = (code: string, display: string): CodeableConcept => ({ coding: [{ system: 'http://loinc.org', code, display }], text: display })
const amount = (value: number, digits: number, unit: string, code: string): Quantity => ({ value: Number(value.toFixed(digits)), unit, system: 'http://unitsofmeasure.org', code })

function addSign(chart: Chart, sign: Sign, value: number, taken: Taken): void {
  const [code, name, unit, ucum, digits] = signs[sign]
  blank(chart, loinc(code, name), taken).valueQuantity = amount(value, digits, unit, ucum)
}

/** The nurse's set at the start of a visit: growth for a child, pressure from age three on, which is given back as "128/78". */
export function addVitalSigns(chart: Chart, taken: Taken, today: BodyToday = {}): string | undefined {
  const { random } = chart
  const age = ageAt(chart.person.born, taken.at)
  const { weightKg, heightCm, headCm } = bodyAt(chart, taken.at)
  const pressure = age >= 3 ? addPressure(chart, taken) : undefined
  if (chart.lab === 'northlineLab' && age >= 18) addSign(chart, 'weightPounds', weightKg * 2.20462, taken)
  else addSign(chart, 'weight', weightKg, taken)
  if (age < 18 || random.chance(0.3)) addSign(chart, 'height', heightCm, taken)
  if (age >= 2 && random.chance(0.5)) addSign(chart, 'bmi', weightKg / (heightCm / 100) ** 2, taken)
  if (headCm !== null) addSign(chart, 'head', headCm, taken)
  if (today.temperature || random.chance(0.5)) addSign(chart, 'temperature', today.temperature ?? random.around(36.7, 0.2), taken)
  if (today.oxygen || random.chance(0.4)) addSign(chart, 'oxygen', Math.min(100, today.oxygen ?? random.around(97.8, 0.8)), taken)
  addSign(chart, 'pulse', today.pulse ?? random.around(age < 1 ? 132 : age < 6 ? 104 : 74, age < 6 ? 9 : 8), taken)
  if (today.breaths) addSign(chart, 'breaths', today.breaths, taken)
  return pressure
}

/** One blood pressure with its two parts. Levels 'systolic' and 'diastolic' are set by the stories. */
export function addPressure(chart: Chart, taken: Taken): string {
  const age = ageAt(chart.person.born, taken.at)
  const systolic = chart.random.around(levelOf(chart, 'systolic', age < 13 ? 92 + age * 1.6 : 112 + age * 0.15), 6)
  const diastolic = chart.random.around(levelOf(chart, 'diastolic', age < 13 ? 56 + age : 74), 4)
  const observation = blank(chart, loinc('85354-9', 'Blood pressure panel with all children optional'), taken)
  observation.component = [
    { code: loinc('8480-6', 'Systolic blood pressure'), valueQuantity: amount(systolic, 0, 'mmHg', 'mm[Hg]') },
    { code: loinc('8462-4', 'Diastolic blood pressure'), valueQuantity: amount(diastolic, 0, 'mmHg', 'mm[Hg]') },
  ]
  return `${Math.round(systolic)}/${Math.round(diastolic)}`
}

export const addHomeWeight = (chart: Chart, at: number) => addSign(chart, 'weight', bodyAt(chart, at).weightKg, { at, isAtHome: true })

function levelOf(chart: Chart, name: string, first: number): number {
  let level = chart.levels.get(name)
  if (level === undefined) chart.levels.set(name, level = chart.random.around(first, 4))
  return level
}

/** Kilograms and centimetres on that day: a child grows along its own line, an adult drifts slowly. */
export function bodyAt(chart: Chart, at: number): { weightKg: number; heightCm: number; headCm: number | null } {
  const months = monthsAt(chart.person.born, at)
  const build = levelOf(chart, 'build', 0) / 4
  const wobble = 1 + (chart.random.next() - 0.5) * 0.012
  if (months < 216) {
    const [weightKg, heightCm, headCm] = grownTo(months)
    return { weightKg: weightKg * (1 + build * 0.09) * wobble, heightCm: heightCm * (1 + build * 0.025), headCm: headCm === null ? null : headCm * (1 + build * 0.012) }
  }
  const heightCm = (chart.person.sex === 'female' ? 163 : 177) + levelOf(chart, 'stature', 0) * 1.6
  const yearsBack = (chart.now - at) / YEAR
  const weightKg = (levelOf(chart, 'bmi', 26.5) + (chart.levels.get('bmi-a-year') ?? 0.1) * -yearsBack) * (heightCm / 100) ** 2
  return { weightKg: Math.max(38, weightKg) * wobble, heightCm, headCm: null }
}

function grownTo(months: number): [number, number, number | null] {
  const next = growth.findIndex(row => row[0] > months)
  const above = growth[next === -1 ? growth.length - 1 : Math.max(1, next)], below = growth[next === -1 ? growth.length - 2 : Math.max(0, next - 1)]
  if (!above || !below) return [60, 165, null]
  const share = Math.max(0, Math.min(1, (months - below[0]) / (above[0] - below[0])))
  const between = (low: number, high: number) => low + (high - low) * share
  return [between(below[1], above[1]), between(below[2], above[2]), below[3] === null || above[3] === null ? null : between(below[3], above[3])]
}
