import { defineJob } from '#platform/jobs.ts'
import { sweepHolds } from './hold-time.ts'

export const schedulingJobs = [
  defineJob({ name: 'scheduling.sweep', cron: '7 * * * *', run: async ctx => void await sweepHolds(ctx) }),
]
