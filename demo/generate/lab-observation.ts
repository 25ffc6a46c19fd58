import type { CodeableConcept, Coding, Encounter, Observation, ObservationReferenceRange, Quantity } from '@medplum/fhirtypes'
import { add, during, heading, organization, subject, type Chart } from './chart.ts'
import { organizations } from './practice.data.ts'
import { instant, localTime } from './practice-clock.ts'
import type { Bounds, LabTest } from './lab-tests.data.ts'
import type { Flag, LabValue } from './lab-values.ts'

export type LabCategory = 'laboratory'
export const laboratory: CodeableConcept[] = [{
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory', display: 'Laboratory' }], text: 'Laboratory',
}]

export type LabContext = { at: number; issued: number; encounter?: Encounter | undefined; labels?: readonly Coding[] | undefined; status?: Observation['status'] }

const flagNames = {
  LL: 'Critical low', L: 'Low', N: 'Normal', H: 'High', HH: 'Critical high', A: 'Abnormal', POS: 'Positive', NEG: 'Negative',
  S: 'Susceptible', I: 'Intermediate', R: 'Resistant',
} as const
export type AnyFlag = keyof typeof flagNames

export const interpretation = (flag: Flag | AnyFlag): CodeableConcept[] => [{
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: flag, display: flagNames[flag] }], text: flagNames[flag],
}]

/** LOINC beside the laboratory's own code; only the latter when the laboratory never mapped the test. */
export function testCode(chart: Chart, loinc: string | undefined, name: string, printed: string): CodeableConcept {
  const own = chart.lab === 'juniperLab' || !loinc ? [{ system: `https://${chart.lab === 'juniperLab' ? 'juniper' : 'northline'}.example.com/tests`, code: ownCode(printed), display: printed }] : []
  return { coding: [...(loinc ? [{ system: 'http://loinc.org', code: loinc, display: name }] : []), ...own], text: printed }
}

const ownCode = (printed: string) => printed.replace(/[^A-Z0-9]/gi, '').slice(0, 10).toUpperCase()

/** What every laboratory answer says, whatever kind of value it has. */
export function labObservation(chart: Chart, code: CodeableConcept, { at, issued, encounter, labels, status }: LabContext): Observation {
  return add<Observation>(chart, {
    ...heading(chart, 'Observation', issued, labels),
    status: status ?? 'final', category: laboratory, code, subject: subject(chart),
    ...during(chart, encounter), effectiveDateTime: localTime(at), issued: instant(issued),
    performer: [organization(chart, chart.lab)],
  })
}

/** One number with its range and flag, and now and then one of the oddities that laboratories really send. */
export function addNumber(chart: Chart, { test, value, comparator, bounds, flag }: LabValue, context: LabContext): Observation {
  const isMapped = !chart.random.chance(0.006)
  const isCoded = !chart.random.chance(0.008)
  const observation = labObservation(chart, testCode(chart, isMapped ? test.loinc : undefined, test.name, test.printed), context)
  observation.valueQuantity = quantity(chart, test, value, comparator, isCoded)
  const hasRange = bounds && !chart.random.chance(0.012)
  if (hasRange) {
    observation.referenceRange = [range(chart, test, bounds)]
    if (flag && (flag !== 'N' || chart.random.chance(0.6))) observation.interpretation = interpretation(flag)
  }
  return observation
}

function quantity(chart: Chart, test: LabTest, value: number, comparator: '<' | '>' | undefined, isCoded: boolean): Quantity {
  const unit = chart.lab === 'northlineLab' && test.shown ? test.shown : test.unit
  return { value, ...(comparator && { comparator }), unit, ...(isCoded && { system: 'http://unitsofmeasure.org', code: test.unit }) }
}

function range(chart: Chart, test: LabTest, [low, high]: Bounds): ObservationReferenceRange {
  const end = (value: number) => quantity(chart, test, value, undefined, true)
  const text = low === null ? `< OR = ${high}` : high === null ? `> OR = ${low}` : `${low}-${high}`
  return {
    ...(low !== null && { low: end(low) }), ...(high !== null && { high: end(high) }),
    ...(chart.lab === 'juniperLab' && { text: `${text} ${test.unit}` }),
  }
}

export const labName = (chart: Chart) => organizations[chart.lab].name as string
