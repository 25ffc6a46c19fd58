import type { ReactNode } from 'react'
import { words } from '#platform/words.ts'
import { Document } from '#ui/document.tsx'
import { Icon } from '#ui/icon.tsx'
import { DemoBanner, Flash, type Tone } from '#ui/notice.tsx'
import type { PracticeFacts, SessionClock } from '#ui/practice-facts.ts'
import { SessionWatch, SignOut } from '#ui/session-watch.tsx'
import { isCurrent, NavList, SkipLink, type NavItem } from '#ui/wayfinding.tsx'

export type ConsoleFacts = {
  practice: PracticeFacts
  /** The rail: groups of places, the first without a heading. */
  groups: readonly { words?: string | undefined; items: readonly NavItem[] }[]
  personName: string
  /** What the person is here: "Clinician". */
  personRole?: string | undefined
  accountHref?: string | undefined
  signOutAction: string
  session?: SessionClock | undefined
}

type Props = ConsoleFacts & {
  title: string
  current?: string | undefined
  flash?: { tone?: Tone | undefined; words: ReactNode } | undefined
  /** A list that keeps its place at the left of the thing that is open. */
  list?: ReactNode
  children: ReactNode
}

/** A page for those who work here: rail, list, thing. English alone. */
export function ConsoleLayout({ practice, groups, personName, personRole, accountHref, signOutAction, session, title, current, flash, list, children }: Props) {
  const say = words('en')
  return (
    <Document locale="en" face="console" title={title} siteName={practice.name} brandHref={practice.brandHref} iconHref={practice.markHref} isHidden hasScript>
      <SkipLink />
      <div className="console-frame">
        <header className="console-rail">
          <a className="practice-name" href="/console">
            {practice.markHref && <img src={practice.markHref} alt="" width="28" height="28" />}
            <span>{practice.name}</span>
          </a>
          <details className="console-menu">
            <summary><Icon name="menu" /> <span>{say('ui.menu')}</span></summary>
            <div className="console-menu-groups"><Groups groups={groups} accountHref={accountHref} current={current} /></div>
          </details>
          <div className="console-groups"><Groups groups={groups} accountHref={accountHref} current={current} /></div>
          <div className="console-person">
            <p>{accountHref ? <a href={accountHref} aria-current={isCurrent(accountHref, current, []) ? 'page' : undefined}>{personName}</a> : personName}{personRole && <span className="soft">{personRole}</span>}</p>
            <SignOut action={signOutAction} words={say('ui.sign-out')} />
          </div>
        </header>
        <div className={list ? 'console-work console-work-list' : 'console-work'}>
          {practice.isDemo && <DemoBanner />}
          {list && <section className="console-list" aria-label="List">{list}</section>}
          <main id="main" tabIndex={-1}>
            {flash && <Flash tone={flash.tone}>{flash.words}</Flash>}
            {children}
          </main>
        </div>
      </div>
      {session && <SessionWatch clock={session} />}
    </Document>
  )
}

/** The account stands below the rail, and is a place as the others are: on its pages nothing above it is the current one. */
function Groups({ groups, accountHref, current }: Pick<ConsoleFacts, 'groups' | 'accountHref'> & { current: string | undefined }) {
  const all = [...groups.flatMap(group => group.items), ...(accountHref ? [{ href: accountHref, words: '' }] : [])]
  return groups.map((group, index) => (
    <div key={group.words ?? index} className="console-group">
      {group.words && <p className="console-group-words">{group.words}</p>}
      <NavList className="console-nav" items={group.items} others={all} current={current} label={group.words ?? 'Main'} />
    </div>
  ))
}
