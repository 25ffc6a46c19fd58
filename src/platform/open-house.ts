import type { Config } from '#platform/config.ts'
import { makeFileStore } from '#platform/files.ts'
import type { House } from '#platform/house.ts'
import type { Keys } from '#platform/keys.ts'
import { LiveHub } from '#platform/live-hub.ts'
import type { Log } from '#platform/log.ts'
import { makePool } from '#platform/pools.ts'
import type { Shell } from '#platform/shell.ts'
import { SiteCache } from '#platform/site-cache.ts'

type Parts = { config: Config; keys: Keys; log: Log; appUrl: string; isDemo: boolean; shell: Shell; now?: () => Date }

/** Makes what one process holds: pools as rapport_app, keys, files, the page cache. */
export function openHouse({ config, keys, log, appUrl, isDemo, shell, now = () => new Date() }: Parts): { house: House; close: () => Promise<void> } {
  const pool = makePool(appUrl, { max: config.poolSize, name: 'rapport app' })
  const apartPool = makePool(appUrl, { max: 3, name: 'rapport apart' })
  const house: House = {
    config, pool, apartPool, keys, log, isDemo, shell, now,
    files: makeFileStore({ folder: config.dataDir, keys }),
    siteCache: new SiteCache(),
    live: new LiveHub({ pool: apartPool, now, log }),
  }
  return { house, close: async () => { await Promise.all([pool.end(), apartPool.end()]) } }
}
