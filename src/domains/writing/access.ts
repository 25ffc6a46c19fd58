import { permission } from '#platform/permission.ts'

export const checkOwnWords = permission('check how words read before they are shared', ['clinician', 'care-team', 'front-desk', 'billing', 'editor', 'manager'])
export const writeNotes = permission('write and sign notes', ['clinician', 'care-team'])
export const seeHowNotesRead = permission('see how one’s own notes read; for the manager, how the practice’s do', ['clinician', 'care-team', 'manager'])
