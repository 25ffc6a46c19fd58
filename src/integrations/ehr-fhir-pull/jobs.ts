import type { SystemActor } from '#platform/ctx.ts'
import { defineJob, type Job } from '#platform/jobs.ts'
import { listConnections } from './run-state.ts'
import { openRun, stepDue } from './step-run.ts'

/** What is fetched goes the way of every import, and with an import's reach. */
const importer = (): SystemActor => ({ kind: 'system', job: 'records.import' })

export const pullJobs: readonly Job[] = [
  defineJob({ name: 'pull.step', cron: '* * * * *', system: importer, run: ctx => stepDue(ctx) }),
  defineJob({
    name: 'pull.nightly', cron: '30 7 * * *', system: importer,
    run: async ctx => { for (const connection of await listConnections(ctx)) if (connection.isOn) await openRun(ctx, connection, 'nightly') },
  }),
]
