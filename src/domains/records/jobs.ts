import { defineJob, type Job } from '#platform/jobs.ts'
import { tellAnswered } from './answer-feedback.ts'
import { askAboutUnopened } from './ask-about-unopened.ts'
import { openDue } from './open-due.ts'
import { tellPatient } from './tell-patient.ts'

export const recordsJobs: readonly Job[] = [
  defineJob({ name: 'records.unopened', cron: '40 * * * *', system: () => ({ kind: 'system', job: 'records.release' }), run: async ctx => void await askAboutUnopened(ctx) }),
  defineJob({ name: 'records.release', cron: '* * * * *', run: async ctx => void await openDue(ctx) }),
  defineJob<{ patientId: string; isAnswer?: number }>({ name: 'records.tell', run: async (ctx, { patientId, isAnswer }) => void await (isAnswer ? tellAnswered(ctx, patientId) : tellPatient(ctx, patientId)) }),
]
