import { randomUUID } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, Hono } from 'hono'
import { auditDenial } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { transactionOn } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import type { LiveTopic } from '#platform/live-hub.ts'
import { may } from '#platform/permission.ts'
import { errorFields } from '#platform/log.ts'
import { placeFor } from '#platform/place.ts'
import { securityHeaders } from '#platform/security-headers.ts'
import { actorOf, enterAs, hashToken, sessionFrom, tokenFrom, type Face } from '#platform/session.ts'

/** Addresses below a face at which open screens hear of a topic. */
export type Streams = Record<string, LiveTopic>

/** Server-sent events: a session's, asked for by a page of ours. Never squeezed, never gathered by a proxy. */
export function serveLive(app: Hono, house: House, streams: Streams): void {
  const own = securityHeaders({ isHttps: house.config.isHttps, isPrivate: true, hasIsland: false })
  const plain = { ...own, 'content-type': 'text/plain; charset=utf-8' }
  const headers = { ...own, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' }
  for (const [path, topic] of Object.entries(streams)) {
    app.get(path, async (c: Context) => {
      const from = c.req.header('sec-fetch-site')
      if (from !== undefined && from !== 'same-origin') return new Response('not from our pages\n', { status: 403, headers: plain })
      const token = tokenFrom(c.req.header('cookie'), house.config.isHttps)
      const who = await comeIn(c, house, topic, token).catch((error: Error) => { house.log.error('live stream refused', errorFields(error)); return { status: 503 } })
      if (typeof who === 'object' && 'status' in who) return new Response('no\n', { status: who.status, headers: { ...plain, ...(who.status === 503 && { 'retry-after': '5' }) } })
      if (c.req.method === 'HEAD') return new Response(null, { headers })
      const { outgoing } = c.env as HttpBindings
      const isOpen = house.live.open({ ...topic, token: hashToken(token!), face: faceOf(topic), patientId: who.patientId, response: outgoing as never }, headers)
      return isOpen ? RESPONSE_ALREADY_SENT : new Response('full\n', { status: 503, headers: { ...plain, 'retry-after': '30' } })
    })
    app.all(path, () => new Response('get it\n', { status: 405, headers: { ...plain, allow: 'GET, HEAD' } }))
  }
}

const faceOf = (topic: LiveTopic): Face => (topic.for === 'patient' ? 'portal' : 'console')

/** As into a page, and it keeps no session alive. 401: nobody's session; 403: not theirs to hear. */
function comeIn(c: Context, house: House, topic: LiveTopic, token: string | undefined): Promise<{ patientId: string | undefined } | { status: number }> {
  const [face, now] = [faceOf(topic), house.now()]
  return transactionOn({ pool: house.pool, begin: enterAs(token, face, now, { isQuiet: true }) }, async (db, rows) => {
    const session = token ? sessionFrom(rows[0]) : undefined
    const actor = actorOf(session, face, rows[0])
    if (!session) return { status: 401 }
    const ctx = { db, actor: actor ?? { kind: 'visitor' }, now: () => now, log: house.log, requestId: (c.get('requestId') as string | undefined) ?? randomUUID(), house, origin: placeFor(house.config, c.req.header('host'), face).origin, session } as Ctx
    if (actor && (topic.for === 'patient' || may(ctx, topic.for.staff))) return { patientId: 'patientId' in actor ? actor.patientId : undefined }
    if (actor) await auditDenial(ctx, 'access.denied', { detail: { page: c.req.routePath } })
    return { status: 403 }
  })
}
