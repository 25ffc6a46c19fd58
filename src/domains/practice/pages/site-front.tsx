import { LinkButton } from '#ui/button.tsx'
import { Picture } from '#ui/picture.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { Hero, Voice } from '#ui/site-parts.tsx'
import { Section } from '#ui/things.tsx'
import { pictureFacts, plainHref } from '../address-picture.ts'
import { addressLines, mapHref } from '../practice-card.ts'
import { phoneFrom } from '../read-phone.ts'
import { hoursLines, openWords } from '../say-hours.ts'
import { inLocale, langOf, languageName, listWords, type Location } from '../shared.ts'
import { clinicData, graph, practiceData, townsOf } from './site-data.ts'
import { ClinicianList, fullName, quoted } from './site-people.tsx'
import type { SiteRender, SiteScene } from './show-site.tsx'
import { Paragraphs } from './site-words.tsx'

/** The first page: who we are, whether we are near and have room, how to come. Then a face and a voice, then the rest. */
export const renderFront: SiteRender = scene => {
  const { practice, locale, say, to } = scene
  const { profile, clinicians, locations, services } = practice
  const [lead, ...story] = inLocale(profile.story, locale).split(/\n\s*\n/)
  const states = locations.map(location => openWords(location, scene.now, locale))
  const validUntil = states.map(state => state.validUntil).sort((a, b) => a.getTime() - b.getTime())[0]
  const towns = listWords(townsOf(practice), locale)
  return {
    title: towns ? say('site.title.home', { name: profile.name, towns }) : profile.name, current: '/', description: say('site.about.home', { name: profile.name, towns }),
    ...(profile.frontPicture && { image: { src: plainHref(profile.frontPicture, 1280), alt: inLocale(profile.frontPicture.alt, locale) } }),
    jsonLd: graph(practiceData(scene), ...locations.map(location => clinicData(scene, location))), ...(validUntil && { validUntil }),
    top: <FirstScreen scene={scene} lead={lead ?? ''} states={states.map(state => state.words)} />,
    content: (
      <>
        <OwnVoice scene={scene} />
        {clinicians.length > 0 && <Section title={say('site.meet')} aside={<p className="soft">{say('site.meet-lead')}</p>}><ClinicianList scene={scene} clinicians={clinicians} isQuoted={false} /></Section>}
        <Values scene={scene} />
        {story.length > 0 && <Section title={say('site.story')} className="story"><div className="story-words"><Paragraphs text={story.join('\n')} lang={langOf(profile.story, locale)} /></div></Section>}
        {services.length > 0 && (
          <Section title={say('site.do')} aside={<a href={to('/services')}>{say('site.do-more')}</a>}>
            <ul className="doing">{services.map(service => <li key={service.id}><a href={`${to('/services')}#${service.slug}`}>{inLocale(service.name, locale)}</a></li>)}</ul>
          </Section>
        )}
        {locations.length > 0 && <Section title={say('site.places')}><div className="doors">{locations.map((location, index) => <Door key={location.id} scene={scene} location={location} state={states[index]?.words} />)}</div></Section>}
        <NewHere scene={scene} />
      </>
    ),
  }
}

function FirstScreen({ scene, lead, states }: { scene: SiteScene; lead: string; states: readonly (string | undefined)[] }) {
  const { practice: { profile, locations }, card, locale, to } = scene
  const action = card.action[locale]
  return (
    <Hero
      title={inLocale(profile.promise, locale) || profile.name} lead={lead || undefined}
      picture={profile.frontPicture ? pictureFacts(profile.frontPicture, locale, '(min-width: 62rem) 52vw, 100vw') : undefined}
      facts={[
        ...accepting(scene),
        ...locations.slice(0, 3).map((location, index) => ({
          icon: 'map-pin' as const,
          words: <><a href={to(`/locations/${location.slug}`)}>{location.name === location.city ? '' : `${location.name}: `}{location.street}, {location.city}</a>{states[index] && <span className="fact-state">{states[index]}</span>}</>,
        })),
        ...spoken(scene),
      ]}
      actions={<>
        <LinkButton href={action.href}>{action.words}</LinkButton>
        {card.phone && <LinkButton kind="secondary" icon="phone" href={telephone(card.phone)}>{card.phone.text}</LinkButton>}
      </>}
    />
  )
}

function accepting({ practice: { clinicians }, locale, say }: SiteScene) {
  if (clinicians.length === 0) return []
  const open = clinicians.filter(clinician => clinician.accepting === 'yes')
  const icon = 'user-round-plus' as const
  if (open.length === 0) {
    const which = clinicians.every(clinician => clinician.accepting === 'no') ? 'none' : 'ask'
    return [{ icon, words: <><strong>{say(`site.accepting.${which}`)}</strong> {say(`site.accepting.${which}-words`)}</> }]
  }
  const names = open.length === clinicians.length ? '' : listWords(open.map(({ name }) => name), locale)
  return [{ icon, words: <><strong>{say('site.accepting.yes')}</strong>{names && <span className="fact-state">{say('site.accepting.who', { names })}</span>}</> }]
}

function spoken({ practice: { clinicians }, locale, say }: SiteScene) {
  const codes = [...new Set(clinicians.flatMap(({ languages }) => languages))]
  return codes.length < 2 ? [] : [{ icon: 'languages' as const, words: say('site.speak', { languages: listWords(codes.map(code => languageName(code, locale)), locale) }) }]
}

function OwnVoice({ scene: { practice, locale, to } }: { scene: SiteScene }) {
  const clinician = practice.clinicians.find(({ line, picture }) => line.en && picture)
  if (!clinician?.picture) return null
  return (
    <Voice name={fullName(clinician)} role={inLocale(clinician.role, locale)} href={to(`/clinicians/${clinician.slug}`)} picture={pictureFacts(clinician.picture, locale, '9rem')}>
      <p lang={langOf(clinician.line, locale)}>{quoted(inLocale(clinician.line, locale), locale)}</p>
    </Voice>
  )
}

function Values({ scene: { practice: { values }, locale, say } }: { scene: SiteScene }) {
  if (values.length === 0) return null
  return (
    <Section title={say('site.values')}>
      <dl className="values">
        {values.map(value => (
          <div key={value.id}><dt lang={langOf(value.title, locale)}>{inLocale(value.title, locale)}</dt><dd lang={langOf(value.words, locale)}>{inLocale(value.words, locale)}</dd></div>
        ))}
      </dl>
    </Section>
  )
}

/** A place as one meets it from the street: its picture, its address, whether the door is open. */
function Door({ scene: { locale, say, to, card }, location, state }: { scene: SiteScene; location: Location; state: string | undefined }) {
  const phone = phoneFrom(location.phone) ?? card.phone
  return (
    <section className="door">
      {location.picture && <Picture {...pictureFacts(location.picture, locale, '(min-width: 48rem) 34rem, 100vw')} className="door-picture" />}
      <h3><a href={to(`/locations/${location.slug}`)}>{location.name}</a></h3>
      {state && <p className="door-state">{state}</p>}
      <address><a href={mapHref(location)}>{addressLines(location).map(line => <span key={line}>{line}</span>)}</a></address>
      {phone && <p><a href={telephone(phone)}>{phone.text}</a></p>}
      <ul className="door-hours" aria-label={say('site.place.hours')}>{hoursLines(location.hours, locale).map(line => <li key={line}>{line}</li>)}</ul>
      <p><a href={`${to(`/locations/${location.slug}`)}#come`}>{say('site.place-more')}</a></p>
    </section>
  )
}

function NewHere({ scene: { card, locale, say } }: { scene: SiteScene }) {
  const action = card.action[locale]
  return (
    <section className="next-step">
      <h2>{say('site.first.title')}</h2>
      <p>{say('site.first.words')}</p>
      <div className="actions">
        <LinkButton href={action.href}>{action.words}</LinkButton>
        {card.phone && <LinkButton kind="secondary" icon="phone" href={telephone(card.phone)}>{say('site.call-us', { phone: card.phone.text })}</LinkButton>}
      </div>
    </section>
  )
}
