import { permission } from '#platform/permission.ts'

export const seePatients = permission('find patients and see who they are', ['clinician', 'care-team', 'front-desk', 'billing', 'manager'])
export const readRecords = permission('read results, notes and the record', ['clinician', 'care-team'])
export const reviewResults = permission('look at results and answer for them', ['clinician'])
export const settleImports = permission('see what could not be imported and say whose a record is', ['front-desk', 'manager'])
export const seeTestWords = permission('see which tests have no plain words', ['clinician', 'care-team', 'manager'])
export const keepGlossary = permission('keep the words that are explained to patients', ['clinician', 'care-team', 'manager'])
export const orderTests = permission('say that a test was ordered, and that it is waited for no longer', ['clinician', 'care-team'])
export const keepExpectations = permission('say what patients may expect of a test', ['clinician', 'care-team', 'manager'])
