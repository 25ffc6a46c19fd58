import { negations, past, redFlagPatterns, refersToPaper, urgent, wondering } from './data/red-flag-patterns.data.ts'
import { plain } from './danger-features.ts'
import { hearDanger } from './hear-danger.ts'

export type RedFlagKind = 'chest' | 'stroke' | 'breathing' | 'bleeding' | 'self-harm' | 'overdose' | 'pregnancy' | 'allergy'
export type RedFlag = { kind: RedFlagKind; start: number; end: number }
const mostLetters = 8_000

/** The breath that a place stands in: from the last full stop, or the last "but", to the next. */
function breathAround(text: string, start: number, end: number): { from: number; breath: string; before: string } {
  const from = Math.max(...['.', '!', '?', ';', '\n', '¿'].map(mark => text.lastIndexOf(mark, start - 1) + 1), ...[' but ', ' pero ', ' and my ', ' y me ', ' and now ', ' y ahora '].map(word => { const at = text.lastIndexOf(word, start - 1); return at < 0 ? 0 : at + word.length }))
  const ends = ['.', '!', '?', ';', '\n'].map(mark => text.indexOf(mark, end)).filter(at => at >= 0)
  const to = ends.length > 0 ? Math.min(...ends) + 1 : text.length
  return { from, breath: text.slice(Math.max(0, text[from - 1] === '¿' ? from - 1 : from), to), before: text.slice(from, start) }
}

/**
 * Words that may mean danger now, in English and Spanish alike, as people write them. Plain phrases are heard by rule: with errors of accents and
 * case, not where they are denied, long ago or only asked about. What is said otherwise is heard by a model that has learned from some thousand
 * texts (`train-red-flags.ts`). Pure; a few milliseconds for two thousand letters. It errs on the side of asking.
 */
export function checkRedFlags(written: string): RedFlag[] {
  const text = plain(written.slice(0, mostLetters))
  const found = hearPhrases(text)
  for (const flag of hearDanger(text)) if (!found.some(one => one.kind === flag.kind)) found.push(flag)
  return found.sort((a, b) => a.start - b.start)
}

/** The phrases that stand in red-flag-patterns.data.ts, in a plain text. */
export function hearPhrases(text: string): RedFlag[] {
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
  return found
}
