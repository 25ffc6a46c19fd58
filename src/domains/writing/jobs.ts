import type { Job } from '#platform/jobs.ts'

export const writingJobs: readonly Job[] = []
