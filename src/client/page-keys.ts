const switchedOff = 'rapport-keys-off'
const typing = 'input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]'
type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'
const isArrow = (key: string): key is Direction => /^Arrow(Left|Right|Up|Down)$/.test(key)

/** Single keys of a page: they rest while somebody types, in a dialog, beside another key, and for good where they were turned off. */
export function wakeKeys(place: HTMLElement): void {
  const hrefs = JSON.parse(place.dataset.keys!) as Record<string, string>
  const [dialog, onOff] = [place.querySelector('dialog')!, place.querySelector<HTMLInputElement>('[data-keys-switch]')!]
  place.hidden = false
  place.querySelector('[data-keys-open]')!.addEventListener('click', () => dialog.showModal())
  onOff.checked = localStorage.getItem(switchedOff) === null
  onOff.addEventListener('change', () => { if (onOff.checked) localStorage.removeItem(switchedOff); else localStorage.setItem(switchedOff, 'yes') })
  document.addEventListener('keydown', event => {
    const at = event.target instanceof Element ? event.target : document.body
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || at.closest(typing) || document.querySelector('dialog[open]')) return
    if (isArrow(event.key)) {
      const grid = at.closest<HTMLElement>('.day-grid')
      if (grid && event.target instanceof HTMLElement) { if (walk(grid, event.target, event.key)) event.preventDefault(); return }
      if (at !== document.body && at.id !== 'main') return   // arrows belong to what has the focus
    }
    if (!onOff.checked) return
    if (event.key === '?') { event.preventDefault(); dialog.showModal(); return }
    const href = event.shiftKey ? undefined : hrefs[event.key]
    if (href === undefined) return
    event.preventDefault()
    if (href.startsWith('#')) goTo(document.getElementById(href.slice(1)))
    else location.assign(href)
  })
}

/** Into a field, or to a button; of a part of the page to its first link, in a day to the first that is not over. */
function goTo(place: HTMLElement | null): void {
  if (!place || place.matches(`${typing}, button, a`)) { place?.focus(); return }
  const now = place.querySelector('tr.now')?.getBoundingClientRect().top ?? -Infinity
  const links = [...place.querySelectorAll<HTMLElement>('tbody a:not([tabindex="-1"])')]
  ;(links.find(link => link.getBoundingClientRect().bottom > now) ?? links[0])?.focus()
}

/** To the nearest visit or free time in that direction: across a column before past it. */
function walk(grid: HTMLElement, from: HTMLElement, key: Direction): boolean {
  const here = from.getBoundingClientRect()
  const isAcross = key === 'ArrowLeft' || key === 'ArrowRight'
  const sign = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1
  let [best, least] = [undefined as HTMLElement | undefined, Infinity]
  for (const link of grid.querySelectorAll<HTMLElement>('tbody a')) {
    const there = link.getBoundingClientRect()
    const along = isAcross ? sign * (sign > 0 ? there.left - here.right : here.left - there.right) : sign * (there.top - here.top) * sign
    const ahead = isAcross ? along > -2 : sign * (there.top - here.top) > 2
    if (link === from || !ahead) continue
    const beside = isAcross ? Math.max(0, there.top - here.top, here.top - there.bottom + 1) : Math.max(0, there.left - here.right + 2, here.left - there.right + 2)
    const far = (isAcross ? along : Math.abs(there.top - here.top)) + 4 * beside
    if (far < least) [best, least] = [link, far]
  }
  best?.focus()
  best?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  return best !== undefined
}
