import { inTransaction } from '#platform/db.ts'
import type { Answer } from '#platform/page.tsx'
import { words, type Locale } from '#platform/words.ts'
import { pathIn } from '#practice'
import { LinkButton } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Section } from '#ui/things.tsx'
import { asNewcomer, findNewcomer, isForNewcomers, type NewcomerCtx } from '../find-newcomer.ts'
import { newcomerHold } from '../hold-for-newcomer.ts'
import { nearestTimes } from '../list-open-times.ts'
import { listResources, readVisitType } from '../read-settings.ts'
import type { Mode, OpenTime } from '../shared.ts'
import { bookPath, Key, showStep, type SiteCtx } from './site-book-frame.tsx'
import { TimeList } from './time-list.tsx'
import { readPlaces } from './visit-words.tsx'

type Again = { typeId: string; mode: Mode; times: readonly OpenTime[] }
/** Free times next to the one that was kept, for somebody who took longer than ten minutes. */
async function timesAgain(ctx: SiteCtx, token: string): Promise<Again | undefined> {
  const known = await findNewcomer(ctx, token)
  if (!known || known.isBooked) return undefined
  const last = await inTransaction(asNewcomer(ctx, known.id), tx => newcomerHold(tx as NewcomerCtx, { isOver: true }))
  const type = last && await readVisitType(ctx, last.visitTypeId)
  if (!type || !isForNewcomers(type)) return undefined
  const times = await nearestTimes(ctx, { type }, last.startsAt)
  return times.length > 0 ? { typeId: type.id, mode: last.mode, times } : undefined
}

/** Nothing was booked; what was typed is kept for another time. */
export async function showEnded(ctx: SiteCtx, locale: Locale, token: string): Promise<Answer> {
  const say = words(locale)
  const again = await timesAgain(ctx, token)
  const title = say('book.ended.title')
  if (!again) return showStep(ctx, locale, { title, status: 410 }, <EmptyState icon="hourglass" title={say('book.ended.words')} action={<LinkButton href={pathIn(bookPath, locale)}>{say('book.ended.again')}</LinkButton>} />)
  const names = new Map((await listResources(ctx)).map(one => [one.id, one.name]))
  return showStep(ctx, locale, { title, lead: say('book.ended.words'), status: 410 },
    <>
      <Section title={say('book.ended.again')}>
        <p>{say('book.ended.kept')}</p>
        <Form action={pathIn(`${bookPath}/${again.typeId}`, locale)} label={say('book.ended.again')} hasKey={false}>
          <Key token={token} /><input type="hidden" name="how" value={again.mode} />
          <TimeList {...{ times: again.times, names, places: await readPlaces(ctx), locale }} />
        </Form>
      </Section>
      <p><a href={pathIn(bookPath, locale)}>{say('visits.type.title')}</a></p>
    </>)
}
