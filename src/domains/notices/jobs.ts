import type { Job } from '#platform/jobs.ts'

export const noticesJobs: readonly Job[] = []
