import { beforeAsThing, behindAsThing, chargedExclusions } from '../data/charged-exclusions.data.ts'
import lexicon from '../data/stigma_lexicon.json' with { type: 'json' }

/** A word of a text that may make its reader feel doubted, blamed or judged: where it stands, why, and what to write instead. */
export type Charged = { id: string; category: string; severity: 1 | 2 | 3; start: number; end: number; words: string; why: string; suggest: string }
type Term = { id: string; category: string; pattern: RegExp; unless: RegExp | null; severity: 1 | 2 | 3; why: string; suggest: string }

const terms: readonly Term[] = lexicon.map(({ id, category, pattern, unless, severity, why, suggest }) => ({
  id, category, pattern: new RegExp(pattern, 'gi'), unless: exclusionOf([unless, chargedExclusions[id]]), severity: severity as 1 | 2 | 3, why, suggest,
}))
function exclusionOf(parts: readonly (string | null | undefined)[]): RegExp | null {
  const said = parts.filter(part => typeof part === 'string' && part !== '')
  return said.length > 0 ? new RegExp(said.join('|'), 'i') : null
}
export const termIds: readonly string[] = terms.map(({ id }) => id)
const severities = new Map(terms.map(({ id, severity }) => [id, severity]))
/** How grave a term is; 0: there is no such term. */
export const severityOf = (id: string): 0 | 1 | 2 | 3 => severities.get(id) ?? 0
/** Words of names that judge and that the lexicon of notes has no need to hold. */
const ofNames = /\babus(e|er|ing)\b|\bmisus(e|es|ing)\b|\baddict|\bmorbid|\bobes|\bsenile|\bretard|\bnon-?complian|\bnon-?adheren|\bpromiscu|\bhysteri|\bgeriatric pregnancy|\bincompetent|\bdeviant|\bhabitual\b|\bfail(ed|ure) to\b|\brefus/i
/** N4: what stands this near cancels a term. */
const contextLetters = 40

/** Every term of the lexicon in a text, in the order in which they stand; of two that overlap the graver. Pure. Source: N3, N4. */
export function findCharged(text: string, least: 1 | 2 | 3 = 1): Charged[] {
  const found: Charged[] = []
  for (const { id, category, pattern, unless, severity, why, suggest } of terms) {
    if (severity < least) continue
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length]
      const [before, behind] = [text.slice(Math.max(0, start - contextLetters), start), text.slice(end, end + contextLetters)]
      if (unless?.test(before + match[0] + behind) || beforeAsThing.test(before) || behindAsThing.test(behind)) continue
      found.push({ id, category, severity, start, end, words: match[0], why, suggest })
    }
  }
  found.sort((a, b) => a.start - b.start || b.severity - a.severity || b.end - a.end)
  return found.filter((one, place) => !found.some((other, at) => at !== place && other.start < one.end && one.start < other.end && (other.severity > one.severity || (other.severity === one.severity && at < place))))
}

/** The ids of the lexicon's terms in a short text. */
export const chargedWords = (text: string, least: 1 | 2 | 3 = 1): string[] => [...new Set(findCharged(text, least).map(({ id }) => id))]

/** May this coded name lead a page? Its name would hurt where the lexicon's worse terms or a judging word stand in it. */
export const hasChargedWord = (name: string): boolean => ofNames.test(name) || findCharged(name, 2).length > 0
