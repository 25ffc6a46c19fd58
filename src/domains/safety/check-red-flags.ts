import { negations, past, redFlagPatterns, refersToPaper, urgent, wondering } from './data/red-flag-patterns.data.ts'
import type { RedFlagKind } from './data/red-flag-texts.data.ts'

export type { RedFlagKind }
export type RedFlag = { kind: RedFlagKind; start: number; end: number }
const mostLetters = 8_000

/** Letter by letter, so that places stay: no accents, small letters, plain quotes. */
const plain = (text: string): string => Array.from(text, letter => {
  const base = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return base.length === letter.length ? base.replace('’', "'") : letter
}).join('')

/** The breath that a place stands in: from the last full stop, or the last "but", to the next. */
function breathAround(text: string, start: number, end: number): { from: number; breath: string; before: string } {
  const from = Math.max(...['.', '!', '?', ';', '\n', '¿'].map(mark => text.lastIndexOf(mark, start - 1) + 1), ...[' but ', ' pero ', ' and my ', ' y me ', ' and now ', ' y ahora '].map(word => { const at = text.lastIndexOf(word, start - 1); return at < 0 ? 0 : at + word.length }))
  const ends = ['.', '!', '?', ';', '\n'].map(mark => text.indexOf(mark, end)).filter(at => at >= 0)
  const to = ends.length > 0 ? Math.min(...ends) + 1 : text.length
  return { from, breath: text.slice(Math.max(0, text[from - 1] === '¿' ? from - 1 : from), to), before: text.slice(from, start) }
}

/**
 * Words that may mean danger now, in English and Spanish alike, as people write them: typing errors of accents and case, what is denied, what is
 * long ago, what is only asked about. Pure; a few milliseconds for two thousand letters. It errs on the side of asking.
 */
export function checkRedFlags(written: string): RedFlag[] {
  const text = plain(written.slice(0, mostLetters))
  const found: RedFlag[] = []
  for (const { kind, says, alsoSays } of redFlagPatterns) {
    if (alsoSays && !alsoSays.test(text)) continue
    for (const match of text.matchAll(says)) {
      const [start, end] = [match.index, match.index + match[0].length]
      const { breath, before } = breathAround(text, start, end)
      if (negations.test(before)) continue
      // Wanting to die is heard however it is asked; and what is worse or now is not past, and no mere question.
      if (kind !== 'self-harm' && !urgent.test(breath) && (past.test(breath) || wondering.test(breath) || refersToPaper.test(breath))) continue
      if (kind === 'self-harm' && past.test(breath)) continue
      if (!found.some(one => one.kind === kind)) found.push({ kind, start, end })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}
