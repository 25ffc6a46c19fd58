import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** Words on one line: a time has a narrow space before AM. */
const onLine = (text: string): string => text.replace(/\s+/g, ' ')

/** Goes on by keyboard alone to what is named so, and gives it the focus; it must show that it has it. */
export async function reach(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = []
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const one = document.activeElement as HTMLElement | null
      const label = one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement ? one.labels?.[0]?.innerText : one?.innerText
      return { words: label?.trim() ?? '', isShown: one?.matches(':focus-visible') ?? false }
    })
    seen.push(at.words)
    if (!name.test(onLine(at.words))) continue
    assert.ok(at.isShown, `${at.words} has the focus and does not show it`)
    return
  }
  assert.fail(`the keyboard does not reach ${name} on ${page.url()}: ${seen.join(' | ')}`)
}
