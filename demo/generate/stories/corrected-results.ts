import { addAllergy } from '#demo/generate/allergies.ts'
import { add, point, type Chart } from '#demo/generate/chart.ts'
import { addCondition, unsayCondition } from '#demo/generate/conditions.ts'
import { addLabReport, drawPanel, labContext } from '#demo/generate/labs.ts'
import { addNumber, labObservation, testCode } from '#demo/generate/lab-observation.ts'
import { amend, cancel, retract } from '#demo/generate/lab-oddities.ts'
import { labTests } from '#demo/generate/lab-tests.data.ts'
import { boundsFor, printValue } from '#demo/generate/lab-values.ts'
import { regularly, type Visit } from '#demo/generate/live-through.ts'
import { prescribe, stopMedicine } from '#demo/generate/medicines.ts'
import { writeNote } from '#demo/generate/notes.ts'
import { HOUR, instant } from '#demo/generate/practice-clock.ts'
import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'
import { yearsOfRecords, type Story } from './story.ts'
import { yearlyCheck } from './yearly-check.ts'

/** Everything that a laboratory and an office take back, change, spoil or leave unfinished, in one record. */
export const correctedResults: Story = {
  fits: { ages: [30, 75] }, ofForty: 1,
  begin(chart) {
    const from = yearsOfRecords(chart, 1, 3)
    for (const state of ['confirmed', 'refuted', 'entered-in-error', 'unconfirmed'] as const) addAllergy(chart, from, state)
    unsayCondition(addCondition(chart, 'migraine', { at: from }), 'entered-in-error', from)
    unsayCondition(addCondition(chart, 'asthma', { at: from }), 'refuted', chart.recent)
    stopMedicine(prescribe(chart, 'sumatriptan', { at: from }), 'entered-in-error', from)
    stopMedicine(prescribe(chart, 'lisinopril', { at: chart.recent }), 'cancelled', chart.recent, 'Sent to the wrong pharmacy')
    return [{ topic: 'bloodPressure', times: regularly(chart, 180, from), onVisit: visit => seeMistakes(chart, visit) }, yearlyCheck(chart, from)]
  },
}

function seeMistakes(chart: Chart, visit: Visit): void {
  const report = drawPanel(chart, 'metabolic', { ...visit, isPlain: true, levels: { '2823-3': 4.4 } })
  if (visit.back > 0) return
  const results = resultsOf(chart, report)
  correctPotassium(chart, report, results.find(result => isTest(result, '2823-3')))
  for (const [loinc, change] of [['2951-2', cancel], ['17861-6', retract]] as const) {
    const result = results.find(one => isTest(one, loinc))
    if (result) change(result)
  }
  const albumin = results.find(one => isTest(one, '1751-7'))
  if (albumin) amend(chart, albumin, visit.at + 8 * HOUR)
  oddTests(chart, visit)
  const cancelled = drawPanel(chart, 'vitaminD', { ...visit, isPlain: true })
  for (const result of resultsOf(chart, cancelled)) cancel(result, 'Quantity not sufficient.')
  cancelled.status = 'cancelled'
  amendNote(chart, visit)
}

/** The first version stays in the Bundle beside the second: a value that was told wrong, then put right. */
function correctPotassium(chart: Chart, report: DiagnosticReport, potassium: Observation | undefined): void {
  if (!potassium?.valueQuantity) return
  const changed = instant(chart.now - HOUR)
  potassium.meta = { ...potassium.meta, versionId: '2', lastUpdated: changed }
  const first: Observation = { ...potassium, meta: { ...potassium.meta, versionId: '1', lastUpdated: potassium.issued as string } }
  potassium.status = 'corrected'
  potassium.issued = changed
  potassium.note = [{ text: 'CORRECTED RESULT. Previously reported as 6.6 mmol/L (hemolyzed specimen).' }]
  first.valueQuantity = { ...potassium.valueQuantity, value: 6.6 }
  first.interpretation = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: 'HH', display: 'Critical high' }], text: 'Critical high' }]
  if (!potassium.referenceRange) delete first.interpretation
  if (chart.style === 'collection') add(chart, first)
  report.status = 'corrected'
  report.meta = { ...report.meta, lastUpdated: changed }
}

/** A test that no list knows, a unit that no list knows, a number written as text, a value cut at both ends. */
function oddTests(chart: Chart, visit: Visit): void {
  const context = labContext(chart, visit)
  const unknown = labObservation(chart, testCode(chart, '99970-6', 'Kestrel factor [Presence] in Serum', 'KESTREL FACTOR, QL'), context)
  unknown.valueString = 'See comment'
  unknown.note = [{ text: 'Method in validation; no reference range established.' }]
  const own = labObservation(chart, testCode(chart, undefined, '', 'IMMATURE GRANULOCYTES (AUTO)'), context)
  own.valueQuantity = { value: 0.4, unit: 'rel. units' }
  const text = labObservation(chart, testCode(chart, '1988-5', labTests['1988-5'].name, labTests['1988-5'].printed), context)
  text.valueString = '<0.3'
  const cut = (['3016-3', '8099-4'] as const).map((code, i) =>
    addNumber(chart, printValue(labTests[code], [0.001, 2000][i] ?? 0, boundsFor(labTests[code], chart, visit.at)), context))
  addLabReport(chart, testCode(chart, undefined, '', 'SPECIAL STUDIES'), [unknown, own, text, ...cut], visit, context)
}

function amendNote(chart: Chart, visit: Visit): void {
  const filing = { kind: 'progress' as const, encounter: visit.encounter }
  const old = writeNote(chart, { ...filing, at: visit.at + HOUR }, 'Office note', 'Pt noncompliant, refused BP recheck. Smokes 1 ppd.')
  const better = writeNote(chart, { ...filing, at: visit.at + 5 * HOUR }, 'Office note, amended', 'AMENDED at patient request: BP recheck was not offered. Patient has never smoked.')
  old.status = 'superseded'
  better.docStatus = 'amended'
  better.relatesTo = [{ code: 'replaces', target: point(chart, old) }]
  const wrong = writeNote(chart, { ...filing, at: visit.at + 2 * HOUR }, 'Office note', 'Knee injection performed without complication.')
  wrong.status = 'entered-in-error'
}

const resultsOf = (chart: Chart, report: DiagnosticReport): Observation[] => {
  const wanted = new Set(report.result?.map(result => result.reference))
  return chart.resources.filter(one => one.resourceType === 'Observation').filter(one => wanted.has(point(chart, one).reference))
}

const isTest = (observation: Observation, loinc: string) => labTests[loinc as keyof typeof labTests].printed === observation.code.text
