/** How long before the end the person is asked. */
const warningSeconds = 120

/**
 * Counts down to the end of a session that lies still, asks two minutes before, and clears the screen at the end.
 * Every page of the house that opens in another tab keeps the session alive here too.
 */
class SessionClock extends HTMLElement {
  #endsAt = 0
  #timer = 0
  #tabs = new BroadcastChannel('rapport-session')

  connectedCallback(): void {
    this.#tabs.onmessage = event => this.#setEnd(Number(event.data), false)
    this.#form.addEventListener('submit', event => { event.preventDefault(); void this.#extend() })
    // A phone that slept has stopped its timers: look again when the page is seen.
    document.addEventListener('visibilitychange', this.#look)
    addEventListener('pageshow', this.#look)
    this.#setEnd(Date.now() + Number(this.getAttribute('seconds-left')) * 1000, true)
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer)
    document.removeEventListener('visibilitychange', this.#look)
    removeEventListener('pageshow', this.#look)
    this.#tabs.close()
  }

  get #form(): HTMLFormElement {
    return this.querySelector('form')!
  }

  #setEnd(endsAt: number, tellOthers: boolean): void {
    if (!(endsAt > this.#endsAt)) return
    this.#endsAt = endsAt
    if (tellOthers) this.#tabs.postMessage(endsAt)
    this.#look()
  }

  #look = (): void => {
    clearTimeout(this.#timer)
    const left = (this.#endsAt - Date.now()) / 1000
    if (left <= 0) return location.replace(this.getAttribute('end-href') ?? '/')
    const isAsking = left <= warningSeconds
    const words = this.querySelector('p')!
    if (isAsking && this.#form.hidden) words.textContent = words.dataset.words ?? ''
    this.#form.hidden = !isAsking
    this.#timer = window.setTimeout(this.#look, (isAsking ? left : left - warningSeconds) * 1000)
  }

  async #extend(): Promise<void> {
    const answer = await fetch(this.#form.action, { method: 'POST', body: new URLSearchParams({ _once: crypto.randomUUID() }), headers: { accept: 'application/json' } })
    if (!answer.ok || answer.redirected) return this.#form.submit()   // the server says in words what happened
    const { secondsLeft } = await answer.json() as { secondsLeft: number }
    this.#setEnd(Date.now() + secondsLeft * 1000, true)
  }
}
customElements.define('rapport-session', SessionClock)
