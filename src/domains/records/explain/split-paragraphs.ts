import { createHash } from 'node:crypto'

/** A paragraph with the empty lines after it. Joined, words and gaps are the text, letter for letter (N10). */
export type Paragraph = { words: string; gap: string; part: string }

/** What a paragraph is called: the beginning of its words' SHA-256. */
export const partOf = (words: string): string => createHash('sha256').update(words).digest('hex').slice(0, 16)

export function splitParagraphs(text: string): Paragraph[] {
  const pieces = text.split(/(\s*\n[ \t]*\n\s*|\s+$)/)
  const paragraphs: Paragraph[] = []
  for (let at = 0; at < pieces.length; at += 2) {
    const [words, gap] = [pieces[at]!, pieces[at + 1] ?? '']
    if (words === '' && paragraphs.length > 0) paragraphs.at(-1)!.gap += gap
    else paragraphs.push({ words, gap, part: partOf(words) })
  }
  return paragraphs
}
