import { findCharged, type Charged } from '#records/shared'

export type Checked = {
  /** The gravest first, five at most (N2); each keeps its place in the text. */
  shown: Charged[]
  /** Found as well, and not shown now. */
  more: number
}
export const mostShown = 5
/** N4: what the patient asked to have written down in their own words is theirs: «…» or "patient's words: …" to the end of the line. */
const patientsWords = /«[^»]*»|\b(patient['’]s words|in (his|her|their) own words|palabras del paciente)\s*:[^\n]*/gi

/**
 * Words that may hurt their reader, with a reason and what could stand there instead. It suggests; it blocks nothing and changes nothing.
 * `isStrict` takes in what otherwise stands in the weekly summary alone. Pure; nothing leaves this process. Source: N1–N4.
 */
export function checkWords(text: string, { isStrict = false }: { isStrict?: boolean } = {}): Checked {
  const theirs = [...text.matchAll(patientsWords)].map(match => [match.index, match.index + match[0].length] as const)
  const found = findCharged(text, isStrict ? 1 : 2).filter(({ start }) => !theirs.some(([from, to]) => from <= start && start < to))
  const shown = found.toSorted((a, b) => b.severity - a.severity || a.start - b.start).slice(0, mostShown)
  return { shown, more: found.length - shown.length }
}
