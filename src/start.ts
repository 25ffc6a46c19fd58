import type { Config } from '#platform/config.ts'
import { contentEar } from '#platform/content-version.ts'
import type { House } from '#platform/house.ts'
import { keepHearing } from '#platform/keep-hearing.ts'
import type { Keys } from '#platform/keys.ts'
import { listen } from '#platform/listen.ts'
import type { Log } from '#platform/log.ts'
import { metricsOf, serveMetrics } from '#platform/metrics.ts'
import { openHouse } from '#platform/open-house.ts'
import { backupJob } from '#platform/run-backup.ts'
import { keepSealing } from '#platform/seal-audit.ts'
import { closeMailLine } from '#platform/carry-mail.ts'
import { serveMllp } from '#integrations/ehr-hl7v2/serve-mllp.ts'
import { hookPaths } from '#integrations/twilio/answer-hooks.ts'
import { shell } from '#home/shell.tsx'
import { jobs } from './jobs.ts'
import { makeWeb } from './web.ts'
import { startWorker } from './worker.ts'

export type Part = 'web' | 'worker' | 'feeds'
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
export async function start({ config, keys, log, urls, isDemo, parts = ['web', 'worker', 'feeds'], now }: StartOptions): Promise<Started> {
  const { house, close } = openHouse({ config, keys, log, appUrl: urls.app, isDemo, shell, ...(now && { now }) })
  // Loaded where texts leave from alone: its client is large.
  if (config.twilio) house.textLine = (await import('#integrations/twilio/send-text.ts')).twilioLine(config.twilio, `${config.publicUrl}${hookPaths.status}`)
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const stopPart of stops) await stopPart()
    await close()
  }
  try {
    if (parts.includes('worker')) stops.push(...await startWork(house, urls))
    const serving = parts.includes('web') ? await startServing(house, urls.app) : undefined
    if (serving) stops.unshift(...serving.stops)
    if (parts.includes('feeds') && config.hl7) stops.unshift((await serveMllp(house)).stop)
    if (config.metricsPort !== undefined) stops.push((await serveMetrics(house, config.metricsPort)).stop)
    return { house, port: serving?.port, stop }
  } catch (error) {
    await stop()   // half a house would keep the process alive
    throw error
  }
}

type Stop = () => Promise<void>

async function startWork(house: House, { owner, worker: workerUrl }: StartOptions['urls']): Promise<Stop[]> {
  const worker = await startWorker(house, owner ? [...jobs, backupJob({ owner, worker: workerUrl })] : jobs, { workerUrl })
  const sealer = keepSealing(house, { onPass: metricsOf(house).countSeals })
  return [worker.stop, sealer.stop, async () => closeMailLine(house)]
}

async function startServing(house: House, url: string): Promise<{ port: number; stops: Stop[] }> {
  const follower = keepHearing({ url, ears: [contentEar(house.siteCache), house.live.ear()], log: house.log })
  try {
    await follower.ready
    const server = await listen(makeWeb(house), house, { port: house.config.port, host: house.config.host })
    return { port: server.port, stops: [async () => house.live.stop(), server.stop, follower.stop] }
  } catch (error) {
    await follower.stop()
    throw error
  }
}
