import { formatWhen } from '#platform/when.ts'
import { words, type Locale } from '#platform/words.ts'
import type { Report } from '#feedback'

type Speech = { locale: Locale; zone: string }

/** What stands beside a thing from now on: what was set right, the patient's own statement, a question with its answer; each with its date (N13). */
export function Beside({ reports, locale, zone }: Speech & { reports: readonly Report[] }) {
  if (reports.length === 0) return null
  return <div className="rec-beside">{reports.map(report => <One key={report.id} {...{ report, locale, zone }} />)}</div>
}

function One({ report: { kind, words: asked, locale: askedIn, sentAt, dueAt, reply, statement }, locale, zone }: Speech & { report: Report }) {
  const say = words(locale)
  const day = (at: Date) => formatWhen(at, zone, 'day', locale)
  return (
    <>
      {kind === 'question' && <Said who={say('feedback.beside.question', { day: day(sentAt) })} text={asked} lang={askedIn} />}
      {kind === 'question' && !reply && <p className="soft">{say('feedback.beside.waits', { when: formatWhen(dueAt, zone, 'moment', locale) })}</p>}
      {kind === 'question' && reply && <Said who={say('feedback.beside.answer', { name: reply.byName, day: day(reply.at) })} text={reply.words} lang={reply.locale} />}
      {reply?.correction && <Said who={say('feedback.beside.correction', { name: reply.byName, day: day(reply.at) })} text={reply.correction} lang={reply.locale} />}
      {statement && <Said who={say('feedback.beside.statement', { day: day(statement.at) })} text={statement.words} lang={statement.locale} />}
    </>
  )
}

const Said = ({ who, text, lang }: { who: string; text: string; lang: Locale }) => (
  <div className="rec-said"><p className="rec-said-who">{who}</p><p className="rec-said-words" lang={lang}>{text}</p></div>
)

/** The small way to say that something looks wrong. Who hears the page hears with what. */
export function WrongLink({ href, what, locale }: { href: string; what?: string; locale: Locale }) {
  const say = words(locale)
  return <a className="rec-wrong no-print" href={href} aria-label={what ? say('feedback.wrong.link-about', { what }) : undefined}>{say('feedback.wrong.link')}</a>
}
