import { permission } from '#platform/permission.ts'

export const seeWork = permission('see the inbox', ['clinician', 'care-team', 'front-desk', 'billing', 'manager', 'editor'])
export const doWork = permission('take and finish tasks', ['clinician', 'care-team', 'front-desk', 'billing', 'manager', 'editor'])
export const planOnCall = permission('plan who is on call', ['manager'])
export const seeAbsences = permission('see who is away and who stands in', ['clinician', 'care-team', 'manager'])
export const planOwnAbsence = permission('say when one is away and who stands in', ['clinician', 'manager'])
export const planAbsences = permission('say who is away, and who takes what is overdue', ['manager'])
