import { stat } from 'node:fs/promises'
import { findFiles } from '#integrations/ehr-fhir/read-files.ts'
import { importPaths, type ImportReport } from '#integrations/ehr-fhir/import-paths.ts'
import type { Odd } from '#records'
import { CommandProblem, UsageProblem, type Command, type ExitCode, type Io } from './command.ts'
import { bar, progressLine } from './progress-line.ts'
import { readArgs } from './read-args.ts'
import { withHouse } from './with-house.ts'

const usage = `npx rapport import --source <name> <path>… [--json]

Brings records in from files and folders: FHIR R4 Bundles (.json) and one resource a line (.ndjson, .jsonl), plain or gzipped (.gz), of any size.
<name> says who sent them, in small letters: "county-hospital". Give the same sender the same name each time; then the same files twice
change nothing, and a newer version takes the place of an older one. What cannot be used is listed with its place and the reason,
the rest comes in, and the exit code is 1. So it is where a resource is kept as it came but something in it is odd: an id like a path,
a day that no calendar has, a script, a unit that UCUM does not know, a ring of references.`

function wishOf(args: readonly string[]): { source: string; paths: string[]; json: boolean } {
  const { values, positionals } = readArgs(args, { source: { type: 'string' }, json: { type: 'boolean' } })
  if (!values.source) throw new UsageProblem('Say who sent the records: --source <name>.')
  if (!/^[a-z0-9][a-z0-9._-]{0,59}$/.test(values.source)) throw new UsageProblem('A source is a short name in small letters, like county-hospital.')
  if (positionals.length === 0) throw new UsageProblem('Name at least one file or folder.')
  return { source: values.source, paths: positionals, json: values.json === true }
}

/** Looked at before the first change: a slip in the last name must not leave half of it done. */
async function mustBeReadable(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await stat(path).catch(() => { throw new CommandProblem(`There is no file or folder ${path}.`) })
  }
  if ((await findFiles(paths)).length === 0) throw new CommandProblem(`No file that ends in .json, .ndjson or .jsonl (or one of these and .gz) is in ${paths.join(', ')}.`)
}

const mebibytes = (bytes: number) => (bytes / 1_048_576).toFixed(bytes < 10_485_760 ? 1 : 0)
const grouped = (count: number) => count.toLocaleString('en-US')

/** What was refused or is odd, without its content: that may be somebody's record, and terminals are kept and copied. */
const placesOf = (things: readonly Odd[]) => things.map(({ file, position, fhirType, sourceId, reason }) => ({ file, position, resource: fhirType, id: sourceId, why: reason }))

function say(report: ImportReport, source: string, seconds: number, io: Io): void {
  const kept = report.read - report.unusable.length
  io.out(`Read ${grouped(report.read)} resources from ${source} in ${seconds.toFixed(1)} s: ${grouped(kept)} usable, ${grouped(report.newVersions)} of them new or changed. Records that grew: ${grouped(report.patients)}.\n`)
  for (const [type, count] of [...report.byType].filter(([, count]) => count > 0).sort(([a], [b]) => a.localeCompare(b))) io.out(`  ${type.padEnd(28)}${grouped(count).padStart(9)}`)
  if (report.waiting > 0) io.out(`\n${grouped(report.waiting)} are kept and wait for their patient: they name one that ${source} has not sent.`)
  sayPlaces(io, report.unusable, 'cannot be used. They are put aside for staff under Imports in the console:')
  sayPlaces(io, report.odd, 'are kept as they came, with something odd in them that staff should see. They are named under Imports in the console too:')
}

function sayPlaces(io: Io, things: readonly Odd[], what: string): void {
  if (things.length === 0) return
  io.err(`\n${grouped(things.length)} ${what}\n`)
  for (const { file, position, resource, id, why } of placesOf(things)) io.err(`  ${file}, byte ${position}: ${[resource, id].filter(Boolean).join('/') || 'it'} ${why}`)
}

const forMachines = (report: ImportReport, source: string) => JSON.stringify({
  source, read: report.read, newVersions: report.newVersions, patients: report.patients, waiting: report.waiting,
  byType: Object.fromEntries([...report.byType].filter(([, count]) => count > 0)), refused: placesOf(report.unusable), odd: placesOf(report.odd),
})

const command: Command = {
  usage,
  async run(args, io) {
    const { source, paths, json } = wishOf(args)
    await mustBeReadable(paths)
    return withHouse<ExitCode>(io, async ({ house, ctxAs }) => {
      if (house.isDemo) io.err('This is a demo, which opens to anybody who can reach it. Bring in invented records alone.\n')
      const line = progressLine(io)
      const begun = performance.now()
      const report = await importPaths(ctxAs('records.import'), {
        source, paths,
        onProgress: ({ bytes, ofBytes, read, file }) => line.say(`${bar(bytes, ofBytes)}  ${mebibytes(bytes)} of ${mebibytes(ofBytes)} MB  ${grouped(read)} resources  ${file}`),
      }).finally(line.end)
      if (json) io.out(forMachines(report, source))
      else say(report, source, (performance.now() - begun) / 1_000, io)
      return report.unusable.length + report.odd.length > 0 ? 1 : 0
    })
  },
}
export default command
