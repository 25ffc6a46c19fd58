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

/** What is wrong with the page that is open: too wide for a small telephone, or what axe finds. */
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
  return [...over, ...found]
}
