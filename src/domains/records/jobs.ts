import { defineJob, type Job } from '#platform/jobs.ts'
import { tellAnswered } from './answer-feedback.ts'
import { askAboutOrders } from './ask-about-orders.ts'
import { askBeforeEnds } from './ask-before-ends.ts'
import { askAboutUnopened } from './ask-about-unopened.ts'
import { fileOrders } from './file-orders.ts'
import { openDue } from './open-due.ts'
import { tellPatient } from './tell-patient.ts'

export const recordsJobs: readonly Job[] = [
  defineJob({ name: 'records.unopened', cron: '40 * * * *', system: () => ({ kind: 'system', job: 'records.release' }), run: async ctx => void await askAboutUnopened(ctx) }),
  defineJob({ name: 'records.orders', cron: '50 * * * *', system: () => ({ kind: 'system', job: 'records.tell' }), run: async ctx => void await askAboutOrders(ctx) }),
  defineJob({ name: 'records.file-orders', cron: '20 * * * *', system: () => ({ kind: 'system', job: 'records.import' }), run: async ctx => void await fileOrders(ctx) }),
  defineJob({ name: 'records.ending', cron: '25 * * * *', system: () => ({ kind: 'system', job: 'records.release' }), run: async ctx => void await askBeforeEnds(ctx) }),
  defineJob({ name: 'records.release', cron: '* * * * *', run: async ctx => void await openDue(ctx) }),
  defineJob<{ patientId: string; isAnswer?: number }>({ name: 'records.tell', run: async (ctx, { patientId, isAnswer }) => void await (isAnswer ? tellAnswered(ctx, patientId) : tellPatient(ctx, patientId)) }),
]
