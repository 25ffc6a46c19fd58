import { defineJob, type Job } from '#platform/jobs.ts'
import { fileNotes } from './file-notes.ts'

export const writingJobs: readonly Job[] = [
  defineJob({ name: 'writing.file', cron: '* * * * *', run: async ctx => void await fileNotes(ctx) }),
]
