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

/** Small letters without accents, in words; marks that end a sentence stay as words of their own. */
export const wordsOf = (text: string): string[] => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'").match(/[a-z0-9']+|[.!?;\n]/g) ?? []
const window = 6

/**
 * What the model hears in some words: each word and pair of neighbours, the parts of each word (for typing errors), each concept, and each two
 * concepts within six words of one another, in their order. Each once.
 */
export function featuresOf(words: readonly string[]): Set<string> {
  const found = new Set<string>()
  const near: { at: number; concept: string }[] = []
  words.forEach((word, at) => {
    found.add(word)
    if (at > 0) found.add(`${words[at - 1]} ${word}`)
    if (at > 1) found.add(`${words[at - 2]} ${words[at - 1]} ${word}`)
    if (word.length > 4) for (let i = 0; i + 4 <= word.length + 1; i++) found.add(`~${`${word}_`.slice(i, i + 4)}`)
    const own = conceptsOf(word)
    for (const concept of own) {
      found.add(`#${concept}`)
      for (const before of near) if (at - before.at <= window && before.at !== at) found.add(`#${before.concept} ${concept}`)
    }
    for (const concept of own) near.push({ at, concept })
    while (near.length > 0 && at - near[0]!.at >= window) near.shift()
  })
  return found
}
