import { findCharged, type Charged } from '#records/shared'
import { keptKey } from './shared.ts'

export type Checked = {
  /** The gravest first, five at most (N2); each keeps its place in the text. */
  shown: Charged[]
  /** Found as well, and not shown now. */
  more: number
}
export const mostShown = 5
/** N4: what the patient asked to have written down in their own words is theirs: «…» or "patient's words: …" to the end of the line. */
const patientsWords = /«[^»]*»|\b(patient['’]s words|in (his|her|their) own words|palabras del paciente)\s*:[^\n]*/gi

export type Strictness = {
  /** Takes in what otherwise stands in the weekly summary alone. */
  isStrict?: boolean
  /** Terms that have turned out to point out too much: each counts one level less (N7). */
  demoted?: ReadonlySet<string>
  /** What the author keeps in this text, by `keptKey`. */
  kept?: ReadonlySet<string>
}

/** Every charged word of a text that is not the patient's own, in its order. Pure. Source: N3, N4, N7. */
export function allCharged(text: string, { isStrict = false, demoted = new Set(), kept = new Set() }: Strictness = {}): Charged[] {
  const theirs = [...text.matchAll(patientsWords)].map(match => [match.index, match.index + match[0].length] as const)
  return findCharged(text)
    .map(one => (demoted.has(one.id) ? { ...one, severity: Math.max(1, one.severity - 1) as 1 | 2 | 3 } : one))
    .filter(({ id, words, start, severity }) => severity >= (isStrict ? 1 : 2) && !kept.has(keptKey(id, words)) && !theirs.some(([from, to]) => from <= start && start < to))
}

/**
 * Words that may hurt their reader, with a reason and what could stand there instead. It suggests; it blocks nothing and changes nothing.
 * Pure; nothing leaves this process. Source: N1–N4.
 */
export function checkWords(text: string, strictness: Strictness = {}): Checked {
  const found = allCharged(text, strictness)
  const shown = found.toSorted((a, b) => b.severity - a.severity || a.start - b.start).slice(0, mostShown)
  return { shown, more: found.length - shown.length }
}
