import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import type { Answer } from '#platform/answer.ts'
import { auditDenial } from '#platform/audit.ts'
import { clientAddressOf } from '#platform/client-address.ts'
import type { Actor, Ctx, SessionFacts } from '#platform/ctx.ts'
import { poolDb, speakFor, transactionOn, type Db } from '#platform/db.ts'
import { NotAllowed } from '#platform/errors.ts'
import type { House } from '#platform/house.ts'
import { once } from '#platform/idempotency.ts'
import { errorFields } from '#platform/log.ts'
import type { Page, PageRequest, Pages } from '#platform/page.tsx'
import { placeFor, type Front, type Place } from '#platform/place.ts'
import { isTakenAway, problemOf, Refusal, statusOf, type Problem } from '#platform/problems.ts'
import { isFromOurPages, isQuiet, queryOf, readForm } from '#platform/read-request.ts'
import { securityHeaders } from '#platform/security-headers.ts'
import { finish, pickForm, squeeze, toCachedPage, toResponse } from '#platform/send-answer.ts'
import { actorOf, enterAs, sessionFrom, tokenFrom, type Face } from '#platform/session.ts'
import type { Locale } from '#platform/words.ts'

export type FrontDoor = {
  house: House
  /** What a person reads when something went wrong. `face` says which layout. */
  problemView: (problem: Problem, facts: { locale: Locale; face: Front; requestId: string; house: House }) => Answer
  /** Paths that are written once and served in Spanish below /es as well. */
  hasSpanish: (path: string) => boolean
}

const hour = 3_600_000
const faceOf = (page: Page): Front => (page.for === 'visitor' ? 'site' : page.for === 'patient' ? 'portal' : 'console')

/** Carries an answer out of a transaction that must not be kept. */
class UndoneBut extends Error {
  readonly answer: Answer
  constructor(answer: Answer) { super('undone'); this.answer = answer }
}

export function openFrontDoor(app: Hono, pages: Pages, door: FrontDoor): void {
  const visitorDb = poolDb(door.house.pool)
  const refusal = securityHeaders({ isHttps: door.house.config.isHttps, isPrivate: true, hasIsland: false })
  for (const [path, page] of Object.entries(pages)) {
    const editions: [string, Locale][] = [[path, 'en']]
    if (page.for === 'visitor' && door.hasSpanish(path)) editions.push([path === '/' ? '/es' : `/es${path}`, 'es'])
    for (const [address, locale] of editions) {
      const visit = new Visit(door, page, locale, visitorDb)
      app.get(address, c => visit.answer(c, 'GET'))
      if (page.post) app.post(address, c => visit.answer(c, 'POST'))
      app.all(address, () => toResponse({ status: 405, headers: { ...refusal, allow: page.post ? 'GET, HEAD, POST' : 'GET, HEAD' }, body: null }))
    }
  }
}

/** `locale` is the page's, and the session's as soon as that is known: a refusal speaks it too. */
type Call = { c: Context; request: PageRequest; requestId: string; now: Date; locale: Locale; place: Place }

class Visit {
  readonly door: FrontDoor
  readonly page: Page
  readonly locale: Locale
  readonly visitorDb: Db
  constructor(door: FrontDoor, page: Page, locale: Locale, visitorDb: Db) {
    this.door = door
    this.page = page
    this.locale = locale
    this.visitorDb = visitorDb
  }

  async answer(c: Context, method: 'GET' | 'POST'): Promise<Response> {
    const { house } = this.door
    const call = this.#callOf(c)
    const isPrivate = !(this.page.for === 'visitor' && this.page.isCached)
    const { config: { isHttps } } = house
    const { place } = call
    try {
      if (method === 'GET' && this.page.for === 'visitor' && this.page.isCached) return await this.#cached(call)
      const { answer } = method === 'GET' ? await this.#get(call) : await this.#post(call)
      return toResponse(await squeeze(finish(answer, { isHttps, isPrivate, place }), c.req.header('accept-encoding') ?? ''))
    } catch (error) {
      return toResponse(finish(this.#problem(error, call), { isHttps, isPrivate: true, place }))
    }
  }

  #callOf(c: Context): Call {
    const { house } = this.door
    const url = new URL(c.req.url)
    const place = placeFor(house.config, c.req.header('host'), faceOf(this.page))
    const requestId = (c.get('requestId') as string | undefined) ?? randomUUID()
    const request: PageRequest = {
      url, params: c.req.param() as Record<string, string>, query: queryOf(url), locale: this.locale,
      clientAddress: clientAddressOf(c, house.config),
      token: this.page.for === 'visitor' && this.page.isCached ? undefined : tokenFrom(c.req.header('cookie'), house.config.isHttps),
      userAgent: (c.req.header('user-agent') ?? '').slice(0, 300),
      isHere: place.isHere,
    }
    return { c, request, requestId, now: house.now(), locale: this.locale, place }
  }

  #ctx(db: Db, actor: Actor, { c, requestId, now, place }: Call, session?: SessionFacts): Ctx<never> {
    const { house } = this.door
    return { db, actor, now: () => now, log: house.log, requestId, house, origin: place.origin, ...(session && { session }), ...(isQuiet(c) && { isQuiet: true }) } as Ctx<never>
  }

  /** A public page: from the cache, or made and kept while the edition it was read from is still the current one. */
  async #cached(call: Call): Promise<Response> {
    const { siteCache, config } = this.door.house
    const { url } = call.request
    const key = url.pathname
    const edition = siteCache.edition
    let page = url.search === '' ? siteCache.find(key, call.now) : undefined
    if (!page) {
      const answer = await this.page.get(this.#ctx(this.visitorDb, { kind: 'visitor' }, call), call.request)
      const validUntil = ('validUntil' in answer && answer.validUntil) || new Date(call.now.getTime() + hour)
      page = await toCachedPage(finish(answer, { isHttps: config.isHttps, isPrivate: false, place: call.place }), validUntil)
      if (page.status === 200 && url.search === '') siteCache.keep(key, page, edition)
    }
    const { body, encoding } = pickForm(page, call.c.req.header('accept-encoding') ?? '')
    if (call.c.req.header('if-none-match') === page.etag) return new Response(null, { status: 304, headers: { etag: page.etag } })
    return new Response(body as BodyInit, { status: page.status, headers: { ...page.headers, ...(encoding && { 'content-encoding': encoding }) } })
  }

  async #get(call: Call): Promise<{ answer: Answer }> {
    const { page } = this
    if (page.for === 'visitor') return { answer: await page.get(this.#ctx(this.visitorDb, { kind: 'visitor' }, call), call.request) }
    return this.#entered(call, async (ctx, request) => page.get(ctx, request))
  }

  async #post(call: Call): Promise<{ answer: Answer }> {
    const { page, door: { house } } = this
    const { c } = call
    if (!isFromOurPages(c.req.raw.headers, call.place.isApart ? [call.place.origin] : house.config.origins, c.req.header('host'))) throw new Refusal('not-ours')
    const read = await readForm(c, page.mostBytes ?? 100_000)
    if (!read.ok) throw new Refusal('too-large', read.status)
    const act = async (ctx: Ctx<never>, request: PageRequest): Promise<Answer> => {
      const claim = await once(ctx, read.form)
      if (!claim.isFirst) {
        if ('isDifferent' in claim) throw new Refusal('sent-twice')
        return { seeOther: claim.location ?? request.url.pathname }
      }
      const answer = await page.post!(ctx, read.form, request)
      if ('status' in answer && (answer.status ?? 200) >= 400) throw new UndoneBut(answer)
      if ('seeOther' in answer) await claim.settle(answer.seeOther)
      return answer
    }
    if (page.for !== 'visitor') return this.#entered(call, act)
    const visitor = { kind: 'visitor' } as const
    if (page.ownTransaction) return { answer: await page.post!(this.#ctx(this.visitorDb, visitor, call), read.form, call.request) }
    return this.#undoable(() => transactionOn({ pool: house.pool, begin: speakFor(visitor, call.now) },
      async db => ({ answer: await act(this.#ctx(db, visitor, call), call.request) })))
  }

  /** One transaction whose first round trip finds the session and sets the actor. */
  #entered(call: Call, act: (ctx: Ctx<never>, request: PageRequest) => Promise<Answer>): Promise<{ answer: Answer }> {
    const face = faceOf(this.page) as Face
    const { token } = call.request
    const begin = enterAs(token, face, call.now, { isQuiet: isQuiet(call.c) })
    return this.#undoable(() => transactionOn({ pool: this.door.house.pool, begin }, async (db, rows) => {
      const session = token ? sessionFrom(rows[0]) : undefined
      const actor = actorOf(session, face, rows[0])
      if (!session || !actor) return { answer: this.#signInFirst(call, session) }
      call.locale = face === 'portal' ? session.locale : 'en'
      const ctx = this.#ctx(db, actor, call, session)
      if (actor.kind === 'staff' && !actor.roles.some(role => this.#allowedRoles().includes(role))) {
        await auditDenial(ctx, 'access.denied', { detail: { page: call.c.req.routePath } })
        throw new NotAllowed()
      }
      return { answer: await act(ctx, { ...call.request, locale: call.locale }) }
    }))
  }

  #allowedRoles(): readonly string[] {
    const { page } = this
    return typeof page.for === 'object' ? page.for.staff.roles : []
  }

  async #undoable<T>(work: () => Promise<T>): Promise<T | { answer: Answer }> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof UndoneBut) return { answer: error.answer }
      throw error
    }
  }

  /** To the sign-in page and, after it, back to what was asked for by GET. */
  #signInFirst({ c, request }: Call, session: SessionFacts | undefined): Answer {
    if (session && this.page.for !== 'patient' && session.roles.length > 0) return { seeOther: '/sign-in/second-factor' }
    if (session) return { seeOther: session.roles.length > 0 ? '/console' : session.actingFor ? '/portal' : '/sign-in' }
    const next = c.req.method === 'GET' ? `?next=${encodeURIComponent(request.url.pathname)}` : ''
    return { seeOther: `/sign-in${next}` }
  }

  #problem(error: unknown, { requestId, locale }: Call): Answer {
    const problem = problemOf(error)
    if (problem === 'surprise' || problem === 'no-database' || isTakenAway(error)) this.door.house.log.error('request failed', { requestId, ...errorFields(error) })
    const view = this.door.problemView(problem, { locale, face: faceOf(this.page), requestId, house: this.door.house })
    // A body that was not read to its end must not be followed by another request on the same line.
    const headers = problem === 'too-large' ? { connection: 'close' } : {}
    return 'element' in view ? { ...view, headers, status: (error instanceof Refusal && error.status) || statusOf[problem] } : view
  }
}
