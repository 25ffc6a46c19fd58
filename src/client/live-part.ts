/**
 * A part of a page that keeps itself fresh: when the stream at `events` says anything, the page is read again and this part
 * is put in the place of the old one. It waits while the person is writing in it, or looking elsewhere.
 */
class LivePart extends HTMLElement {
  #stream: EventSource | undefined
  #isStale = false

  connectedCallback(): void {
    this.#stream = new EventSource(this.getAttribute('events') ?? '')
    this.#stream.onmessage = () => { this.#isStale = true; void this.#refresh() }
    this.addEventListener('focusout', this.#refresh)
    document.addEventListener('visibilitychange', this.#refresh)
  }

  disconnectedCallback(): void {
    this.#stream?.close()
    document.removeEventListener('visibilitychange', this.#refresh)
  }

  #refresh = async (): Promise<void> => {
    if (!this.#isStale || document.hidden || this.contains(document.activeElement)) return
    this.#isStale = false
    const answer = await fetch(location.href)
    if (!answer.ok || answer.redirected) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.getElementById(this.id)
    if (fresh && fresh.innerHTML !== this.innerHTML) this.replaceChildren(...fresh.childNodes)
  }
}
customElements.define('rapport-live', LivePart)
