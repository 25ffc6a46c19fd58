import { defineJob } from '#platform/jobs.ts'
import { settleWork } from './answer-request.ts'
import { endFeeds } from './own-feed.ts'
import { sweepHolds } from './hold-time.ts'
import { endCopying } from './copy-line.ts'
import { measureDays, measureThirdOpen } from './measure-schedule.ts'
import { offerTimes } from './offer-times.ts'
import { remindPatients, tellOfChange } from './remind-patients.ts'
import { remindReceived, tellOfReceived } from './remind-received.ts'
import { settleKeeper } from './settle-keeper.ts'

export const schedulingJobs = [
  defineJob({ name: 'scheduling.sweep', cron: '7 * * * *', run: async ctx => { await sweepHolds(ctx); await endFeeds(ctx) } }),
  defineJob({ name: 'scheduling.measure', cron: '23 * * * *', run: async ctx => { await measureDays(ctx); await measureThirdOpen(ctx) } }),
  defineJob({ name: 'scheduling.remind', cron: '*/10 * * * *', run: async ctx => { try { await remindPatients(ctx) } finally { await remindReceived(ctx) } } }),   // neither waits for what is wrong with the other
  defineJob<{ appointmentId: string }>({ name: 'scheduling.tell', run: (ctx, { appointmentId }) => tellOfChange(ctx, appointmentId) }),
  defineJob<{ appointmentId: string }>({ name: 'scheduling.copied', run: (ctx, { appointmentId }) => endCopying(ctx, appointmentId) }),
  defineJob<{ visitId: string }>({ name: 'scheduling.tell-received', run: (ctx, { visitId }) => tellOfReceived(ctx, visitId) }),
  defineJob<{ appointmentId: string; version: string } | { appointmentId?: undefined }>({ name: 'scheduling.settle', run: (ctx, one) => (one.appointmentId ? settleWork(ctx, one) : settleKeeper(ctx)) }),
  defineJob({ name: 'scheduling.wait', cron: '*/2 * * * *', run: async ctx => void await offerTimes(ctx) }),
]
