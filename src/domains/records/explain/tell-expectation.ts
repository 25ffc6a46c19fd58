import { groupMeanings, preparations, whatToExpect } from '../data/what-to-expect.data.ts'
import { resultDaysOf } from '../expect-result.ts'
import type { Locale } from '#platform/words.ts'
import { reviewOf, speak, type Speech } from './choose-language.ts'
import { knowTest } from './know-tests.ts'
import { plainTestName } from './plain-titles.ts'

type Both = Record<Locale, string>
/** What the practice says itself of a test. */
export type OwnExpectation = { code: string; isOwn: boolean; name: Both; looks: Both; prepare: Both; resultDays: number }
export type Expectation = {
  name: string
  /** One sentence; none where nobody has written one. */
  looks: string | null
  /** None: ask us. "Nothing special" is said only where somebody knows it. */
  prepare: string | null
  resultDays: number
  speech: Speech
}

/** The words that come with the program, in both languages: where the practice begins. */
export function shippedExpectation(code: string): OwnExpectation | null {
  const test = knowTest(code)
  if (!test) return null
  const known = whatToExpect.get(test.canonical)
  const meaning = groupMeanings[test.canonical]
  return {
    code: test.canonical, isOwn: false, name: { en: test.en.name, es: test.es.name }, looks: { en: test.en.meaning ?? meaning?.en ?? '', es: test.es.meaning ?? meaning?.es ?? '' },
    prepare: known ? preparations[known.preparation] : { en: '', es: '' }, resultDays: resultDaysOf(test.canonical, new Map()),
  }
}

/** Before a test, in plain words: the practice's own where it has some. Its Spanish was read by those who wrote it; the program's shows as D16 says. Pure. */
export function tellExpectation(ordered: { code: string | null; name: string }, own: OwnExpectation | undefined, wish: { locale: Locale; demo?: boolean | undefined }): Expectation {
  const told = own ?? (ordered.code === null ? null : shippedExpectation(ordered.code))
  const speech = speak('results', wish, [own ? { state: 'reviewed', reviewedBy: 'the practice' } : reviewOf('results')])
  const { locale } = speech
  return {
    name: told?.name[wish.locale] || plainTestName(ordered, wish.locale), looks: told?.looks[locale] || null, prepare: told?.prepare[locale] || null,
    resultDays: told?.resultDays ?? resultDaysOf(null, new Map()), speech,
  }
}
