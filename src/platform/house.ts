import type { Pool } from 'pg'
import type { Carried } from '#platform/carry-mail.ts'
import type { Config } from '#platform/config.ts'
import type { FileStore } from '#platform/files.ts'
import type { Keys } from '#platform/keys.ts'
import type { LiveHub } from '#platform/live-hub.ts'
import type { Log } from '#platform/log.ts'
import type { Shell } from '#platform/shell.ts'
import type { SiteCache } from '#platform/site-cache.ts'

/** What one process holds for its whole life. Made once in main, handed down in ctx. */
export type House = {
  config: Config
  /** Requests and jobs run here, as rapport_app. */
  pool: Pool
  /** A few connections for transactions that must stand apart from the request's own: denials, rate limits. */
  apartPool: Pool
  keys: Keys
  files: FileStore
  log: Log
  siteCache: SiteCache
  /** Screens that are open in this process. */
  live: LiveHub
  shell: Shell
  isDemo: boolean
  /** Who carries texts; without it they stay in the outbox. */
  textLine?: TextLine | undefined
  now: () => Date
}

/** Hands a text over and says under what number the carrier knows it. Throws with `code`, and `permanent` when this text never goes. */
export type TextLine = { send: (carried: Carried) => Promise<{ vendorId: string }> }
