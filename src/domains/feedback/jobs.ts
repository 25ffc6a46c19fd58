import type { Job } from '#platform/jobs.ts'

export const feedbackJobs: readonly Job[] = []
