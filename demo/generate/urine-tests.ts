import type { CodeableConcept, DiagnosticReport, Observation } from '@medplum/fhirtypes'
import type { Chart } from './chart.ts'
import { addLabReport, labContext, type LabOrder } from './labs.ts'
import { interpretation, labObservation, testCode, type LabContext } from './lab-observation.ts'

type Strip = [loinc: string, name: string, printed: string, usual: string, found: readonly string[]]

const strips: readonly Strip[] = [
  ['5778-6', 'Color of Urine', 'COLOR', 'YELLOW', ['DARK YELLOW', 'AMBER']],
  ['32167-9', 'Clarity of Urine', 'APPEARANCE', 'CLEAR', ['CLOUDY', 'TURBID']],
  ['5792-7', 'Glucose [Mass/volume] in Urine by Test strip', 'GLUCOSE', 'NEGATIVE', ['TRACE', '1+', '3+']],
  ['5797-6', 'Ketones [Mass/volume] in Urine by Test strip', 'KETONES', 'NEGATIVE', ['TRACE', '1+']],
  ['5794-3', 'Hemoglobin [Presence] in Urine by Test strip', 'OCCULT BLOOD', 'NEGATIVE', ['TRACE', '1+', '2+']],
  ['20454-5', 'Protein [Presence] in Urine by Test strip', 'PROTEIN', 'NEGATIVE', ['TRACE', '1+', '2+']],
  ['5802-4', 'Nitrite [Presence] in Urine by Test strip', 'NITRITE', 'NEGATIVE', ['POSITIVE']],
  ['5799-2', 'Leukocyte esterase [Presence] in Urine by Test strip', 'LEUKOCYTE ESTERASE', 'NEGATIVE', ['TRACE', '2+', '3+']],
  ['5821-4', 'Leukocytes [#/area] in Urine sediment by Microscopy high power field', 'WBC', 'NONE SEEN', ['0-5', '20-40', '> OR = 60']],
  ['25145-4', 'Bacteria [Presence] in Urine sediment by Light microscopy', 'BACTERIA', 'NONE SEEN', ['FEW', 'MANY']],
]

export type UrineFinding = 'usual' | 'infection' | 'sugar' | 'protein'
const findings: Record<UrineFinding, Record<string, number>> = {
  usual: {}, sugar: { '5792-7': 2, '5797-6': 0 }, protein: { '20454-5': 2 },
  infection: { '32167-9': 0, '5794-3': 1, '5802-4': 0, '5799-2': 2, '5821-4': 2, '25145-4': 1 },
}

/** A urinalysis: words, plus signs, counts a field and two numbers in one report. */
export function drawUrinalysis(chart: Chart, order: LabOrder & { finding?: UrineFinding }): DiagnosticReport {
  const context = labContext(chart, order)
  const found = findings[order.finding ?? 'usual']
  const results = strips.map(strip => addStrip(chart, strip, found[strip[0]], context))
  results.splice(2, 0, addGravity(chart, context), addAcidity(chart, context))
  return addLabReport(chart, testCode(chart, '24356-8', 'Urinalysis complete panel - Urine', 'URINALYSIS, COMPLETE'), results, order, context)
}

function addStrip(chart: Chart, [loinc, name, printed, usual, found]: Strip, which: number | undefined, context: LabContext): Observation {
  const observation = labObservation(chart, testCode(chart, loinc, name, printed), context)
  observation.valueString = which === undefined ? usual : found[which] as string
  observation.referenceRange = [{ text: usual }]
  if (which !== undefined) observation.interpretation = interpretation('A')
  return observation
}

function addGravity(chart: Chart, context: LabContext): Observation {
  const observation = labObservation(chart, testCode(chart, '5811-5', 'Specific gravity of Urine by Test strip', 'SPECIFIC GRAVITY'), context)
  observation.valueQuantity = { value: Number((1.005 + 0.022 * chart.random.next()).toFixed(3)), unit: '', code: '1', system: 'http://unitsofmeasure.org' }
  observation.referenceRange = [{ low: { value: 1.001 }, high: { value: 1.035 } }]
  delete observation.valueQuantity.unit
  return observation
}

function addAcidity(chart: Chart, context: LabContext): Observation {
  const observation = labObservation(chart, testCode(chart, '5803-2', 'pH of Urine by Test strip', 'PH'), context)
  observation.valueQuantity = { value: chart.random.pick([5, 5.5, 6, 6, 6.5, 7, 7.5]), unit: 'pH', code: '[pH]', system: 'http://unitsofmeasure.org' }
  observation.referenceRange = [{ low: { value: 5, unit: 'pH' }, high: { value: 8, unit: 'pH' }, text: '5.0-8.0' }]
  return observation
}

type Medicine = [loinc: string, name: string, printed: string, answer: 'S' | 'I' | 'R', strength: number, comparator?: '<=' | '>=']

const coliform: readonly Medicine[] = [
  ['18864-9', 'Ampicillin [Susceptibility]', 'AMPICILLIN', 'R', 32, '>='],
  ['18878-9', 'Cefazolin [Susceptibility]', 'CEFAZOLIN', 'S', 4, '<='],
  ['18906-8', 'Ciprofloxacin [Susceptibility]', 'CIPROFLOXACIN', 'S', 0.25, '<='],
  ['18955-5', 'Nitrofurantoin [Susceptibility]', 'NITROFURANTOIN', 'S', 16, '<='],
  ['18998-5', 'Trimethoprim+Sulfamethoxazole [Susceptibility]', 'TRIMETHOPRIM/SULFA', 'I', 40],
]

const susceptibility: Record<'S' | 'I' | 'R', CodeableConcept> = {
  S: { text: 'Susceptible' }, I: { text: 'Intermediate' }, R: { text: 'Resistant' },
}

/** A urine culture: nothing, skin germs, or E. coli with what kills it. Not yet finished when `isUnfinished`. */
export function drawUrineCulture(chart: Chart, order: LabOrder & { growth: 'none' | 'mixed' | 'coli'; isUnfinished?: boolean }): DiagnosticReport {
  const context = { ...labContext(chart, order), ...(order.isUnfinished && { status: 'preliminary' as const }) }
  const culture = labObservation(chart, testCode(chart, '630-4', 'Bacteria identified in Urine by Culture', 'CULTURE, URINE, ROUTINE'), context)
  const results = [culture]
  if (order.growth === 'none') culture.valueString = 'No growth'
  if (order.growth === 'mixed') culture.valueString = 'Mixed genital flora isolated. These superficial bacteria are not indicative of a urinary tract infection.'
  if (order.growth === 'coli') {
    culture.valueCodeableConcept = { coding: [{ system: 'http://snomed.info/sct', code: '112283007', display: 'Escherichia coli' }], text: 'Escherichia coli' }
    culture.interpretation = interpretation('A')
    culture.note = [{ text: 'Greater than 100,000 CFU/mL of Escherichia coli' }]
    if (!order.isUnfinished) for (const row of coliform) results.push(addSusceptibility(chart, row, context))
  }
  return addLabReport(chart, testCode(chart, '630-4', 'Bacteria identified in Urine by Culture', 'CULTURE, URINE, ROUTINE'), results, order, context, true)
}

function addSusceptibility(chart: Chart, [loinc, name, printed, answer, value, comparator]: Medicine, context: LabContext): Observation {
  const observation = labObservation(chart, testCode(chart, loinc, name, printed), context)
  if (chart.lab === 'juniperLab') observation.valueQuantity = { value, ...(comparator && { comparator }), unit: 'ug/mL', system: 'http://unitsofmeasure.org', code: 'ug/mL' }
  else observation.valueCodeableConcept = susceptibility[answer]
  observation.interpretation = interpretation(answer)
  return observation
}
