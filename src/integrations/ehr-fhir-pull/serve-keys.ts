import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { poolDb } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { securityHeaders } from '#platform/security-headers.ts'
import { publicKeys } from './signing-keys.ts'

export const keysPath = '/.well-known/jwks.json'

/** Our public keys, for machines: an EHR looks here which signature is ours. */
export function serveKeys(app: Hono, house: House): void {
  app.get(keysPath, async () => {
    const now = house.now()
    const ctx: Ctx<VisitorActor> = { db: poolDb(house.pool), actor: { kind: 'visitor' }, now: () => now, log: house.log, requestId: randomUUID(), house }
    const headers = { ...securityHeaders({ isHttps: house.config.isHttps, isPrivate: false, hasIsland: false }), 'content-type': 'application/json', 'cache-control': 'public, max-age=300' }
    return new Response(JSON.stringify(await publicKeys(ctx)), { headers })
  })
}
