import { keptKey } from '../shared.ts'
import type { Kept } from '../keep-marks.ts'

/**
 * Stands beside the note where script runs (`src/client/check-note.ts`), and is hidden where it does not: there "Check the words" does the same
 * on the page that comes next. What is kept goes with the form either way.
 */
export function WordsBeside({ href, kept }: { href: string; kept: readonly Kept[] }) {
  return (
    <section className="words-beside" data-note-check={href} hidden aria-label="Words to look at">
      <p className="words-beside-title">Words to look at</p>
      <p role="status" data-part="say" className="soft" />
      <ul data-part="marks" className="rows" />
      <ul data-part="copied" className="plain-list" />
      <ul data-part="kept" className="plain-list">{kept.map(one => <KeptLine key={keptKey(one.term, one.words)} kept={one} />)}</ul>
      <template data-of="mark">
        <li className="words-mark">
          <button type="button" className="button button-quiet" data-do="go"><span data-slot="words" /></button>
          <span className="badge badge-notice" data-slot="grave" />
          <p className="row-detail" data-slot="why" />
          <p className="row-detail" data-slot="from" />
          <div className="words-offers"><span data-slot="offers" className="words-offers" /><button type="button" className="button button-quiet" data-do="keep"><span>Keep</span></button></div>
        </li>
      </template>
      <template data-of="offer"><button type="button" className="button button-secondary"><span /></button></template>
      <template data-of="copied"><li><button type="button" className="button button-quiet" data-do="go"><span data-slot="words" /></button> <span className="soft" data-slot="from" /></li></template>
      <template data-of="kept"><KeptLine /></template>
    </section>
  )
}

const KeptLine = ({ kept }: { kept?: Kept }) => (
  <li className="words-kept">
    <input type="hidden" name="kept" value={kept ? keptKey(kept.term, kept.words) : ''} />
    <span>Kept: “<span data-slot="words">{kept?.words}</span>”</span>
    <button type="button" className="button button-quiet" data-do="undo" hidden><span>Undo</span></button>
    <input type="text" name="kept-why" className="input" maxLength={300} defaultValue={kept?.why} placeholder="Why (optional)" aria-label={kept && `Why you keep “${kept.words}” (optional)`} />
  </li>
)
