export { beginRun, endRun, keepBatch, park, refreshPlans, type ImportTally, type Unusable } from './run-import.ts'
export type { Incoming } from './store-batch.ts'
export { patientNames, readPatient, type PatientFacts } from './read-patient.ts'
