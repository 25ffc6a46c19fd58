import { pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { anchorFileOf, anchorLines, parseAnchorLine, sizeOfAnchors } from '#platform/anchor-file.ts'
import { archiveVersion, dataFrames, proveArchive, sealArchive, type Frame, type TableHead, type Totals } from '#platform/archive-format.ts'
import { migrationsIn, roleOf, sequencesIn, tablesIn, tablesOfOthers } from '#platform/backup-catalogue.ts'
import { connectAs } from '#platform/connect-as.ts'
import { FileMissing, writeWhole, type FileStore } from '#platform/files.ts'
import type { Keys } from '#platform/keys.ts'
import { fileSweepLock } from '#platform/store-file.ts'

export type BackupPlace = {
  /** The roles that own the tables and the job schema: row security hides rows from anybody else. */
  ownerUrl: string
  workerUrl: string
  keys: Keys
  files: FileStore
  dataDir: string
  backupDir: string
  now: () => Date
}
export type BackupProgress = (done: { what: string; rows: number; files: number }) => void
export type Backup = Totals & { path: string; fileName: string; bytes: number; missingFiles: number }

const namePattern = /^rapport-\d{8}T\d{6}Z\.backup$/
const unfinishedPattern = /^\.rapport-\d{8}T\d{6}Z\.backup\.[0-9a-f]{12}$/
const nameOf = (at: Date) => `rapport-${at.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')}.backup`

/** The compressed bytes of a stream. When the source breaks, so does this. */
async function* gzipped(source: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  const gzip = createGzip({ level: 1 })
  pipeline(source, gzip, () => {})
  yield* gzip
}

class Copying {
  readonly owner: pg.Client
  readonly worker: pg.Client
  readonly place: BackupPlace
  readonly totals: Totals = { tables: 0, rows: 0, files: 0 }
  missingFiles = 0
  #progress: BackupProgress
  constructor(owner: pg.Client, worker: pg.Client, place: BackupPlace, progress: BackupProgress) {
    this.owner = owner
    this.worker = worker
    this.place = place
    this.#progress = progress
  }

  /** Both connections see the database at one and the same moment, whatever is written meanwhile. */
  async begin(): Promise<void> {
    await this.owner.query(`select pg_advisory_lock_shared(${fileSweepLock})`)
    await this.owner.query('begin isolation level repeatable read read only')
    const { rows: [row] } = await this.owner.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
    await this.worker.query('begin isolation level repeatable read read only')
    await this.worker.query(`set transaction snapshot ${pg.escapeLiteral(row!.snapshot)}`)
  }

  async* frames(): AsyncGenerator<Frame> {
    yield await this.#head()
    const owned = await tablesIn(this.owner, 'owner')
    const jobs = await tablesIn(this.worker, 'worker')
    const others = await tablesOfOthers(this.owner, [await roleOf(this.owner), await roleOf(this.worker)])
    if (others.length > 0) throw new Error(`tables of another role would be missing: ${others.join(', ')}`)
    for (const table of owned) yield* this.#table(this.owner, table)
    for (const table of jobs) yield* this.#table(this.worker, table)
    yield { letter: 's', value: await sequencesIn(this.owner, 'owner') }
    yield { letter: 's', value: await sequencesIn(this.worker, 'worker') }
    yield* this.#files()
    yield { letter: 'a', value: null }
    yield* dataFrames(this.#anchors())
    yield { letter: 'z', value: this.totals }
  }

  async #head(): Promise<Frame> {
    const { rows: [house] } = await this.owner.query<{ id: string; is_demo: boolean }>('select id, is_demo from platform.house')
    if (!house) throw new Error('this database was never started: there is nothing to keep')
    const migrations = { owner: await migrationsIn(this.owner, 'owner'), worker: await migrationsIn(this.worker, 'worker') }
    return { letter: 'h', value: {
      format: 'rapport backup', version: archiveVersion, madeAt: this.place.now().toISOString(),
      houseId: house.id, isDemo: house.is_demo, keyFingerprints: this.place.keys.fingerprints, migrations,
    } }
  }

  async* #table(client: pg.Client, table: TableHead): AsyncGenerator<Frame> {
    yield { letter: 't', value: table }
    const copy = client.query(copyTo(`copy ${table.name} (${table.columns.join(', ')}) to stdout`))
    yield* dataFrames(gzipped(copy), () => ({ rows: copy.rowCount }))
    this.totals.tables++
    this.totals.rows += copy.rowCount
    this.#progress({ what: table.name, ...this.totals })
  }

  async* #files(): AsyncGenerator<Frame> {
    let after = '00000000-0000-0000-0000-000000000000'
    for (;;) {
      const { rows } = await this.owner.query<{ id: string }>('select id from platform.file where id > $1 and removed_at is null order by id limit 1000', [after])
      for (const { id } of rows) yield* this.#file(id)
      if (rows.length < 1000) return
      after = rows.at(-1)!.id
    }
  }

  async* #file(id: string): AsyncGenerator<Frame> {
    const bytes = this.place.files.sealedStream(id)[Symbol.asyncIterator]()
    let first
    try {
      first = await bytes.next()
    } catch (error) {
      if (!(error instanceof FileMissing)) throw error
      this.missingFiles++
      return
    }
    yield { letter: 'f', value: { id } }
    yield* dataFrames((async function* () {
      for (let part = first; !part.done; part = await bytes.next()) yield part.value
    })())
    this.totals.files++
    this.#progress({ what: 'files', ...this.totals })
  }

  /** The anchors of what the snapshot holds; later ones would speak of seals that are not in it. */
  async* #anchors(): AsyncGenerator<Buffer> {
    const { rows: [head] } = await this.owner.query<{ seq: string }>('select coalesce(max(seq), 0) as seq from audit.seal')
    const path = anchorFileOf(this.place.dataDir)
    for await (const text of anchorLines(path, await sizeOfAnchors(path))) {
      if ((parseAnchorLine(text)?.seq ?? 0) > Number(head!.seq)) return
      yield Buffer.from(`${text}\n`)
    }
  }
}

/** Writes one archive of everything, reads it back, and only then calls it good. A backup that fails leaves no file. */
export async function makeBackup(place: BackupPlace, progress: BackupProgress = () => {}): Promise<Backup> {
  const fileName = nameOf(place.now())
  const path = join(place.backupDir, fileName)
  const owner = await connectAs(place.ownerUrl, 'rapport backup')
  const worker = await connectAs(place.workerUrl, 'rapport backup').catch(async error => { await owner.end(); throw error })
  try {
    const copying = new Copying(owner, worker, place, progress)
    await copying.begin()
    await writeWhole(place.backupDir, fileName, sealArchive(place.keys, copying.frames()))
    const { totals } = await proveArchive(place.keys, path).catch(async error => { await rm(path, { force: true }); throw error })
    return { ...totals, path, fileName, bytes: (await stat(path)).size, missingFiles: copying.missingFiles }
  } finally {
    await Promise.all([owner.end().catch(() => {}), worker.end().catch(() => {})])
  }
}

/** Keeps the newest `keep` archives of this folder, removes older ones and what a crash left half written a day ago. Other files are not touched. */
export async function removeOldBackups(backupDir: string, keep: number, now: Date): Promise<string[]> {
  const all = await readdir(backupDir)
  const names = all.filter(name => namePattern.test(name)).sort()
  const gone = names.slice(0, Math.max(0, names.length - keep))
  for (const name of all.filter(one => unfinishedPattern.test(one))) {
    if (now.getTime() - (await stat(join(backupDir, name))).mtimeMs > 24 * 3_600_000) gone.push(name)
  }
  for (const name of gone) await rm(join(backupDir, name), { force: true })
  return gone
}
