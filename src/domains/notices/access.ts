import { permission } from '#platform/permission.ts'

export const seeToReach = permission('see to how a patient is reached', ['front-desk', 'manager'])
