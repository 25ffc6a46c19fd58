import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { inTransaction } from '#platform/db.ts'
import { mayActFor } from '#platform/scope.ts'
import { bundleText, exportRecord, findForExport } from '#records'
import { CommandProblem, UsageProblem, type Command, type ExitCode } from './command.ts'
import { readArgs } from './read-args.ts'
import { withHouse, type AtHand } from './with-house.ts'

const usage = `npx rapport export <patient> [--to <file>] [--json]

Writes one record as a FHIR R4 Bundle, each resource as it was received, to the file or to standard output. <patient> is the record number, or the
id that stands in the address of the record in the console. It is the practice's own copy: what is held back or restricted is in it too,
and it says so. The patient's own copy is under Download in their portal. Who reads the access log of the record finds this export.`

async function exported({ ctxAs }: AtHand, typed: string): Promise<{ patientId: string; text: string; items: number; hasHidden: boolean; byKind: Record<string, number> }> {
  const found = await findForExport(ctxAs('records.export'), typed)
  if (!found.ok) throw new CommandProblem(found.reason === 'nobody' ? `No patient has the record number or id ${typed}.` : `Several patients have the number ${typed}. Give the id from the address in the console.`)
  return inTransaction(ctxAs('records.export', found.patientId), async tx => {
    const { items, withheld } = await exportRecord(tx, await mayActFor(tx, found.patientId), 'fhir')
    const byKind = Object.fromEntries([...Map.groupBy(items, ({ kind }) => kind)].map(([kind, some]) => [kind, some.length]))
    return { patientId: found.patientId, text: bundleText(items, tx.now()), items: items.length, hasHidden: withheld, byKind }
  })
}

/** A new file for this user alone. One that is there stays as it is. */
function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new CommandProblem(code === 'EEXIST' ? `${path} is there already. Choose another name.` : `${path} cannot be written (${code}).`)
  }
}

const warning = 'It holds what the patient may not see: held back or restricted. Have a clinician read it before it leaves the practice.'

const command: Command = {
  usage,
  run: (args, io) => {
    const { values, positionals: [typed, ...more] } = readArgs(args, { to: { type: 'string' }, json: { type: 'boolean' } })
    if (!typed || more.length > 0) throw new UsageProblem('Name one patient by record number or id.')
    return withHouse<ExitCode>(io, async at => {
      const { text, ...facts } = await exported(at, typed)
      if (values.to === undefined) {
        io.out(text)
        if (facts.hasHidden && !values.json) io.err(warning)
        return 0
      }
      const path = resolve(values.to)
      write(path, text)
      io.out(values.json ? JSON.stringify({ ...facts, path, bytes: Buffer.byteLength(text) }) : `Wrote ${facts.items} resources to ${path}, which only this user can read.`)
      if (facts.hasHidden && !values.json) io.err(warning)
      return 0
    })
  },
}
export default command
