import { verifyHouse } from '#platform/verify-house.ts'
import { UsageProblem, type Command } from './command.ts'
import { bar, progressLine } from './progress-line.ts'
import { sayAudit } from './say-audit.ts'
import { withHouse } from './with-house.ts'

const command: Command = {
  usage: `npx rapport audit verify [--json]

Checks every event against its seal, every seal against the one before, and the chain against the anchor file in DATA_DIR/audit.
Finds what was edited, deleted, reordered or cut off, and events that stay unsealed for more than 5 seconds. Changes nothing.`,
  run(args, io) {
    const unknown = args.find(arg => arg !== '--json')
    if (unknown) throw new UsageProblem(`audit verify does not know "${unknown}".`)
    return withHouse(io, async ({ house, database }) => {
      const line = progressLine(io)
      const report = await verifyHouse(house, database.urls.app, (done, total) => line.say(`${bar(done, total)}  ${done} of ${total} events`)).finally(line.end)
      if (args.includes('--json')) io.out(JSON.stringify(report))
      else sayAudit(report, io)
      return report.isSound ? 0 : 1
    })
  },
}
export default command
