import type { ReactNode } from 'react'
import { words, type Locale } from '#platform/words.ts'
import { Document } from '#ui/document.tsx'
import { Icon } from '#ui/icon.tsx'
import { DemoBanner, Flash, type Tone } from '#ui/notice.tsx'
import { telephone, type PracticeFacts, type SessionClock } from '#ui/practice-facts.ts'
import { SessionWatch, SignOut } from '#ui/session-watch.tsx'
import { isCurrent, NavList, SkipLink, type NavItem } from '#ui/wayfinding.tsx'

export type PortalFacts = {
  practice: PracticeFacts
  /** Five at most: the bar under the thumb on a phone. */
  bar: readonly NavItem[]
  /** What the wide screen's list shows besides. On a phone these stand on the bar's last page. */
  more?: readonly NavItem[] | undefined
  personName: string
  /** Set when somebody else's record is open. Said on every page. */
  actingFor?: { name: string; switchHref: string } | undefined
  signOutAction: string
  session?: SessionClock | undefined
}

type Props = PortalFacts & {
  locale: Locale
  title: string
  current?: string | undefined
  flash?: { tone?: Tone | undefined; words: ReactNode } | undefined
  children: ReactNode
}

/** A page of the person's own place. One column on a phone; a list at the left where there is room. */
export function PortalLayout({ practice, bar, more = [], personName, actingFor, signOutAction, session, locale, title, current, flash, children }: Props) {
  const say = words(locale)
  return (
    <Document locale={locale} face="portal" title={title} siteName={practice.name} brandHref={practice.brandHref} iconHref={practice.markHref} isHidden hasScript>
      <SkipLink />
      {practice.isDemo && <DemoBanner />}
      <header className="portal-header">
        <a className="practice-name" href={bar[0]?.href ?? '/'}>
          {practice.markHref && <img src={practice.markHref} alt="" width="36" height="36" />}
          <span>{practice.name}</span>
        </a>
        {practice.phone && <a className="phone-link" href={telephone(practice.phone)}><Icon name="phone" /> <span>{practice.phone.text}</span></a>}
      </header>
      {actingFor && (
        <p className="acting-for"><Icon name="users-round" /> <span>{say('ui.acting-for', { name: actingFor.name })} <a href={actingFor.switchHref}>{say('ui.switch')}</a></span></p>
      )}
      <div className="portal-body">
        <div className="portal-side">
          <NavList className="portal-bar" items={bar} current={barPlace(bar, more, current)} label={say('ui.menu')} />
          {more.length > 0 && <NavList className="portal-more" items={more} current={current} label={say('ui.more')} />}
          <div className="portal-person"><p>{personName}</p><SignOut action={signOutAction} words={say('ui.sign-out')} /></div>
        </div>
        <main id="main" tabIndex={-1}>
          {flash && <Flash tone={flash.tone}>{flash.words}</Flash>}
          {children}
        </main>
      </div>
      {session && <SessionWatch clock={session} />}
    </Document>
  )
}

/** On a wide screen the longer list says where we are; the bar must not claim it too. */
const barPlace = (bar: readonly NavItem[], more: readonly NavItem[], current: string | undefined) =>
  more.some(item => isCurrent(item.href, current, [...bar, ...more])) ? undefined : current
