import { createHash, timingSafeEqual } from 'node:crypto'
import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { clientAddressOf } from '#platform/client-address.ts'
import { mailOfMessageId } from '#platform/carry-mail.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, poolDb } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { words } from '#platform/words.ts'
import { hearOutcome, mailOfToken, stopNews } from '#notices'
import { readMailReport } from './read-report.ts'

const closed = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
export const hookCtx = (house: House): Ctx<SystemActor> => {
  const now = house.now()
  return { db: poolDb(house.pool), actor: { kind: 'system', job: 'notices.hear' }, now: () => now, log: house.log, requestId: crypto.randomUUID(), house }
}
const sameSecret = (one: string, other: string) => timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest())

/** What mail servers and inboxes say of our mails: bounces and complaints of mails that carry our keyed number (anybody can write a bounce), and the one click that ends mails (RFC 8058). A GET changes nothing: scanners follow every link. */
export function answerMailHooks(app: Hono, house: House): void {
  app.post('/hooks/mail', bodyLimit({ maxSize: 1_000_000, onError: c => c.body(null, 413, closed) }), async c => {
    const token = house.config.mailHookToken
    const given = /^Bearer (.{1,200})$/.exec(c.req.header('authorization') ?? '')?.[1]
    if (!token || !given || !sameSecret(token, given)) {
      const turn = await takeTurn(hookCtx(house), 'sign-in', { address: clientAddressOf(c, house.config) })
      return c.body(null, turn.ok ? 401 : 429, closed)
    }
    const report = readMailReport(await c.req.text())
    const mailId = report?.messageIds.map(one => mailOfMessageId(house, one)).find(one => one !== undefined)
    if (report && mailId) await inTransaction(hookCtx(house), tx => hearOutcome(tx, { mailId }, report.outcome, report.code))
    return c.body(null, mailId ? 204 : 202, closed)
  })
  app.post('/hooks/stop/:token', bodyLimit({ maxSize: 10_000, onError: c => c.body(null, 413, closed) }), async c => {
    const mailId = mailOfToken({ house }, c.req.param('token'))
    if (mailId) await inTransaction(hookCtx(house), tx => stopNews(tx, mailId, { words: words('en')('notices.stop.one-click'), locale: 'en' }))
    return c.body(null, mailId ? 200 : 404, closed)
  })
  app.get('/hooks/stop/:token', c => c.redirect(`/stop/${c.req.param('token').slice(0, 200)}`, 303))
}
