import type { Ctx } from '#platform/ctx.ts'
import type { House } from '#platform/house.ts'
import { words, type Locale } from '#platform/words.ts'
import type { Phone, PlaceFacts, PracticeFacts } from '#ui/practice-facts.ts'
import type { LinkFacts, NavItem } from '#ui/wayfinding.tsx'
import { plainHref } from './address-picture.ts'
import { brandSheet } from './make-brand.ts'
import { readPractice } from './read-practice.ts'
import { phoneFrom } from './read-phone.ts'
import { hoursLines } from './say-hours.ts'
import { inLocale, type Location, type Practice, type PublicFace } from './shared.ts'

/** What the frame around every page says about the practice, ready to show in both languages. */
export type PracticeCard = {
  facts: PracticeFacts
  name: string
  phone?: Phone
  email?: string
  /** IANA zone of the first location. */
  zone: string
  isPublished: boolean
  faces: readonly PublicFace[]
  places: Record<Locale, readonly PlaceFacts[]>
  afterHours: Record<Locale, { words: string; phone?: Phone }>
  nav: Record<Locale, readonly NavItem[]>
  /** What a newcomer does next. */
  action: Record<Locale, LinkFacts>
  footer: Record<Locale, readonly LinkFacts[]>
}

export const zoneWithoutPlace = 'America/New_York'
/** '/services' → '/es/services' in Spanish. */
export const pathIn = (path: string, locale: Locale): string => (locale === 'en' ? path : path === '/' ? '/es' : `/es${path}`)
const inBoth = <T>(make: (locale: Locale) => T): Record<Locale, T> => ({ en: make('en'), es: make('es') })

/** Somebody here takes new patients: they can look for a first visit themselves. */
export const takesNew = ({ clinicians }: Practice): boolean => clinicians.some(({ accepting }) => accepting === 'yes')

const made = new WeakMap<Practice, PracticeCard>()
const lastMade = new WeakMap<House, PracticeCard>()

/** The practice in brief. Kept while the edition stands: it costs a page nothing. */
export async function practiceCard(ctx: Ctx): Promise<PracticeCard> {
  const practice = await readPractice(ctx)
  if (!practice) return cardBeforeSetup(ctx.house.isDemo)
  let card = made.get(practice)
  if (!card) made.set(practice, card = cardOf(practice, ctx))
  lastMade.set(ctx.house, card)
  return card
}

/** The card as this process last saw it, without asking the database: for the page that says the database is away. */
export const lastKnownCard = (house: House): PracticeCard => lastMade.get(house) ?? cardBeforeSetup(house.isDemo)

export function cardOf(practice: Practice, ctx: Pick<Ctx, 'house' | 'now'>): PracticeCard {
  const { profile, locations } = practice
  const phone = phoneFrom(profile.phone)
  const afterHoursPhone = phoneFrom(profile.afterHoursPhone)
  const isPublished = ctx.house.isDemo || profile.publishedAt !== null
  return {
    name: profile.name, zone: locations[0]?.zone ?? profile.zone, isPublished, faces: profile.faces,
    ...(phone && { phone }), ...(profile.email && { email: profile.email }),
    facts: {
      name: profile.name, phone, isDemo: ctx.house.isDemo, brandHref: brandSheet(profile.brandColor).href,
      markHref: profile.logo ? plainHref(profile.logo, 192) : undefined,
    },
    places: inBoth(locale => locations.map(location => placeFacts(location, locale))),
    afterHours: inBoth(locale => ({ words: inLocale(profile.afterHours, locale), ...(afterHoursPhone && { phone: afterHoursPhone }) })),
    nav: inBoth(locale => navOf(practice, locale)),
    action: inBoth(locale => ({ href: pathIn(takesNew(practice) ? '/book' : '/contact', locale), words: words(locale)(takesNew(practice) ? 'site.become-patient' : 'site.write-us') })),
    footer: inBoth(locale => footerOf(practice, locale)),
  }
}

/** A house whose practice has no name yet: setup has not run. */
const cardBeforeSetup = (isDemo: boolean): PracticeCard => ({
  name: 'Rapport', zone: zoneWithoutPlace, isPublished: false, faces: [], facts: { name: 'Rapport', isDemo },
  places: inBoth(() => []), afterHours: inBoth(() => ({ words: '' })), nav: inBoth(() => []), footer: inBoth(() => []),
  action: inBoth(locale => ({ href: pathIn('/', locale), words: words(locale)('site.home') })),
})

export const addressLines = ({ street, unit, city, region, postalCode }: Pick<Location, 'street' | 'unit' | 'city' | 'region' | 'postalCode'>): string[] =>
  [unit ? `${street}, ${unit}` : street, `${city}, ${region} ${postalCode}`]

/** A map with the way to it; opens only when somebody taps it. */
export function mapHref({ geo, ...location }: Pick<Location, 'geo' | 'street' | 'unit' | 'city' | 'region' | 'postalCode'>): string {
  if (geo) return `https://www.openstreetmap.org/?mlat=${geo.latitude}&mlon=${geo.longitude}#map=17/${geo.latitude}/${geo.longitude}`
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(addressLines(location).join(', '))}`
}

const placeFacts = (location: Location, locale: Locale): PlaceFacts => ({
  name: location.name, href: pathIn(`/locations/${location.slug}`, locale), address: addressLines(location), mapHref: mapHref(location),
  phone: phoneFrom(location.phone), hours: hoursLines(location.hours, locale),
})

function navOf({ clinicians, services, plans, locations }: Practice, locale: Locale): NavItem[] {
  const say = words(locale)
  const first = locations[0]
  return [
    ...(clinicians.length > 0 ? [{ href: pathIn('/clinicians', locale), words: say('site.nav.people') }] : []),
    ...(services.length > 0 || plans.length > 0 ? [{ href: pathIn('/services', locale), words: say('site.nav.services') }] : []),
    ...(first ? [{ href: pathIn(`/locations/${first.slug}`, locale), words: say('site.nav.places') }] : []),
    { href: pathIn('/contact', locale), words: say('site.nav.contact') },
  ]
}

function footerOf(practice: Practice, locale: Locale): LinkFacts[] {
  const say = words(locale)
  const posted = (kind: 'privacy-practices' | 'nondiscrimination' | 'language-help' | 'accessibility') =>
    (practice.notices.some(notice => notice.kind === kind) ? [{ href: pathIn(`/${kind}`, locale), words: say(`site.notice.${kind}`) }] : [])
  return [
    ...posted('language-help'), ...posted('accessibility'), ...posted('privacy-practices'), ...posted('nondiscrimination'),
    { href: pathIn('/privacy', locale), words: say('site.privacy.title') },
  ]
}
