import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { hasSpanish, pages } from '#root/routes.ts'
import { readConfig } from '#platform/config.ts'
import { baseOf, frontsOf, placeOf, withLinksFrom } from '#platform/place.ts'
import { aPractice } from '#test/practice.ts'
import { addresses, aHouseApart, askAt, console_, cookieIn, portal, site, type Got } from '#test/faces-apart.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aPatientPerson, aStaffPerson, codeOf, fieldIn, goodPassword } from '#test/people.ts'
import { signedInAs } from '#test/signed-in.ts'

test('every page stands in the list of the face that its reader has', () => {
  for (const [path, { for: reader }] of Object.entries(pages)) {
    const known = frontsOf(path.replace(/:\w+(\{[^}]*\})?/g, 'x'))
    if (reader === 'patient') assert.deepEqual(known, ['portal'], path)
    else if (reader !== 'visitor') assert.deepEqual(known, ['console'], path)
    if (reader === 'visitor' && hasSpanish(path) && path !== '/') assert.deepEqual(frontsOf(`/es${path.replace(/:\w+/g, 'x')}`), known, path)
  }
  for (const path of ['/', '/es', '/contact', '/portals', '/consoles/x', '/signing-in', '/es/services', '/robots.txt']) assert.deepEqual(frontsOf(path), ['site'], path)
  assert.deepEqual(frontsOf('/portal/settings/email/x'), ['portal', 'console'], 'for everybody who signs in')
})
test('addresses that would not keep faces apart stop the start', () => {
  const wrong = (env: Record<string, string>) => { const read = readConfig(env); return read.ok ? [] : read.problems.map(words => words.split(':')[0]) }
  assert.deepEqual(wrong(addresses), [])
  assert.deepEqual(wrong({ ...addresses, PORTAL_URL: `https://${site}/` }), [], 'the same address is one face less apart')
  assert.deepEqual(wrong({ ...addresses, PORTAL_URL: addresses.CONSOLE_URL }), [])
  assert.deepEqual(wrong({ ...addresses, PORTAL_URL: `https://${site}:8443` }), ['PORTAL_URL'], 'cookies do not keep ports apart')
  assert.deepEqual(wrong({ ...addresses, CONSOLE_URL: `http://${console_}` }), ['CONSOLE_URL'])
  assert.deepEqual(wrong({ PORTAL_URL: `http://127.0.0.1:3001` }), ['PORTAL_URL'])
})
test('a link is written in full where another address answers it, and only there', () => {
  const config = { publicUrl: addresses.PUBLIC_URL, portalUrl: addresses.PORTAL_URL, consoleUrl: addresses.CONSOLE_URL }
  const html = '<a class="x" href="/contact?a=1&amp;b=2">c</a><a href="/portal/notes">n</a><a href="#main">m</a><a href="https://x.example/">x</a><form action="/sign-out"></form><a href="//x.example">y</a>'
  assert.equal(withLinksFrom(html, placeOf(config, portal)), html.replace('"/contact', `"https://${site}/contact`))
  assert.equal(withLinksFrom(html, placeOf({ publicUrl: config.publicUrl }, 'anything')), html)
  assert.equal(placeOf(config, 'nobody.example'), undefined)
  assert.equal(placeOf(config, `${portal}.`), undefined)
  assert.equal(placeOf(config, `${portal}.evil.example`), undefined)
  assert.equal(placeOf(config, undefined), undefined)
  assert.equal(placeOf(config, `${portal.toUpperCase()}:443`)?.origin, addresses.PORTAL_URL)
  assert.equal(baseOf({ publicUrl: 'https://x.example' }, 'console'), 'https://x.example')
})

describe('with an address for each face', () => {
  let house: RunningHouse
  let at: (host: string, path: string, more?: Parameters<typeof askAt>[3]) => Promise<Got>
  before(async () => {
    house = await aHouseApart(addresses)
    at = (host, path, more) => askAt(house.listening.port, host, path, more)
  })
  after(() => house.close())
  const asPerson = async (wish: Parameters<typeof signedInAs>[1]) => ({ cookie: (await signedInAs(house, wish)).cookie.replace('rapport=', '__Host-rapport=') })

  test('each face answers under its own name; what is another’s is found there', async () => {
    const [patient, staff] = [await asPerson({ actingFor: randomUUID() }), await asPerson({ roles: ['manager'] })]
    for (const [host, path, headers] of [[site, '/', {}], [site, '/es/services', {}], [site, '/robots.txt', {}], [portal, '/portal', patient], [portal, '/activate', {}], [portal, '/es/sign-in', {}], [console_, '/console', staff], [console_, '/sign-in', {}]] as const) {
      assert.equal((await at(host, path, { headers })).status, 200, host + path)
    }
    for (const [host, path, right] of [[site, '/portal?a=b%20c', portal], [site, '/console/audit', console_], [site, '/es/sign-in', portal], [site, '/reset/abc', portal], [site, '/join/abc', console_], [portal, '/console', console_], [portal, '/join/abc', console_], [portal, '/contact', site],
      [console_, '/portal/notes', portal], [console_, '/es/activate', portal], [console_, '/care/x', portal], [console_, '/clinicians', site], [portal, '//evil.example/x', site]] as const) {
      const got = await at(host, path, { headers: { ...patient } })
      assert.deepEqual([got.status, got.location, got.body], [308, `https://${right}${path}`, ''], host + path)
      assert.equal(got.headers['cache-control'], 'no-store')
    }
    assert.equal((await at(portal, '/')).location, `https://${portal}/portal`)
    assert.equal((await at(console_, '/')).location, `https://${console_}/console`)
  })
  test('a page that the site keeps in memory is not given to another name', async () => {
    house.house.siteCache.isListening = true
    assert.ok((await at(site, '/services')).headers['x-request-id'])
    assert.equal((await at(site, '/services')).headers['x-request-id'], undefined, 'from memory')
    for (const host of [portal, console_]) assert.equal((await at(host, '/services')).status, 308)
    for (const host of [portal, console_]) for (const path of ['/robots.txt', '/sitemap.xml']) assert.equal((await at(host, path)).status, 404, host + path)
    const sheet = /href="(\/assets\/brand-[^"]+)"/.exec((await at(site, '/')).body)
    if (sheet) for (const host of [site, portal, console_]) assert.equal((await at(host, sheet[1]!)).status, 200)
  })
  test('nothing that a request says of its host counts but the host itself', async () => {
    const staff = await asPerson({ roles: ['manager'] })
    const tricks = [{ 'x-forwarded-host': console_ }, { forwarded: `host=${console_}` }, { 'x-original-host': console_ }, { 'x-host': console_ }, { 'x-forwarded-server': console_ }, { 'x-original-url': '/console' }, { 'x-rewrite-url': '/console' }]
    for (const trick of tricks) {
      const got = await at(portal, '/console', { headers: { ...staff, ...trick } as Record<string, string> })
      assert.equal(got.location, `https://${console_}/console`, JSON.stringify(trick))
      assert.equal((await at(console_, '/console', { headers: { ...staff, 'x-forwarded-host': 'evil.example' } })).status, 200)
      assert.doesNotMatch((await at(site, '/', { headers: { 'x-forwarded-host': 'evil.example' } })).body, /evil/)
    }
    for (const path of ['/%63onsole', '/console%2Faudit', '//console', '/./console', '/x/../console', '/Console', `http://${console_}/console`, '/es/console', '/console/']) {
      const got = await at(portal, path, { headers: staff })
      assert.ok([308, 404].includes(got.status) && !/console-rail/.test(got.body), `${path} ${got.status}`)
      assert.ok(got.location === undefined || got.location.startsWith(`https://${console_}/`) || got.location.startsWith(`https://${site}/`), got.location)
    }
    for (const host of ['evil.example', '127.0.0.1', 'localhost', `${console_}.evil.example`, `${console_}.`, '', `${console_}@evil.example`, `evil.example#${console_}`]) {
      for (const path of ['/', '/console', '/portal', '/sign-in', '/assets/x.css', '/services']) {
        const got = await at(host, path, { headers: staff })
        assert.ok(got.status === 421 || (got.status === 400 && /[@#]/.test(host)), `${host}${path} ${got.status}`)
        assert.deepEqual([got.location, got.headers['set-cookie']], [undefined, undefined], host + path)
      }
      if (!/[@#]/.test(host)) assert.equal((await at(host, '/healthz')).status, 200)
    }
  })
  test('a form stays with its face: no other name takes it, and no page of another face may send it', async () => {
    const staff = await asPerson({ roles: ['manager'] })
    for (const host of [site, portal]) assert.equal((await at(host, '/console/account', { headers: staff, form: { action: 'end-sessions' } })).status, 404)
    for (const host of [portal, console_]) assert.equal((await at(host, '/contact', { form: { name: 'x' } })).status, 404)
    assert.equal((await at(site, '/sign-in', { form: { email: 'x', password: 'y' } })).status, 404)
    for (const from of [site, portal, 'evil.example']) {
      assert.equal((await at(console_, '/console/account', { headers: { ...staff, origin: `https://${from}` }, form: { action: 'end-sessions' } })).status, 403, from)
    }
    assert.equal((await at(console_, '/console/account', { headers: staff, form: { action: 'end-sessions' } })).status, 303)
  })
  test('links and headers name the right addresses, and the cookie names no domain', async () => {
    const home = await at(site, '/')
    assert.match(home.body, new RegExp(`href="https://${portal}/sign-in"`))
    assert.match(home.body, new RegExp(`rel="canonical" href="https://${site}/"`))
    const door = await at(portal, '/sign-in')
    assert.match(door.body, new RegExp(`practice-name" href="https://${site}/"`))
    assert.match(door.body, /href="\/activate"/)
    assert.match((await at(console_, '/sign-in')).body, new RegExp(`href="https://${portal}/activate"`))
    assert.match(String(door.headers['content-security-policy']), new RegExp(`form-action 'self' https://${site} https://${console_};`))
    assert.doesNotMatch(String(door.headers['content-security-policy']).replace(/form-action[^;]*/, ''), /practice\.example/)
    const { email } = await aPatientPerson(house)
    const inside = await at(portal, '/sign-in', { form: { email, password: goodPassword } })
    assert.equal(inside.location, '/portal')
    assert.match(String(inside.headers['set-cookie']), /^__Host-rapport=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
    assert.match((await at(portal, '/portal', { headers: { cookie: cookieIn(inside) } })).body, /portal-side/)
  })
  test('who signs in at the other face’s door is sent to their own, and no session is left behind', async () => {
    const open = async (personId: string) => Number((await house.db.owner.query('select count(*) from platform.session where person_id = $1 and ended_at is null', [personId])).rows[0].count)
    const patient = await aPatientPerson(house)
    const wrongDoor = await at(console_, '/sign-in', { form: { email: patient.email, password: goodPassword } })
    assert.deepEqual([wrongDoor.location, wrongDoor.headers['set-cookie'], await open(patient.personId)], [`https://${portal}/portal`, undefined, 0])
    const staff = await aStaffPerson(house, { roles: ['manager'] })
    const second = await at(portal, '/sign-in', { form: { email: staff.email, password: goodPassword } })
    const sent = await at(portal, '/sign-in', { form: { ticket: fieldIn(second.body, 'ticket'), code: codeOf(staff.totpSecret!, house.house.now()) } })
    assert.deepEqual([sent.status, sent.location, sent.headers['set-cookie'], await open(staff.personId)], [303, `https://${console_}/console`, undefined, 0])
  })
})

describe('with an address for the console alone', () => {
  let house: RunningHouse
  before(async () => { house = await aHouseApart({ PUBLIC_URL: addresses.PUBLIC_URL, CONSOLE_URL: addresses.CONSOLE_URL }) })
  after(() => house.close())
  test('site and portal share the main one', async () => {
    const at = (host: string, path: string) => askAt(house.listening.port, host, path)
    assert.deepEqual(await Promise.all([at(site, '/'), at(site, '/sign-in'), at(console_, '/sign-in')].map(async got => (await got).status)), [200, 200, 200])
    assert.equal((await at(site, '/portal')).location, '/sign-in?next=%2Fportal')
    assert.equal((await at(site, '/console')).location, `https://${console_}/console`)
    assert.equal((await at(console_, '/portal')).location, `https://${site}/portal`)
    assert.match((await at(site, '/')).body, /href="\/sign-in"/)
  })
})

test('without them nothing depends on the host', async () => {
  const house = await aRunningHouse()
  await aPractice(house)
  try {
    for (const host of ['anything.example', 'localhost', '127.0.0.1']) {
      for (const path of ['/', '/sign-in', '/robots.txt']) assert.equal((await askAt(house.listening.port, host, path)).status, 200, host + path)
      assert.equal((await askAt(house.listening.port, host, '/portal')).location, '/sign-in?next=%2Fportal')
    }
  } finally {
    await house.close()
  }
})
