import type { Config } from '#platform/config.ts'
import { followContent } from '#platform/content-version.ts'
import type { House } from '#platform/house.ts'
import type { Keys } from '#platform/keys.ts'
import { listen } from '#platform/listen.ts'
import type { Log } from '#platform/log.ts'
import { metricsOf, serveMetrics } from '#platform/metrics.ts'
import { openHouse } from '#platform/open-house.ts'
import { backupJob } from '#platform/run-backup.ts'
import { keepSealing } from '#platform/seal-audit.ts'
import { closeMailLine } from '#platform/send-mail.ts'
import { shell } from '#home/shell.tsx'
import { jobs } from './jobs.ts'
import { makeWeb } from './web.ts'
import { startWorker } from './worker.ts'

export type Part = 'web' | 'worker'
export type StartOptions = {
  config: Config
  keys: Keys
  log: Log
  /** With the owner's address the nightly backup runs here. */
  urls: { app: string; worker: string; owner?: string }
  isDemo: boolean
  parts?: readonly Part[]
  now?: () => Date
}
export type Started = { house: House; port: number | undefined; stop: () => Promise<void> }

/** Opens the house and runs the asked-for parts of it in this process. Stopping finishes requests and jobs under way, in that order. */
export async function start({ config, keys, log, urls, isDemo, parts = ['web', 'worker'], now }: StartOptions): Promise<Started> {
  const { house, close } = openHouse({ config, keys, log, appUrl: urls.app, isDemo, shell, ...(now && { now }) })
  const stops: (() => Promise<void>)[] = []
  let port: number | undefined
  if (parts.includes('worker')) {
    const { owner, worker: workerUrl } = urls
    const worker = await startWorker(house, owner ? [...jobs, backupJob({ owner, worker: workerUrl })] : jobs, { workerUrl })
    const sealer = keepSealing(house, { onPass: metricsOf(house).countSeals })
    stops.push(worker.stop, sealer.stop, async () => closeMailLine(house))
  }
  if (parts.includes('web')) {
    const follower = followContent({ url: urls.app, cache: house.siteCache, log })
    await follower.ready
    const server = await listen(makeWeb(house), house, { port: config.port, host: config.host })
    port = server.port
    stops.unshift(server.stop, follower.stop)
  }
  if (config.metricsPort !== undefined) stops.push((await serveMetrics(house, config.metricsPort)).stop)
  return {
    house, port,
    async stop() {
      for (const stopPart of stops) await stopPart()
      await close()
    },
  }
}
