import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { renderToStaticMarkup } from 'react-dom/server'
import { root } from '#platform/root.ts'
import { openBrowser, openGallery, samples } from '#ui/gallery/open-gallery.tsx'

const axeSource = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
const paths = Object.keys(samples)
const markup = Object.fromEntries(paths.map(path => [path, renderToStaticMarkup(samples[path]!)]))

test('no page has an inline style or an inline script', () => {
  for (const [path, html] of Object.entries(markup)) {
    assert.doesNotMatch(html, /\sstyle="|<style|\son[a-z]+="/, path)
    for (const [, attributes] of html.matchAll(/<script([^>]*)>/g)) assert.match(attributes!, /src="\/assets\/|type="application\/ld\+json"/, path)
  }
})

test('a page of the site has no script at all', () => {
  for (const path of paths.filter(name => name.startsWith('/site'))) assert.doesNotMatch(markup[path]!, /<script(?! type="application\/ld\+json")/)
})

test('what a page tells search engines cannot end its element', () => {
  assert.match(markup['/site-home']!, /<script type="application\/ld\+json">[^<]*\\u003c\/script>[^<]*<\/script>/)
})

test('a form carries its key once, new each time, and a form on a cached page none', () => {
  const keysOf = (html: string) => [...html.matchAll(/name="_once" value="([0-9a-f-]{36})"/g)].map(match => match[1])
  const again = renderToStaticMarkup(samples['/plain']!)
  assert.equal(keysOf(again).length, 1)
  assert.notDeepEqual(keysOf(again), keysOf(markup['/plain']!))
  assert.equal(keysOf(markup['/site-page']!).length, 0)
})

test('a wrong field is named at the top, told beside it, and keeps what was typed', () => {
  const html = markup['/site-page']!
  assert.match(html, /<a href="#name">Tell us your name/)
  assert.match(html, /id="name"[^>]*aria-describedby="name-error"[^>]*aria-invalid="true"/)
  assert.match(html, /<p class="field-error" id="name-error">Tell us your name/)
  assert.match(html, />Do you have room for two more\?<\/textarea>/)
  assert.doesNotMatch(markup['/plain']!, /type="password"[^>]*value=/)
})

test('every icon stands beside a word', () => {
  for (const html of Object.values(markup)) assert.doesNotMatch(html, /<(a|button|summary)[^>]*>(\s|<svg[^>]*class="icon(?:(?!<\/svg>).)*<\/svg>)+<\/\1>/)
})

describe('in a browser', { skip: (await openBrowser().then(async found => { await found?.close(); return !found })) && 'no Chromium here: install chromium, or set CHROMIUM_PATH' }, () => {
  let browser: Browser
  let gallery: Awaited<ReturnType<typeof openGallery>>
  before(async () => {
    browser = (await openBrowser())!
    gallery = await openGallery()
  })
  after(async () => {
    gallery.close()
    await browser.close()
  })

  async function visit(options: BrowserContextOptions, each: (page: Page, path: string, complaints: string[]) => Promise<void>) {
    const context = await browser.newContext(options)
    try {
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', message => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()) })
      page.on('pageerror', error => complaints.push(error.message))
      page.on('request', request => { if (!request.url().startsWith(gallery.url) && !request.url().startsWith('data:')) complaints.push(`asks ${request.url()}`) })
      for (const path of paths) {
        complaints.length = 0
        await page.goto(gallery.url + path)
        await each(page, path, complaints)
      }
    } finally {
      await context.close()
    }
  }

  const looks: BrowserContextOptions[] = (['light', 'dark'] as const).flatMap(colorScheme => [390, 1280].map(width => ({ colorScheme, viewport: { width, height: 900 }, bypassCSP: false })))
  for (const look of looks) {
    test(`axe finds nothing at ${look.viewport!.width} px in the ${look.colorScheme}, and nobody else is asked`, async () => {
      await visit(look, async (page, path, complaints) => {
        assert.deepEqual(complaints, [], path)
        assert.deepEqual(await violationsOn(page), [], path)
      })
    })
  }

  test('at 400 % zoom nothing runs off the side and the bars let go of the screen', async () => {
    await visit({ viewport: { width: 320, height: 256 } }, async (page, path) => {
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path)
      assert.equal(await page.evaluate(() => [...document.querySelectorAll('.portal-bar, .phone-bar')].some(bar => getComputedStyle(bar).position !== 'static')), false, path)
    })
  })

  test('nothing moves for those who asked for stillness', async () => {
    await visit({ reducedMotion: 'reduce' }, async (page, path) => {
      const longest = await page.evaluate(() => Math.max(...[...document.querySelectorAll('*')].map(element => Number.parseFloat(getComputedStyle(element).transitionDuration))))
      assert.equal(longest, 0, path)
    })
  })

  test('every target is at least 24 pixels tall or stands in a line of text', async () => {
    await visit({ viewport: { width: 390, height: 844 } }, async (page, path) => {
      const small = await page.evaluate(() => [...document.querySelectorAll('nav a, .button, summary, select, input:not([type=hidden]), textarea')]
        .filter(element => element.checkVisibility() && element.getBoundingClientRect().height < 24 && !element.closest('.choice')).map(element => element.outerHTML.slice(0, 120)))
      assert.deepEqual(small, [], path)
    })
  })

  test('forced colours keep every edge and every mark', async () => {
    await visit({ forcedColors: 'active' }, async (page, path) => {
      const bare = await page.evaluate(() => [...document.querySelectorAll('.button:not(.button-quiet), .input, .notice, .badge')].filter(element => element.checkVisibility() && getComputedStyle(element).borderTopStyle === 'none').length)
      assert.equal(bare, 0, path)
    })
  })

  test('the keyboard skips to the page first', async () => {
    const page = await browser.newPage()
    await page.goto(`${gallery.url}/portal-home`)
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '#main')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main')
    await page.close()
  })

  test('More opens by keyboard and shows the way out', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })
    await page.goto(`${gallery.url}/portal-home`)
    await page.locator('.portal-bar-more summary').focus()
    await page.keyboard.press('Enter')
    assert.ok(await page.locator('.portal-sheet >> text=Sign out').isVisible())
    await page.close()
  })

  async function violationsOn(page: Page): Promise<string[]> {
    await page.evaluate(axeSource)   // the browser's own console lane: the page's policy need not open for it
    return page.evaluate(async () => {
      const axe = (globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe
      const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
    })
  }
})
