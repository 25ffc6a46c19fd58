import type { Job } from '#platform/jobs.ts'

export const safetyJobs: readonly Job[] = []
