import { Icon } from '#ui/icon.tsx'
import type { IconName } from '#ui/icon-names.ts'
import { useSay } from '#ui/speaking.tsx'

/** A place one can go. `count` is how much is new there. */
export type NavItem = { href: string; words: string; icon?: IconName | undefined; count?: number | undefined }
export type LinkFacts = { href: string; words: string }

/** The first stop of the keyboard: past everything that is the same on every page. */
export const SkipLink = () => <a className="skip-link" href="#main">{useSay()('ui.skip')}</a>

/** Whether a place is where we are: itself, or the deepest place above it that the list knows. */
export const isCurrent = (href: string, current: string | undefined, items: readonly { href: string }[]): boolean => {
  if (current === undefined) return false
  const holds = (place: string) => current === place || current.startsWith(place.endsWith('/') ? place : `${place}/`)
  return holds(href) && !items.some(other => other.href.length > href.length && holds(other.href))
}

type NavListProps = { items: readonly NavItem[]; others?: readonly NavItem[] | undefined; current?: string | undefined; label: string; className: string }

/** The places of a face as a list of links. `others` stand in another list of the same menu: only one place is the current one. */
export function NavList({ items, others = [], current, label, className }: NavListProps) {
  const all = [...items, ...others]
  return (
    <nav className={className} aria-label={label}>
      <ul>
        {items.map(item => (
          <li key={item.href}>
            <a href={item.href} aria-current={isCurrent(item.href, current, all) ? 'page' : undefined}>
              {item.icon && <Icon name={item.icon} />}
              <span className="nav-words">{item.words}</span>
              {item.count ? <NewCount count={item.count} /> : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function NewCount({ count }: { count: number }) {
  const words = useSay()('ui.new-count', { count })
  return <span className="new-count"><span aria-hidden="true">{count > 99 ? '99+' : count}</span><span className="unseen">{words}</span></span>
}

/** Where this page stands, from the front page down. The last one is the page itself and needs no link. */
export function Breadcrumb({ items }: { items: readonly { href?: string | undefined; words: string }[] }) {
  return (
    <nav className="breadcrumb" aria-label={useSay()('ui.breadcrumb')}>
      <ol>
        {items.map((item, index) => (
          <li key={index}>{item.href ? <a href={item.href}>{item.words}</a> : <span aria-current="page">{item.words}</span>}</li>
        ))}
      </ol>
    </nav>
  )
}

/** Views of the same thing, each with its own address. */
export function Tabs({ items, current, label }: { items: readonly NavItem[]; current: string; label: string }) {
  return (
    <nav className="tabs" aria-label={label}>
      <ul>
        {items.map(item => (
          <li key={item.href}>
            <a href={item.href} aria-current={item.href === current ? 'page' : undefined}>{item.words}{item.count ? <NewCount count={item.count} /> : null}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Earlier and later pages of a long list. `position` says where one is: "26–50 of 312". */
export function Pagination({ previous, next, position }: { previous?: string | undefined; next?: string | undefined; position?: string | undefined }) {
  const say = useSay()
  if (!previous && !next) return null
  return (
    <nav className="pagination" aria-label={say('ui.pages')}>
      {previous ? <a href={previous} rel="prev"><Icon name="arrow-left" size="small" /> {say('ui.previous')}</a> : <span />}
      {position && <span className="pagination-position">{position}</span>}
      {next ? <a href={next} rel="next">{say('ui.next')} <Icon name="arrow-right" size="small" /></a> : <span />}
    </nav>
  )
}

/** How far along: what is done, where one is, what is left. `at` counts from 1. */
export function ProgressSteps({ steps, at, label }: { steps: readonly string[]; at: number; label?: string | undefined }) {
  const say = useSay()
  return (
    <ol className="steps" aria-label={label ?? say('ui.steps')}>
      {steps.map((step, index) => {
        const state = index + 1 < at ? 'done' : index + 1 === at ? 'now' : 'ahead'
        return (
          <li key={step} className={`step step-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
            <span className="step-mark" aria-hidden="true">{state === 'done' ? <Icon name="check" size="small" /> : index + 1}</span>
            <span>{step}{state === 'done' && <span className="unseen"> ({say('ui.done')})</span>}</span>
          </li>
        )
      })}
    </ol>
  )
}
