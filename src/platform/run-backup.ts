import type pg from 'pg'
import { makeBackup, removeOldBackups, type Backup, type BackupPlace, type BackupProgress } from '#platform/backup.ts'
import { connectAs } from '#platform/connect-as.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { defineJob, type Job } from '#platform/jobs.ts'
import { SaidPlainly } from '#platform/said-plainly.ts'

export const lateAfterHours = 26
const givenUpAfterHours = 6
/** A month of nights. */
const keptBackups = 30
const hourMs = 3_600_000
const backupLock = 4_072_300_119
export class BackupProblem extends SaidPlainly { override name = 'BackupProblem' }

/** What went wrong as a code or one of our own sentences. What the database or the disk says can quote a row or a path of a person's file. */
function problemOf(error: unknown): string {
  const { code, name, message } = error as Error & { code?: string }
  return (code ? `${name} ${code}` : name === 'Error' || name.endsWith('Problem') ? message : name).slice(0, 200)
}

async function begin(owner: pg.Client, now: Date): Promise<string> {
  const { rows: [lock] } = await owner.query<{ is_ours: boolean }>(`select pg_try_advisory_lock(${backupLock}) as is_ours`)
  if (!lock?.is_ours) throw new BackupProblem('another backup is under way')
  const { rows } = await owner.query<{ id: string }>('insert into platform.backup_run (started_at) values ($1) returning id', [now])
  return rows[0]!.id
}

async function finish(owner: pg.Client, id: string, now: Date, made: Backup): Promise<void> {
  const problem = made.missingFiles > 0 ? `${made.missingFiles} files are missing on the disk` : null
  await owner.query(
    `update platform.backup_run
     set finished_at = $2, file_name = $3, bytes = $4, table_count = $5, row_count = $6, file_count = $7, problem = $8
     where id = $1`,
    [id, now, made.fileName, made.bytes, made.tables, made.rows, made.files, problem])
}

/** Makes a backup, remembers how it went where the console looks, and removes archives beyond the newest `keep`. */
export async function runBackup(place: BackupPlace & { keep: number }, progress?: BackupProgress): Promise<Backup> {
  const owner = await connectAs(place.ownerUrl, 'rapport backup record')
  try {
    const id = await begin(owner, place.now())
    try {
      const made = await makeBackup(place, progress)
      await finish(owner, id, place.now(), made)
      await removeOldBackups(place.backupDir, place.keep, place.now())
      return made
    } catch (error) {
      await owner.query('update platform.backup_run set failed_at = $2, problem = $3 where id = $1', [id, place.now(), problemOf(error)])
      throw error
    }
  } finally {
    await owner.end().catch(() => {})
  }
}

export type LastBackup = {
  good: { startedAt: Date; at: Date; fileName: string; bytes: number; rows: number; files: number; problem: string | null } | null
  /** The newest try failed, or never said how it ended. */
  failure: { at: Date; problem: string } | null
  isRunning: boolean
  /** No good backup within 26 hours. Shown in red. */
  isLate: boolean
}

type Run = { started_at: Date; finished_at: Date | null; failed_at: Date | null; problem: string | null; file_name: string; bytes: number; row_count: number; file_count: number }

/** How the backups stand, for the console. */
export async function lastBackup(ctx: Ctx): Promise<LastBackup> {
  const { rows } = await sql<Run & { is_good: boolean }>`
    (select true as is_good, started_at, finished_at, failed_at, problem, file_name, bytes, row_count, file_count
     from platform.backup_run where finished_at is not null order by finished_at desc limit 1)
    union all
    (select false, started_at, finished_at, failed_at, problem, file_name, bytes, row_count, file_count
     from platform.backup_run order by started_at desc limit 1)
  `.execute(ctx.db.kysely)
  const good = rows.find(run => run.is_good)
  const newest = rows.find(run => !run.is_good)
  const now = ctx.now().getTime()
  const isOpen = newest !== undefined && !newest.finished_at && !newest.failed_at
  const isRunning = isOpen && now - newest.started_at.getTime() < givenUpAfterHours * hourMs
  const hasFailed = newest !== undefined && !newest.finished_at && !isRunning
  return {
    good: good ? { startedAt: good.started_at, at: good.finished_at!, fileName: good.file_name, bytes: good.bytes, rows: good.row_count, files: good.file_count, problem: good.problem } : null,
    failure: hasFailed ? { at: newest.failed_at ?? newest.started_at, problem: newest.problem ?? 'interrupted' } : null,
    isRunning,
    isLate: !good || now - good.finished_at!.getTime() > lateAfterHours * hourMs,
  }
}

export type OwnerUrls = { owner: string; worker: string }

/** Where this install's backups come from and go to. Undefined while BACKUP_DIR is not set. */
export function backupPlaceOf({ config, keys, files, now }: House, urls: OwnerUrls): (BackupPlace & { keep: number }) | undefined {
  if (!config.backupDir) return undefined
  return { ownerUrl: urls.owner, workerUrl: urls.worker, keys, files, dataDir: config.dataDir, backupDir: config.backupDir, now, keep: keptBackups }
}

const nightHourUtc = 8                  // three or four in the morning in New York, midnight or one in Los Angeles

/** Once a night; and at the next full hour that the machine is awake, when the night's was missed or failed. */
export function isDue({ good }: Pick<LastBackup, 'good'>, now: Date): boolean {
  const ageHours = good ? (now.getTime() - good.at.getTime()) / hourMs : Infinity
  return ageHours > 25 || (now.getUTCHours() === nightHourUtc && ageHours > 2)
}

/** By the clock when one is due, and at once when the console asks. The owner's address stays inside this job: nothing else that serves may use it. */
export const backupJob = (urls: OwnerUrls): Job => defineJob<{ _cron?: unknown; askedAt?: string }>({
  name: 'platform.backup',
  cron: '23 * * * *',
  async run(ctx, { _cron, askedAt }) {
    const { house, log } = ctx
    const last = await inTransaction(ctx, lastBackup)
    if (_cron !== undefined && !isDue(last, ctx.now())) return
    if (askedAt !== undefined && last.good && last.good.startedAt >= new Date(askedAt)) return   // this job comes a second time
    const place = backupPlaceOf(house, urls)
    if (!place) return log.warn('no backup: BACKUP_DIR is not set')
    const { rows, missingFiles } = await runBackup(place)
    log.info('backup made', { count: rows })
    if (missingFiles > 0) log.error('files missing on the disk', { count: missingFiles })
  },
})
