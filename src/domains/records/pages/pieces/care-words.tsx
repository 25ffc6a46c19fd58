import { formatWhen } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { telephone, type Phone } from '#ui/practice-facts.ts'
import { PageHead, Section } from '#ui/things.tsx'
import type { Around, Life } from '../../read-around.ts'
import type { Comment } from '../../read-comments.ts'
import { Beside, WrongLink } from './beside.tsx'

type Speech = { locale: Locale; zone: string }

/** What the care team wrote, in its writer's name, newest last; in the language it was written in, with the offer of an interpreter where that is not the reader's (D12). */
export function CareTeamSays({ comments, locale, zone }: Speech & { comments: readonly Comment[] }) {
  if (comments.length === 0) return null
  const say = words(locale)
  return (
    <section className="rec-care" aria-label={say('portal.care.says')}>
      <h2>{say('portal.care.says')}</h2>
      {comments.map(comment => (
        <figure key={comment.id}>
          <blockquote className="rec-care-words" lang={comment.locale}>{comment.words}</blockquote>
          <figcaption className="soft">{comment.authorName}, {formatWhen(comment.writtenAt, zone, 'day', locale)}</figcaption>
        </figure>
      ))}
      {comments.some(comment => comment.locale !== locale) && <p>{say('portal.care.interpreter')}</p>}
    </section>
  )
}

type NextFacts = Speech & { around: Around; id: string; closing: 'now' | 'ask' | null; isFinished: boolean; now: Date }

/** What usually happens next, by when somebody answers, and the two ways to say more (D1). */
export function WhatNext({ around: { life, said, comments }, id, closing, isFinished, locale, zone, now }: NextFacts) {
  const say = words(locale)
  const step = !isFinished ? 'unfinished' : closing === 'now' ? 'now' : comments.length > 0 ? 'wrote' : closing === 'ask' ? 'ask' : 'usual'
  const promise = comments.length === 0 ? replyPromise(life, say, { locale, zone, now }) : null
  return (
    <Section title={say('portal.next.title')} className="rec-next">
      <p>{say(`portal.next.${step}`)}</p>
      {promise && <p>{promise}</p>}
      <Beside reports={said} locale={locale} zone={zone} />
      <p className="no-print"><LinkButton kind="secondary" icon="message-circle" href={`/portal/results/${id}/ask`}>{say('feedback.ask.link')}</LinkButton></p>
      <p><WrongLink href={`/portal/results/${id}/wrong`} locale={locale} /></p>
    </Section>
  )
}

function replyPromise(life: Life | null, say: Say, { locale, zone, now }: Speech & { now: Date }): string | null {
  if (!life?.replyBy || life.finalAt === null || life.reviewedAt) return null
  return say(life.replyBy > now ? 'portal.next.reply-by' : 'portal.next.reply-late', { when: formatWhen(life.replyBy, zone, 'moment', locale) })
}

export const CallNow = ({ phone, say }: { phone: Phone | undefined; say: Say }) => (
  <Notice tone="act" title={phone ? <a href={telephone(phone)}>{say('explain.call-now', { phone: phone.text })}</a> : say('portal.result.close-plain')}>{say('explain.call-911')}</Notice>
)

/** How to reach a person, when we are here, and what to do if it gets worse: on every result that is not usual (D13). */
export function Closing({ told, phone, hours, say }: { told: 'now' | 'ask' | null; phone: Phone | undefined; hours: string | undefined; say: Say }) {
  if (told === null) return null
  return (
    <p className="rec-closing">
      {phone ? <a href={telephone(phone)}>{say('portal.result.close', { phone: phone.text })}</a> : say('portal.result.close-plain')} {hours && `${hours} `}{say('portal.result.worse')}
    </p>
  )
}

/** A result that may change a life opens on a choice, not on a wall: each way leads on, and one of them at once (R14). */
export function FirstChoice({ title, around: { life, wish }, phone, say }: { title: string; around: Around; phone: Phone | undefined; say: Say }) {
  const isWaiting = wish === 'after-writing' || wish === 'call-me'
  return (
    <div className="rec-first">
      {life?.bearing === 'critical' && <CallNow phone={phone} say={say} />}
      <PageHead title={title} back={{ href: '/portal/results', words: say('portal.results.title') }} lead={say(isWaiting ? `portal.first.waits.${wish}` : 'portal.first.lead')} />
      <Form label={say('portal.first.label')} className="rec-first-choices">
        <Button isWide icon="eye" name="wish" value="now" kind={isWaiting ? 'secondary' : 'primary'}>{say('portal.first.now')}</Button>
        {wish !== 'after-writing' && <Button isWide icon="message-circle" name="wish" value="after-writing" kind="secondary">{say('portal.first.after-writing')}</Button>}
        {wish !== 'call-me' && <Button isWide icon="phone" name="wish" value="call-me" kind="secondary">{say('portal.first.call-me')}</Button>}
      </Form>
      <p className="soft">{say('portal.first.change')}</p>
      <p>{say('release.choices.danger')}</p>
    </div>
  )
}

/** R16: the laboratory changed it: when, and what it said before, struck. */
export function Changed({ words: said, before, say }: { words: string; before: string | null; say: Say }) {
  return <Notice tone="notice" title={said}>{before && <p>{say('explain.status.before')}: <del>{before}</del></p>}</Notice>
}
