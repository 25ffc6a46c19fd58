import lexicon from '../data/stigma_lexicon.json' with { type: 'json' }

type Term = { id: string; pattern: RegExp; unless: RegExp | null; severity: number }

const terms: readonly Term[] = lexicon.map(({ id, pattern, unless, severity }) => ({ id, pattern: new RegExp(pattern, 'i'), unless: unless ? new RegExp(unless, 'i') : null, severity }))
/** Words of names that judge and that the lexicon of notes has no need to hold. */
const ofNames = /\babus(e|er|ing)\b|\bmisus(e|es|ing)\b|\baddict|\bmorbid|\bobes|\bsenile|\bretard|\bnon-?complian|\bnon-?adheren|\bpromiscu|\bhysteri|\bgeriatric pregnancy|\bincompetent|\bdeviant|\bhabitual\b|\bfail(ed|ure) to\b|\brefus/i

/** The ids of the lexicon's terms in a short text. A context within 40 characters cancels a term (N4). */
export function chargedWords(text: string, least = 1): string[] {
  return terms.filter(term => term.severity >= least).filter(term => {
    const match = term.pattern.exec(text)
    if (!match) return false
    return !term.unless?.test(text.slice(Math.max(0, match.index - 40), match.index + match[0].length + 40))
  }).map(term => term.id)
}

/** May this coded name lead a page? Its name would hurt where the lexicon's worse terms or a judging word stand in it. */
export const hasChargedWord = (name: string): boolean => ofNames.test(name) || chargedWords(name, 2).length > 0
