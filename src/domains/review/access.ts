import { permission } from '#platform/permission.ts'

export const seeReviews = permission('see which results wait to be looked at', ['clinician', 'care-team'])
export const recordRules = permission('record what the care team may answer, and who stands in', ['clinician'])
export const writeTemplates = permission('change the beginnings of comments', ['clinician', 'care-team'])
