import { access, rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import pg from 'pg'
import { AnchorFile, anchorFileOf } from '#platform/anchor-file.ts'
import { ArchiveProblem, archiveVersion, dataOf, readArchive, type ArchiveHead, type Frame, type Totals } from '#platform/archive-format.ts'
import type { BackupPlace } from '#platform/backup.ts'
import { migrationsIn } from '#platform/backup-catalogue.ts'
import { checkHouse, hasHouse } from '#platform/check-house.ts'
import { connectAs } from '#platform/connect-as.ts'
import { writeWhole } from '#platform/files.ts'
import { freeJobs } from '#platform/free-jobs.ts'
import { Filling } from '#platform/restore-tables.ts'
import { sealEverything } from '#platform/seal-audit.ts'
import { verifyAudit, type AuditReport } from '#platform/verify-audit.ts'

export type RestorePlace = Omit<BackupPlace, 'backupDir'>
export type Restored = Totals & { head: ArchiveHead; audit: AuditReport; sessionsEnded: number }
export type RestoreProgress = (done: { what: string; rows: number }) => void

/** Only a database that holds the same migrations and was never started may be filled. */
async function mustBeFresh(owner: pg.Client, worker: pg.Client, head: ArchiveHead): Promise<void> {
  if (head.format !== 'rapport backup' || head.version !== archiveVersion) throw new ArchiveProblem('made by another edition of Rapport')
  if (await hasHouse(owner)) throw new ArchiveProblem('this database is in use. Restore into an empty one.')
  for (const [section, client] of [['owner', owner], ['worker', worker]] as const) {
    const here = await migrationsIn(client, section)
    const there = head.migrations[section]
    const differing = [...here.filter(step => !there.includes(step)), ...there.filter(step => !here.includes(step))]
    if (differing.length > 0) throw new ArchiveProblem(`the archive and this database are not at the same migration (${differing.slice(0, 3).join(', ')}). Restore with the edition that made it, then upgrade.`)
  }
}

/** What is restored is older than what people last did: they sign in anew, and what was under way begins again. */
async function settle(owner: pg.Client, worker: pg.Client, now: Date): Promise<number> {
  const { rowCount } = await owner.query("update platform.session set ended_at = $1, ended_because = 'restored' where ended_at is null", [now])
  await owner.query("update platform.backup_run set failed_at = $1, problem = 'interrupted' where finished_at is null and failed_at is null", [now])
  await freeJobs(worker)
  return rowCount ?? 0
}

/** The archive's anchors take their place; what stood there is kept beside them. */
async function placeAnchors(place: RestorePlace): Promise<void> {
  const path = anchorFileOf(place.dataDir)
  const isThere = await access(path).then(() => true, () => false)
  if (isThere) await rename(path, `${path}.before-restore-${place.now().toISOString().replace(/[:.]/g, '-')}`)
  await rename(waitingAnchors(place), path)
}
const waitingAnchors = (place: RestorePlace) => `${anchorFileOf(place.dataDir)}.restoring`

async function tell(owner: pg.Client, place: RestorePlace, head: ArchiveHead, totals: Totals): Promise<void> {
  await owner.query(
    `insert into audit.event (at, request_id, actor_kind, job, action, detail) values ($1, 'restore', 'system', 'platform.restore', 'platform.restored', $2)`,
    [place.now(), { madeAt: head.madeAt, rows: totals.rows, files: totals.files }])
}

/** Seals what the last second before the backup left unsealed, then proves the whole chain. */
async function sealAndVerify(place: RestorePlace): Promise<AuditReport> {
  const pool = new pg.Pool({ connectionString: place.ownerUrl, max: 1, options: '-c statement_timeout=0' })
  try {
    const anchorPath = anchorFileOf(place.dataDir)
    await sealEverything({ ...place, pool }, new AnchorFile(anchorPath, place.keys))
    const client = await pool.connect()
    return await verifyAudit({ client, keys: place.keys, anchorPath, now: place.now() }).finally(() => client.release())
  } finally {
    await pool.end()
  }
}

class Restoring {
  readonly place: RestorePlace
  readonly owner: Filling
  readonly worker: Filling
  readonly #progress: RestoreProgress
  constructor(place: RestorePlace, owner: pg.Client, worker: pg.Client, progress: RestoreProgress) {
    this.place = place
    this.owner = new Filling(owner, 'owner')
    this.worker = new Filling(worker, 'worker')
    this.#progress = progress
  }

  /** Everything up to the end frame; without one the archive was cut, and the reader throws. */
  async fill(frames: AsyncGenerator<Frame>): Promise<Totals> {
    const seen: Totals = { tables: 0, rows: 0, files: 0 }
    for (;;) {
      const { value: frame, done } = await frames.next()
      if (done) throw new ArchiveProblem('the archive was cut')
      if (frame.letter === 't') {
        const filling = this[frame.value.section]
        await filling.fill(frame.value, frames)
        seen.tables++
        seen.rows += filling.rows.get(frame.value.name)!
        this.#progress({ what: frame.value.name, rows: seen.rows })
      } else if (frame.letter === 's') {
        await this[frame.value.section].setSequences(frame.value)
      } else if (frame.letter === 'f') {
        await this.place.files.putSealed(frame.value.id, dataOf(frames))
        seen.files++
      } else if (frame.letter === 'a') {
        const path = waitingAnchors(this.place)
        await writeWhole(dirname(path), basename(path), dataOf(frames))
      } else if (frame.letter === 'z') {
        if (JSON.stringify(seen) !== JSON.stringify(frame.value)) throw new ArchiveProblem('the totals do not agree')
        await frames.next()           // lets the reader prove that nothing follows
        return seen
      } else {
        throw new ArchiveProblem('the archive is not in order')
      }
    }
  }
}

/**
 * Fills an empty, migrated database from an archive: all of it, or nothing. Rows are counted and the audit trail verified.
 * The key that the archive was made with must be in the key file. Live sessions are ended.
 */
export async function restoreBackup(place: RestorePlace, path: string, progress: RestoreProgress = () => {}): Promise<Restored> {
  const frames = readArchive(place.keys, path)
  const first = await frames.next()
  if (first.done || first.value.letter !== 'h') throw new ArchiveProblem('not an archive of this kind')
  const head = first.value.value
  const owner = await connectAs(place.ownerUrl, 'rapport restore')
  const worker = await connectAs(place.workerUrl, 'rapport restore').catch(async error => { await owner.end(); throw error })
  try {
    await mustBeFresh(owner, worker, head)
    const restoring = new Restoring(place, owner, worker, progress)
    await restoring.owner.begin()
    await restoring.worker.begin()
    const totals = await restoring.fill(frames)
    await restoring.owner.finish()
    await restoring.worker.finish()
    await checkHouse(owner, place.keys, { isDemo: head.isDemo, now: place.now() })
    const sessionsEnded = await settle(owner, worker, place.now())
    await tell(owner, place, head, totals)
    await placeAnchors(place)
    await worker.query('commit')      // first: jobs without their rows can be restored over, rows without their jobs cannot
    await owner.query('commit')
    await owner.query('analyze')
    return { ...totals, head, sessionsEnded, audit: await sealAndVerify(place) }
  } finally {
    await frames.return(undefined)
    await Promise.all([owner.end().catch(() => {}), worker.end().catch(() => {})])
  }
}
