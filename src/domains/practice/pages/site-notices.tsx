import { NotFound } from '#platform/errors.ts'
import { dayIn, formatDay } from '#platform/when.ts'
import { LinkButton } from '#ui/button.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { PageHead } from '#ui/things.tsx'
import { comingNotice, currentNotice, noticeValidUntil } from '../choose-notice.ts'
import type { NoticeKind } from '../shared.ts'
import type { SiteRender } from './show-site.tsx'
import { Prose } from './site-words.tsx'

/** A notice as it is in force today, with its version; it prints as it stands. */
export const renderNotice = (kind: NoticeKind): SiteRender => ({ practice, card, locale, say, now }) => {
  const today = dayIn(now, card.zone)
  const notice = currentNotice(practice, kind, today)
  if (!notice) throw new NotFound()
  const coming = comingNotice(practice, kind, today)
  const validUntil = noticeValidUntil(notice.effectiveOn > today ? notice : coming, card.zone)
  const since = say(notice.effectiveOn > today ? 'site.notice.coming' : 'site.notice.in-force', { day: formatDay(notice.effectiveOn, 'day-short', locale) })
  const title = say(`site.notice.${kind}`)
  return {
    title, description: `${say(`site.notice.official.${kind}`)}. ${practice.profile.name}.`, ...(validUntil && { validUntil }),
    content: (
      <article className="notice-page">
        <PageHead title={title} />
        <p className="notice-facts">{say(`site.notice.official.${kind}`)} · {practice.profile.name} · {say('site.notice.version', { version: String(notice.version) })} · {since}</p>
        {coming && <p className="measure">{say('site.notice.next', { day: formatDay(coming.effectiveOn, 'day-short', locale) })}</p>}
        <Prose text={notice.words[locale]} />
      </article>
    ),
  }
}

const parts = ['watch', 'log', 'write', 'sign-in', 'record', 'ask'] as const

/** What this site keeps about its visitors. It tells what the software does, so it is ours to write and not the practice's. */
export const renderPrivacy: SiteRender = ({ practice, card, say, to }) => ({
  title: say('site.privacy.title'), description: say('site.privacy.about', { name: practice.profile.name }),
  content: (
    <>
      <PageHead title={say('site.privacy.title')} lead={say('site.privacy.lead')} />
      <div className="prose">
        {parts.filter(part => part !== 'sign-in' || card.faces.includes('portal')).map(part => (
          <section key={part}>
            <h2>{say(`site.privacy.${part}.title`)}</h2>
            <p>{say(`site.privacy.${part}.words`)}</p>
            {part === 'record' && practice.notices.some(({ kind }) => kind === 'privacy-practices') && <p><a href={to('/privacy-practices')}>{say('site.notice.privacy-practices')}</a></p>}
            {part === 'ask' && (
              <div className="actions">
                {card.phone && <LinkButton kind="secondary" icon="phone" href={telephone(card.phone)}>{say('site.call-us', { phone: card.phone.text })}</LinkButton>}
                <LinkButton kind="secondary" href={to('/contact')}>{say('site.write-us')}</LinkButton>
              </div>
            )}
          </section>
        ))}
      </div>
    </>
  ),
})
