import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { readGaps } from '#records'
import { importPieces } from '../ehr-fhir/import-paths.ts'
import type { FilePiece } from '../ehr-fhir/read-files.ts'
import { fetchFile, nameOf } from './fetch-file.ts'
import type { Connection } from './get-token.ts'
import { changeFile, changeRun, filesOf, type PullFile, type PullRun } from './run-state.ts'
import { readMembers } from './start-export.ts'

/** A line of a file that says what is not there, as things for staff to see; any other line as it is. */
function* told(kind: PullFile['kind'], piece: FilePiece): Generator<FilePiece> {
  if (kind === 'output' || !piece.ok) { yield piece; return }
  const aside = { ok: false, isEntry: false, file: piece.file, position: piece.position } as const
  if (kind === 'error') { yield { ...aside, reason: 'left-out', excerpt: piece.text.slice(0, 500) }; return }
  let entry: { request?: { method?: string; url?: string } } | null
  try { entry = JSON.parse(piece.text) as typeof entry } catch { yield piece; return }
  const [fhirType, sourceId] = String(entry?.request?.url ?? '').split('/').slice(-2)
  if (entry?.request?.method === 'DELETE' && fhirType && sourceId) yield { ...aside, reason: 'deleted', excerpt: '', fhirType: fhirType.slice(0, 60), sourceId: sourceId.slice(0, 200) }
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
  const ended: { file: PullFile; lines: number; at: number }[] = []
  let finishing = Promise.resolve()
  let read = 0
  async function* all(): AsyncGenerator<FilePiece> {
    for (const file of await filesOf(ctx, run.id)) {
      if (file.doneAt) continue
      let lines = 0
      for await (const piece of fetchFile(ctx, connection, run, file)) {
        lines++
        for (const one of told(file.kind, piece)) { read++; yield one }
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
  finishUpTo(report.settled, report.unusable)
  await finishing
}

/** After a whole fetch: who is in the group and has no record here, put aside for staff by the EHR's own number. */
export async function reportGaps(ctx: Ctx<SystemActor>, connection: Connection, run: PullRun): Promise<void> {
  const members = await readMembers(ctx, connection)
  const { missing, bare } = await readGaps(ctx, connection.source, members)
  const pieces = missing.map((sourceId, position): FilePiece => ({ ok: false, reason: 'missing', position, excerpt: '', isEntry: false, file: 'group', fhirType: 'Patient', sourceId }))
  if (pieces.length > 0) await importPieces(ctx, connection.source, pieces)
  await changeRun(ctx, run.id, { bare, ...(members && { members: members.length, missing: missing.length }) })
}
