import { permission } from '#platform/permission.ts'

export const connectEhrs = permission('connect EHRs and fetch records from them', ['manager'])
