import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { afterCommit } from '#platform/db.ts'
import type { Ear } from '#platform/keep-hearing.ts'
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
export const contentEar = (cache: SiteCache): Ear => ({
  channel: 'rapport_content',
  async opened(line) {
    const { rows } = await line.query<{ version: number }>('select version from platform.content_version')
    cache.clear()
    cache.turnTo(Number(rows[0]!.version))
    cache.isListening = true
  },
  heard: payload => cache.turnTo(Number(payload)),
  lost() { cache.isListening = false },
})
