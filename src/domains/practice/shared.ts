import type { Locale } from '#platform/words.ts'

/** The same words in both languages of the house. Spanish may still be missing. */
export type Both = { en: string; es: string }
export const both = (en: string, es = ''): Both => ({ en, es })
/** In that language, or in English while the Spanish is missing. */
export const inLocale = (words: Both, locale: Locale): string => words[locale] || words.en
/** For the `lang` attribute of words that are still in the other language. */
export const langOf = (words: Both, locale: Locale): 'en' | undefined => (locale === 'es' && !words.es && words.en ? 'en' : undefined)

/** 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7
export const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]
/** Minutes of the day on the wall clock; `closes` is at most 1440. */
export type Period = { opens: number; closes: number }
export type WeekHours = Readonly<Partial<Record<Weekday, readonly Period[]>>>
/** A day ('2026-12-25') unlike its weekday. No periods: closed. */
export type ExceptionDay = { day: string; periods: readonly Period[] }

export type Goal = 'educate' | 'grow' | 'engage'
export const goals: readonly Goal[] = ['educate', 'grow', 'engage']
/** The faces that a patient may meet. The console is always there. */
export type PublicFace = 'site' | 'portal'
/** What each goal needs; the rest stays off. */
export const facesOfGoal: Record<Goal, readonly PublicFace[]> = { educate: ['site'], grow: ['site'], engage: ['site', 'portal'] }

export type NoticeKind = 'privacy-practices' | 'nondiscrimination' | 'language-help' | 'accessibility'
export const noticeKinds: readonly NoticeKind[] = ['privacy-practices', 'nondiscrimination', 'language-help', 'accessibility']

export type Accepting = 'yes' | 'no' | 'ask'

export type PictureFormat = 'avif' | 'webp' | 'jpeg' | 'png'
export type PictureInfo = { id: string; name: string; alt: Both; width: number; height: number; forms: readonly { width: number; format: PictureFormat; fileId: string }[] }

export type Location = {
  id: string
  slug: string
  name: string
  street: string
  unit: string
  city: string
  region: string
  postalCode: string
  phone: string | null
  zone: string
  geo: { latitude: number; longitude: number } | null
  parking: Both
  transit: Both
  access: Both
  picture: PictureInfo | null
  hours: WeekHours
  exceptions: readonly NamedException[]
}
export type NamedException = ExceptionDay & { name: Both }

export type Service = { id: string; slug: string; name: Both; words: Both }
export type InsurancePlan = { id: string; name: string; checkedOn: string; checkedBy: string | null }
export type CoreValue = { id: string; title: Both; words: Both }

export type Gender = 'woman' | 'man' | 'nonbinary'
export const genders: readonly Gender[] = ['woman', 'man', 'nonbinary']

export type Clinician = {
  id: string
  slug: string
  personId: string | null
  name: string
  pronouns: string
  credentials: string
  npi: string | null
  role: Both
  sees: Both
  languages: readonly string[]
  /** As they say it; null: they do not. */
  gender: Gender | null
  picture: PictureInfo | null
  /** One sentence in their own voice. */
  line: Both
  practise: Both
  care: Both
  like: Both
  trained: Both
  accepting: Accepting
  acceptingCheckedOn: string | null
  acceptingCheckedBy: string | null
  locationIds: readonly string[]
}

export type Notice = { kind: NoticeKind; version: number; words: Both; effectiveOn: string }

export type Profile = {
  name: string
  promise: Both
  story: Both
  phone: string | null
  afterHoursPhone: string | null
  afterHours: Both
  email: string | null
  brandColor: string
  logo: PictureInfo | null
  frontPicture: PictureInfo | null
  /** As long as no location says its own. */
  zone: string
  goal: Goal
  faces: readonly PublicFace[]
  publishedAt: Date | null
}

/** All that the public may know, read at once. */
export type Practice = {
  profile: Profile
  values: readonly CoreValue[]
  locations: readonly Location[]
  services: readonly Service[]
  plans: readonly InsurancePlan[]
  clinicians: readonly Clinician[]
  /** Every version, the newest first. */
  notices: readonly Notice[]
  pictures: ReadonlyMap<string, PictureInfo>
}

const languageNames = { en: new Intl.DisplayNames(['en'], { type: 'language' }), es: new Intl.DisplayNames(['es'], { type: 'language' }) }
const lists = { en: new Intl.ListFormat('en', { type: 'conjunction' }), es: new Intl.ListFormat('es', { type: 'conjunction' }) }
/** Common ones for which the platform has no Spanish word. */
const unnamed: Readonly<Record<string, Both>> = { ase: both('American Sign Language', 'lengua de señas americana') }
/** 'es' → 'Spanish' or 'español'. */
export const languageName = (code: string, locale: Locale): string => unnamed[code]?.[locale] ?? languageNames[locale].of(code) ?? code
/** 'one, two, and three' */
export const listWords = (items: readonly string[], locale: Locale): string => lists[locale].format(items)

/** Languages that can be ticked; any other is added by its code. */
export const commonLanguages: readonly string[] = ['en', 'es', 'zh', 'vi', 'tl', 'ar', 'fr', 'ht', 'ko', 'ru', 'pt', 'de', 'hi', 'ne', 'so', 'sw', 'pl', 'fa', 'ur', 'ase']
