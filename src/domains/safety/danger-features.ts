import { concepts } from './data/danger-concepts.data.ts'

const named = Object.entries(concepts).flatMap(([concept, words]) => words.split(' ').map(word => ({ concept, word: word.replace('=', ''), isWhole: word.endsWith('=') })))
const byStart = Map.groupBy(named, ({ word }) => word.slice(0, 2))
const remembered = new Map<string, readonly string[]>()

/** The concepts that a word stands for. */
function conceptsOf(word: string): readonly string[] {
  let found = remembered.get(word)
  if (!found) {
    found = [...new Set((byStart.get(word.slice(0, 2)) ?? []).filter(one => (one.isWhole ? one.word === word : word.startsWith(one.word))).map(({ concept }) => concept))]
    if (remembered.size > 20_000) remembered.clear()
    remembered.set(word, found)
  }
  return found
}

/** Letter by letter, so that places stay: no accents, small letters, plain quotes. */
export const plain = (text: string): string => Array.from(text, letter => {
  const base = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return base.length === letter.length ? base.replace('’', "'") : letter
}).join('')

export type Word = { word: string; start: number; end: number }
/** The words of a plain text with their places. A mark that ends a sentence is a word of its own, and the end of a line is a full stop. */
export const wordsOf = (text: string): Word[] => Array.from(text.matchAll(/[a-z0-9']+|[.!?;\n]/g), ({ 0: word, index }) => ({ word: word === '\n' ? '.' : word, start: index, end: index + word.length }))

const reach = 6

/**
 * What the model hears in some words: each word, each pair of neighbours, each concept, and each two concepts within six words of one another,
 * in their order. Each once.
 */
export function featuresOf(words: readonly Word[]): Set<string> {
  const found = new Set<string>()
  const near: { at: number; concept: string }[] = []
  words.forEach(({ word }, at) => {
    found.add(word)
    if (at > 0) found.add(`${words[at - 1]!.word} ${word}`)
    const own = conceptsOf(word)
    for (const concept of own) {
      found.add(`#${concept}`)
      for (const before of near) found.add(`#${before.concept} ${concept}`)
    }
    for (const concept of own) near.push({ at, concept })
    while (near.length > 0 && at - near[0]!.at >= reach) near.shift()
  })
  return found
}

const most = 40, step = 20
/** A short text is heard whole, a long one in stretches that overlap: danger in the middle of a letter is not talked down by what stands around it. */
export function stretchesOf(words: readonly Word[]): (readonly Word[])[] {
  if (words.length <= most) return words.length > 0 ? [words] : []
  const count = Math.ceil((words.length - most) / step) + 1
  return Array.from({ length: count }, (_, place) => words.slice(place * step, place * step + most))
}
