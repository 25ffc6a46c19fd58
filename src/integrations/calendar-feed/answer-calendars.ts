import { hash, randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { clientAddressOf } from '#platform/client-address.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, poolDb } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { patientNames } from '#records'
import { openFeed, readFeed } from '#scheduling'

const closed = { 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' }
function feedCtx(house: House): Ctx<SystemActor> {
  const now = house.now()
  return { db: poolDb(house.pool), actor: { kind: 'system', job: 'scheduling.feed' }, now: () => now, log: house.log, requestId: randomUUID(), house }
}

/** A clinician's own schedule, for a calendar that comes with its secret address: the whole of it, or that nothing has changed. The address stands in no log: the route does. */
export function answerCalendars(app: Hono, house: House): void {
  app.get('/calendar/:file', async c => {
    const token = /^([\w-]{1,100})\.ics$/.exec(c.req.param('file'))?.[1] ?? ''
    const ctx = feedCtx(house)
    const turn = await takeTurn(ctx, 'calendar-feed', { address: clientAddressOf(c, house.config), ...(token && { account: token }) })
    if (!turn.ok) return c.body(null, 429, { ...closed, 'retry-after': String(turn.retryAfterSeconds) })
    const known = c.req.header('if-none-match') ?? ''
    const found = await inTransaction(ctx, async tx => {
      const feed = await openFeed(tx, token)
      if (!feed) return undefined
      const { text, note } = await readFeed(tx, feed, patientNames)
      const etag = `"${hash('sha256', text, 'hex').slice(0, 32)}"`
      const isKnown = known.split(',').some(one => one.trim().replace(/^W\//, '') === etag)
      if (!isKnown) await note()
      return { text: isKnown ? null : text, etag }
    })
    if (!found) return c.body(null, 404, closed)
    return found.text === null ? c.body(null, 304, { ...closed, etag: found.etag }) : c.body(found.text, 200, { ...closed, etag: found.etag, 'content-type': 'text/calendar; charset=utf-8' })
  })
}
