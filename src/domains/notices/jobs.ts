import { inTransaction } from '#platform/db.ts'
import { defineJob, type Job } from '#platform/jobs.ts'
import { pingNewInPortal } from './ping-new.ts'
import { sweepCodes, watchDelivery } from './watch-delivery.ts'

export const noticesJobs: readonly Job[] = [
  defineJob<{ patientId: string }>({
    name: 'notices.ping', run: async (ctx, { patientId }) => { await inTransaction(ctx, tx => pingNewInPortal(tx, patientId)) },
  }),
  defineJob({ name: 'notices.watch', cron: '*/2 * * * *', run: async ctx => { await watchDelivery(ctx) } }),
  defineJob({ name: 'notices.sweep', cron: '41 3 * * *', run: sweepCodes }),
]
