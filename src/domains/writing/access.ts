import { permission } from '#platform/permission.ts'

export const checkOwnWords = permission('check how words read before they are shared', ['clinician', 'care-team', 'front-desk', 'billing', 'editor', 'manager'])
export const writeNotes = permission('write and sign notes', ['clinician', 'care-team'])
