import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { beginRun, endRun, keepBatch, park, refreshPlans, type ImportTally, type Incoming, type Unusable } from '#records'
import { findFiles, readFile, type FilePiece } from './read-files.ts'
import { readPiece } from './read-piece.ts'

export type ImportReport = ImportTally & {
  byType: Map<string, number>
  unusable: Unusable[]
  /** Kept, but no patient of theirs is known yet. */
  waiting: number
}
export type ImportProgress = (done: { bytes: number; ofBytes: number; read: number; file: string }) => void

const batchSize = 2_000
const batchBytes = 8 * 1024 * 1024

/** Reads pieces, keeps them in batches, parks what cannot be used. Nothing that was read is lost silently: read = kept + unusable. */
export async function importPieces(ctx: Ctx<SystemActor>, source: string, pieces: AsyncIterable<FilePiece> | Iterable<FilePiece>, onBatch: (tally: ImportTally) => void = () => {}): Promise<ImportReport> {
  const run = await beginRun(ctx, source)
  const report: ImportReport = { read: 0, newVersions: 0, parked: 0, patients: 0, byType: new Map(), unusable: [], waiting: 0 }
  const touched = new Map<string, number>()
  let batch: Incoming[] = []
  let bytes = 0
  let batches = 0
  const keep = async () => {
    const kept = await keepBatch(ctx, run, batch, touched)
    report.newVersions += kept.newVersions
    report.unusable.push(...kept.unusable)
    for (const { fhirType } of batch) report.byType.set(fhirType, (report.byType.get(fhirType) ?? 0) + 1)
    for (const { fhirType } of kept.unusable) if (fhirType) report.byType.set(fhirType, report.byType.get(fhirType)! - 1)
    batch = []
    bytes = 0
    if (++batches === 1 || batches % 50 === 0) await refreshPlans(ctx)
    onBatch(report)
  }
  for await (const piece of pieces) {
    report.read++
    const read = readPiece(piece)
    if (!read.ok) { report.unusable.push(read.unusable); continue }
    batch.push(read.incoming)
    bytes += read.incoming.text.length
    if (batch.length >= batchSize || bytes >= batchBytes) await keep()
  }
  await keep()
  await park(ctx, run, report.unusable)
  report.parked = report.unusable.length
  report.waiting = (await endRun(ctx, run, report, touched)).waiting
  report.patients = touched.size
  return report
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
