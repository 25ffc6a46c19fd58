import pg from 'pg'
import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { afterCommit } from '#platform/db.ts'
import { errorFields, type Log } from '#platform/log.ts'
import type { SiteCache } from '#platform/site-cache.ts'

/** Says, in the writer's transaction, that the public pages have a new edition. This process forgets the old one before it answers. */
export async function bumpContent(tx: Ctx): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    update platform.content_version set version = version + 1 returning version
  `.execute(tx.db.kysely)
  const edition = rows[0]!.version
  await afterCommit(tx, () => tx.house.siteCache.turnTo(edition))
}

/** Listens for new editions written by other processes. While the line is down the cache is bypassed. */
export function followContent({ url, cache, log }: { url: string; cache: SiteCache; log: Log }): { stop: () => Promise<void>; ready: Promise<void> } {
  let isStopped = false
  let client: pg.Client | undefined
  let again: NodeJS.Timeout | undefined

  async function listen(): Promise<void> {
    const line = new pg.Client({ connectionString: url, application_name: 'rapport listener', keepAlive: true, connectionTimeoutMillis: 5_000 })
    client = line
    const lost = (error?: Error) => {
      if (client !== line) return
      client = undefined
      cache.isListening = false
      if (isStopped) return
      if (error) log.warn('content listener lost', errorFields(error))
      line.end().catch(() => {})
      again = setTimeout(() => void listen(), 500)
    }
    line.on('error', lost)
    line.on('end', () => lost())
    line.on('notification', message => cache.turnTo(Number(message.payload)))
    try {
      await line.connect()
      await line.query('listen rapport_content')
      const { rows } = await line.query<{ version: number }>('select version from platform.content_version')
      cache.clear()
      cache.turnTo(Number(rows[0]!.version))
      cache.isListening = true
    } catch (error) {
      lost(error as Error)
    }
  }
  const ready = listen()
  return {
    ready,
    async stop() {
      isStopped = true
      cache.isListening = false
      clearTimeout(again)
      await client?.end().catch(() => {})
    },
  }
}
