import { connectAs } from '#platform/connect-as.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { readLines } from '#platform/keep-line.ts'
import { baseOf } from '#platform/place.ts'
import { lastBackup, lateAfterHours } from '#platform/run-backup.ts'
import { readRunning } from '#platform/run-file.ts'
import { verifyHouse } from '#platform/verify-house.ts'
import { formatWhen } from '#platform/when.ts'
import { goLiveList, practiceZone } from '#practice'
import { bad, good, look, type Finding } from './finding.ts'
import type { AtHand } from './with-house.ts'

const lastGoodBackup = (ctx: Ctx<SystemActor>) => look('backup', 'The last backup', async () => {
  const { good: last, isLate, failure, isRunning } = await inTransaction(ctx, lastBackup)
  const failed = failure ? ` The newest try failed: ${failure.problem}.` : ''
  if (isLate && isRunning) return bad('backup', 'The first backup, or a late one, is under way.', 'Look again when it is done.')
  if (isLate) return bad('backup', `${last ? `The last good backup is of ${last.at.toISOString()}, more than ${lateAfterHours} hours ago.` : 'No backup was ever made.'}${failed}`, 'Run `npx rapport backup`, and see why the nightly one did not.')
  if (last!.problem || failure) return bad('backup', `The last good backup is of ${last!.at.toISOString()}.${last!.problem ? ` ${last!.problem}.` : ''}${failed}`, 'Run `npx rapport backup` and see what it says.')
  return good('backup', `The last good backup is of ${last!.at.toISOString()}.`)
})

const clockSlackMs = 5_000

const clock = (ctx: Ctx<SystemActor>) => look('clock', 'The clock', async () => {
  const zone = await practiceZone(ctx)
  const begun = Date.now()
  const { rows: [there] } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(ctx.db.kysely)
  const ended = Date.now()
  const apart = Math.max(begun - there!.now.getTime(), there!.now.getTime() - ended, 0)
  if (apart > clockSlackMs) return bad('clock', `The clocks of this machine and of the database are ${(apart / 1_000).toFixed(0)} s apart.`, 'Let both follow a time server (chrony, systemd-timesyncd).')
  return good('clock', `It is ${formatWhen(new Date(), zone, 'moment')} where the practice is (${zone}). If that is wrong, let this machine follow a time server.`)
})

/** The worker listens for jobs on a connection of its own role; run.json knows it where the database does not say. */
const worker = ({ database, config }: AtHand) => look('worker', 'The worker', async () => {
  const client = await connectAs(database.urls.worker, 'rapport doctor')
  try {
    const { rows: [facts] } = await client.query<{ listening: number; stuck: number; given_up: number }>(`
      select
        (select count(*)::int from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename = current_user and query ilike 'listen%jobs:insert%') as listening,
        (select count(*)::int from graphile_worker._private_jobs where attempts < max_attempts and locked_at is null and run_at < now() - interval '15 minutes') as stuck,
        (select count(*)::int from graphile_worker._private_jobs where attempts >= max_attempts and locked_at is null) as given_up`)
    const { listening, stuck, given_up: givenUp } = facts!
    if (listening === 0 && !readRunning(config.dataDir)?.parts.includes('worker')) return bad('worker', 'No worker runs: no mail leaves, nothing is backed up or sealed.', 'Start `npx rapport serve`, or the service.')
    if (stuck > 0) return bad('worker', `${stuck} jobs have waited for more than 15 minutes.`, 'See its log; start it again.')
    if (givenUp > 0) return bad('worker', `${givenUp} jobs have given up.`, 'See why under Jobs in the console, and let them try again there.')
    return good('worker', 'The worker runs, and no job is stuck.')
  } finally {
    await client.end().catch(() => {})
  }
})

const auditTrail = ({ house, database }: AtHand) => look('audit', 'The audit trail', async () => {
  const { isSound, seals, problems, problemCount } = await verifyHouse(house, database.urls.app)
  if (isSound) return good('audit', `The audit trail is whole: ${seals} sealed events.`)
  if (problems.every(({ kind }) => kind === 'event-unsealed')) return bad('audit', `${problemCount} events wait for their seal.`, 'The worker seals them: start `npx rapport serve` and run this again.')
  return bad('audit', `The audit trail is NOT whole: ${problemCount} findings.`, 'Run `npx rapport audit verify`, change nothing, and find out who had access to the database.')
})

/** Whoever carries what we write about patients has agreed in writing to keep it private, and it still holds. */
const agreements = (ctx: Ctx<SystemActor>) => look('agreements', 'The agreements with vendors', async () => {
  const lines = await readLines(ctx)
  const open = lines.filter(({ state }) => state === 'held' || state === 'ends-soon')
  if (open.length === 0) return good('agreements', 'No vendor of mail or texts lacks an agreement.')
  return bad('agreements', open.map(({ way, state, agreedUntil }) => (state === 'held' ? `${way === 'mail' ? 'Mail is' : 'Texts are'} held: no agreement holds with who carries ${way === 'mail' ? 'it' : 'them'}.` : `The agreement for ${way === 'mail' ? 'mail' : 'texts'} ends on ${agreedUntil}.`)).join(' '), 'Enter its last day in the console under Outbox, Agreements.')
})

/** What the practice itself still has to write; where backups go is looked at with the machine. */
async function goLive(ctx: Ctx<SystemActor>): Promise<Finding[]> {
  const base = baseOf(ctx.house.config, 'console')
  try {
    const items = (await goLiveList(ctx)).filter(({ key }) => key !== 'backup')
    return items.map(({ key, words, isDone, toDo, href }) => (isDone
      ? good(`go-live-${key}`, `${words}.`)
      : bad(`go-live-${key}`, `Not yet so: ${words.charAt(0).toLowerCase()}${words.slice(1)}.`, `${toDo} ${base}${href}`)))
  } catch (error) {
    return [await look('go-live', 'The list for going online', () => { throw error })]
  }
}

/** What only the open house can tell. */
export async function checkRunning(at: AtHand): Promise<Finding[]> {
  const ctx = at.ctxAs('platform.doctor')
  const parts = await Promise.all([...(at.house.isDemo ? [] : [lastGoodBackup(ctx)]), clock(ctx), worker(at), auditTrail(at), agreements(ctx)])
  return [...parts, ...await goLive(ctx)]
}
