import { knowTest } from './explain/know-tests.ts'

export { readRecords, seePatients, settleImports } from './access.ts'
export { bundleText, exportRecord } from './export-record.ts'
export { nextVisit } from './read-facts.ts'
export { patientNames, readPatient, type PatientFacts } from './read-patient.ts'
export { countNewResults } from './read-results.ts'
export { beginRun, endRun, keepBatch, park, refreshPlans, type ImportTally, type Unusable } from './run-import.ts'
export { searchPatients } from './search-patients.ts'
export type { Incoming } from './store-batch.ts'

/** What people call a test, in the reader's language; the laboratory's own name where we have none. */
export const plainTestName = (test: { code: string | null; name: string }, locale: 'en' | 'es'): string => knowTest(test.code)?.[locale].name ?? test.name
