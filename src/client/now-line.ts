/** When each day was first seen here, by this machine's clock: only how long ago that is counts, so that a clock that is wrong does no harm. */
const seen = new WeakMap<HTMLTableElement, number>()
const everyMs = 20_000

/** Moves the line of now down the day, and off it when the day is over. The server drew it where it was when the page was made. */
function moveNow(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table[data-now]')) {
    if (!seen.has(table)) seen.set(table, Date.now())
    const { now, from, step } = table.dataset
    const rows = [...table.tBodies[0]!.rows]
    const at = (Number(now) + Date.now() - seen.get(table)! - Number(from)) / Number(step)
    const mark = table.querySelector('.now-mark') ?? Object.assign(document.createElement('span'), { className: 'now-mark', textContent: 'now' })
    for (const row of rows) row.classList.remove('now')
    const row = at >= 0 ? rows[Math.floor(at)] : undefined
    if (!row) { mark.remove(); continue }
    row.classList.add('now')
    row.style.setProperty('--now', `${Math.round(100 * (at - Math.floor(at)))}%`)
    if (mark.parentElement !== row.cells[0]) row.cells[0]!.append(mark)
  }
}

export function keepNow(): void {
  moveNow()
  setInterval(moveNow, everyMs)
  document.addEventListener('visibilitychange', moveNow)
  // A part that was read anew is drawn where the server's now is.
  new MutationObserver(moveNow).observe(document.querySelector('rapport-live') ?? document.body, { childList: true })
}
