import type { ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'
import type { IconName } from '#ui/icon-names.ts'

/** A thing that can be opened. With `href` the whole card is the link; never put a card in a card. */
export function Card({ title, href, level = 3, picture, meta, children }: {
  title: ReactNode
  href?: string | undefined
  level?: 2 | 3 | 4 | undefined
  picture?: ReactNode
  /** A short line under the title: when, where. */
  meta?: ReactNode
  children?: ReactNode
}) {
  const Heading = `h${level}` as const
  return (
    <article className={href ? 'card card-opens' : 'card'}>
      {picture && <div className="card-picture">{picture}</div>}
      <div className="card-words">
        <Heading className="card-title">{href ? <a href={href}>{title}</a> : title}</Heading>
        {meta && <p className="card-meta">{meta}</p>}
        {children && <div className="card-body">{children}</div>}
      </div>
    </article>
  )
}

export type Row = { href: string; title: ReactNode; detail?: ReactNode; aside?: ReactNode; icon?: IconName | undefined; picture?: ReactNode; isNew?: boolean | undefined; isCurrent?: boolean | undefined }

/** A list of things to open, one line each, hairlines between: results, visits, messages, patients. */
export function RowList({ rows, label }: { rows: readonly Row[]; label?: string | undefined }) {
  return (
    <ul className="rows" aria-label={label}>
      {rows.map((row, index) => (
        <li key={`${row.href} ${index}`} className={row.isNew ? 'row row-new' : 'row'}>
          {row.picture}
          {row.icon && <span className="row-icon"><Icon name={row.icon} /></span>}
          <div className="row-body">
            <div className="row-words">
              <a href={row.href} className="row-title" aria-current={row.isCurrent || undefined}>{row.title}</a>
              {row.detail && <div className="row-detail">{row.detail}</div>}
            </div>
            {row.aside && <div className="row-aside">{row.aside}</div>}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** What is known, as term and words. `isStacked`: the words under the term. */
export function Facts({ items, isStacked }: { items: readonly { term: ReactNode; words: ReactNode }[]; isStacked?: boolean | undefined }) {
  return (
    <dl className={isStacked ? 'facts facts-stacked' : 'facts'}>
      {items.map((item, index) => <div key={index} className="fact"><dt>{item.term}</dt><dd>{item.words}</dd></div>)}
    </dl>
  )
}

/** What most people need not read now, one tap away. */
export function Details({ summary, isOpen, children, className }: { summary: ReactNode; isOpen?: boolean | undefined; children: ReactNode; className?: string | undefined }) {
  return (
    <details className={className ? `details ${className}` : 'details'} open={isOpen || undefined}>
      <summary>{summary}</summary>
      <div className="details-words">{children}</div>
    </details>
  )
}

/** A part of a page with its heading and, beside it, what can be done with all of it. */
export function Section({ title, level = 2, id, aside, children, className }: { title: ReactNode; level?: 2 | 3 | undefined; id?: string | undefined; aside?: ReactNode; children: ReactNode; className?: string | undefined }) {
  const Heading = `h${level}` as const
  return (
    <section className={className ? `section ${className}` : 'section'} id={id}>
      <div className="section-head"><Heading>{title}</Heading>{aside}</div>
      {children}
    </section>
  )
}

/** The one h1 of a page: what this is, a line about it, and the way back. */
export function PageHead({ title, lead, back, aside }: { title: ReactNode; lead?: ReactNode; back?: { href: string; words: string } | undefined; aside?: ReactNode }) {
  return (
    <header className="page-head">
      {back && <p className="page-back"><a href={back.href}><Icon name="arrow-left" size="small" /> {back.words}</a></p>}
      <div className="page-head-line"><h1>{title}</h1>{aside && <div className="page-head-aside">{aside}</div>}</div>
      {lead && <p className="lead">{lead}</p>}
    </header>
  )
}
