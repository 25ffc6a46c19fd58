import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { Hono } from 'hono'
import pg from 'pg'
import { audit } from '#platform/audit.ts'
import { bumpContent, contentEar } from '#platform/content-version.ts'
import { keepHearing, type Hearing } from '#platform/keep-hearing.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { openFrontDoor } from '#platform/front-door.ts'
import { listen, type Listening } from '#platform/listen.ts'
import { file, seeOther, show, type Pages, type StaffPage } from '#platform/page.tsx'
import { permission } from '#platform/permission.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { signedInAs } from '#test/signed-in.ts'

const lookAfter = permission('look after', ['manager'])
let shown = 0
let written = 0

const count = async (test: TestHouse, where: string) => Number((await test.db.owner.query(`select count(*) from platform.rate_count where ${where}`)).rows[0].count)

const pages: Pages = {
  '/hello': { for: 'visitor', isCached: true, get: async (ctx, { locale, token }) => { shown++; return show(<p>{locale} {token ?? 'no cookie'} {ctx.actor.kind}</p>) } },
  '/contact': {
    for: 'visitor',
    get: async () => show(<form />),
    async post(ctx, form) {
      written++
      await sql`insert into platform.rate_count values ('contact', ${String(form.get('name'))}, now(), ${written})`.execute(ctx.db.kysely)
      if (form.get('name') === 'bad') return show(<p>no</p>, { status: 422 })
      return seeOther(`/thanks/${written}`)
    },
  },
  '/portal': { for: 'patient', get: async (ctx, { locale }) => { await audit(ctx, 'test.viewed', { patientId: ctx.actor.patientId }); return show(<p>{ctx.actor.kind} {ctx.actor.patientId} {locale}</p>) } },
  '/portal/thing/:id': { for: 'patient', get: async (ctx, { params }) => { await sql`select ${params.id}::uuid`.execute(ctx.db.kysely); throw new NotFound() } },
  '/console': { for: { staff: lookAfter }, get: async () => show(<p>staff</p>) },
  '/console/bump': { for: { staff: lookAfter }, get: async () => show(<p />), post: async ctx => { await bumpContent(ctx); return seeOther('/console') } } satisfies StaffPage,
  '/broken': { for: 'visitor', get: async () => { throw new Error('Ana Lopez has diabetes') } },
  '/asset': { for: 'visitor', get: async () => file('x', 'text/plain') },
}

describe('the front door', () => {
  let t: TestHouse & { url: string; listening: Listening }
  let listening: Listening
  let follower: Hearing
  const form = (fields: Record<string, string>, headers: Record<string, string> = { origin: t.url }) =>
    fetch(`${t.url}/contact`, { method: 'POST', headers, body: new URLSearchParams(fields), redirect: 'manual' })

  before(async () => {
    const house = await aHouse()
    const app = new Hono()
    openFrontDoor(app, pages, { house: house.house, hasSpanish: () => true, problemView: problem => show(<p>{problem}</p>) })
    listening = await listen(app, house.house, { port: 0, host: '127.0.0.1' })
    const url = `http://127.0.0.1:${listening.port}`
    Object.assign(house.house.config, { origins: [url] })
    follower = keepHearing({ url: house.db.appUrl, ears: [contentEar(house.house.siteCache)], log: house.house.log })
    await follower.ready
    t = { ...house, url, listening }
  })
  after(async () => { await follower.stop(); await listening.stop(); await t.close() })

  test('a public page says its language, never sees a cookie, and is made once', async () => {
    const start = shown
    const bodies = await Promise.all([1, 2].map(async () => (await fetch(`${t.url}/hello`, { headers: { cookie: `rapport=${'a'.repeat(43)}` } })).text()))
    await (await fetch(`${t.url}/hello`)).text()
    assert.equal(bodies[0], '<!doctype html><p>en no cookie visitor</p>')
    assert.match(await (await fetch(`${t.url}/es/hello`)).text(), /es no cookie/)
    assert.ok(shown - start <= 3)
  })
  test('a page asked for again with its tag is not sent again', async () => {
    const first = await fetch(`${t.url}/hello`)
    await first.text()
    const again = await fetch(`${t.url}/hello`, { headers: { 'if-none-match': first.headers.get('etag')! } })
    assert.equal(again.status, 304)
  })
  test('a new edition shows on the very next request, and another writer’s within a second', async () => {
    const staff = await signedInAs(t, { roles: ['manager'] })
    await (await fetch(`${t.url}/hello`)).text()
    const before = shown
    assert.equal((await staff.post('/console/bump', {})).status, 303)
    await (await fetch(`${t.url}/hello`)).text()
    assert.equal(shown, before + 1)
    await t.db.owner.query('update platform.content_version set version = version + 1')
    for (let i = 0; i < 20 && shown === before + 1; i++) { await new Promise(done => setTimeout(done, 50)); await (await fetch(`${t.url}/hello`)).text() }
    assert.equal(shown, before + 2)
  })
  test('while nobody listens for editions, nothing comes from the cache; whoever listens again knows the newest', async () => {
    const listens = async (wanted: boolean) => { for (let i = 0; i < 100 && t.house.siteCache.isListening !== wanted; i++) await new Promise(done => setTimeout(done, 50)); assert.equal(t.house.siteCache.isListening, wanted) }
    await (await fetch(`${t.url}/hello`)).text()
    await t.db.owner.query('revoke connect on database ' + new URL(t.db.appUrl).pathname.slice(1) + ' from public, rapport_app')
    const superuser = new pg.Client({ connectionString: t.db.superUrl })
    await superuser.connect()
    await superuser.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rapport listener' and datname = current_database()")
    await listens(false)
    const before = shown
    for (let i = 0; i < 2; i++) await (await fetch(`${t.url}/hello`)).text()
    assert.equal(shown, before + 2)
    await t.db.owner.query('update platform.content_version set version = version + 1')   // nobody hears it
    await superuser.query('grant connect on database ' + new URL(t.db.appUrl).pathname.slice(1) + ' to rapport_app')
    await superuser.end()
    await listens(true)
    assert.equal(t.house.siteCache.edition, Number((await t.db.owner.query('select version from platform.content_version')).rows[0].version))
    for (let i = 0; i < 2; i++) await (await fetch(`${t.url}/hello`)).text()
    assert.equal(shown, before + 3)
  })
  test('every answer carries the strict policy; signed-in ones are stored nowhere', async () => {
    const { headers } = await fetch(`${t.url}/hello`)
    assert.match(headers.get('content-security-policy')!, /script-src 'self'; style-src 'self';.*object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'/)
    const patient = await signedInAs(t, { actingFor: randomUUID() })
    assert.equal((await patient.get('/portal')).headers.get('cache-control'), 'no-store')
  })
  test('a state change from another site, or from nowhere, is refused', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}, { 'sec-fetch-site': 'cross-site' }] as Record<string, string>[]) {
      assert.equal((await form({ name: 'forged' }, headers)).status, 403)
    }
    assert.equal(await count(t, "subject = 'forged'"), 0)
  })
  test('a form sent a hundred times at once has one effect and one answer', async () => {
    const _once = randomUUID()
    const answers = await Promise.all(Array.from({ length: 100 }, () => form({ name: 'once', _once })))
    assert.deepEqual([...new Set(answers.map(answer => answer.headers.get('location')))].length, 1)
    assert.ok(answers.every(answer => answer.status === 303))
    assert.equal(await count(t, "subject = 'once'"), 1)
    assert.equal((await form({ name: 'other', _once })).status, 422)
  })
  test('a refused form changes nothing, and may be sent again corrected', async () => {
    const _once = randomUUID()
    assert.equal((await form({ name: 'bad', _once })).status, 422)
    assert.equal(await count(t, "subject = 'bad'"), 0)
    assert.equal((await form({ name: 'good', _once })).status, 303)
  })
  test('a form that is too long, or no form, is not read', async () => {
    assert.equal((await form({ name: 'x'.repeat(1_000_000) })).status, 413)
    const json = await fetch(`${t.url}/contact`, { method: 'POST', headers: { origin: t.url, 'content-type': 'application/json' }, body: '{}' })
    assert.equal(json.status, 415)
  })
  test('a patient comes in with a live session and speaks her language; others are asked to sign in', async () => {
    const patientId = randomUUID()
    const patient = await signedInAs(t, { actingFor: patientId, locale: 'es' })
    assert.match(await (await patient.get('/portal')).text(), new RegExp(`patient ${patientId} es`))
    const { rows } = await t.db.owner.query('select person_id from audit.event where patient_id = $1', [patientId])
    assert.deepEqual(rows, [{ person_id: patient.personId }])
    const stranger = await fetch(`${t.url}/portal`, { redirect: 'manual' })
    assert.equal(stranger.headers.get('location'), '/sign-in?next=%2Fportal')
    assert.equal((await patient.get('/console')).headers.get('location'), '/portal')
  })
  test('a session dies of idleness, of age and at once when ended', async () => {
    const patient = await signedInAs(t, { actingFor: randomUUID() })
    t.setNow('2026-11-23T15:14:00Z')
    assert.equal((await patient.get('/portal')).status, 200)
    t.setNow('2026-11-23T15:28:00Z')
    assert.equal((await patient.get('/portal')).status, 200, 'use keeps it alive')
    t.setNow('2026-11-23T15:43:01Z')
    assert.equal((await patient.get('/portal')).status, 303, 'idle')
    t.setNow('2026-11-23T15:00:00Z')
    const other = await signedInAs(t, { actingFor: randomUUID() })
    await t.db.owner.query("update platform.session set ended_at = now(), ended_because = 'test' where id = $1", [other.sessionId])
    assert.equal((await other.get('/portal')).status, 303, 'ended')
    const old = await signedInAs(t, { actingFor: randomUUID() })
    await t.db.owner.query('update platform.session set absolute_until = $2 where id = $1', [old.sessionId, t.house.now()])
    assert.equal((await old.get('/portal')).status, 303, 'too old')
  })
  test('staff without a strong proof or without the role stay outside, and the no is remembered', async () => {
    assert.equal((await (await signedInAs(t, { roles: ['manager'], isStrong: false })).get('/console')).headers.get('location'), '/sign-in/second-factor')
    const editor = await signedInAs(t, { roles: ['editor'] })
    assert.equal((await editor.get('/console')).status, 403)
    const { rows } = await t.db.owner.query("select person_id, detail from audit.event where action = 'access.denied'")
    assert.deepEqual(rows, [{ person_id: editor.personId, detail: { page: '/console' } }])
  })
  test('an id that is none, or somebody else’s, does not exist', async () => {
    const patient = await signedInAs(t, { actingFor: randomUUID() })
    for (const id of ['not-an-id', randomUUID(), '%00', `${randomUUID()}'--`]) assert.equal((await patient.get(`/portal/thing/${id}`)).status, 404, id)
  })
  test('what was thrown never reaches the page or the log in its own words', async () => {
    const answer = await fetch(`${t.url}/broken`)
    assert.equal(answer.status, 500)
    assert.equal(await answer.text(), '<!doctype html><p>surprise</p>')
    assert.ok(t.logged.some(line => line.includes('request failed')))
    assert.ok(!t.logged.join().includes('diabetes'))
  })
  test('a method that a page does not know is told which it does', async () => {
    const answer = await fetch(`${t.url}/hello`, { method: 'DELETE' })
    assert.equal(answer.status, 405)
    assert.equal(answer.headers.get('allow'), 'GET, HEAD')
  })
})
