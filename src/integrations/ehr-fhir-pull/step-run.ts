import { audit } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { openTask } from '#work'
import type { Connection } from './get-token.ts'
import { countFiles, keepFiles, reportGaps } from './keep-files.ts'
import { EhrProblem, problemWords } from './problems.ts'
import { changeRun, readConnection, readRun, type PullRun, type RunKind } from './run-state.ts'
import { endExport, lookAtExport, startExport } from './start-export.ts'

const mostTries = 8

/** The nightly one is opened once a night, however often its hour is struck. */
const nightHours = 12

/** Opens a fetch, unless one is under way: then there is that one. */
export function openRun(ctx: Ctx, connection: Connection, kind: RunKind): Promise<boolean> {
  return inTransaction(ctx, async tx => {
    const { rows: [run] } = await sql<{ id: string }>`
      insert into pull.run (connection_id, kind, since, begun_at, next_at)
      select ${connection.id}::uuid, ${kind}, ${kind === 'trial' ? null : connection.since}::timestamptz, ${tx.now()}, ${tx.now()}
      where ${kind} <> 'nightly' or not exists (
        select from pull.run r where r.connection_id = ${connection.id}::uuid and r.kind = 'nightly' and r.begun_at > ${new Date(tx.now().getTime() - nightHours * 3_600_000)})
      on conflict (connection_id) where finished_at is null do nothing
      returning id
    `.execute(tx.db.kysely)
    if (run) await enqueue(tx, 'pull.step', { runId: run.id }, { key: `pull:${run.id}` })
    return run !== undefined
  })
}

/** What is due, one after the other. */
export async function stepDue(ctx: Ctx<SystemActor>): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from pull.run where finished_at is null and next_at <= ${ctx.house.now()} order by next_at limit 50`.execute(ctx.db.kysely)
  for (const { id } of rows) await stepRun(ctx, id)
}

/**
 * Takes a fetch as far as it goes now. Where it stands is in the database, so it can be taken up after a crash by whoever comes next; the lock
 * belongs to a connection and ends with it. False: somebody else is at it.
 */
export async function stepRun(ctx: Ctx<SystemActor>, runId: string): Promise<boolean> {
  const held = await ctx.house.pool.connect()
  let isMine = false
  try {
    isMine = (await held.query<{ mine: boolean }>("select pg_try_advisory_lock(hashtext('pull.run'), hashtext($1)) as mine", [runId])).rows[0]!.mine
    if (!isMine) return false
    for (let run = await readRun(ctx, runId); run && !run.finishedAt; run = await readRun(ctx, runId)) {
      if (run.nextAt > ctx.house.now()) {
        await enqueue(ctx, 'pull.step', { runId }, { runAt: run.nextAt, key: `pull:${runId}` })
        break
      }
      await goOn(ctx, run)
    }
    return true
  } finally {
    if (isMine) await held.query("select pg_advisory_unlock(hashtext('pull.run'), hashtext($1))", [runId]).catch(() => {})
    held.release()
  }
}

async function goOn(ctx: Ctx<SystemActor>, run: PullRun): Promise<void> {
  const connection = await readConnection(ctx, run.connectionId)
  if (!connection) return
  try {
    if (run.state === 'asked') await changeRun(ctx, run.id, { statusUrl: await startExport(ctx, connection, run), state: 'exporting', tries: 0, problem: null })
    else if (run.state === 'exporting') await lookAtExport(ctx, connection, run)
    else await fetchAndFinish(ctx, connection, run)
  } catch (error) {
    await noteProblem(ctx, run, error)
    if (!(error instanceof EhrProblem)) throw error
  }
}

async function fetchAndFinish(ctx: Ctx<SystemActor>, connection: Connection, run: PullRun): Promise<void> {
  const isTrial = run.kind === 'trial'
  if (isTrial) await countFiles(ctx, connection, run)
  else await keepFiles(ctx, connection, run)
  if (!isTrial && !run.since) await reportGaps(ctx, connection, run)
  await inTransaction(ctx, async tx => {
    if (!isTrial) await sql`update pull.connection set since = ${run.transactionTime} where id = ${connection.id}::uuid`.execute(tx.db.kysely)
    await changeRun(tx, run.id, { state: 'done', finishedAt: ctx.house.now(), problem: null })
    await audit(tx, 'pull.ended', { kind: 'pull', ids: [run.id], detail: { how: 'done' } })
  })
  await endExport(ctx, connection, run.statusUrl!)
}

/** Puts the next try off, twice as long each time, or gives up. */
async function noteProblem(ctx: Ctx<SystemActor>, before: PullRun, error: unknown): Promise<void> {
  const run = await readRun(ctx, before.id) ?? before
  const problem = error instanceof EhrProblem ? error.problem : 'here'
  const now = ctx.house.now()
  const hasGivenUp = (error instanceof EhrProblem && error.isLasting) || run.tries + 1 >= mostTries
  const waitSeconds = Math.max((error instanceof EhrProblem && error.retryAfterSeconds) || 0, Math.min(60 * 2 ** run.tries, 3_600))
  const isAnew = problem === 'export-gone' || problem === 'export-failed'
  await changeRun(ctx, run.id, {
    problem, tries: run.tries + 1, nextAt: new Date(now.getTime() + waitSeconds * 1_000),
    ...(isAnew && { state: 'asked' as const, statusUrl: null }),
    ...(hasGivenUp && { state: 'failed' as const, finishedAt: now }),
  })
  if (!hasGivenUp) return
  await inTransaction(ctx, async tx => {
    await audit(tx, 'pull.ended', { kind: 'pull', ids: [run.id], detail: { how: 'failed', problem } })
    // Results that do not come are not missed by anybody: somebody must own it.
    if (run.kind !== 'trial') await openTask(tx, { kind: 'pull-failed', title: 'Records from the EHR do not come', body: `${problemWords[problem]} Look at EHR connection.`, pool: 'manager', subject: { type: 'pull-connection', id: run.connectionId }, dueInBusinessMinutes: 240 })
  })
}
