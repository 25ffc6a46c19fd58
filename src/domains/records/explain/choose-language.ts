import { words, type Locale, type Say } from '#platform/words.ts'
import review from '../data/spanish-review.json' with { type: 'json' }

export type ReviewState = 'machine' | 'reviewed'
export type Reviewed = { readonly state: string; readonly reviewedBy: string | null }
export type Area = keyof typeof review
/** Areas where a wrong word could lead to a wrong act. */
const critical: ReadonlySet<Area> = new Set<Area>(['results', 'medicines', 'allergies'])

export type Speech = {
  /** The language the words are in; differs from the person's where Spanish is not reviewed. Put it on the element's `lang`. */
  locale: Locale
  say: Say
  /** One Spanish line offering the same by phone, free; only where English stands in for Spanish. */
  offer: string | null
}

export const isReviewed = (text: Reviewed): boolean => text.state === 'reviewed' && text.reviewedBy !== null && text.reviewedBy.trim() !== ''

/** D16: outside a demo, Spanish that no named person has reviewed never shows in a critical view; English and an offer do. */
export function speak(area: Area, wish: { locale: Locale; demo?: boolean | undefined }, texts: readonly Reviewed[] = [review[area]]): Speech {
  if (wish.locale !== 'es' || wish.demo === true || !critical.has(area) || texts.every(isReviewed)) return { locale: wish.locale, say: words(wish.locale), offer: null }
  return { locale: 'en', say: words('en'), offer: words('es')('explain.by-phone') }
}

export const reviewOf = (area: Area): Reviewed => review[area]
