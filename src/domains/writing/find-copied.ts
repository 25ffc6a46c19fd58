import { createHash } from 'node:crypto'

/** Hashes of sentences of earlier notes, each with the day of the latest note that holds it (2026-11-03). */
export type Earlier = Record<string, string>
export type Copied = { start: number; end: number; day: string }

/** Shorter ones are said anew in every note: "No known allergies." is nobody's copy. */
const leastLetters = 40
const mostSentences = 2_000

const plain = (sentence: string): string => sentence.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

function sentencesOf(text: string): { start: number; end: number; hash: string }[] {
  return [...text.matchAll(/[^\n]+?(?:[.!?](?=\s|$)|(?=\n)|$)/g)].flatMap(({ index, 0: words }) => {
    const letters = plain(words)
    const start = index + (words.length - words.trimStart().length)
    return letters.length < leastLetters ? [] : [{ start, end: index + words.length, hash: createHash('sha256').update(letters).digest('hex').slice(0, 16) }]
  })
}

/** What may turn out to be copied: kept with a draft when it is begun, so that typing reads no record. The latest note wins. */
export function hashEarlier(notes: readonly { text: string; day: string }[]): Earlier {
  const all = notes.toSorted((a, b) => a.day.localeCompare(b.day)).flatMap(({ text, day }) => sentencesOf(text).map(({ hash }) => [hash, day] as const))
  return Object.fromEntries(all.slice(-mostSentences))
}

/** Stretches of a text that stand in an earlier note, sentence by sentence; neighbours of one day are one. Pure. Source: N5. */
export function findCopied(text: string, earlier: Earlier): Copied[] {
  const found: Copied[] = []
  for (const { start, end, hash } of sentencesOf(text)) {
    const day = earlier[hash]
    if (!day) continue
    const before = found.at(-1)
    if (before?.day === day && text.slice(before.end, start).trim() === '') before.end = end
    else found.push({ start, end, day })
  }
  return found
}

/** How much of a text was copied, from 0 to 1. */
export function copiedShare(text: string, earlier: Earlier): number {
  const letters = text.trim().length
  return letters === 0 ? 0 : Math.min(1, findCopied(text, earlier).reduce((sum, { start, end }) => sum + end - start, 0) / letters)
}
