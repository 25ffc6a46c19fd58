import { Fragment, useId } from 'react'
import type { Span } from '../../explain/explain-words.ts'

/** A note's own words, letter for letter; the ones that people misread open their meaning at a tap, without script. */
export function ExplainedText({ spans, locale }: { spans: readonly Span[]; locale: string }) {
  const id = useId()
  return spans.map((span, index) => span.means === null ? <Fragment key={index}>{span.text}</Fragment> : (
    <Fragment key={index}>
      <button type="button" className="rec-word" popoverTarget={`${id}${index}`}>{span.text}</button>
      <span className="rec-means" id={`${id}${index}`} popover="auto" lang={locale}>{span.means}</span>
    </Fragment>
  ))
}
