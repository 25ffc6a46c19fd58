import { checkRoles } from '#platform/connect.ts'
import { makeLog } from '#platform/log.ts'
import { makeDemo } from '#demo/make-demo.ts'
import { start, type Part } from '#root/start.ts'
import { CommandProblem, UsageProblem, type Command, type Io } from './command.ts'
import { configOf } from './config-of.ts'
import { openDatabase, type OpenDatabase } from './open-database.ts'
import { sayDemo } from './say-demo.ts'

const usage = `npx rapport serve [web] [worker]

Runs the site, the portal and the console (web) and the background jobs (worker); both, when neither is named.
Without DATABASE_URL it runs its own PostgreSQL in DATA_DIR. A fresh one becomes a demo; \`npx rapport setup\` makes a practice.`

function partsOf(args: readonly string[]): readonly Part[] {
  const unknown = args.find(arg => arg !== 'web' && arg !== 'worker')
  if (unknown) throw new UsageProblem(`serve does not know "${unknown}".`)
  return args.length === 0 ? ['web', 'worker'] : args as Part[]
}

const command: Command = {
  usage,
  async run(args, io) {
    const parts = partsOf(args)
    const config = configOf(io)
    const begun = performance.now()
    const database = await openDatabase(config, 'demo')
    try {
      await checkRoles(database)
      const log = makeLog(io.isTerminal ? 'warn' : config.logLevel)
      if (database.isDemo) await makeDemo({ config, database, say: line => io.out(line) })
      const started = await start({ config, keys: database.keys, log, urls: database.urls, isDemo: database.isDemo, parts })
      announce(io, database, started.port, config.publicUrl, performance.now() - begun)
      if (database.isDemo) sayDemo(config, io)
      const signal = await stopSignal()
      log.info('stopping', { signal })
      await started.stop()
    } finally {
      await database.close()
    }
    return 0
  },
}
export default command

function announce(io: Io, database: OpenDatabase, port: number | undefined, publicUrl: string, tookMs: number): void {
  io.out(`\nRapport is ready after ${(tookMs / 1_000).toFixed(1)} s. The data lies in ${database.place}.`)
  if (port === undefined) return
  const url = new URL(publicUrl).port === '0' ? `http://127.0.0.1:${port}` : publicUrl
  io.out(`\n  Site      ${url}/\n  Portal    ${url}/portal\n  Console   ${url}/console`)
}

const stopSignal = () => new Promise<string>(resolve => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal))
})
