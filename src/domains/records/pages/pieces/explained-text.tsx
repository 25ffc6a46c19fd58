import { Fragment, useId } from 'react'
import type { Locale, Say } from '#platform/words.ts'
import type { MisreadWord } from '../../data/misread-words.data.ts'
import { explainWords, type Span } from '../../explain/explain-words.ts'

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

/** On paper nothing can be tapped: the meanings stand at the end, each once. */
export function PrintedMeanings({ text, own, locale, say }: { text: string; own: readonly MisreadWord[]; locale: Locale; say: Say }) {
  const meanings = explainWords(text, locale, own).filter(span => span.means !== null)
  if (meanings.length === 0) return null
  return (
    <div className="rec-print-words">
      <h2>{say('portal.notes.print-words')}</h2>
      <dl>{meanings.map(span => <div key={span.id}><dt>{span.text}</dt><dd>{span.means}</dd></div>)}</dl>
    </div>
  )
}
