import type { Locale } from '#platform/words.ts'
import { misreadWords, type MisreadWord } from '../data/misread-words.data.ts'

/** A stretch of a text; `means` explains it where it is a word that people misread. */
export type Span = { text: string; means: string | null; id: string | null }
type Found = { from: number; to: number; word: MisreadWord }

const around = 40
const longest = 200_000

/**
 * The text in spans, the words that people misread explained in the reader's language. Joined, the spans are the text,
 * letter for letter: a note is shown as it is stored (N10). A word is explained the first time it stands in the text.
 * The practice's own words come first.
 */
export function explainWords(text: string, locale: Locale, own: readonly MisreadWord[] = []): Span[] {
  const spans: Span[] = []
  let at = 0
  for (const { from, to, word } of chosen(text, own)) {
    if (from > at) spans.push({ text: text.slice(at, from), means: null, id: null })
    spans.push({ text: text.slice(from, to), means: word[locale], id: word.id })
    at = to
  }
  if (at < text.length || spans.length === 0) spans.push({ text: text.slice(at), means: null, id: null })
  return spans
}

/** First of each word, left to right; where two overlap the one named first in the table holds ("positive nodes" before "positive"). */
function chosen(text: string, own: readonly MisreadWord[]): Found[] {
  const found: Found[] = []
  for (const word of [...own, ...misreadWords]) {
    const first = firstOf(text.slice(0, longest), word)
    if (first && !found.some(other => first.from < other.to && other.from < first.to)) found.push(first)
  }
  return found.toSorted((a, b) => a.from - b.from)
}

function firstOf(text: string, word: MisreadWord): Found | null {
  for (const match of text.matchAll(word.pattern)) {
    const [from, to] = [match.index, match.index + match[0].length]
    const context = text.slice(Math.max(0, from - around), to + around)
    if (word.not?.test(context) || (word.only && !word.only.test(context))) continue
    return { from, to, word }
  }
  return null
}
