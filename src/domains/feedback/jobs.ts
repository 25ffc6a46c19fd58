import { defineJob } from '#platform/jobs.ts'
import { remindOwners } from './remind-owners.ts'

export const feedbackJobs = [
  defineJob({ name: 'feedback.remind', cron: '*/10 * * * *', run: async ctx => void await remindOwners(ctx) }),
]
