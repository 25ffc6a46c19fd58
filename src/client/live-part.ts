import { swapPart } from './swap-part.ts'

/** Whoever hears of the same thing does not ask at the same instant, and what comes together is read once. */
const soonMs = () => 40 + Math.random() * 120
const againMs = () => 10_000 + Math.random() * 10_000
/** What a house that died between its change and the word of it never said, screens of another house find so. A thousand of them ask for four pages a second. */
const unsaidMs = () => 240_000 + Math.random() * 60_000

/**
 * A part of a page that keeps itself fresh: when the stream at `events` says that something changed, the page is read again and this part is put
 * in the place of the old one. It waits while the person writes in it, holds a button down or has a dialog open. A page that nobody looks at
 * holds no stream; what it missed it reads when it is looked at again. While it is live, links with `data-refresh` are not needed.
 */
class LivePart extends HTMLElement {
  #stream: EventSource | undefined
  #wasOpen = false
  #isStale = false
  #isReading = false
  #isPressed = false
  #soon = 0
  #again = 0
  #unsaid = 0
  #status = document.createElement('p')

  connectedCallback(): void {
    this.#status.setAttribute('role', 'status')
    this.#status.className = 'unseen'
    this.after(this.#status)
    for (const event of ['focusout', 'close', 'change']) this.addEventListener(event, this.#later, true)
    for (const event of ['pointerdown', 'pointerup', 'pointercancel']) addEventListener(event, this.#press, true)
    document.addEventListener('visibilitychange', this.#look)
    addEventListener('focus', this.#look)
    this.#look()
  }

  disconnectedCallback(): void {
    this.#close()
    clearTimeout(this.#soon)
    for (const event of ['pointerdown', 'pointerup', 'pointercancel']) removeEventListener(event, this.#press, true)
    document.removeEventListener('visibilitychange', this.#look)
    removeEventListener('focus', this.#look)
    this.#status.remove()
  }

  #look = (): void => {
    if (document.hidden) return this.#close()
    if (!this.#stream) this.#open()
    this.#later()
  }

  #open(): void {
    clearTimeout(this.#again)
    this.#unsaid = window.setInterval(this.#stale, unsaidMs())
    const stream = this.#stream = new EventSource(this.getAttribute('events') ?? '')
    stream.onopen = () => {
      this.#showLive(true)
      if (this.#wasOpen) this.#stale()   // what was said meanwhile was said to nobody
      this.#wasOpen = true
    }
    stream.onmessage = this.#stale
    stream.addEventListener('refresh', () => setTimeout(this.#stale, Math.random() * 1_000))
    stream.addEventListener('ended', () => location.reload())        // whoever is no longer signed in sees nothing
    stream.addEventListener('elsewhere', () => this.#close())        // too many pages are open: until this one is looked at again
    stream.onerror = () => {
      this.#showLive(false)
      if (stream.readyState !== EventSource.CLOSED) return           // it comes back by itself
      this.#close()
      this.#again = window.setTimeout(this.#look, againMs())
    }
  }

  #close(): void {
    this.#stream?.close()
    this.#stream = undefined
    clearTimeout(this.#again)
    clearInterval(this.#unsaid)
    this.#showLive(false)
  }

  #showLive(isLive: boolean): void {
    this.toggleAttribute('is-live', isLive)
    for (const link of document.querySelectorAll<HTMLElement>('[data-refresh]')) link.hidden = isLive
  }

  #stale = (): void => { this.#isStale = true; this.#later() }
  #later = (): void => {
    if (!this.#isStale || this.#soon !== 0) return
    this.#soon = window.setTimeout(() => { this.#soon = 0; void this.#refresh() }, soonMs())
  }
  #press = ({ type }: Event): void => { this.#isPressed = type === 'pointerdown'; if (!this.#isPressed) this.#later() }

  get #isInUse(): boolean {
    const at = document.activeElement
    return this.#isPressed || this.querySelector('dialog[open]') !== null || (this.contains(at) && at!.matches('input, textarea, select, [contenteditable]'))
  }

  async #refresh(): Promise<void> {
    if (!this.#isStale || this.#isReading || document.hidden || this.#isInUse) return
    ;[this.#isStale, this.#isReading] = [false, true]
    try {
      const answer = await fetch(location.href, { headers: { 'rapport-live': 'yes' } })   // nobody did this: it keeps no session alive
      if (answer.redirected || answer.status === 403) return location.reload()
      const page = answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : undefined
      const fresh = page?.getElementById(this.id)
      if (!page || !fresh) this.#again = window.setTimeout(this.#stale, 5_000)
      else if (this.#isInUse) this.#isStale = true
      else this.#say(swapPart(this, fresh, page))
    } catch {
      this.#again = window.setTimeout(this.#stale, 5_000)
    } finally {
      this.#isReading = false
      this.#later()
    }
  }

  #say(changes: number): void {
    const words = changes === 0 ? undefined : this.dataset[changes === 1 ? 'one' : 'many']
    if (words) this.#status.textContent = words.replace('#', String(changes))
  }
}
customElements.define('rapport-live', LivePart)
