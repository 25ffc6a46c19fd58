import { permission } from '#platform/permission.ts'

export const seeToReach = permission('see to how a patient is reached', ['front-desk', 'manager'])
export const seeToLines = permission('say until when a vendor of mail or texts has agreed', ['manager'])
