import { permission } from '#platform/permission.ts'

export const holdForDanger = permission('hold one result back for safety', ['clinician'])
export const seeFindings = permission('see what was held back for safety', ['clinician', 'care-team'])
export const seeRules = permission('see which rules delay a result', ['clinician', 'care-team', 'front-desk', 'manager'])
export const seeLimits = permission('see from which value on a result is critical', ['clinician', 'care-team', 'manager'])
export const keepLimits = permission('say from which value on a result is critical', ['clinician'])
export const recordYes = permission('write down what a patient agreed to', ['clinician', 'care-team'])
export const seeHoldCounts = permission('read the monthly report of what was held back for safety', ['manager'])
