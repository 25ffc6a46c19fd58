import type { ReactNode } from 'react'
import { show, type Answer } from '#platform/answer.ts'
import type { House } from '#platform/house.ts'
import type { Problem } from '#platform/problems.ts'
import { statusOf } from '#platform/problems.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { lastKnownCard, pathIn, type PracticeCard } from '#practice'
import { LinkButton } from '#ui/button.tsx'
import { PlainLayout } from '#ui/plain-layout.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { SiteLayout } from '#ui/site-layout.tsx'
import { PageHead } from '#ui/things.tsx'

type Facts = { locale: Locale; face: 'site' | 'portal' | 'console'; requestId: string; house: House }

const home = { site: '/', portal: '/portal', console: '/console' } as const
const homeWords = { site: 'site.problem.go-home', portal: 'site.problem.go-portal', console: 'site.problem.go-console' } as const
/** What we must be able to find again when somebody calls about it. */
const hasNumber: readonly Problem[] = ['surprise', 'no-database']

/** What went wrong, in words, with a way on. It asks nothing of the database: that may be what is away. */
export function problemView(problem: Problem, { locale, face, requestId, house }: Facts): Answer {
  const say = words(locale)
  const card = lastKnownCard(house)
  const title = say(`site.problem.${problem}.title`)
  const content = <ProblemWords {...{ problem, say, face, locale, card, requestId }} />
  const other: Locale = locale === 'en' ? 'es' : 'en'
  const element = face === 'site' && card.isPublished
    ? (
      <SiteLayout
        practice={card.facts} nav={card.nav[locale]} action={card.action[locale]} places={card.places[locale]} footerLinks={card.footer[locale]} afterHours={card.afterHours[locale].words || undefined}
        locale={locale} homeHref={pathIn('/', locale)} otherLanguage={{ locale: other, href: pathIn('/', other) }} title={title} isHidden
      >
        {content}
      </SiteLayout>
    )
    : <PlainLayout locale={locale} practice={card.facts} title={title}>{content}</PlainLayout>
  return show(element, { status: statusOf[problem] })
}

type WordsProps = { problem: Problem; say: Say; face: Facts['face']; locale: Locale; card: PracticeCard; requestId: string }

function ProblemWords({ problem, say, face, locale, card, requestId }: WordsProps): ReactNode {
  const ways = face === 'site' && problem === 'not-found' ? card.nav[locale] : []
  return (
    <>
      <PageHead title={say(`site.problem.${problem}.title`)} lead={say(`site.problem.${problem}.words`)} />
      {ways.length > 0 && (
        <div className="measure">
          <p>{say('site.problem.look')}:</p>
          <ul className="ways-on">{ways.map(({ href, words: name }) => <li key={href}><a href={href}>{name}</a></li>)}</ul>
        </div>
      )}
      <div className="actions">
        <LinkButton href={face === 'site' ? pathIn('/', locale) : home[face]}>{say(homeWords[face])}</LinkButton>
        {card.phone && face !== 'console' && <LinkButton kind="secondary" icon="phone" href={telephone(card.phone)}>{say('site.call-us', { phone: card.phone.text })}</LinkButton>}
      </div>
      {face !== 'console' && <p className="problem-foot">{say('site.problem.urgent')}</p>}
      {hasNumber.includes(problem) && <p className="problem-foot soft">{say('site.problem.number', { number: requestId.slice(0, 8) })}</p>}
    </>
  )
}
