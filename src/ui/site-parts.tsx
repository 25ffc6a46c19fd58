import type { ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'
import type { IconName } from '#ui/icon-names.ts'
import { Picture, Portrait, type PictureFacts } from '#ui/picture.tsx'

type HeroProps = {
  /** Who you are, as a person would say it. */
  title: ReactNode
  lead?: ReactNode
  /** What a newcomer asks first: are you near, are you taking patients, are you open. */
  facts?: readonly { icon: IconName; words: ReactNode }[] | undefined
  actions?: ReactNode
  picture?: PictureFacts | undefined
}

/** The first screen of the site. Goes into the layout's `top`. */
export function Hero({ title, lead, facts = [], actions, picture }: HeroProps) {
  return (
    <div className={picture ? 'hero hero-pictured' : 'hero'}>
      <div className="hero-words">
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
        {facts.length > 0 && (
          <ul className="hero-facts">{facts.map((fact, index) => <li key={index}><Icon name={fact.icon} /><span>{fact.words}</span></li>)}</ul>
        )}
        {actions && <div className="actions">{actions}</div>}
      </div>
      {picture && <Picture {...picture} className="hero-picture" isFirst />}
    </div>
  )
}

/** A person, in their own words, with their face. */
export function Voice({ name, role, picture, href, children }: { name: string; role?: ReactNode; picture?: PictureFacts | undefined; href?: string | undefined; children: ReactNode }) {
  return (
    <figure className="voice">
      <Portrait name={name} picture={picture} size="large" />
      <div>
        <blockquote>{children}</blockquote>
        <figcaption>{href ? <a href={href}>{name}</a> : <strong>{name}</strong>}{role && <span className="voice-role">{role}</span>}</figcaption>
      </div>
    </figure>
  )
}

export type PersonFacts = { name: string; href: string; role?: ReactNode; line?: ReactNode; picture?: PictureFacts | undefined }

/** The people one may meet here, each a door to their own page. */
export function People({ people, level = 3 }: { people: readonly PersonFacts[]; level?: 2 | 3 | undefined }) {
  const Heading = `h${level}` as const
  return (
    <ul className="people">
      {people.map(person => (
        <li key={person.href} className="person">
          {person.picture ? <Picture {...person.picture} className="person-picture" /> : <span className="person-picture"><Portrait name={person.name} size="large" /></span>}
          <div>
            <Heading className="person-name"><a href={person.href}>{person.name}</a></Heading>
            {person.role && <p className="soft">{person.role}</p>}
            {person.line && <p className="person-line">{person.line}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}
