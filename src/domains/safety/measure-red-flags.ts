import { checkRedFlags, type RedFlagKind } from './check-red-flags.ts'
import { calm, flagged } from './data/red-flag-texts.data.ts'

export type RedFlagMeasure = { texts: number; recall: number; precision: number; recallOf: Record<'en' | 'es', number>; rightKind: number }

/** How well danger is heard in the set beside it; what that figure is worth stands there. A text counts as heard whatever kind it is heard as. */
export function measureRedFlags(): RedFlagMeasure {
  const all = (Object.entries(flagged) as [RedFlagKind, { en: readonly string[]; es: readonly string[] }][]).flatMap(([kind, of]) => (['en', 'es'] as const).flatMap(lang => of[lang].map(text => ({ kind, lang, heard: checkRedFlags(text) }))))
  const heard = all.filter(one => one.heard.length > 0)
  const wrong = [...calm.en, ...calm.es].filter(text => checkRedFlags(text).length > 0)
  const share = (some: readonly { heard: readonly unknown[] }[]) => some.filter(one => one.heard.length > 0).length / some.length
  return {
    texts: all.length + calm.en.length + calm.es.length, recall: heard.length / all.length, precision: heard.length / (heard.length + wrong.length),
    recallOf: { en: share(all.filter(({ lang }) => lang === 'en')), es: share(all.filter(({ lang }) => lang === 'es')) },
    rightKind: heard.filter(one => one.heard.some(({ kind }) => kind === one.kind)).length / heard.length,
  }
}
