import type { CodeableConcept, Coding, DiagnosticReport, Encounter, Observation } from '@medplum/fhirtypes'
import { add, clinician, during, heading, organization, point, subject, type Chart } from './chart.ts'
import { addNumber, labName, testCode, type LabContext } from './lab-observation.ts'
import { labTests, panels, type Panel, type PanelKey, type TestCode } from './lab-tests.data.ts'
import { boundsFor, drawValues, printValue } from './lab-values.ts'
import { makeOdd } from './lab-oddities.ts'
import { pdfAttachment, textAttachment } from './attachments.ts'
import { HOUR, instant, localTime, writtenDate } from './practice-clock.ts'

export type LabOrder = {
  at: number
  encounter?: Encounter | undefined
  labels?: readonly Coding[]
  conclusion?: string
  /** Where this body's values lie from now on. */
  levels?: Partial<Record<TestCode, number>>
  /** A clean report, without the oddities that laboratories send now and then. */
  isPlain?: boolean
}

/** Draws a panel: one Observation a test and the report over them. Drawn once already on that visit, it is not drawn again. */
export function drawPanel(chart: Chart, key: PanelKey, order: LabOrder): DiagnosticReport {
  const tube = `${panels[key].tests[0]}/${order.at}`
  const report = chart.drawn.get(tube) ?? drawAnew(chart, panels[key], order)
  chart.drawn.set(tube, report)
  return report
}

function drawAnew(chart: Chart, panel: Panel, order: LabOrder): DiagnosticReport {
  for (const [code, level] of Object.entries(order.levels ?? {})) chart.levels.set(code, level)
  const context = labContext(chart, order)
  const values = drawValues(chart, panel.tests, order.at)
  const results = panel.tests.map(code => {
    const test = labTests[code]
    return addNumber(chart, printValue(test, values.get(code) as number, boundsFor(test, chart, order.at)), context)
  })
  if (!order.isPlain) for (const result of results) makeOdd(chart, result, context)
  return addLabReport(chart, testCode(chart, panel.code, panel.name ?? '', panel.printed), results, order, context)
}

/** An answer comes six hours to a day after the needle, never later than now. */
export function labContext(chart: Chart, { at, encounter, labels }: LabOrder): LabContext {
  const issued = Math.min(at + chart.random.whole(6, 26) * HOUR, chart.now - HOUR / 2)
  return { at, issued: Math.max(issued, at), encounter, labels }
}

const category = (code: string, display: string): CodeableConcept[] =>
  [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code, display }], text: display }]
const laboratory = category('LAB', 'Laboratory')
const microbiology = category('MB', 'Microbiology')

export function addLabReport(chart: Chart, code: CodeableConcept, results: Observation[], order: LabOrder, { at, issued, encounter, labels }: LabContext, isMicrobiology = false): DiagnosticReport {
  const isUnfinished = results.some(result => result.status === 'preliminary')
  const isChanged = results.some(result => result.status === 'corrected' || result.status === 'amended')
  const report = add<DiagnosticReport>(chart, {
    ...heading(chart, 'DiagnosticReport', issued, labels),
    status: isUnfinished ? 'partial' : isChanged ? 'corrected' : 'final',
    category: isMicrobiology ? microbiology : laboratory, code, subject: subject(chart),
    ...during(chart, encounter), effectiveDateTime: localTime(at), issued: instant(issued),
    performer: [organization(chart, chart.lab)], resultsInterpreter: [clinician(chart, chart.doctor)],
    result: results.map(result => point(chart, result, result.code.text)),
    ...(order.conclusion && { conclusion: order.conclusion }),
  })
  attachForm(chart, report, results, at, issued)
  return report
}

/** A share of reports also come as a sheet to read: text often, PDF now and then. */
function attachForm(chart: Chart, report: DiagnosticReport, results: readonly Observation[], at: number, issued: number): void {
  const draw = chart.random.next()
  if (draw > 0.09) return
  const lines = [labName(chart), '', `Patient: ${chart.person.given} ${chart.person.family}   MRN: ${chart.person.recordNumber}`, `Collected: ${writtenDate(at)}`, '', report.code.text ?? '', ...results.map(lineOf), '', 'End of report']
  const title = `${report.code.text} ${writtenDate(at)}`
  report.presentedForm = [draw < 0.02 ? pdfAttachment(lines, title, issued) : textAttachment(lines.join('\n'), title, issued)]
}

function lineOf({ code, valueQuantity: value, valueString, valueCodeableConcept, interpretation, referenceRange }: Observation): string {
  const answer = value ? `${value.comparator ?? ''}${value.value} ${value.unit ?? ''}` : valueString ?? valueCodeableConcept?.text ?? 'NOT REPORTED'
  const flag = interpretation?.[0]?.coding?.[0]?.code
  return `${(code.text ?? '').padEnd(36)}${answer.padEnd(20)}${(flag && flag !== 'N' ? flag : '').padEnd(4)}${referenceRange?.[0]?.text ?? ''}`
}

