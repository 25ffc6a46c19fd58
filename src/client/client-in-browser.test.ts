import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { file } from '#platform/answer.ts'
import { finish } from '#platform/send-answer.ts'
import { openBrowser } from '#ui/gallery/open-gallery.tsx'
import { buildIn, makeHouse } from '#root/client/make-test-house.ts'

const types: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript' }
const clock = (seconds: number) => `<rapport-session seconds-left="${seconds}" end-href="/ended"><form class="session-watch" method="post" action="/extend" hidden>
  <input type="hidden" name="_once" value="k"><p role="alert" data-words="Still there?"></p><button>Stay</button></form></rapport-session>`
const counter = `<rapport-island name="sample/pages/counter" prefix="x1" props='{"from":3}'><button type="button">One<!-- --> <!-- -->3</button></rapport-island>`

/** What the made-up house knows while a test runs. */
type Facts = { news: string; extensions: number; mayExtend: boolean; streams: Set<ServerResponse> }

describe('the small script', { skip: (await openBrowser().then(async found => { await found?.close(); return !found })) && 'no Chromium here: install chromium, or set CHROMIUM_PATH' }, () => {
  let house: string, server: Server, url: string, browser: Browser, context: BrowserContext, page: Page
  let complaints: string[] = []
  const facts: Facts = { news: 'old', extensions: 0, mayExtend: true, streams: new Set() }

  before(async () => {
    house = makeHouse()
    await buildIn(house)
    server = createServer((request, response) => answer(request, response, house, facts))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = (await openBrowser())!
  })
  after(async () => {
    await browser.close()
    server.closeAllConnections()
    server.close()
    rmSync(house, { recursive: true, force: true })
  })
  beforeEach(async () => {
    Object.assign(facts, { news: 'old', extensions: 0, mayExtend: true })
    context = await browser.newContext()
    page = await context.newPage()
    complaints = []
    page.on('console', message => { if (message.type() === 'error') complaints.push(message.text()) })
    page.on('pageerror', error => complaints.push(error.message))
  })
  afterEach(async () => { await context.close() })

  test('asks two minutes before a still session ends, and clears the screen at the end', async () => {
    await page.clock.install()
    await page.goto(`${url}/still`)
    await page.clock.runFor(770_000)
    assert.ok(await page.locator('.session-watch').isHidden())
    await page.clock.runFor(11_000)
    assert.equal(await page.getByRole('alert').textContent(), 'Still there?')
    await page.clock.runFor(125_000)
    await page.waitForURL(`${url}/ended`)
    assert.deepEqual(complaints, [])
  })

  test('stays when the person says so', async () => {
    await page.clock.install()
    await page.goto(`${url}/still`)
    await page.clock.runFor(785_000)
    await page.getByRole('button', { name: 'Stay' }).click()
    await page.locator('.session-watch').waitFor({ state: 'hidden' })
    assert.equal(facts.extensions, 1)
    await page.clock.runFor(300_000)
    assert.equal(page.url(), `${url}/still`)
  })

  test('when staying is refused, sends the form so that the house can say why', async () => {
    facts.mayExtend = false
    await page.clock.install()
    await page.goto(`${url}/still`)
    await page.clock.runFor(785_000)
    await page.getByRole('button', { name: 'Stay' }).click()
    await page.waitForURL(`${url}/extend`)
  })

  test('reading on in another tab keeps this one too', async () => {
    await page.clock.install()
    await page.goto(`${url}/still`)
    await page.clock.runFor(785_000)
    await page.locator('.session-watch').waitFor({ state: 'visible' })
    const other = await context.newPage()
    await other.goto(`${url}/still?long`)
    await page.locator('.session-watch').waitFor({ state: 'hidden' })
  })

  test('a live part shows the news, but not while somebody writes in it', async () => {
    await page.goto(`${url}/live`)
    await page.waitForFunction(() => document.querySelector('#part b')?.textContent === 'old')
    await page.locator('#part input').focus()
    facts.news = 'new'
    for (const stream of facts.streams) stream.write('data: changed\n\n')
    await page.waitForTimeout(300)
    assert.equal(await page.locator('#part b').textContent(), 'old')
    await page.locator('h1').click()
    await page.evaluate(() => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur() })
    await page.waitForFunction(() => document.querySelector('#part b')?.textContent === 'new')
    assert.deepEqual(complaints, [])
  })

  const showsIn = (text: string) => page.waitForFunction(wanted => document.querySelector('#part b')?.textContent === wanted, text)
  const say = (text: string) => { for (const stream of facts.streams) stream.write(text) }
  test('a live part keeps the focus and what is folded open, counts what changed and says so politely', async () => {
    await page.goto(`${url}/live`)
    await page.locator('[data-refresh]').waitFor({ state: 'hidden' })
    await page.locator('summary').click()
    await page.locator('a[href="#kept"]').focus()
    facts.news = 'gone'
    say('data: changed\n\n')
    await showsIn('gone')
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Kept')
    assert.equal(await page.locator('details[open]').count(), 1)
    assert.equal(await page.getByRole('status').textContent(), '2 things changed.')
    assert.equal(await page.locator('#count').textContent(), 'gone')
    assert.equal(await page.locator('a.is-changed').textContent(), 'A')
    facts.news = 'old'
    await page.locator('#part a[href="#a"]').focus()
    await page.evaluate(() => document.querySelector('dialog')!.showModal())
    say('event: refresh\ndata: {}\n\n')
    await page.waitForTimeout(1_400)
    assert.equal(await page.locator('#part b').textContent(), 'gone')
    await page.keyboard.press('Escape')
    await showsIn('old')
  })
  test('a live part reads the page again when it was cut off, and gives way when another page needs its line', async () => {
    await page.goto(`${url}/live`)
    await page.locator('[data-refresh]').waitFor({ state: 'hidden' })
    facts.news = 'cut'
    for (const stream of facts.streams) stream.end('retry: 50\n\n')
    await showsIn('cut')
    assert.deepEqual(complaints, [])
    say('event: elsewhere\ndata: {}\n\n')
    await page.locator('[data-refresh]').waitFor()
    await page.evaluate(() => dispatchEvent(new Event('focus')))
    await page.locator('[data-refresh]').waitFor({ state: 'hidden' })
  })
  test('a live part finds within five minutes what no stream said, and asks no oftener; hidden it does not ask', async () => {
    let asked = 0
    page.on('request', request => { if (request.headers()['rapport-live'] === 'yes') asked++ })
    await page.clock.install()
    await page.goto(`${url}/live`)
    await page.locator('[data-refresh]').waitFor({ state: 'hidden' })
    facts.news = 'unsaid'
    await page.clock.runFor(230_000)
    assert.equal(asked, 0)
    await page.clock.runFor(72_000)
    await showsIn('unsaid')
    assert.equal(asked, 1)
    await page.evaluate(() => { Object.defineProperty(document, 'hidden', { value: true }); document.dispatchEvent(new Event('visibilitychange')) })
    await page.clock.runFor(700_000)
    assert.equal(asked, 1)
  })
  test('a live part of an ended session clears the screen', async () => {
    await page.goto(`${url}/live`)
    await page.locator('[data-refresh]').waitFor({ state: 'hidden' })
    facts.news = 'sign in'
    const read = page.waitForEvent('framenavigated')
    say('event: ended\ndata: {}\n\n')
    await read
    await showsIn('sign in')
  })

  test('an island is drawn by the server, wakes under the strict policy, and only then loads React', async () => {
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await page.goto(`${url}/still`)
    assert.equal(asked.filter(address => address.endsWith('.js')).length, 1)
    await page.goto(`${url}/island`)
    await page.locator('rapport-island[data-awake]').waitFor()
    await page.getByRole('button').click()
    assert.equal(await page.getByRole('button').textContent(), 'One 4')
    assert.deepEqual(complaints, [])
  })
})

function answer(request: IncomingMessage, response: ServerResponse, house: string, facts: Facts): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://house')
  if (pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n')
    facts.streams.add(response)
    response.on('close', () => facts.streams.delete(response))
    return
  }
  if (pathname === '/extend' && facts.mayExtend) {
    facts.extensions += 1
    return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"secondsLeft":900}')
  }
  const built = join(house, 'build/client', pathname)
  if (pathname.startsWith('/assets/') && existsSync(built)) return void response.writeHead(200, { 'content-type': types[extname(built)] ?? 'font/woff2' }).end(readFileSync(built))
  const bodies: Record<string, string> = { '/still': clock(search ? 4000 : 900), '/island': counter, '/live': `<p><a href="/live" data-refresh>Refresh</a> <span id="count" data-live-copy>${facts.news}</span></p><rapport-live id="part" events="/events" data-one="One thing changed." data-many="# things changed."><b>${facts.news}</b> <input>
    <a href="#kept" data-live="kept.1">Kept</a><a href="#a" data-live="a.${facts.news}">A</a>${facts.news === 'gone' ? '' : '<a href="#b" data-live="b.1">B</a>'}<details><summary>More</summary>${facts.news}</details><dialog>Sure?</dialog></rapport-live>` }
  const manifest = JSON.parse(readFileSync(join(house, 'build/client/.vite/manifest.json'), 'utf8')) as Record<string, { file: string }>
  const head = `<link rel="icon" href="data:,"><script type="module" src="/${manifest['src/client/main.ts']!.file}"></script>`
  const { status, headers, body } = finish(file(`<!doctype html><html lang="en"><title>x</title>${head}<h1>x</h1>${bodies[pathname] ?? 'away'}</html>`, 'text/html', { status: pathname === '/extend' ? 403 : 200 }), { isHttps: false, isPrivate: true })
  response.writeHead(status, headers).end(body)
}
