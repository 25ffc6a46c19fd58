import { defineJob, type Job } from '#platform/jobs.ts'
import { hearText } from '#notices'

export const twilioJobs: readonly Job[] = [
  defineJob<{ heardId: string }>({ name: 'notices.hear', run: async (ctx, { heardId }) => { await hearText(ctx, heardId) } }),
]
