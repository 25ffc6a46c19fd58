import type { ReactNode } from 'react'
import { words, type Locale, type Say } from '#platform/words.ts'
import { Document } from '#ui/document.tsx'
import { Icon } from '#ui/icon.tsx'
import { DemoBanner, Flash, type Tone } from '#ui/notice.tsx'
import { telephone, type PracticeFacts, type SessionClock } from '#ui/practice-facts.ts'
import { SessionWatch, SignOut } from '#ui/session-watch.tsx'
import { isCurrent, NavList, SkipLink, type NavItem } from '#ui/wayfinding.tsx'

export type PortalFacts = {
  practice: PracticeFacts
  /** Four: with More they are the bar under the thumb on a phone, and the head of the list on a wide screen. */
  bar: readonly NavItem[]
  /** The rest. On a phone it opens from More, together with signing out. */
  more: readonly NavItem[]
  personName: string
  /** Set when somebody else's record is open. Said on every page. */
  actingFor?: { name: string; switchHref: string } | undefined
  signOutAction: string
  session?: SessionClock | undefined
  /** How large this reader wants the letters. */
  size?: 'usual' | 'large' | 'largest' | undefined
}

type Props = PortalFacts & {
  locale: Locale
  title: string
  current?: string | undefined
  flash?: { tone?: Tone | undefined; words: ReactNode } | undefined
  children: ReactNode
}

/** A page of the person's own place. One column on a phone; a list at the left where there is room. */
export function PortalLayout({ practice, bar, more, personName, actingFor, signOutAction, session, size, locale, title, current, flash, children }: Props) {
  const say = words(locale)
  const places = { bar, more, current, personName, signOutAction, say }
  return (
    <Document locale={locale} face="portal" title={title} siteName={practice.name} brandHref={practice.brandHref} iconHref={practice.markHref} isHidden hasScript className={size && size !== 'usual' ? `text-${size}` : undefined}>
      <SkipLink />
      {practice.isDemo && <DemoBanner />}
      <header>
        <div className="portal-header">
          <a className="practice-name" href={bar[0]?.href ?? '/'}>
            {practice.markHref && <img src={practice.markHref} alt="" width="36" height="36" />}
            <span>{practice.name}</span>
          </a>
          {practice.phone && <a className="phone-link" href={telephone(practice.phone)}><Icon name="phone" /> <span className="only-wide">{practice.phone.text}</span><span className="only-phone">{say('ui.call')}</span></a>}
        </div>
        {actingFor && (
          <p className="acting-for"><Icon name="users-round" /> <span>{say('ui.acting-for', { name: actingFor.name })} <a href={actingFor.switchHref}>{say('ui.switch')}</a></span></p>
        )}
      </header>
      <div className="portal-body">
        <Side {...places} />
        <main id="main" tabIndex={-1}>
          {flash && <Flash tone={flash.tone}>{flash.words}</Flash>}
          {children}
        </main>
      </div>
      <Bar {...places} />
      {session && <SessionWatch clock={session} />}
    </Document>
  )
}

type Places = Pick<PortalFacts, 'bar' | 'more' | 'personName' | 'signOutAction'> & { current: string | undefined; say: Say }

/** The wide screen's list. */
function Side({ bar, more, current, personName, signOutAction, say }: Places) {
  return (
    <section className="portal-side" aria-label={say('ui.your-places')}>
      <NavList className="portal-list" items={bar} others={more} current={current} label={say('ui.menu')} />
      {more.length > 0 && <NavList className="portal-list portal-list-more" items={more} others={bar} current={current} label={say('ui.more')} />}
      <div className="portal-person"><p>{personName}</p><SignOut action={signOutAction} words={say('ui.sign-out')} /></div>
    </section>
  )
}

/** The phone's bar. More opens upward without script. */
function Bar({ bar, more, current, personName, signOutAction, say }: Places) {
  const isInMore = more.some(item => isCurrent(item.href, current, [...bar, ...more]))
  return (
    <section className="portal-bar" aria-label={say('ui.your-places')}>
      <NavList className="portal-bar-places" items={bar} others={more} current={current} label={say('ui.menu')} />
      <details className={isInMore ? 'portal-bar-more is-current' : 'portal-bar-more'}>
        <summary><Icon name="menu" /><span className="nav-words">{say('ui.more')}</span></summary>
        <div className="portal-sheet">
          {more.length > 0 && <NavList className="portal-list" items={more} others={bar} current={current} label={say('ui.more')} />}
          <div className="portal-person"><p>{personName}</p><SignOut action={signOutAction} words={say('ui.sign-out')} /></div>
        </div>
      </details>
    </section>
  )
}
