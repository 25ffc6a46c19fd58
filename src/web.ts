import { randomUUID } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { answerHooks } from '#integrations/ehr-hl7v2/answer-hooks.ts'
import { answerTwilio } from '#integrations/twilio/answer-hooks.ts'
import { answerCalendars } from '#integrations/calendar-feed/answer-calendars.ts'
import { answerMailHooks } from '#integrations/mail-reports/answer-hooks.ts'
import { problemView } from '#home/pages/problem.tsx'
import { serveKeys } from '#integrations/ehr-fhir-pull/serve-keys.ts'
import { assetsDir } from '#platform/assets.ts'
import { openFrontDoor } from '#platform/front-door.ts'
import type { House } from '#platform/house.ts'
import { keepApart } from '#platform/keep-apart.ts'
import { metricsOf } from '#platform/metrics.ts'
import { placeOf } from '#platform/place.ts'
import { isReady } from '#platform/ready.ts'
import { finish, toResponse } from '#platform/send-answer.ts'
import { serveAssets } from '#platform/serve-assets.ts'
import { serveLive } from '#platform/serve-live.ts'
import { hasSpanish, pages, streams } from './routes.ts'

type Vars = { Variables: { requestId: string } }

/** The front door. The order in which things are mounted is the security model. */
export function makeWeb(house: House): Hono {
  const app = new Hono<Vars>()
  const { log, config } = house
  const metrics = config.metricsPort === undefined ? undefined : metricsOf(house)

  const notFound = (c: Context<Vars>) => {
    const locale = c.req.path === '/es' || c.req.path.startsWith('/es/') ? 'es' : 'en'
    const answer = problemView('not-found', { locale, face: 'site', requestId: c.get('requestId'), house })
    const finished = finish(answer, { isHttps: config.isHttps, isPrivate: true, place: placeOf(config, c.req.header('host')) })
    return toResponse({ ...finished, status: 404 })
  }

  app.use(async (c, next) => {
    const requestId = randomUUID()
    const start = performance.now()
    c.set('requestId', requestId)
    await next()
    c.res.headers.set('x-request-id', requestId)
    log.info('request', { requestId, method: c.req.method, route: c.req.routePath, status: c.res.status, durationMs: Math.round((performance.now() - start) * 10) / 10 })
    metrics?.countRequest({ method: c.req.method, route: c.req.routePath, status: c.res.status, seconds: (performance.now() - start) / 1_000 })
  })

  app.get('/healthz', c => c.text('ok'))
  app.get('/readyz', async c => ((await isReady(house)) ? c.text('ready') : c.text('not ready', 503)))
  keepApart(app as unknown as Hono, config, c => notFound(c as Context<Vars>))
  serveKeys(app as unknown as Hono, house)
  answerHooks(app as unknown as Hono, house)
  answerTwilio(app as unknown as Hono, house)
  answerMailHooks(app as unknown as Hono, house)
  answerCalendars(app as unknown as Hono, house)
  serveAssets(app as unknown as Hono, { folder: assetsDir, isHttps: config.isHttps })
  serveLive(app as unknown as Hono, house, streams)
  openFrontDoor(app as unknown as Hono, pages, { house, problemView, hasSpanish })

  app.notFound(notFound)
  return app as unknown as Hono
}
