import { findCharged } from '#records/shared'
import { chargedSentences, plainSentences } from './data/charged-sentences.data.ts'

export type LexiconMeasure = { sentences: number; precision: number; recall: number; imprecise: { id: string; right: number; wrong: number }[] }

/** How well the lexicon judges sentences that it was not tuned on, as it shows itself beside a text (severity 2 and 3). A term is imprecise below 0.8 (N7). */
export function measureLexicon(): LexiconMeasure {
  const charged = Object.values(chargedSentences).flat()
  const byTerm = new Map<string, { right: number; wrong: number }>()
  const look = (sentence: string, side: 'right' | 'wrong') => {
    const ids = new Set(findCharged(sentence, 2).map(({ id }) => id))
    for (const id of ids) { const count = byTerm.get(id) ?? { right: 0, wrong: 0 }; count[side]++; byTerm.set(id, count) }
    return ids.size > 0
  }
  const right = charged.filter(sentence => look(sentence, 'right')).length
  const wrong = plainSentences.filter(sentence => look(sentence, 'wrong')).length
  return {
    sentences: charged.length + plainSentences.length, precision: right / (right + wrong), recall: right / charged.length,
    imprecise: [...byTerm].filter(([, { right: good, wrong: bad }]) => good + bad >= 5 && good / (good + bad) < 0.8).map(([id, counts]) => ({ id, ...counts })),
  }
}
