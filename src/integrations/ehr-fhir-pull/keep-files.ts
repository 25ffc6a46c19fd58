import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { findUnplaced, isCriticalValue, limitsForAnybody, mayBeCritical, readGaps, withdrawResources, type Gone, type Received } from '#records'
import { pageOnCall } from '#work'
import { importPieces } from '../ehr-fhir/import-paths.ts'
import { readPiece } from '../ehr-fhir/read-piece.ts'
import type { FilePiece } from '../ehr-fhir/read-files.ts'
import { withDocuments } from './fetch-documents.ts'
import { fetchFile, nameOf } from './fetch-file.ts'
import type { Connection } from './get-token.ts'
import { changeFile, changeRun, filesOf, type PullFile, type PullRun } from './run-state.ts'
import { readMembers } from './start-export.ts'

type Among = { ctx: Ctx<SystemActor>; connection: Connection; run: PullRun }

/** A piece of a file as things to keep: a record with the documents that it points at; what is not there, for staff to see. */
async function* told({ ctx, connection, run }: Among, kind: PullFile['kind'], piece: FilePiece): AsyncGenerator<FilePiece> {
  if (!piece.ok) { yield piece; return }
  if (kind === 'output') { yield* withDocuments(ctx, connection, run, piece); return }
  if (kind === 'error') { yield { ...aside(piece), reason: 'left-out', excerpt: piece.text.slice(0, 500) }; return }
  const gone = goneIn(piece.text)
  if (!gone) { yield piece; return }
  // A patient is not taken away by an export: whose records would the rest be?
  if (gone.fhirType === 'Patient') yield { ...aside(piece), reason: 'deleted', excerpt: '', ...gone }
  else if ((await withdrawResources(ctx, connection.source, [gone])).length > 0) yield { ...aside(piece), reason: 'withdrawn', excerpt: '', ...gone }
}
const aside = ({ file, position }: FilePiece) => ({ ok: false, isEntry: false, file, position }) as const

/** One entry of a Bundle of deletions. Source: Bulk Data Access IG 2.0, "Response - Output Manifest", deleted. */
function goneIn(text: string): Gone | null {
  let entry: { request?: { method?: string; url?: string } } | null
  try { entry = JSON.parse(text) as typeof entry } catch { return null }
  const [fhirType, sourceId] = String(entry?.request?.url ?? '').split('/').slice(-2)
  return entry?.request?.method === 'DELETE' && fhirType && sourceId && /^[A-Z][A-Za-z]{2,60}$/.test(fhirType) ? { fhirType, sourceId: sourceId.slice(0, 200) } : null
}

/** A trial: everything is fetched and counted, and nothing kept. */
export async function countFiles(ctx: Ctx<SystemActor>, connection: Connection, run: PullRun): Promise<void> {
  for (const file of await filesOf(ctx, run.id)) {
    if (file.doneAt) continue
    let lines = 0
    for await (const _ of fetchFile(ctx, connection, run, file)) lines++
    await finishFile(ctx, run, file, { lines, parked: 0 })
  }
  const members = await readMembers(ctx, connection)
  const patients = (await filesOf(ctx, run.id)).filter(file => file.kind === 'output' && file.fhirType === 'Patient').reduce((sum, file) => sum + file.lines, 0)
  if (members) await changeRun(ctx, run.id, { members: members.length, missing: Math.max(0, members.length - patients) })
}

async function finishFile(ctx: Ctx, run: PullRun, file: PullFile, { lines, parked }: { lines: number; parked: number }): Promise<void> {
  const isShort = file.announced !== null && lines < file.announced
  await changeFile(ctx, run.id, file.place, { lines, parked, problem: isShort ? 'cut-off' : null, doneAt: ctx.house.now() })
  await changeRun(ctx, run.id, { tries: 0, problem: null })
}

/**
 * Fetches every file that is not done and keeps what it holds. A file is done when the last of it is in the database, so that after a crash
 * at any moment nothing is missing; what is fetched twice changes nothing.
 */
export async function keepFiles(ctx: Ctx<SystemActor>, connection: Connection, run: PullRun): Promise<void> {
  const files = (await filesOf(ctx, run.id)).filter(file => !file.doneAt)
  // What is deleted is looked for when all else is in the database.
  for (const some of [files.filter(({ kind }) => kind !== 'deleted'), files.filter(({ kind }) => kind === 'deleted')]) if (some.length > 0) await keepThese({ ctx, connection, run }, some)
}

async function keepThese({ ctx, connection, run }: Among, files: readonly PullFile[]): Promise<void> {
  const ended: { file: PullFile; lines: number; at: number }[] = []
  let finishing = Promise.resolve()
  const critical: Received[] = []
  const limits = await inTransaction(ctx, limitsForAnybody)
  let read = 0
  async function* all(): AsyncGenerator<FilePiece> {
    for (const file of files) {
      let lines = 0
      for await (const piece of fetchFile(ctx, connection, run, file)) {
        lines++
        if (critical.length < mostCritical) critical.push(...criticalIn(file, piece, limits))
        for await (const one of told({ ctx, connection, run }, file.kind, piece)) { read++; yield one }
      }
      ended.push({ file, lines, at: read })
    }
  }
  const finishUpTo = (settled: number, unusable: readonly { file: string }[]) => {
    while (ended[0] && ended[0].at <= settled) {
      const { file, lines } = ended.shift()!
      const parked = unusable.filter(one => one.file === nameOf(file)).length
      finishing = finishing.then(() => finishFile(ctx, run, file, { lines, parked }))
      finishing.catch(() => {})   // told by the await below
    }
  }
  const report = await importPieces(ctx, connection.source, all(), so => finishUpTo(so.settled, so.unusable))
  await pageUnplaced({ ctx, connection, run }, critical)
  finishUpTo(report.settled, report.unusable)
  await finishing
}

const mostCritical = 1_000
function criticalIn(file: PullFile, piece: FilePiece, limits: Awaited<ReturnType<typeof limitsForAnybody>>): Received[] {
  if (file.fhirType !== 'Observation' || !piece.ok || !mayBeCritical(piece.text, limits)) return []
  const read = readPiece(piece)
  return read.ok && isCriticalValue(read.incoming.resource, limits) ? [{ resourceType: read.incoming.fhirType, id: read.incoming.sourceId, lastUpdated: read.incoming.lastUpdated, text: read.incoming.text }] : []
}

/** A critical value whose patient did not come calls at once (R2+, R11+). It stands in the EHR, by the number that is said; what is old calls nobody. */
async function pageUnplaced({ ctx, connection, run }: Among, critical: readonly Received[]): Promise<void> {
  const unplaced = await findUnplaced(ctx, connection.source, critical)
  if (unplaced.length === 0) return
  await inTransaction(ctx, tx => pageOnCall(tx, {
    kind: 'critical-message', title: 'A critical value came that could not be placed', subject: { type: 'pull-run', id: run.id },
    body: `The EHR “${connection.source}” gave ${unplaced.length === 1 ? 'a value' : `${unplaced.length} values`} marked as critical whose patient is not here: ${unplaced.slice(0, 20).map(id => `Observation/${id}`).join(', ')}. Look there whose it is, call them, and write down the call here.`,
  }))
}

/** After a whole fetch: who is in the group and has no record here, put aside for staff by the EHR's own number. */
export async function reportGaps(ctx: Ctx<SystemActor>, connection: Connection, run: PullRun): Promise<void> {
  const members = await readMembers(ctx, connection)
  const { missing, bare } = await readGaps(ctx, connection.source, members)
  const pieces = missing.map((sourceId, position): FilePiece => ({ ok: false, reason: 'missing', position, excerpt: '', isEntry: false, file: 'group', fhirType: 'Patient', sourceId }))
  if (pieces.length > 0) await importPieces(ctx, connection.source, pieces)
  await changeRun(ctx, run.id, { bare, ...(members && { members: members.length, missing: missing.length }) })
}
