import { permission } from '#platform/permission.ts'
import { roles } from '#platform/ctx.ts'

export const enterConsole = permission('enter the console', roles)
export const readAudit = permission('read the audit trail', ['manager'])
export const seeJobs = permission('see background jobs and retry them', ['manager'])
export const seeOutbox = permission('see what was sent', ['manager', 'front-desk'])
export const sendAgain = permission('send again what could not be sent', ['manager', 'front-desk'])
export const seeToLines = permission('say until when a vendor of mail or texts has agreed', ['manager'])
export const seeBackups = permission('see backups', ['manager'])
export const makeBackups = permission('ask for a backup', ['manager'])
