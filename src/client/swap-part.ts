const markMs = 5_000
const scrolling = '.table-scrolls, [data-scrolls]'
const tokensIn = (part: Element): Map<string, Element> => new Map([...part.querySelectorAll('[data-live]')].map(one => [one.getAttribute('data-live')!, one]))
const idOf = (token: string): string => token.split('.')[0]!

/**
 * Puts a part of a freshly read page in the place of the old one: what had the focus has it again, what was scrolled or folded open stays so.
 * Things with `data-live="id.version"` that are new, other or gone are counted, and marked for a moment. Texts outside of it with `data-live-copy` go along.
 */
export function swapPart(part: HTMLElement, fresh: Element, page: Document): number {
  for (const copy of document.querySelectorAll('[data-live-copy][id]')) {
    const of = page.getElementById(copy.id)
    if (of && of.innerHTML !== copy.innerHTML) copy.replaceChildren(...of.childNodes)
  }
  if (fresh.innerHTML === part.innerHTML) return 0
  const [before, after] = [tokensIn(part), tokensIn(fresh)]
  const focused = part.contains(document.activeElement) ? document.activeElement! : undefined
  const scrolled = [...part.querySelectorAll(scrolling)].map(({ scrollLeft, scrollTop }) => ({ scrollLeft, scrollTop }))
  const open = new Set([...part.querySelectorAll('details[open] > summary')].map(summary => summary.textContent))
  part.replaceChildren(...fresh.childNodes)
  ;[...part.querySelectorAll(scrolling)].forEach((one, index) => Object.assign(one, scrolled[index]))
  for (const summary of part.querySelectorAll('details > summary')) if (open.has(summary.textContent)) summary.parentElement!.setAttribute('open', '')
  if (focused) focusAgain(part, focused)
  for (const [token, element] of after) {
    if (before.has(token)) continue
    element.classList.add('is-changed')
    setTimeout(() => element.classList.remove('is-changed'), markMs)
  }
  return new Set([...[...before.keys()].filter(token => !after.has(token)), ...[...after.keys()].filter(token => !before.has(token))].map(idOf)).size
}

function focusAgain(part: HTMLElement, was: Element): void {
  const [id, href] = [was.id, was.getAttribute('href')]
  const found = (id && part.querySelector(`#${CSS.escape(id)}`)) || (href && part.querySelector(`[href="${CSS.escape(href)}"]`)) || (was.matches(scrolling) && part.querySelector(scrolling))
  if (!found) part.tabIndex = -1   // it is gone: one goes on from here, not from the top of the page
  ;(found instanceof HTMLElement ? found : part).focus({ preventScroll: true })
}
