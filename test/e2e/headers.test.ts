import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { pages } from '#root/routes.ts'
import { aStaffPerson, aVisitor, codeOf, fieldIn } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { addressesOf } from './addresses.ts'
import { aFullHouse, type FullHouse } from './full-house.ts'

/** Written by hand. The second is for a page with an island alone, which React Aria needs. */
const strict = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const withIsland = strict.replace("style-src 'self'", "style-src 'self'; style-src-attr 'unsafe-inline'")
const always: Readonly<Record<string, string>> = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' }
const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const hsts = 'max-age=63072000; includeSubDomains'

/** What every answer carries, whatever it says. */
function wrongIn(answer: Response, body: string, { isHttps = false } = {}): string[] {
  const { headers } = answer
  const policy = headers.get('content-security-policy')
  return [
    ...(policy === (body.includes('<rapport-island') ? withIsland : strict) ? [] : [`its policy is ${policy}`]),
    ...Object.entries(always).filter(([name, value]) => headers.get(name) !== value).map(([name]) => `${name} is ${headers.get(name)}`),
    ...(headers.get('strict-transport-security') === (isHttps ? hsts : null) ? [] : [`HSTS is ${headers.get('strict-transport-security')}`]),
    ...(headers.get('x-powered-by') ?? headers.get('server') ? ['it says what it runs on'] : []),
    ...(/<script(?![^>]*\bsrc=)(?![^>]*type="application\/(ld\+)?json")|\son[a-z]+=|<[^>]+\sstyle="/.test(body) && !body.includes('<rapport-island') ? ['it has script or style of its own'] : []),
  ]
}

describe('what every answer carries', { timeout: 120_000 }, () => {
  let house: FullHouse, addresses: [string, string][]
  before(async () => { house = await aFullHouse(); addresses = Object.entries(await addressesOf(house, house.bert)) })
  after(() => house?.close())
  const guest = (pattern: string) => { const { for: who } = pages[pattern]!; return who === 'visitor' ? house.people.visitor : who === 'patient' ? house.people.patient : house.people.manager }
  const isKept = (pattern: string) => { const page = pages[pattern]!; return page.for === 'visitor' && page.isCached === true }
  const send = (path: string, method: string, headers: Record<string, string> = {}) => fetch(house.url + path, { method, headers, redirect: 'manual' })

  test('the policy, no sniffing, a number, and no store but for public pages', async () => {
    const wrong: string[] = []
    for (const [pattern, address] of addresses) {
      const answer = await guest(pattern).get(address)
      const isForEver = /^\/(pictures|assets)\//.test(pattern)
      const kept = answer.headers.get('cache-control') ?? 'nothing said'
      wrong.push(...wrongIn(answer, await answer.text()).map(words => `${pattern}: ${words}`))
      if (!(isForEver ? /immutable/ : isKept(pattern) ? /^no-cache$/ : /^no-store$/).test(kept)) wrong.push(`${pattern}: kept as ${kept}`)
      if (isKept(pattern) && answer.headers.has('set-cookie')) wrong.push(`${pattern}: sets a cookie`)
      // A public page that stands in memory is answered before anything is counted.
      if (!id.test(answer.headers.get('x-request-id') ?? '') && !isKept(pattern)) wrong.push(`${pattern}: no number`)
    }
    assert.deepEqual(wrong, [])
  })
  test('an island’s page alone may set style attributes, and no page of the site is one', async () => {
    const islands: string[] = []
    for (const [pattern, address] of addresses) if ((await guest(pattern).get(address)).headers.get('content-security-policy') === withIsland) islands.push(pattern)
    assert.deepEqual(islands.filter(isKept), [])
  })
  test('pages and styles come compressed to who takes that, and whole to who does not', async () => {
    const bodyOf = (path: string, encoding: string, cookie: string) => new Promise<[string, string, Buffer]>((resolve, reject) => {
      request(house.url + path, { headers: { 'accept-encoding': encoding, cookie } }, answer => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve([answer.headers['content-encoding'] ?? '', answer.headers.vary ?? '', Buffer.concat(parts)]))
      }).on('error', reject).end()
    })
    const style = /\/assets\/[^"]+\.css/.exec(await (await fetch(house.url)).text())![0]
    for (const [path, cookie] of [['/', ''], [style, ''], ['/portal/results', house.people.patient.cookie], ['/console', house.people.manager.cookie]] as const) {
      const [[none, , whole], [gzip, vary, zipped]] = await Promise.all([bodyOf(path, 'identity', cookie), bodyOf(path, 'gzip', cookie)])
      assert.deepEqual([none, gzip], ['', 'gzip'], path)
      assert.match(vary, /accept-encoding/i, path)
      assert.ok(gunzipSync(zipped).toString().startsWith(whole.toString().slice(0, 100)), path)
      assert.ok(zipped.length < whole.length / 2, path)
      if (cookie) continue   // made once for one reader: brotli takes longer than it saves
      const [br, , small] = await bodyOf(path, 'br, gzip', cookie)
      assert.equal(br, 'br', path)
      assert.deepEqual(brotliDecompressSync(small), whole, path)
    }
  })
  test('refusals carry it too: not found, not signed in, not allowed, not a method', async () => {
    for (const [who, path, status] of [['visitor', '/no-such-page', 404], ['visitor', '/es/no-such-page', 404], ['visitor', '/portal', 303], ['billing', '/console/audit', 403], ['patient', '/portal/results/none', 404]] as const) {
      const answer = await house.people[who].get(path)
      assert.equal(answer.status, status, path)
      assert.deepEqual([wrongIn(answer, await answer.text()), answer.headers.get('cache-control')], [[], 'no-store'], path)
      assert.match(answer.headers.get('x-request-id')!, id)
    }
    const answer = await send('/portal', 'DELETE')
    assert.deepEqual([answer.status, ...wrongIn(answer, '')], [405])
  })
  test('a method that a page does not have is refused with those it has', async () => {
    for (const [pattern, address] of addresses) {
      const has = pages[pattern]!.post ? 'GET, HEAD, POST' : 'GET, HEAD'
      for (const method of ['PUT', 'DELETE', 'PATCH', ...(pages[pattern]!.post ? [] : ['POST'])]) {
        const answer = await send(address, method, { origin: house.url })
        assert.deepEqual([answer.status, answer.headers.get('allow')], [405, has], `${method} ${pattern}`)
      }
      assert.equal(await (await send(address, 'HEAD')).text(), '', pattern)
    }
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) assert.equal((await send('/no-such-page', method)).status, 404, method)
  })
  test('no form is taken from another place', async () => {
    const forms = addresses.filter(([pattern]) => pages[pattern]!.post)
    assert.ok(forms.length > 30)
    const events = () => house.one("select count(*) || ' ' || (select count(*) from platform.session where ended_at is null) from audit.event")
    const before = await events()
    const strangers: Record<string, string>[] = [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: `${house.url}.evil.example` }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, {}]
    for (const [pattern, address] of forms) {
      for (const headers of strangers) {
        const answer = await fetch(house.url + address, { method: 'POST', redirect: 'manual', headers: { ...headers, cookie: guest(pattern).cookie }, body: new URLSearchParams({ action: 'language', locale: 'es' }) })
        assert.equal(answer.status, 403, `${pattern} from ${JSON.stringify(headers)}`)
        assert.deepEqual(wrongIn(answer, await answer.text()), [], pattern)
      }
    }
    assert.equal(await events(), before)
  })
})

describe('with an address of https', { timeout: 60_000 }, () => {
  let house: RunningHouse
  before(async () => { house = await aRunningHouse({ env: { PUBLIC_URL: 'https://practice.example' } }) })
  after(() => house?.close())

  test('the browser is told to stay with it, on every page', async () => {
    for (const path of Object.keys(pages).map(pattern => pattern.replace(/\{.+?\}/g, '').replace(/:\w+/g, 'x'))) {
      const answer = await fetch(house.url + path, { redirect: 'manual' })
      assert.deepEqual(wrongIn(answer, await answer.text(), { isHttps: true }), [], path)
    }
  })
  test('the cookie is bound to it, and one of the other name opens nothing', async () => {
    const boss = await aStaffPerson(house, { roles: ['manager'] })
    const visitor = aVisitor(house)
    const first = await visitor.post('/sign-in', { email: boss.email, password: boss.password })
    const second = await visitor.post('/sign-in', { ticket: fieldIn(await first.text(), 'ticket'), code: codeOf(boss.totpSecret!, house.house.now()) })
    const set = second.headers.get('set-cookie')!
    assert.match(set, /^__Host-rapport=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
    assert.equal((await visitor.get('/console')).status, 200)
    const other = await fetch(`${house.url}/console`, { redirect: 'manual', headers: { cookie: set.split(';')[0]!.replace('__Host-', '') } })
    assert.equal(other.headers.get('location'), '/sign-in?next=%2Fconsole')
    assert.match((await visitor.post('/sign-out', {})).headers.get('set-cookie')!, /^__Host-rapport=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
  })
})
