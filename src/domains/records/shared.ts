export { findCharged, severityOf, termIds, type Charged } from './explain/find-charged-words.ts'
export { termWords } from './explain/name-terms.ts'

/** Where R4 keeps the notes of a report, which R5 has as `note`. Source: FHIR, extensions for converting between versions. */
export const reportNoteUrl = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-DiagnosticReport.note'
/** Marks a conclusion that is the laboratory's own remark, though somebody else is named as having read the report. */
export const conclusionByLab = 'urn:rapport:conclusion-by-laboratory'
