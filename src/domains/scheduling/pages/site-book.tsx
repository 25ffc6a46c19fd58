import type { SitePage } from '#platform/page.tsx'
import { words } from '#platform/words.ts'
import { pathIn, practiceCard } from '#practice'
import { inLocale, langOf } from '#practice/shared'
import { LinkButton } from '#ui/button.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Card } from '#ui/things.tsx'
import { isForNewcomers } from '../find-newcomer.ts'
import { listReasons, listVisitTypes } from '../read-settings.ts'
import { metaOf } from './portal-book.tsx'
import { AlreadyPatient, bookPath, CallUs, showStep } from './site-book-frame.tsx'
import { answerReasons, showSiteReasons } from './site-reasons.tsx'
import { TypeName } from './visit-words.tsx'

/** What a newcomer can come for. */
export const siteBook: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  async get(ctx, { locale, query }) {
    const say = words(locale)
    const types = (await listVisitTypes(ctx)).filter(isForNewcomers)
    const hasReasons = types.length > 0 && (await listReasons(ctx)).length > 0
    if (hasReasons && query.get('all') !== 'yes') return showSiteReasons(ctx, locale)
    const { name } = await practiceCard(ctx)
    return showStep(ctx, locale, { title: say('book.title'), lead: say('book.lead'), isIndexed: true, description: say('book.about', { name }) },
      <>
        {types.length === 0
          ? <EmptyState icon="calendar" title={say('book.none')} action={<LinkButton href={pathIn('/contact', locale)}>{say('site.write-us')}</LinkButton>}>{say('book.none-more')}</EmptyState>
          : <div className="stack">{types.map(type => (
              <Card key={type.id} level={2} title={<TypeName {...{ type, locale }} />} href={pathIn(`${bookPath}/${type.id}`, locale)} meta={metaOf(type, locale, say)}>{inLocale(type.words, locale) && <p lang={langOf(type.words, locale)}>{inLocale(type.words, locale)}</p>}</Card>
            ))}</div>}
        {hasReasons && <p><a href={pathIn(bookPath, locale)}>{say('visits.reason.title')}</a></p>}
        <AlreadyPatient say={say} />
        {await CallUs({ ctx, say })}
      </>)
  },
  post: answerReasons,
}
