import type { Coding, DiagnosticReport, Encounter, Procedure } from '@medplum/fhirtypes'
import { pdfAttachment, textAttachment } from './attachments.ts'
import { add, clinician, during, heading, organization, subject, type Chart } from './chart.ts'
import { procedures, studies, type ProcedureKey, type Study, type StudyKey } from './studies.data.ts'
import { instant, localTime, writtenDate } from './practice-clock.ts'

type Done = { at: number; encounter?: Encounter | undefined; labels?: readonly Coding[]; status?: DiagnosticReport['status'] }

const categories = { RAD: 'Radiology', SP: 'Surgical Pathology', CT: 'CAT Scan', CUS: 'Cardiac Ultrasound' } as const

/** A report in words: as text mostly, as PDF from the imaging center's own system now and then. */
export function addStudy(chart: Chart, key: StudyKey, { at, encounter, labels, status = 'final' }: Done): DiagnosticReport {
  const { loinc, name, category, by, text, conclusion, snomed }: Study = studies[key]
  const issued = Math.min(at + 20 * 3_600_000, chart.now - 600_000)
  const title = `${name} ${writtenDate(at)}`
  const lines = [name.toUpperCase(), `${chart.person.given} ${chart.person.family}   MRN ${chart.person.recordNumber}`, `Date: ${writtenDate(at)}`, '', ...text.split('\n'), '', `IMPRESSION: ${conclusion}`]
  const form = chart.random.chance(0.25) ? pdfAttachment(lines.flatMap(line => line.match(/.{1,92}(?:\s|$)/g) ?? ['']), title, issued) : textAttachment(lines.join('\n'), title, issued)
  return add<DiagnosticReport>(chart, {
    ...heading(chart, 'DiagnosticReport', issued, labels), status,
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: category, display: categories[category] }], text: category === 'CUS' ? 'Ultrasound' : categories[category] }],
    code: { ...(loinc && { coding: [{ system: 'http://loinc.org', code: loinc, display: name }] }), text: name },
    subject: subject(chart), ...during(chart, encounter), effectiveDateTime: localTime(at), issued: instant(issued),
    performer: [organization(chart, category === 'SP' ? 'northlineLab' : 'lanternImaging')], resultsInterpreter: [clinician(chart, by)],
    conclusion, ...(snomed && { conclusionCode: [{ coding: [{ system: 'http://snomed.info/sct', code: snomed }] }] }),
    presentedForm: [form],
  })
}

export function addProcedure(chart: Chart, key: ProcedureKey, { at, encounter, labels }: Omit<Done, 'status'>, status: Procedure['status'] = 'completed', why?: string): Procedure {
  const [snomed, words] = procedures[key]
  return add<Procedure>(chart, {
    ...heading(chart, 'Procedure', at, labels), status, ...(why && { statusReason: { text: why } }),
    code: { ...(snomed && { coding: [{ system: 'http://snomed.info/sct', code: snomed, display: words }] }), text: words },
    subject: subject(chart), ...during(chart, encounter),
    ...(status === 'not-done' ? { performedDateTime: localTime(at) } : { performedPeriod: { start: localTime(at), end: localTime(at + 25 * 60_000) } }),
    performer: [{ actor: clinician(chart, chart.doctor) }],
  })
}
