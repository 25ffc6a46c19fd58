import { checkRoles } from '#platform/connect.ts'
import type { Config } from '#platform/config.ts'
import { makeLog } from '#platform/log.ts'
import { openHouse } from '#platform/open-house.ts'
import { forgetRunning, writeRunning } from '#platform/run-file.ts'
import { shell } from '#home/shell.tsx'
import { start, type Part } from '#root/start.ts'
import { makeDemo } from '#demo/make-demo.ts'
import { CommandProblem, UsageProblem, type Command, type Io } from './command.ts'
import { configOf } from './config-of.ts'
import { openDatabase, type OpenDatabase } from './open-database.ts'
import { sayDemo } from './say-demo.ts'

const usage = `npx rapport serve [web] [worker] [feeds]

Runs the site, the portal and the console (web) the background jobs (worker), and HL7 v2 on HL7_PORT,
where that is set (feeds); all of them, when none is named.
Without DATABASE_URL it runs its own PostgreSQL in DATA_DIR. A fresh one becomes a demo; \`npx rapport setup\` makes a practice.
Ctrl-C stops it: requests and jobs under way are finished first.`

function partsOf(args: readonly string[]): readonly Part[] {
  const unknown = args.find(arg => arg !== 'web' && arg !== 'worker' && arg !== 'feeds')
  if (unknown) throw new UsageProblem(`serve does not know "${unknown}".`)
  return args.length === 0 ? ['web', 'worker', 'feeds'] : args as Part[]
}

/** Makes the demo practice before the doors open, the first time. */
async function furnishDemo(config: Config, database: OpenDatabase, io: Io): Promise<void> {
  const { house, close } = openHouse({ config, keys: database.keys, log: makeLog('silent'), appUrl: database.urls.app, isDemo: true, shell })
  try {
    await makeDemo({ house, config, say: line => io.out(line) })
  } finally {
    await close()
  }
}

const command: Command = {
  usage,
  async run(args, io) {
    const parts = partsOf(args)
    const config = configOf(io)
    const begun = performance.now()
    const stopping = stopSignal()
    const database = await openDatabase(config, 'demo', { onLost: stopping.lost })
    try {
      await checkRoles(database)
      if (database.isDemo && !stopping.isAsked()) await furnishDemo(config, database, io)
      if (stopping.isAsked()) return 0
      const log = makeLog(io.isTerminal ? 'warn' : config.logLevel)
      const started = await start({ config, keys: database.keys, log, urls: database.urls, isDemo: database.isDemo, parts })
      const url = addressOf(config, started.port)
      writeRunning(config.dataDir, { pid: process.pid, startedAt: new Date().toISOString(), parts, ...(url && { url }), ...(started.port && { port: started.port }), database: { isEmbedded: database.isEmbedded, place: database.place } })
      announce(io, database, config, url, performance.now() - begun)
      if (database.isDemo) sayDemo(config, io)
      const why = await stopping.signal
      log.info('stopping', { signal: why })
      await started.stop()
      if (why === 'lost') throw new CommandProblem(`Another \`rapport serve\` took over ${config.dataDir} while the database was away: this one stopped.`)
    } finally {
      forgetRunning(config.dataDir)
      await database.close()
    }
    return 0
  },
}
export default command

/** Where a person finds it: the public address, or, where the port was left to the machine, this one. */
function addressOf({ publicUrl }: Config, port: number | undefined): string | undefined {
  if (port === undefined) return undefined
  return new URL(publicUrl).port === '0' ? `http://127.0.0.1:${port}` : publicUrl
}

function announce(io: Io, database: OpenDatabase, config: Config, url: string | undefined, tookMs: number): void {
  io.out(`\nRapport is ready after ${(tookMs / 1_000).toFixed(1)} s. The data lies in ${database.place}.`)
  if (url) io.out(`\n  Site      ${url}/\n  Portal    ${config.portalUrl ?? url}/portal\n  Console   ${config.consoleUrl ?? url}/console`)
}

/** The first signal stops the house in order. A terminal sends it to every process of ours, so it can come twice; after five seconds a second one is meant. */
function stopSignal(): { signal: Promise<string>; isAsked: () => boolean; lost: () => void } {
  const { promise, resolve } = Promise.withResolvers<string>()
  let firstAt: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (firstAt !== undefined && performance.now() - firstAt > 5_000) process.exit(1)
      firstAt ??= performance.now()
      resolve(signal)
    })
  }
  // The wrapper was killed. Waiting to hear of it is no reason to stay.
  process.once('disconnect', () => { firstAt ??= performance.now(); resolve('disconnect') })
  process.channel?.unref()
  return { signal: promise, isAsked: () => firstAt !== undefined, lost: () => resolve('lost') }
}
