import type { ReactNode } from 'react'
import { words, type Locale, type Say } from '#platform/words.ts'
import { Document, type HeadFacts } from '#ui/document.tsx'
import { Icon } from '#ui/icon.tsx'
import { DemoBanner } from '#ui/notice.tsx'
import { telephone, type Phone, type PlaceFacts, type PracticeFacts } from '#ui/practice-facts.ts'
import { NavList, SkipLink, type LinkFacts, type NavItem } from '#ui/wayfinding.tsx'

export type SiteFacts = {
  practice: PracticeFacts
  nav: readonly NavItem[]
  /** The one thing a newcomer should do next: "Book a visit", "Call us". */
  action?: LinkFacts | undefined
  signIn?: LinkFacts | undefined
  places: readonly PlaceFacts[]
  /** What to do when the office is closed. */
  afterHours?: ReactNode
  footerLinks: readonly LinkFacts[]
}

type Props = HeadFacts & SiteFacts & {
  locale: Locale
  /** This page's address, for the place in the menu. */
  current?: string | undefined
  /** The same page in the other language. */
  otherLanguage?: { locale: Locale; href: string } | undefined
  homeHref?: string | undefined
  /** What stands before the page's own width: a hero with its own ground. */
  top?: ReactNode
  children?: ReactNode
}

const ownNames: Record<Locale, string> = { en: 'English', es: 'Español' }

/** A page of the practice's site. No script at all. */
export function SiteLayout({ practice, nav, action, signIn, places, afterHours, footerLinks, locale, current, otherLanguage, homeHref = '/', top, children, ...head }: Props) {
  const say = words(locale)
  return (
    <Document {...head} locale={locale} face="site" siteName={practice.name} brandHref={practice.brandHref} iconHref={practice.markHref}>
      <SkipLink />
      {practice.isDemo && <DemoBanner />}
      <header className="site-header">
        <div className="site-header-line">
          <a className="practice-name" href={homeHref}>
            {practice.markHref && <img src={practice.markHref} alt="" width="44" height="44" />}
            <span>{practice.name}</span>
          </a>
          <ul className="site-header-ways">
            {practice.phone && <li className="only-wide"><PhoneLink phone={practice.phone} /></li>}
            {otherLanguage && <li><a href={otherLanguage.href} lang={otherLanguage.locale} hrefLang={otherLanguage.locale}>{ownNames[otherLanguage.locale]}</a></li>}
            {signIn && <li className="only-wide"><a href={signIn.href}><Icon name="log-in" /> <span>{signIn.words}</span></a></li>}
          </ul>
          <details className="site-menu">
            <summary><Icon name="menu" /> <span>{say('ui.menu')}</span></summary>
            <NavList className="site-menu-nav" items={signIn ? [...nav, signIn] : nav} current={current} label={say('ui.menu')} />
          </details>
        </div>
        <div className="site-header-nav">
          <NavList className="site-nav" items={nav} current={current} label={say('ui.menu')} />
          {action && <a className="button button-primary" href={action.href}>{action.words}</a>}
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {top}
        {children && <div className="site-page">{children}</div>}
      </main>
      <SiteFooter {...{ practice, places, afterHours, footerLinks, say }} />
      <PhoneBar practice={practice} place={places[0]} action={action} say={say} />
    </Document>
  )
}

function PhoneLink({ phone }: { phone: Phone }) {
  return <a className="phone-link" href={telephone(phone)}><Icon name="phone" /> <span>{phone.text}</span></a>
}

/** On a phone: call, come, and the next step, always under the thumb. */
function PhoneBar({ practice, place, action, say }: { practice: PracticeFacts; place: PlaceFacts | undefined; action: LinkFacts | undefined; say: Say }) {
  return (
    <nav className="phone-bar" aria-label={say('ui.reach-us')}>
      <ul>
        {practice.phone && <li><a href={telephone(practice.phone)}><Icon name="phone" /> <span>{say('ui.call')}</span></a></li>}
        {place && <li><a href={place.mapHref ?? place.href}><Icon name="map-pin" /> <span>{say('ui.directions')}</span></a></li>}
        {action && <li className="phone-bar-action"><a href={action.href}><Icon name="calendar-plus" /> <span>{action.words}</span></a></li>}
      </ul>
    </nav>
  )
}

function SiteFooter({ practice, places, afterHours, footerLinks, say }: Pick<SiteFacts, 'practice' | 'places' | 'afterHours' | 'footerLinks'> & { say: Say }) {
  return (
    <footer className="site-footer">
      <div className="site-footer-inside">
        <h2 className="unseen">{say('ui.reach-us')}</h2>
        <div className="places">
          {places.map(place => <Place key={place.href} place={place} fallback={practice.phone} say={say} />)}
          {afterHours && <div className="after-hours"><h3>{say('ui.after-hours')}</h3><p>{afterHours}</p></div>}
        </div>
        <ul className="footer-links">
          {footerLinks.map(link => <li key={link.href}><a href={link.href}>{link.words}</a></li>)}
        </ul>
        <p className="footer-name">{practice.name}</p>
      </div>
    </footer>
  )
}

function Place({ place, fallback, say }: { place: PlaceFacts; fallback: Phone | undefined; say: Say }) {
  const phone = place.phone ?? fallback
  return (
    <section className="place">
      <h3><a href={place.href}>{place.name}</a></h3>
      <address>
        {place.address.map(line => <span key={line}>{line}</span>)}
      </address>
      {phone && <p><PhoneLink phone={phone} /></p>}
      {place.mapHref && <p><a href={place.mapHref}><Icon name="map-pin" /> {say('ui.directions')}</a></p>}
      <ul className="place-hours" aria-label={say('ui.hours')}>{place.hours.map(line => <li key={line}>{line}</li>)}</ul>
    </section>
  )
}
