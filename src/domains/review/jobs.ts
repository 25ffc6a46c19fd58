import type { Job } from '#platform/jobs.ts'

export const reviewJobs: readonly Job[] = []
