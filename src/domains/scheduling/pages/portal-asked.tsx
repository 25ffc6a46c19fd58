import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale } from '#platform/words.ts'
import { readOwnZone } from '#notices'
import { practiceCard } from '#practice'
import { LinkButton } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { readDecline, type Appointment } from '../list-appointments.ts'
import { isBookable } from '../hold-time.ts'
import { nearestTimes } from '../list-open-times.ts'
import { listResources } from '../read-settings.ts'
import type { VisitType } from '../shared.ts'
import { TimeList } from './time-list.tsx'
import { readPlaces, type PortalCtx } from './visit-words.tsx'

type Props = { visit: Appointment; type: VisitType; zone: string; locale: Locale; newPath: string }

/** How a request stands: by when we answer, that we are late, or that it was declined and what is free instead. Null for any other visit. */
export async function sayRequest(ctx: PortalCtx, { visit, type, zone, locale, newPath }: Props) {
  const [say, { phone }] = [words(locale), await practiceCard(ctx)]
  const call = phone && <p><LinkButton kind="secondary" icon="phone" href={telephone(phone)}>{say('visits.call', { phone: phone.text })}</LinkButton></p>
  if (visit.status === 'requested') {
    const isLate = visit.confirmBy! <= ctx.now()
    if (!isLate) return <Notice tone="notice" title={say('visits.asked.title')}><p>{say('visits.asked.by', { when: formatWhen(visit.confirmBy!, zone, 'moment', locale) })}</p></Notice>
    const isOver = visit.startsAt <= ctx.now()
    return <Notice tone="notice" title={say('visits.asked.late')}><p>{say(isOver ? 'visits.asked.over-more' : 'visits.asked.late-more')}</p>{call}</Notice>
  }
  const reason = visit.status === 'cancelled' ? await readDecline(ctx, visit.id) : undefined
  if (!reason) return null
  const times = reason === 'time' && isBookable(type) ? (await nearestTimes(ctx, { type, resourceId: visit.resourceId }, visit.startsAt, 7)).filter(time => time.startsAt.getTime() !== visit.startsAt.getTime()).slice(0, 6) : []   // never the one that was just declined
  const own = await readOwnZone(ctx, await mayActFor(ctx, ctx.actor.patientId))
  const names = new Map((await listResources(ctx)).map(one => [one.id, one.name]))
  return (
    <>
      <Notice tone="notice" title={say('visits.declined.title')}><p>{say(`visits.declined.${reason}`)}</p>{reason !== 'time' && call}</Notice>
      {times.length > 0 && (
        <>
          <h2>{say('visits.declined.nearest')}</h2>
          <Form action={`${newPath}/${type.id}`} label={say('visits.declined.nearest')} hasKey={false}><input type="hidden" name="how" value={visit.mode} /><TimeList {...{ times, names, places: await readPlaces(ctx), own, locale }} /></Form>
        </>
      )}
      {reason === 'time' && isBookable(type) && <p><LinkButton kind="secondary" href={`${newPath}/${type.id}`}>{say('visits.declined.more')}</LinkButton></p>}
    </>
  )
}
