import { createElement, type ComponentType } from 'react'
import { hydrateRoot, type Root } from 'react-dom/client'

type IslandFile = () => Promise<{ default: ComponentType<object> }>
const files = import.meta.glob<{ default: ComponentType<object> }>(['../domains/*/pages/**/*.island.tsx', '../home/**/*.island.tsx'])

const fileOf = (name: string): IslandFile | undefined => files[`../domains/${name}.island.tsx`] ?? files[`../${name}.island.tsx`]

/** The server drew it already; here it gets its hands. */
class RapportIsland extends HTMLElement {
  #root: Root | undefined

  async connectedCallback(): Promise<void> {
    const name = this.getAttribute('name') ?? ''
    const file = fileOf(name)
    if (!file) throw new Error(`no island is built under the name ${name}`)
    const island = await file()
    if (!this.isConnected || this.#root) return
    const props = JSON.parse(this.getAttribute('props') ?? '{}') as object
    this.#root = hydrateRoot(this, createElement(island.default, props), { identifierPrefix: this.getAttribute('prefix') ?? '' })
    this.dataset.awake = ''
  }

  disconnectedCallback(): void {
    this.#root?.unmount()
    this.#root = undefined
  }
}
customElements.define('rapport-island', RapportIsland)
