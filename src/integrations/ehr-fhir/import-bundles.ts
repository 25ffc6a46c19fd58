import type { Bundle } from '@medplum/fhirtypes'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { importPieces, type ImportReport } from './import-paths.ts'
import type { FilePiece } from './read-files.ts'

/** Imports Bundles that are in memory: the demo's and the tests'. */
export function importBundles(ctx: Ctx<SystemActor>, { source, bundles }: { source: string; bundles: Iterable<Bundle> }): Promise<ImportReport> {
  function* pieces(): Generator<FilePiece> {
    let position = 0
    for (const bundle of bundles) for (const entry of bundle.entry ?? []) yield { ok: true, file: 'bundle', position: position++, isEntry: true, text: JSON.stringify(entry) }
  }
  return importPieces(ctx, source, pieces())
}
