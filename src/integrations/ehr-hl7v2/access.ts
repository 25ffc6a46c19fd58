import { permission } from '#platform/permission.ts'

export const manageFeeds = permission('say which systems may send records', ['manager'])
export const readMessages = permission('read a message that is in no record', ['clinician', 'care-team'])
