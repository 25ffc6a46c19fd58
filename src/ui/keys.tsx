import { Icon } from '#ui/icon.tsx'

/** `keys` is one letter or an arrow; `href` an address, or '#id' of what gets the focus. */
export type Key = { keys: string; words: string; href: string }
const shown: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→' }

/**
 * Single keys for a page, with a list that `?` or its button opens, in which they can be turned off (WCAG 2.1.4). They rest while somebody types.
 * Without script nothing shows: each of them is a link of the page as well.
 */
export function Keys({ items }: { items: readonly Key[] }) {
  return (
    <div className="keys no-print" data-keys={JSON.stringify(Object.fromEntries(items.map(({ keys, href }) => [keys, href])))} hidden>
      <button type="button" className="button button-quiet" data-keys-open=""><Icon name="keyboard" /> Keys</button>
      <dialog className="keys-list" aria-labelledby="keys-title">
        <h2 id="keys-title">Keys of this page</h2>
        <dl>
          {items.map(({ keys, words }) => <div key={keys}><dt><kbd>{shown[keys] ?? keys}</kbd></dt><dd>{words}</dd></div>)}
          <div><dt><kbd>← ↑ → ↓</kbd></dt><dd>From visit to visit, once you are in the day</dd></div>
          <div><dt><kbd>?</kbd></dt><dd>This list</dd></div>
        </dl>
        <label className="keys-switch"><input type="checkbox" data-keys-switch="" /> Use single keys in this browser</label>
        <form method="dialog"><button className="button button-secondary">Close</button></form>
      </dialog>
    </div>
  )
}
