import { parseArgs } from 'node:util'
import { ArchiveProblem } from '#platform/archive-format.ts'
import type { Config } from '#platform/config.ts'
import { connect, type Connections } from '#platform/connect.ts'
import { makeFileStore } from '#platform/files.ts'
import { CannotOpen, readOrMakeKey } from '#platform/keys.ts'
import { migrate } from '#platform/migrate.ts'
import { restoreBackup, type Restored, type RestorePlace } from '#platform/restore.ts'
import { CommandProblem, UsageProblem, type Command } from './command.ts'
import { configOf } from './config-of.ts'
import { progressLine } from './progress-line.ts'
import { sayAudit } from './say-audit.ts'

const usage = `npx rapport restore <archive> [--json]

Fills an empty database from an archive that \`npx rapport backup\` made: all of it, or nothing. First put the key back into
DATA_DIR/secrets/key. Afterwards every row was counted and the audit trail verified; everybody signs in anew.`

function wishOf(args: readonly string[]): { archive: string; json: boolean } {
  let read
  try {
    read = parseArgs({ args: [...args], options: { json: { type: 'boolean' } }, allowPositionals: true })
  } catch (error) {
    throw new UsageProblem((error as Error).message)
  }
  const [archive, ...more] = read.positionals
  if (!archive || more.length > 0) throw new UsageProblem('Name one archive.')
  return { archive, json: read.values.json === true }
}

function placeOf(config: Config, { urls }: Connections): RestorePlace {
  const keys = readOrMakeKey(config.dataDir, { keyFile: config.keyFile })
  return { ownerUrl: urls.owner, workerUrl: urls.worker, keys, files: makeFileStore({ folder: config.dataDir, keys }), dataDir: config.dataDir, now: () => new Date() }
}

/** What stopped a restore, in words for the person at the keyboard. */
function problemOf(error: unknown, archive: string): unknown {
  if (error instanceof CannotOpen || error instanceof ArchiveProblem) return new CommandProblem(`${archive} was not restored, and nothing was changed: ${error.message}`)
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new CommandProblem(`There is no file ${archive}.`)
  return error
}

const say = ({ rows, tables, files, head, sessionsEnded }: Restored) =>
  `Restored ${rows} rows of ${tables} tables and ${files} files, as they were on ${head.madeAt}. ${sessionsEnded} sessions were ended.`

const command: Command = {
  usage,
  async run(args, io) {
    const { archive, json } = wishOf(args)
    const config = configOf(io)
    const connections = await connect(config)
    try {
      await migrate({ ownerUrl: connections.urls.owner, workerUrl: connections.urls.worker })
      const line = progressLine(io)
      const restored = await restoreBackup(placeOf(config, connections), archive, ({ what, rows }) => line.say(`${rows} rows  ${what}`))
        .catch(error => { throw problemOf(error, archive) }).finally(line.end)
      if (json) io.out(JSON.stringify(restored))
      else {
        io.out(say(restored))
        sayAudit(restored.audit, io)
      }
      return restored.audit.isSound ? 0 : 1
    } finally {
      await connections.close()
    }
  },
}
export default command
