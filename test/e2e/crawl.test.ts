import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { root } from '#platform/root.ts'
import { pages } from '#root/routes.ts'
import { chromiumPath, openBrowser, type Browsing } from '#test/browser.ts'
import { startChild, type Child } from '#test/child.ts'
import { clearFolder } from '#test/clear-folder.ts'
import { findFaults, hear } from './look-at-page.ts'

type Visitor = { who: string; signIn?: string; starts: readonly string[]; search?: string }

/** Each walks from where they start along every link of ours that they are shown. */
const visitors: readonly Visitor[] = [
  { who: 'a visitor', starts: ['/', '/es', '/book?all=yes', '/sign-in', '/es/sign-in', '/reset', '/es/reset', '/activate', '/es/activate', '/contact/sent', '/join/no-such-link', '/reset/no-such-link', '/care/no-such-link', '/activate/AAAA', '/no-such-page', '/es/no-such-page'] },
  { who: 'a patient', signIn: 'Ana Solberry, patient', starts: ['/portal', '/portal/switch', '/prove?next=/portal/download', '/portal/settings/email/no-such-link', '/portal/no-such-page'] },
  { who: 'a parent', signIn: 'Noor Larkspur, parent', starts: ['/portal', '/portal/switch'] },
  { who: 'a clinician', signIn: 'Dr. Ada Brightmoor, doctor', starts: ['/console', '/console/inbox?list=pool', '/console/no-such-page'], search: 'Solberry' },
  { who: 'the front desk', signIn: 'Robin Quillfeather, front desk', starts: ['/console', '/console/inbox?list=pool'], search: 'Solberry' },
  { who: 'the manager', signIn: 'Imani Foxgrove, manager', starts: ['/console', '/console/practice/locations/new', '/console/practice/clinicians/new'] },
]
/** Shown by no link of the demo, or only in the middle of a journey that another test takes. */
const elsewhere: Record<string, string> = {
  '/sign-in/second-factor': 'crawl-hidden', '/portal/settings/email/:token': 'a link in a mail', '/stop/:token': 'a link in a mail', '/v/:token': 'a link in a message', '/v/:token/move': 'a link in a message', '/activate/:code': 'a letter’s address', '/console/imports/matches/:id': 'crawl-hidden: no uncertain match in the demo', '/console/imports/joined/:id': 'crawl-hidden: nobody is joined in the demo',
  '/portal/feedback/:id': 'crawl-hidden: nobody has said anything in a fresh demo', '/console/feedback/:id': 'crawl-hidden', '/console/notes/:id': 'crawl-hidden: no note was begun', '/console/notes/:id/words': 'asked by the note’s editor', '/portal/results/waiting': 'crawl-hidden: nothing waits in a fresh demo',
  '/portal/appointments/held/:id': 'crawl-hidden: a time is kept by a button', '/portal/appointments/offers/:id': 'crawl-hidden: nothing is offered in a fresh demo', '/portal/appointments/waiting/:id': 'crawl-hidden: nobody waits in a fresh demo', '/console/schedule/waitlist/:id': 'crawl-hidden', '/console/schedule/newcomers/:id': 'crawl-hidden: nobody new has booked in a fresh demo', '/console/schedule/copy': 'crawl-hidden: the EHR keeps no calendar in the demo', '/portal/appointments/new/:type': 'crawl-hidden: behind the reasons',
  '/book/about': 'a step of a form: visits', '/book/questions': 'a step of a form: visits', '/book/code': 'a step of a form: visits', '/book/visit': 'a step of a form: visits', '/book/visit.ics': 'a file, no page', '/portal/appointments/:id/visit.ics': 'a file, no page',
  '/portal/results/:id/document/:place': 'a file, no page', '/portal/notes/:id/document/:place': 'a file, no page', '/sign-out': 'a form alone', '/session/extend': 'asked by the session’s clock', '/console/texts/:id': 'crawl-hidden: no text came in the demo', '/console/outbox/:id': 'crawl-hidden: no mail in a fresh demo', '/console/feeds/pull/:id': 'crawl-hidden: no EHR is connected in the demo',
  '/console/feeds/senders/:id': 'crawl-hidden: nobody sends in the demo', '/console/feeds/messages/:id': 'crawl-hidden: nothing was put aside in the demo', '/console/feeds/messages/:id/text': 'a file, no page',
}
/** What each role is shown differently: examined for each. Other pages that several see are examined once; all are opened and heard by each. */
const differs: ReadonlySet<string> = new Set(['/console', '/console/patients/:id', '/console/practice', '/portal'])
/** How many pages of one address, such as `/portal/results/:id`, each looks at. */
const mostOfOne = Number(process.env.CRAWL_MOST ?? 1)

const patterns = Object.keys(pages).map(pattern => ({ pattern, regexp: new RegExp(`^${pattern.replace(/:\w+\{(.+?)\}/g, '($1)').replace(/:\w+/g, '[^/]+')}$`) }))
const patternOf = (path: string) => {
  const plain = path.replace(/^\/es(?=\/|$)/, '') || '/'
  return patterns.find(({ pattern }) => pattern === plain)?.pattern ?? patterns.find(({ regexp }) => regexp.test(plain))?.pattern
}

describe('every page of every face', { timeout: 290_000, skip: !chromiumPath() && 'no Chromium here' }, () => {
  let folder: string, server: Child, site: URL, browsing: Browsing
  const [visited, examined] = [new Set<string>(), new Set<string>()]
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rapport-crawl-'))
    chmodSync(folder, 0o711)
    server = startChild([join(root, 'bin/rapport.mjs'), 'serve'], { env: { NODE_ENV: undefined, DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'silent' } })
    site = new URL((await server.says(/^ +Site/)).trim().split(/ +/)[1]!)
    browsing = await openBrowser({ viewport: { width: 1280, height: 900 } })
    const message = new URLSearchParams({ topic: 'question', name: 'Casey Newcomer', phone: '802-555-0177', email: '', words: 'Do you have time for my mother?', place: '' })
    assert.equal((await fetch(new URL('/contact', site), { method: 'POST', headers: { origin: site.origin }, body: message, redirect: 'manual' })).status, 303)
  })
  after(async () => {
    await browsing?.close()
    await server?.kill('SIGTERM')
    clearFolder(folder)
  })

  for (const { who, signIn, starts, search } of visitors) {
    test(`${who} is asked for no other host, hears no complaint, and axe finds nothing`, async () => {
      const walk = new Walk(browsing.context, site, visited, examined)
      await walk.open(signIn)
      await walk.from([...starts, ...(search ? await walk.find(search) : [])])
      assert.deepEqual(walk.complaints, [])
      assert.ok(walk.count > 10, `${walk.count} pages`)
    })
  }
  test('nothing was left out', () => {
    const missing = Object.keys(pages).filter(pattern => !visited.has(pattern) && !elsewhere[pattern] && !/^\/(assets|pictures|robots|sitemap)/.test(pattern))
    assert.deepEqual(missing, [])
  })
})

class Walk {
  readonly context: BrowserContext
  readonly site: URL
  readonly visited: Set<string>
  readonly examined: Set<string>
  readonly complaints: string[] = []
  readonly seen = new Map<string, number>()
  count = 0
  page!: Page
  constructor(context: BrowserContext, site: URL, visited: Set<string>, examined: Set<string>) {
    this.context = context
    this.site = site
    this.visited = visited
    this.examined = examined
  }

  async open(signIn: string | undefined): Promise<void> {
    await this.context.clearCookies()
    this.page = await this.context.newPage()
    const complain = (words: string) => this.complaints.push(`${this.page.url()}: ${words}`)
    hear(this.page, this.site.origin, complain)
    if (!signIn) return
    await this.page.goto(new URL('/sign-in', this.site).href)
    await this.page.getByRole('button', { name: signIn }).click()
  }

  /** Finds a patient the way that staff do, by a form that puts nothing personal into an address. */
  async find(name: string): Promise<string[]> {
    await this.page.goto(new URL('/console/patients', this.site).href)
    await this.page.getByLabel(/^Name/).fill(name)
    await this.page.getByRole('button', { name: 'Find' }).click()
    return [await this.page.getByRole('link', { name: new RegExp(name) }).first().getAttribute('href') ?? assert.fail('nobody was found')]
  }

  async from(starts: readonly string[]): Promise<void> {
    const waiting = [...starts]
    const known = new Set(waiting)
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      for (const next of await this.look(path)) {
        const pattern = patternOf(next.split(/[?#]/)[0]!)
        if (known.has(next) || !pattern || /^\/(pictures|assets)|\/document\//.test(pattern)) continue
        const key = next.startsWith('/es') ? `/es ${pattern}` : pattern
        const before = this.seen.get(key) ?? 0
        if (before >= mostOfOne) continue
        this.seen.set(key, before + 1)
        known.add(next)
        waiting.push(next)
      }
    }
    await this.page.close()
  }

  /** Opens one page, has it checked, and says where its links lead. */
  async look(path: string): Promise<string[]> {
    const { page } = this
    const answer = await page.goto(new URL(path, this.site).href).catch((error: Error) => error)
    if (answer instanceof Error) {
      if (!/Download is starting/.test(answer.message)) this.complaints.push(`${path}: ${answer.message.split('\n')[0]}`)
      return []
    }
    this.count++
    const pattern = patternOf(new URL(page.url()).pathname)
    if (pattern) this.visited.add(pattern)
    if (answer!.status() >= 500) this.complaints.push(`${path}: ${answer!.status()}`)
    if (!/html/.test(answer!.headers()['content-type'] ?? '')) return []
    const key = path.startsWith('/es') ? `/es ${pattern}` : pattern ?? path
    if (!this.examined.has(key) || differs.has(key)) this.complaints.push(...(await findFaults(page)).map(words => `${path}: ${words}`))
    this.examined.add(key)
    return page.evaluate(() => [...document.querySelectorAll('a[href]')].map(a => (a as HTMLAnchorElement).href).filter(href => href.startsWith(location.origin)).map(href => href.slice(location.origin.length).replace(/#.*/, '') || '/'))
  }
}
