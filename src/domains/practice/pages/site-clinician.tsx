import { NotFound } from '#platform/errors.ts'
import { formatDay } from '#platform/when.ts'
import { LinkButton } from '#ui/button.tsx'
import { Picture, Portrait } from '#ui/picture.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { Facts, Section } from '#ui/things.tsx'
import { Breadcrumb } from '#ui/wayfinding.tsx'
import { pictureFacts, plainHref } from '../address-picture.ts'
import { inLocale, langOf, languageName, listWords, type Both, type Clinician } from '../shared.ts'
import { clinicianData, crumbsData, graph } from './site-data.ts'
import { ClinicianList, fullName, quoted } from './site-people.tsx'
import type { SiteRender, SiteScene } from './show-site.tsx'
import { Dotted, Paragraphs } from './site-words.tsx'

/** One person, in their own words. It should read like being introduced. */
export const renderClinician: SiteRender = scene => {
  const { practice, locale, say, params } = scene
  const clinician = practice.clinicians.find(({ slug }) => slug === params.slug)
  if (!clinician) throw new NotFound()
  const others = practice.clinicians.filter(({ id }) => id !== clinician.id)
  const crumbs = [{ path: '/', words: say('site.home') }, { path: '/clinicians', words: say('site.people.title') }, { path: `/clinicians/${clinician.slug}`, words: clinician.name }]
  return {
    title: fullName(clinician), current: `/clinicians/${clinician.slug}`, kind: 'profile',
    description: `${say('site.person.about', { name: clinician.name, role: inLocale(clinician.role, locale).toLocaleLowerCase(locale), practice: practice.profile.name })} ${inLocale(clinician.line, locale)}`.trim(),
    ...(clinician.picture && { image: { src: plainHref(clinician.picture, 640), alt: inLocale(clinician.picture.alt, locale) } }),
    jsonLd: graph(clinicianData(scene, clinician), crumbsData(scene, crumbs)),
    content: (
      <>
        <Breadcrumb items={[{ href: scene.to('/clinicians'), words: say('site.people.title') }, { words: clinician.name }]} />
        <Meeting scene={scene} clinician={clinician} />
        <div className="letter">
          <Told scene={scene} title={say('site.person.practise')} words={clinician.practise} />
          <Told scene={scene} title={say('site.person.care')} words={clinician.care} />
          <Told scene={scene} title={say('site.person.like')} words={clinician.like} />
          <Told scene={scene} title={say('site.person.trained')} words={clinician.trained} />
        </div>
        {clinician.accepting !== 'no' && <NextStep scene={scene} clinician={clinician} />}
        {others.length > 0 && <Section title={say('site.person.others')}><ClinicianList scene={scene} clinicians={others} /></Section>}
      </>
    ),
  }
}

/** Face, name, a sentence in their voice, and what a newcomer asks first. */
function Meeting({ scene, clinician }: { scene: SiteScene; clinician: Clinician }) {
  const { locale } = scene
  const line = inLocale(clinician.line, locale)
  return (
    <header className="meeting">
      <div className="meeting-face">
        {clinician.picture ? <Picture {...pictureFacts(clinician.picture, locale, '(min-width: 62rem) 24rem, 100vw')} isFirst /> : <Portrait name={clinician.name} size="large" />}
      </div>
      <div className="meeting-words">
        <h1>{clinician.name}</h1>
        <p className="meeting-role"><Dotted parts={[inLocale(clinician.role, locale), clinician.credentials, clinician.pronouns].filter(Boolean)} /></p>
        {line && <blockquote className="meeting-line" lang={langOf(clinician.line, locale)}><p>{quoted(line, locale)}</p></blockquote>}
        <FirstQuestions scene={scene} clinician={clinician} />
      </div>
    </header>
  )
}

function FirstQuestions({ scene, clinician }: { scene: SiteScene; clinician: Clinician }) {
  const { practice, locale, say, to } = scene
  const places = practice.locations.filter(({ id }) => clinician.locationIds.includes(id))
  const { acceptingCheckedOn: checkedOn } = clinician
  return (
    <Facts items={[
      ...(inLocale(clinician.sees, locale) ? [{ term: say('site.person.sees'), words: inLocale(clinician.sees, locale) }] : []),
      { term: say('site.person.speaks'), words: listWords(clinician.languages.map(code => languageName(code, locale)), locale) },
      ...(places.length > 0 ? [{ term: say('site.person.where'), words: <Dotted parts={places.map(place => <a key={place.id} href={to(`/locations/${place.slug}`)}>{place.name}</a>)} /> }] : []),
      {
        term: say('site.person.new-patients'),
        words: <>{say(`site.person.accepting.${clinician.accepting}`)}{checkedOn && clinician.accepting !== 'ask' && <span className="checked-on">{say('site.person.checked', { day: formatDay(checkedOn, 'day-short', locale) })}</span>}</>,
      },
    ]} />
  )
}

function Told({ scene, title, words }: { scene: SiteScene; title: string; words: Both }) {
  const told = inLocale(words, scene.locale)
  if (!told) return null
  return (
    <section className="told">
      <h2>{title}</h2>
      <div className="told-words"><Paragraphs text={told} lang={langOf(words, scene.locale)} /></div>
    </section>
  )
}

function NextStep({ scene, clinician }: { scene: SiteScene; clinician: Clinician }) {
  const { card, say, locale } = scene
  return (
    <section className="next-step">
      <h2>{say('site.person.next', { name: clinician.name })}</h2>
      <p>{say('site.person.next-words')}</p>
      <div className="actions">
        <LinkButton href={card.action[locale].href}>{card.action[locale].words}</LinkButton>
        {card.phone && <LinkButton kind="secondary" icon="phone" href={telephone(card.phone)}>{say('site.call-us', { phone: card.phone.text })}</LinkButton>}
      </div>
    </section>
  )
}
