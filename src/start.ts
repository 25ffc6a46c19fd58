import type { Config } from '#platform/config.ts'
import { followContent } from '#platform/content-version.ts'
import type { House } from '#platform/house.ts'
import type { Keys } from '#platform/keys.ts'
import { listen } from '#platform/listen.ts'
import type { Log } from '#platform/log.ts'
import { openHouse } from '#platform/open-house.ts'
import { keepSealing } from '#platform/seal-audit.ts'
import { shell } from '#home/shell.tsx'
import { jobs } from './jobs.ts'
import { makeWeb } from './web.ts'
import { startWorker } from './worker.ts'

export type Part = 'web' | 'worker'
export type StartOptions = {
  config: Config
  keys: Keys
  log: Log
  urls: { app: string; worker: string }
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
    const worker = await startWorker(house, jobs, { workerUrl: urls.worker })
    const sealer = keepSealing(house)
    stops.push(worker.stop, sealer.stop)
  }
  if (parts.includes('web')) {
    const follower = followContent({ url: urls.app, cache: house.siteCache, log })
    await follower.ready
    const server = await listen(makeWeb(house), house, { port: config.port, host: config.host })
    port = server.port
    stops.unshift(server.stop, follower.stop)
  }
  return {
    house, port,
    async stop() {
      for (const stopPart of stops) await stopPart()
      await close()
    },
  }
}
