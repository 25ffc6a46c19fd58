import { defineJob } from '#platform/jobs.ts'
import { escalateTasks } from './escalate-tasks.ts'

export const workJobs = [
  defineJob({ name: 'work.escalate', cron: '* * * * *', run: async ctx => void await escalateTasks(ctx) }),
]
