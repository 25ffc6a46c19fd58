import { NotFound } from '#platform/errors.ts'
import { dayIn } from '#platform/when.ts'
import { Icon } from '#ui/icon.tsx'
import { Picture } from '#ui/picture.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { Section } from '#ui/things.tsx'
import { Breadcrumb } from '#ui/wayfinding.tsx'
import { pictureFacts, plainHref } from '../address-picture.ts'
import { weekdayOf } from '../count-hours.ts'
import { addressLines, mapHref } from '../practice-card.ts'
import { phoneFrom } from '../read-phone.ts'
import { dayWords, openWords, periodsWords, weekdayName } from '../say-hours.ts'
import { inLocale, langOf, weekdays, type Both, type Location } from '../shared.ts'
import { clinicData, crumbsData, graph } from './site-data.ts'
import { ClinicianList } from './site-people.tsx'
import type { SiteRender, SiteScene } from './show-site.tsx'
import { Paragraphs } from './site-words.tsx'

const daysAhead = 120
const mostExceptions = 6

/** One place: when it is open, how to come, whom one meets there. */
export const renderLocation: SiteRender = scene => {
  const { practice, locale, say, params, to } = scene
  const location = practice.locations.find(({ slug }) => slug === params.slug)
  if (!location) throw new NotFound()
  const clinicians = practice.clinicians.filter(({ locationIds }) => locationIds.includes(location.id))
  const others = practice.locations.filter(({ id }) => id !== location.id)
  const crumbs = [{ path: '/', words: say('site.home') }, { path: `/locations/${location.slug}`, words: location.name }]
  const state = openWords(location, scene.now, locale)
  return {
    title: location.name, current: `/locations/${practice.locations[0]!.slug}`, validUntil: state.validUntil,
    description: say('site.place.about', { name: location.name, practice: practice.profile.name }),
    ...(location.picture && { image: { src: plainHref(location.picture, 1280), alt: inLocale(location.picture.alt, locale) } }),
    jsonLd: graph(clinicData(scene, location), crumbsData(scene, crumbs)),
    content: (
      <>
        <Breadcrumb items={[{ href: to('/'), words: say('site.home') }, { words: location.name }]} />
        <div className="arrival">
          <div className="arrival-words">
            <h1>{location.name}</h1>
            <Reach scene={scene} location={location} state={state.words} />
          </div>
          {location.picture && <Picture {...pictureFacts(location.picture, locale, '(min-width: 62rem) 36rem, 100vw')} className="arrival-picture" isFirst />}
        </div>
        <div className="beside-hours">
          <HoursSection scene={scene} location={location} />
          <HowToCome scene={scene} location={location} />
        </div>
        {clinicians.length > 0 && <Section title={say('site.place.people')}><ClinicianList scene={scene} clinicians={clinicians} /></Section>}
        {others.length > 0 && (
          <Section title={say(others.length === 1 ? 'site.place.other' : 'site.place.others')}>
            <ul className="quiet-list">{others.map(other => <li key={other.id}><a href={to(`/locations/${other.slug}`)}>{other.name}</a><span>{addressLines(other).join(', ')}</span></li>)}</ul>
          </Section>
        )}
      </>
    ),
  }
}

/** Telephone and address, large, each one tap. */
function Reach({ scene, location, state }: { scene: SiteScene; location: Location; state: string | undefined }) {
  const phone = phoneFrom(location.phone) ?? scene.card.phone
  return (
    <ul className="reach">
      {state && <li><Icon name="clock" /><strong>{state}</strong></li>}
      <li>
        <Icon name="map-pin" />
        <address><a href={mapHref(location)}>{addressLines(location).map(line => <span key={line}>{line}</span>)}</a></address>
      </li>
      {phone && <li><Icon name="phone" /><a href={telephone(phone)}>{phone.text}</a></li>}
    </ul>
  )
}

function HoursSection({ scene: { say, locale, now }, location }: { scene: SiteScene; location: Location }) {
  const today = dayIn(now, location.zone)
  const last = new Date(now.getTime() + daysAhead * 86_400_000).toISOString().slice(0, 10)
  const coming = location.exceptions.filter(({ day }) => day >= today && day <= last).slice(0, mostExceptions)
  return (
    <Section title={say('site.place.hours')} id="hours">
      <table className="hours">
        <caption className="unseen">{say('site.place.hours')}</caption>
        <thead className="unseen"><tr><th scope="col">{say('site.place.day')}</th><th scope="col">{say('site.place.open')}</th></tr></thead>
        <tbody>
          {weekdays.map(day => {
            const isToday = weekdayOf(today) === day
            const periods = location.hours[day] ?? []
            return (
              <tr key={day} className={isToday ? 'hours-today' : undefined}>
                <th scope="row">{weekdayName(day, locale)}{isToday && <span className="hours-mark">{say('site.hours.today')}</span>}</th>
                <td className={periods.length === 0 ? 'soft' : undefined}>{periodsWords(periods, locale)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {coming.length > 0 && (
        <>
          <h3 className="hours-other">{say('site.place.exceptions')}</h3>
          <ul className="quiet-list">
            {coming.map(({ day, name, periods }) => (
              <li key={day}>
                <span>{dayWords(day, locale)}</span>
                <span>{periods.length === 0 ? say('site.place.holiday-closed', { name: inLocale(name, locale) }) : say('site.place.holiday-open', { name: inLocale(name, locale), hours: periodsWords(periods, locale) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}

function HowToCome({ scene: { say, locale }, location }: { scene: SiteScene; location: Location }) {
  const ways: readonly { key: string; icon: 'car' | 'bus' | 'accessibility'; title: string; words: Both }[] = [
    { key: 'parking', icon: 'car', title: say('site.place.parking'), words: location.parking },
    { key: 'transit', icon: 'bus', title: say('site.place.transit'), words: location.transit },
    { key: 'access', icon: 'accessibility', title: say('site.place.access'), words: location.access },
  ]
  return (
    <Section title={say('site.place.come')} id="come" className="come">
      {ways.filter(({ words }) => words.en).map(({ key, icon, title, words }) => (
        <div key={key} className="way">
          <Icon name={icon} />
          <div><h3>{title}</h3><Paragraphs text={inLocale(words, locale)} lang={langOf(words, locale)} /></div>
        </div>
      ))}
      <p><a href={mapHref(location)}>{say('site.place.map')}</a></p>
    </Section>
  )
}
