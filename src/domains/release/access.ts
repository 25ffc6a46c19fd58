import { permission } from '#platform/permission.ts'

export const holdForDanger = permission('hold one result back for safety', ['clinician'])
export const seeFindings = permission('see what was held back for safety', ['clinician', 'care-team'])
export const seeRules = permission('see which rules delay a result', ['clinician', 'care-team', 'front-desk', 'manager'])
