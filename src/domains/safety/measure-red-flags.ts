import { readFileSync } from 'node:fs'
import { checkRedFlags } from './check-red-flags.ts'
import type { Lesson } from './train-red-flags.ts'

type Text = Lesson & { language: 'en' | 'es' }
export type RedFlagMeasure = { texts: number; recall: number; precision: number; recallOf: Record<'en' | 'es', number>; leastOfKinds: number; rightKind: number; ordinary: number; ordinaryAsked: number }

const read = (file: string): Text[] => JSON.parse(readFileSync(new URL(`./data/${file}`, import.meta.url), 'utf8')) as Text[]

/**
 * How well danger is heard in texts that neither the phrases nor the model have seen: they were written by a hand that knew neither, and nothing is
 * tuned on them. Half of them tell of danger, half only sound like it. A text counts as heard
 * whatever kind it is heard as. And how many of the ordinary messages of a day are asked about for nothing.
 */
export function measureRedFlags(): RedFlagMeasure {
  const texts = read('red-flag-held-out.json')
  const ordinary = read('ordinary-held-out.json')
  const all = texts.map(text => ({ ...text, found: checkRedFlags(text.text).map(({ kind }) => kind as string) }))
  const danger = all.filter(({ kinds }) => kinds.length > 0)
  const heard = danger.filter(({ found }) => found.length > 0)
  const wrong = all.filter(({ kinds, found }) => kinds.length === 0 && found.length > 0)
  const share = (some: typeof all) => some.filter(({ found }) => found.length > 0).length / some.length
  const kinds = new Set(danger.flatMap(one => one.kinds))
  return {
    texts: all.length, recall: heard.length / danger.length, precision: heard.length / (heard.length + wrong.length),
    recallOf: { en: share(danger.filter(({ language }) => language === 'en')), es: share(danger.filter(({ language }) => language === 'es')) },
    leastOfKinds: Math.min(...[...kinds].map(kind => share(danger.filter(one => one.kinds.includes(kind))))),
    ordinary: ordinary.length, ordinaryAsked: ordinary.filter(({ text }) => checkRedFlags(text).length > 0).length / ordinary.length,
    rightKind: heard.filter(({ kinds: wanted, found }) => found.some(kind => wanted.includes(kind))).length / heard.length,
  }
}
