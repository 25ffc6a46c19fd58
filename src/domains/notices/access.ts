import { permission } from '#platform/permission.ts'

export const readTexts = permission('read what people answer by text', ['clinician', 'care-team', 'front-desk', 'manager'])
export const seeToReach = permission('see to how a patient is reached', ['front-desk', 'manager'])
