import { defineJob } from '#platform/jobs.ts'
import { escalateTasks } from './escalate-tasks.ts'
import { sendPages } from './page-on-call.ts'

export const workJobs = [
  defineJob({ name: 'work.escalate', cron: '* * * * *', run: async ctx => void await escalateTasks(ctx) }),
  defineJob({ name: 'work.page', cron: '* * * * *', run: async ctx => void await sendPages(ctx) }),
]
