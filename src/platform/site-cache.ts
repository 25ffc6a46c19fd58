/** A public page as it left: bytes, never strings, with the two compressed forms made once. */
export type CachedPage = {
  status: number
  headers: Record<string, string>
  body: Buffer
  gzip: Buffer
  brotli: Buffer
  etag: string
  /** When the page stops being true by itself: opening hours change, a holiday begins. */
  validUntil: Date
}

const mostPages = 2_000

/**
 * Finished public pages of one edition. A writer's own process empties it before the writer is answered; other processes
 * hear of a new edition by NOTIFY, and while nobody listens (`isListening` false) the cache gives and keeps nothing.
 */
export class SiteCache {
  #edition = 0
  #pages = new Map<string, CachedPage>()
  isListening = false

  get edition(): number { return this.#edition }

  /** A new edition is out. Older pages are gone. */
  turnTo(edition: number): void {
    if (edition <= this.#edition) return
    this.#edition = edition
    this.#pages.clear()
  }

  find(key: string, now: Date): CachedPage | undefined {
    if (!this.isListening) return undefined
    const page = this.#pages.get(key)
    if (page && page.validUntil > now) return page
    if (page) this.#pages.delete(key)
    return undefined
  }

  /** Keeps a page that was read while `edition` was current; a page of an older edition is not kept. */
  keep(key: string, page: CachedPage, edition: number): void {
    if (!this.isListening || edition !== this.#edition) return
    if (this.#pages.size >= mostPages) this.#pages.delete(this.#pages.keys().next().value!)
    this.#pages.set(key, page)
  }

  clear(): void { this.#pages.clear() }
}
