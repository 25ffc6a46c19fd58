import { checkRedFlags, measureRedFlags } from '#safety'
import { checkTexts, measureLexicon } from '#writing'
import type { Figure } from './figure.ts'
import { percentile } from './house.ts'

/** How well and how fast words are checked: the lexicon on sentences that it was not tuned on, and a note of 10,000 letters. */
export function measureWords(): Figure[] {
  const { sentences, precision, recall, imprecise } = measureLexicon()
  const note = 'Came for follow-up, claims that the pain is worse, refused the test, and denies fever. We agreed to check the potassium in two weeks. '.repeat(80).slice(0, 10_000)
  const times = Array.from({ length: 200 }, () => { const begun = performance.now(); checkTexts({ body: note, summary: '' }, {}, { isStrict: true }); return performance.now() - begun })
  const danger = measureRedFlags()
  const letter = 'I have no chest pain, but since this morning my left arm is weak and I am short of breath when I walk up the stairs. '.repeat(20).slice(0, 2_000)
  const quick = Array.from({ length: 300 }, () => { const begun = performance.now(); checkRedFlags(letter); return performance.now() - begun })
  return [
    { name: 'red flags: recall', value: 100 * danger.recall, unit: '%', limit: 95, isBetterHigh: true, note: `${danger.texts} texts that nothing was tuned on; English ${(100 * danger.recallOf.en).toFixed(1)} %, Spanish ${(100 * danger.recallOf.es).toFixed(1)} %, the least of a kind ${(100 * danger.leastOfKinds).toFixed(1)} %` },
    { name: 'red flags: precision', value: 100 * danger.precision, unit: '%', limit: 60, isBetterHigh: true, note: `half of the texts only sound like danger; ${(100 * danger.rightKind).toFixed(0)} % of those heard are heard as what they are` },
    { name: 'ordinary messages that are asked about', value: 100 * danger.ordinaryAsked, unit: '%', limit: 10, isBetterHigh: false, note: `of ${danger.ordinary} that nothing was tuned on` },
    { name: 'red flags in 2,000 letters, 95th percentile', value: percentile(quick, 0.95), unit: 'ms', limit: 5, isBetterHigh: false },
    { name: 'charged words: precision', value: 100 * precision, unit: '%', limit: 80, isBetterHigh: true, note: `${sentences} sentences that nothing was tuned on, half of them look-alikes` },
    { name: 'charged words: recall', value: 100 * recall, unit: '%', limit: 85, isBetterHigh: true },
    { name: 'charged words: terms below 0.8', value: imprecise.length, unit: 'terms', limit: 0, isBetterHigh: false },
    { name: 'checking a note of 10,000 letters, 95th percentile', value: percentile(times, 0.95), unit: 'ms', limit: 150, isBetterHigh: false },
  ]
}
