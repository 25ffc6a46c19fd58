import type { Context, Hono, Next } from 'hono'
import type { Config } from '#platform/config.ts'
import { baseOf, frontsOf, placeOf } from '#platform/place.ts'
import { securityHeaders } from '#platform/security-headers.ts'

const forMachines = /^\/(robots\.txt|sitemap\.xml|feed\.xml)$/

/**
 * With PORTAL_URL or CONSOLE_URL each face answers under its own address alone. A page of another face that is asked for with GET is found
 * there; nothing else is, since a form must not be carried from one face to another. A host that is none of ours gets nothing.
 * Mounted before every page. Reads the Host header as a name to compare; X-Forwarded-Host and the like are read nowhere.
 */
export function keepApart(app: Hono, config: Config, notFound: (c: Context) => Response): void {
  const headers = () => securityHeaders({ isHttps: config.isHttps, isPrivate: true, hasIsland: false })
  const goTo = (location: string) => new Response(null, { status: 308, headers: { ...headers(), location } })
  app.use(async (c: Context, next: Next) => {
    const place = placeOf(config, c.req.header('host'))
    if (!place) return new Response('misdirected request\n', { status: 421, headers: { ...headers(), 'content-type': 'text/plain; charset=utf-8' } })
    const { path } = c.req
    if (place.isHere(path)) return next()
    const isAsked = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (!isAsked || forMachines.test(path)) return notFound(c)
    if (/^\/(es\/?)?$/.test(path)) return goTo(place.origin + (place.has('portal') ? '/portal' : '/console'))
    const { pathname, search } = new URL(c.req.url)
    return goTo(baseOf(config, frontsOf(path)[0]!) + pathname + search)
  })
}
