import { audit } from '#platform/audit.ts'
import { listMailAbout } from '#platform/email.ts'
import { NotFound } from '#platform/errors.ts'
import type { PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { listConsents } from '../keep-consent.ts'
import { pointWords } from '../read-point.ts'
import { SentList } from './sent-list.tsx'

/** What the practice has sent me, where to, and what I agreed to. */
export const portalSent: PortalPage = {
  for: 'patient',
  async get(ctx, { locale }) {
    if (ctx.actor.kind !== 'patient') throw new NotFound()
    const say = words(locale)
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const [sent, consents, zone] = [await listMailAbout(ctx, patientId), await listConsents(ctx, patientId), await ctx.house.shell.zone(ctx)]
    await audit(ctx, 'notices.log-viewed', { patientId })
    return ctx.house.shell.portal(ctx, { title: say('notices.sent.title'), current: '/portal/settings' },
      <>
        <PageHead title={say('notices.sent.title')} back={{ href: '/portal/settings/reach', words: say('notices.reach.title') }} lead={say('notices.sent.lead')} />
        {sent.length === 0 ? <EmptyState icon="send" title={say('notices.sent.none')}>{say('notices.sent.none.more')}</EmptyState> : <SentList {...{ sent, say, locale, zone }} />}
        {consents.length > 0 && (
          <Section title={say('notices.consents')}>
            <ul className="plain-list">{consents.map(one => <li key={one.id}><strong>{say(one.isGiven ? 'notices.consents.given' : 'notices.consents.stopped', { to: pointWords(one), when: formatWhen(one.at, zone, 'day-short', locale) })}</strong> <q>{one.words}</q></li>)}</ul>
          </Section>
        )}
      </>)
  },
}
