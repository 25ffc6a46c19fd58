import { createHash } from 'node:crypto'

/** A paragraph with the empty lines after it. Joined, words and gaps are the text, letter for letter (N10). */
export type Paragraph = { words: string; gap: string; part: string }

const most = 500

/** What a paragraph is called: the beginning of its words' SHA-256. */
export const partOf = (words: string): string => createHash('sha256').update(words).digest('hex').slice(0, 16)

/** A gap is white space with an empty line in it, or what ends the text. Each stretch is looked at once, however long it is; what comes after five hundred stays in one piece. */
export function splitParagraphs(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let from = 0
  for (const { 0: space, index } of text.matchAll(/\s+/g)) {
    if (paragraphs.length === most - 1) break
    const end = index + space.length
    if (index === 0 || (end < text.length && space.split('\n').length < 3)) continue
    const words = text.slice(from, index)
    paragraphs.push({ words, gap: space, part: partOf(words) })
    from = end
  }
  if (from < text.length || paragraphs.length === 0) paragraphs.push({ words: text.slice(from), gap: '', part: partOf(text.slice(from)) })
  return paragraphs
}
