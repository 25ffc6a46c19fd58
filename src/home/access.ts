import { permission } from '#platform/permission.ts'
import { roles } from '#platform/ctx.ts'

export const enterConsole = permission('enter the console', roles)
export const readAudit = permission('read the audit trail', ['manager'])
export const seeJobs = permission('see background jobs and retry them', ['manager'])
export const seeOutbox = permission('see what was sent', ['manager', 'front-desk'])
/** A link or code in a mail opens its reader's account: nobody else reads it, but where nothing carries mail somebody must hand it on. */
export const readKeys = permission('read the links and codes of mail that nothing carries', ['manager'])
export const sendAgain = permission('send again what could not be sent', ['manager', 'front-desk'])
export const seeToLines = permission('say until when a vendor of mail or texts has agreed', ['manager'])
export const seeBackups = permission('see backups', ['manager'])
export const makeBackups = permission('ask for a backup', ['manager'])
