import { permission } from '#platform/permission.ts'

export const seeWork = permission('see the inbox', ['clinician', 'care-team', 'front-desk', 'billing', 'manager', 'editor'])
export const doWork = permission('take and finish tasks', ['clinician', 'care-team', 'front-desk', 'billing', 'manager', 'editor'])
export const planOnCall = permission('plan who is on call', ['manager'])
