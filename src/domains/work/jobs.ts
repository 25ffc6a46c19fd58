import { defineJob } from '#platform/jobs.ts'
import { escalateTasks } from './escalate-tasks.ts'
import { sendPages } from './page-on-call.ts'
import { settleOwners } from './settle-owners.ts'

export const workJobs = [
  defineJob({ name: 'work.escalate', cron: '* * * * *', run: async ctx => void await escalateTasks(ctx) }),
  defineJob({ name: 'work.owners', cron: '* * * * *', run: async ctx => void await settleOwners(ctx) }),
  defineJob({ name: 'work.page', cron: '* * * * *', run: async ctx => void await sendPages(ctx) }),
]
