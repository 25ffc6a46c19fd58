import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { root } from '#platform/root.ts'

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
type Axe = { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }

/** Hears what the browser says of a page: errors, breaches of its policy among them, and requests to any other host. */
export function hear(page: Page, origin: string, complain: (words: string) => void): void {
  // A page that says "not found" or "no such link" says so with its status too; the browser notes that as an error.
  page.on('console', message => { if (message.type() === 'error' && !/status of (404|410|403|422)/.test(message.text())) complain(message.text()) })
  page.on('pageerror', error => complain(error.message))
  page.on('request', request => { if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) complain(`asked ${request.url()}`) })
}

type Wish = { media?: 'print' | 'screen'; forcedColors?: 'active' | 'none'; reducedMotion?: 'reduce' | 'no-preference' }
/** What people ask their device for, and what a page must keep then. Each gives the elements at fault. */
const wishes: readonly (readonly [string, Wish, () => string[]])[] = [
  ['moves for those who asked for stillness', { reducedMotion: 'reduce' }, () => [...document.querySelectorAll('body *')]
    .filter(one => [getComputedStyle(one).transitionDuration, getComputedStyle(one).animationDuration].some(time => Number.parseFloat(time) > 0.01)).map(one => one.outerHTML)],
  ['loses its edge in forced colours', { forcedColors: 'active' }, () => [...document.querySelectorAll('.button:not(.button-quiet), .input, .notice, .badge')]
    .filter(one => one.checkVisibility() && getComputedStyle(one).borderTopStyle === 'none').map(one => one.outerHTML)],
  ['is printed though nobody can press it on paper', { media: 'print' }, () => [...document.querySelectorAll('nav, .skip-link, .session-watch, .demo-banner, form button')].filter(one => one.checkVisibility()).map(one => one.outerHTML)],
  ['is not printed', { media: 'print' }, () => [...document.querySelectorAll('h1')].filter(one => !one.checkVisibility() || getComputedStyle(one).color === 'rgb(255, 255, 255)').map(one => one.outerHTML)],
]
async function wishesUnmet(page: Page): Promise<string[]> {
  const unmet: string[] = []
  for (const [words, wish, findIn] of wishes) {
    await page.emulateMedia(wish)
    const [first] = await page.evaluate(findIn)
    if (first) unmet.push(`${words}: ${first.slice(0, 160)}`)
    await page.emulateMedia({ media: null, forcedColors: null, reducedMotion: null })
  }
  return unmet
}

/** Words that a visitor or a patient sends are read in office hours alone: each such field stands with where to turn in an emergency. */
const standsAlone = (page: Page): Promise<string[]> => page.evaluate(() => location.pathname.startsWith('/console') ? [] : [...document.querySelectorAll('textarea')]
  .filter(field => !(field.getAttribute('aria-describedby') ?? '').split(' ').some(id => document.getElementById(id)?.textContent?.includes('911')))
  .map(field => `no word of an emergency with ${field.outerHTML.slice(0, 120)}`))

/** What is wrong with the page that is open: too wide for a small telephone, deaf to what a device asks for, or what axe finds. */
export async function findFaults(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 700 })
  const over = await page.evaluate(() => {
    const most = document.documentElement.scrollWidth - window.innerWidth
    const culprit = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > window.innerWidth + 1).at(-1)
    return most > 0 ? [`${most} px too wide at 320 px: ${culprit?.outerHTML.slice(0, 120)}`] : []
  })
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.evaluate(axe)   // the browser's own console lane: the page's policy need not open for it
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return violations.map(({ id, nodes }) => `${id} ${nodes.slice(0, 2).map(({ html }) => html.slice(0, 160)).join(' and ')}`)
  })
  return [...over, ...(await wishesUnmet(page)), ...(await standsAlone(page)), ...found]
}
