import { defineJob, type Job } from '#platform/jobs.ts'
import { checkArrived } from './check-arrived.ts'
import { fileNotes } from './file-notes.ts'

export const writingJobs: readonly Job[] = [
  defineJob({ name: 'writing.file', cron: '* * * * *', run: async ctx => void await fileNotes(ctx) }),
  defineJob({ name: 'writing.check-arrived', cron: '*/5 * * * *', run: async ctx => void await checkArrived(ctx) }),
]
