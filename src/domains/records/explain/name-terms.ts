import lexicon from '../data/stigma_lexicon.json' with { type: 'json' }

/**
 * One plain form of what a pattern finds, to be read by people: the first of each choice, optional words left out, "non-compliant" with its hyphen.
 * Knows no more of patterns than the lexicon uses.
 */
export function formOf(pattern: string): string {
  let at = 0
  const choice = (): string => {
    let first: string | undefined
    let run = ''
    while (at < pattern.length && pattern[at] !== ')') {
      if (pattern[at] === '|') { first ??= run; run = ''; at++; continue }
      run += repeated(one())
    }
    return first ?? run
  }
  const one = (): string => {
    const letter = pattern[at++]!
    if (letter === '(') {
      if (pattern.startsWith('?:', at)) at += 2
      const looksAhead = pattern[at] === '?'
      const inside = choice()
      at++
      return looksAhead ? '' : inside
    }
    if (letter === '[') { const set = pattern.slice(at, pattern.indexOf(']', at)); at += set.length + 1; return set[0]! }
    if (letter === '\\') { const escaped = pattern[at++]!; return escaped === 'b' ? '' : escaped === 's' ? ' ' : escaped === 'w' ? '' : escaped }
    return letter
  }
  /** What may be left out is, but for a hyphen. */
  const repeated = (words: string): string => {
    const sign = /^(\?|\*|\+|\{[\d,]+\})\??/.exec(pattern.slice(at))?.[0]
    if (!sign) return words
    at += sign.length
    return sign.startsWith('+') || words === '-' ? words : ''
  }
  return choice().replace(/\s+/g, ' ').trim()
}

/** Each term of the lexicon in words, by its id, with why it may hurt and what could stand there. */
export const termWords: ReadonlyMap<string, { name: string; why: string; suggest: string }> = new Map(lexicon.map(({ id, pattern, why, suggest }) => [id, { name: formOf(pattern), why, suggest }]))
