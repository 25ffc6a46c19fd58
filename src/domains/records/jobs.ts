import type { Job } from '#platform/jobs.ts'

export const recordsJobs: readonly Job[] = []
