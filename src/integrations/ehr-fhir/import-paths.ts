import { setImmediate } from 'node:timers/promises'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { beginRun, endRun, findOddities, keepBatch, LoopFinder, park, prepare, refreshPlans, type ImportTally, type Odd, type Prepared, type Run, type Unusable } from '#records'
import { findFiles, readFile, type FilePiece } from './read-files.ts'
import { readPiece } from './read-piece.ts'

export type ImportReport = ImportTally & {
  /** Of what was read, what stands in the database by now, kept or parked. */
  settled: number
  byType: Map<string, number>
  /** The first of what was parked, ten thousand at most: `parked` counts them all. */
  unusable: Unusable[]
  /** The first of what is kept as it came though something in it is odd, ten thousand at most. */
  odd: Odd[]
  /** Kept, but no patient of theirs is known yet. */
  waiting: number
}
export type ImportProgress = (done: { bytes: number; ofBytes: number; read: number; file: string }) => void

const listed = 10_000
const batchSize = 4_000
const batchBytes = 8 * 1024 * 1024
/** How long reading may keep the thread while the database works: its answers come in between. */
const turnMs = 4

/**
 * Reads pieces, keeps them in batches, parks what cannot be used. Nothing that was read is lost silently: read = kept + unusable.
 * Three batches are under way: one is read, one is on its way into the database, one is kept there.
 */
export async function importPieces(ctx: Ctx<SystemActor>, source: string, pieces: AsyncIterable<FilePiece> | Iterable<FilePiece>, onBatch: (report: ImportReport) => void = () => {}): Promise<ImportReport> {
  const run = await beginRun(ctx, source)
  const report: ImportReport = { read: 0, newVersions: 0, parked: 0, patients: 0, settled: 0, byType: new Map(), unusable: [], odd: [], waiting: 0 }
  const loops = new LoopFinder()
  const touched = new Map<string, number>()
  let batch = emptyBatch()
  let older: Promise<void> = Promise.resolve(), newer = older
  const keep = async () => {
    const full = batch
    batch = emptyBatch()
    await older
    const before = older = newer
    newer = keepOne(ctx, run, full, { touched, before, report }).then(() => onBatch(report))
    newer.catch(() => {})   // told by the next await
  }
  let turn = performance.now()
  try {
    for await (const piece of pieces) {
      report.read++
      take(batch, piece, loops)
      if (batch.prepared.length + batch.unusable.length >= batchSize || batch.bytes >= batchBytes) await keep()
      if (performance.now() - turn > turnMs) { await setImmediate(); turn = performance.now() }
    }
    await keep()
  } finally {
    await newer
  }
  await noteOdd(ctx, run, loops.find().map(one => ({ ...one, reason: 'is part of itself, through what it refers to' })), report)
  report.waiting = (await endRun(ctx, run, report, touched)).waiting
  report.patients = touched.size
  return report
}

type Batch = { prepared: Prepared[]; unusable: Unusable[]; odd: Odd[]; bytes: number }
const emptyBatch = (): Batch => ({ prepared: [], unusable: [], odd: [], bytes: 0 })

function take(batch: Batch, piece: FilePiece, loops: LoopFinder): void {
  const read = readPiece(piece)
  if (!read.ok) { batch.unusable.push(read.unusable); return }
  const { file, position, fhirType, sourceId, resource, text } = read.incoming
  for (const reason of findOddities(resource, text)) batch.odd.push({ file, position, fhirType, sourceId, reason })
  loops.add(read.incoming)
  batch.prepared.push(prepare(read.incoming))
  batch.bytes += read.incoming.text.length
}

type Among = { touched: Map<string, number>; before: Promise<unknown>; report: ImportReport }

async function noteOdd(ctx: Ctx<SystemActor>, run: Run, odd: readonly Odd[], report: ImportReport): Promise<void> {
  await park(ctx, run, [], odd)
  report.odd.push(...odd.slice(0, Math.max(0, listed - report.odd.length)))
}

async function keepOne(ctx: Ctx<SystemActor>, run: Run, { prepared, unusable, odd }: Batch, { touched, before, report }: Among): Promise<void> {
  const { newVersions, unusable: refused } = await keepBatch(ctx, run, prepared, { touched, before })
  await before
  const parked = [...unusable, ...refused]
  await park(ctx, run, parked)
  const placeOf = ({ file, position }: Odd) => `${position} ${file}`
  const isRefused = new Set(refused.map(placeOf))
  await noteOdd(ctx, run, odd.filter(one => !isRefused.has(placeOf(one))), report)
  const had = report.newVersions
  report.newVersions += newVersions
  report.parked += parked.length
  report.settled += prepared.length + unusable.length
  report.unusable.push(...parked.slice(0, Math.max(0, listed - report.unusable.length)))
  for (const { fhirType } of prepared) report.byType.set(fhirType, (report.byType.get(fhirType) ?? 0) + 1)
  for (const { fhirType } of refused) if (fhirType) report.byType.set(fhirType, report.byType.get(fhirType)! - 1)
  if (Math.floor(Math.log2(had + 1) / 3) < Math.floor(Math.log2(report.newVersions + 1) / 3)) await refreshPlans(ctx)   // eight times as many as the last time
}

/** Imports files and folders under a source's name. The same files twice change nothing. */
export async function importPaths(ctx: Ctx<SystemActor>, { source, paths, onProgress }: { source: string; paths: readonly string[]; onProgress?: ImportProgress }): Promise<ImportReport> {
  const files = await findFiles(paths)
  const ofBytes = files.reduce((sum, file) => sum + file.bytes, 0)
  let bytes = 0
  let current = ''
  async function* all(): AsyncGenerator<FilePiece> {
    for (const { path } of files) {
      current = path
      yield* readFile(path, count => { bytes += count })
    }
  }
  return importPieces(ctx, source, all(), ({ read }) => onProgress?.({ bytes, ofBytes, read, file: current }))
}
