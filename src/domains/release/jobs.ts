import type { Job } from '#platform/jobs.ts'

export const releaseJobs: readonly Job[] = []
