import { defineJob, type Job } from '#platform/jobs.ts'
import { reportFindings } from './count-findings.ts'

export const releaseJobs: readonly Job[] = [
  defineJob({ name: 'release.report', cron: '15 12 1-7 * *', run: async ctx => void await reportFindings(ctx) }),
]
