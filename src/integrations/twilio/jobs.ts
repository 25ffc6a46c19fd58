import { defineJob, type Job } from '#platform/jobs.ts'
import { hearText, type VisitAnswers } from '#notices'

/** `visits`: what an answer may mean, from whoever keeps the calendar. */
export const twilioJobs = (visits: VisitAnswers): readonly Job[] => [
  defineJob<{ heardId: string }>({ name: 'notices.hear', run: async (ctx, { heardId }) => { await hearText(ctx, heardId, visits) } }),
]
