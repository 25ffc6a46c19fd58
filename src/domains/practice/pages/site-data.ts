import type { Both, Clinician, Location, Practice, Weekday } from '../shared.ts'
import { clockTime } from '../count-hours.ts'
import { plainHref } from '../address-picture.ts'
import { addressLines, pathIn } from '../practice-card.ts'
import { inLocale, languageName, weekdays } from '../shared.ts'
import type { SiteScene } from './show-site.tsx'

/** schema.org, for search engines and assistants: made from the same data as the pages, so that they cannot differ. */
const dayNames: Record<Weekday, string> = { 1: 'Monday', 2: 'Tuesday', 3: 'Wednesday', 4: 'Thursday', 5: 'Friday', 6: 'Saturday', 7: 'Sunday' }
const schemaDay = (day: Weekday) => `https://schema.org/${dayNames[day]}`
const closing = (minutes: number) => (minutes === 1440 ? '23:59' : clockTime(minutes))

const hoursData = ({ hours, exceptions }: Location, today: string) => ({
  openingHoursSpecification: weekdays.flatMap(day => (hours[day] ?? []).map(({ opens, closes }) => ({ '@type': 'OpeningHoursSpecification', dayOfWeek: schemaDay(day), opens: clockTime(opens), closes: closing(closes) }))),
  // A day that is closed opens and closes at midnight. Source: schema.org, openingHoursSpecification.
  specialOpeningHoursSpecification: exceptions.filter(({ day }) => day >= today).slice(0, 40).flatMap(({ day, periods }) =>
    (periods.length === 0 ? [{ opens: 0, closes: 0 }] : periods).map(({ opens, closes }) => ({ '@type': 'OpeningHoursSpecification', validFrom: day, validThrough: day, opens: clockTime(opens), closes: closing(closes) }))),
})

const addressData = (location: Location) => ({
  '@type': 'PostalAddress', streetAddress: addressLines(location)[0], addressLocality: location.city, addressRegion: location.region, postalCode: location.postalCode, addressCountry: 'US',
})

export function clinicData({ practice, origin, locale, now }: SiteScene, location: Location): object {
  const { profile } = practice
  const url = origin + pathIn(`/locations/${location.slug}`, locale)
  const telephone = location.phone ?? profile.phone
  return {
    '@type': 'MedicalClinic', '@id': `${origin}/locations/${location.slug}#clinic`, url, name: practice.locations.length > 1 ? `${profile.name}, ${location.name}` : profile.name,
    parentOrganization: { '@id': `${origin}/#practice` }, medicalSpecialty: 'https://schema.org/PrimaryCare', address: addressData(location),
    ...(telephone && { telephone }), ...(location.geo && { geo: { '@type': 'GeoCoordinates', ...location.geo } }),
    ...(location.picture && { image: origin + plainHref(location.picture, 1280) }),
    ...hoursData(location, now.toISOString().slice(0, 10)),
  }
}

export function practiceData(scene: SiteScene): object {
  const { practice: { profile, locations }, origin, to, locale } = scene
  return {
    '@type': 'MedicalOrganization', '@id': `${origin}/#practice`, name: profile.name, url: origin + to('/'), slogan: text(profile.promise, locale),
    ...(profile.phone && { telephone: profile.phone }), ...(profile.email && { email: profile.email }), ...(profile.logo && { logo: origin + plainHref(profile.logo, 192) }),
    department: locations.map(location => ({ '@id': `${origin}/locations/${location.slug}#clinic` })),
  }
}

/** A doctor is a Physician; anyone else who treats is a Person with a job. */
export function clinicianData({ practice, origin, to, locale }: SiteScene, clinician: Clinician): object {
  const isPhysician = /\b(MD|DO|MBBS|MBChB)\b/.test(clinician.credentials)
  const places = practice.locations.filter(({ id }) => clinician.locationIds.includes(id)).map(location => ({ '@id': `${origin}/locations/${location.slug}#clinic` }))
  const shared = {
    '@id': `${origin}/clinicians/${clinician.slug}#person`, name: clinician.name, url: origin + to(`/clinicians/${clinician.slug}`),
    ...(clinician.picture && { image: origin + plainHref(clinician.picture, 640) }), ...(inLocale(clinician.line, locale) && { description: inLocale(clinician.line, locale) }),
  }
  if (!isPhysician) {
    return { '@type': 'Person', ...shared, jobTitle: inLocale(clinician.role, locale), knowsLanguage: clinician.languages.map(code => languageName(code, 'en')), worksFor: { '@id': `${origin}/#practice` }, workLocation: places }
  }
  return {
    '@type': 'Physician', ...shared, medicalSpecialty: 'https://schema.org/PrimaryCare', parentOrganization: { '@id': `${origin}/#practice` },
    ...(clinician.npi && { usNPI: clinician.npi }), ...(practice.profile.phone && { telephone: practice.profile.phone }),
    ...(places[0] && { address: addressData(practice.locations.find(({ id }) => clinician.locationIds.includes(id))!) }),
    availableLanguage: clinician.languages.map(code => languageName(code, 'en')),
  }
}

export const crumbsData = ({ origin, to }: SiteScene, crumbs: readonly { path: string; words: string }[]): object => ({
  '@type': 'BreadcrumbList', itemListElement: crumbs.map(({ path, words }, index) => ({ '@type': 'ListItem', position: index + 1, name: words, item: origin + to(path) })),
})

export const graph = (...things: readonly object[]): object => ({ '@context': 'https://schema.org', '@graph': things })

const text = (words: Both, locale: SiteScene['locale']) => inLocale(words, locale)
/** 'Alder Falls and Mill Hollow': the towns, each once. */
export const townsOf = (practice: Practice): string[] => [...new Set(practice.locations.map(({ city }) => city))]
