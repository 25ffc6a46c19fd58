import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { backupPlaceOf, runBackup } from '#platform/run-backup.ts'
import { CommandProblem, UsageProblem, type Command } from './command.ts'
import { progressLine } from './progress-line.ts'
import { withHouse } from './with-house.ts'

const usage = `npx rapport backup [--to <folder>] [--json]

Writes one encrypted archive of everything (rows, jobs, files, audit anchors) into BACKUP_DIR or the folder named, reads it back to prove it,
and keeps the newest 30. People may go on working meanwhile. The archive opens only with the key in DATA_DIR/secrets/key, which is not in it:
keep a copy of that file somewhere else.`

function wishOf(args: readonly string[]): { to?: string; json?: boolean } {
  try {
    return parseArgs({ args: [...args], options: { to: { type: 'string' }, json: { type: 'boolean' } } }).values
  } catch (error) {
    throw new UsageProblem((error as Error).message)
  }
}

const command: Command = {
  usage,
  run: (args, io) => {
    const wish = wishOf(args)
    return withHouse(io, async ({ house, database, config }) => {
      if (wish.to) config.backupDir = resolve(wish.to)
      const place = backupPlaceOf(house, database.urls)
      if (!place) throw new CommandProblem('Say where to: set BACKUP_DIR, or give --to <folder>. Another disk or another machine is best.')
      const line = progressLine(io)
      const made = await runBackup(place, ({ what, rows, files }) => line.say(`${rows} rows, ${files} files  ${what}`)).finally(line.end)
      if (wish.json) io.out(JSON.stringify(made))
      else io.out(`Kept ${made.rows} rows of ${made.tables} tables and ${made.files} files in ${made.path} (${made.bytes} bytes), and read it back.\nIt opens only with the key in ${config.keyFile ?? `${config.dataDir}/secrets/key`}: keep a copy of that file somewhere else.`)
      if (made.missingFiles === 0) return 0
      io.err(`${made.missingFiles} files that the database knows are missing on the disk.`)
      return 1
    })
  },
}
export default command
