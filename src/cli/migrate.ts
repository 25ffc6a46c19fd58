import { connect } from '#platform/connect.ts'
import { migrate } from '#platform/migrate.ts'
import type { Command } from './command.ts'
import { configOf } from './config-of.ts'

const command: Command = {
  usage: 'npx rapport migrate\n\nApplies what is new in migrations/, in order. Safe to run twice, and by two processes at once.',
  async run(_args, io) {
    const connections = await connect(configOf(io))
    try {
      const done = await migrate({ ownerUrl: connections.urls.owner, workerUrl: connections.urls.worker })
      io.out(done.length === 0 ? 'The database is up to date.' : `Applied ${done.join(', ')}.`)
      return 0
    } finally {
      await connections.close()
    }
  },
}
export default command
