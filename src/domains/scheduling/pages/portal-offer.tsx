import { seeOther, type Answer, type PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { Form, type Problems } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { acceptOffer, declineOffer, readOffer, whyNot, type Offer } from '../answer-offer.ts'
import { nearestTimes } from '../list-open-times.ts'
import { listResources, readVisitType } from '../read-settings.ts'
import { findTaken } from '../settle-offers.ts'
import { isPlanned, payses, type OpenTime, type VisitType } from '../shared.ts'
import { sayCutoff } from './portal-confirm.tsx'
import { visitsPath, zoneOf } from './portal-appointments.tsx'
import { TimeList } from './time-list.tsx'
import { readPlaces, VisitFacts, type PortalCtx } from './visit-words.tsx'

type End = 'taken' | 'declined' | 'expired' | 'withdrawn' | 'clashes' | 'too-late'

/** What an offer of an earlier time leads to: the time, what it would move, and two buttons. Looking at it changes nothing. */
export const portalOffer: PortalPage = {
  for: 'patient',
  async get(ctx, { params, locale }) {
    const offer = await readOffer(ctx, await mayActFor(ctx, ctx.actor.patientId), params.id!)
    if (offer.becameId) return seeOther(`${visitsPath}/${offer.becameId}`)
    const type = (await readVisitType(ctx, offer.visitTypeId, { isOpen: false }))!
    const end = await endOf(ctx, offer, type)
    return end ? showEnd(ctx, { offer, type, end, locale }) : showOffer(ctx, { offer, type, locale })
  },
  async post(ctx, form, { params, locale }) {
    const offer = await readOffer(ctx, await mayActFor(ctx, ctx.actor.patientId), params.id!)
    const type = (await readVisitType(ctx, offer.visitTypeId, { isOpen: false }))!
    if (form.get('action') === 'no') {
      await declineOffer(ctx, offer.id)
      return seeOther(`${visitsPath}?said=declined`)
    }
    const pays = payses.find(one => one === form.get('pays'))
    if (!offer.visitId && !pays && !offer.becameId) return showOffer(ctx, { offer, type, locale, problems: { pays: words(locale)('visits.confirm.choose') } })
    const done = await acceptOffer(ctx, offer.id, pays ? { pays } : {})
    if (done.ok) return seeOther(`${visitsPath}/${done.id}?said=${done.isMoved ? 'moved' : 'booked'}`)
    const end = done.reason === 'just-taken' ? 'taken' : done.reason === 'ended' || done.reason === 'not-earlier' ? await endOf(ctx, offer, type) ?? 'withdrawn' : done.reason
    return showEnd(ctx, { offer, type, end, locale, status: 409, ...(done.reason === 'just-taken' && { nearest: done.nearest }) })
  },
}

/** Why it is no offer any more, by how things are now, whether or not the job has come by. */
async function endOf(ctx: PortalCtx, offer: Offer, type: VisitType): Promise<End | undefined> {
  const why = offer.endedWhy === 'untold' ? 'expired' : offer.endedWhy
  if (why && why !== 'accepted') return why
  if (offer.expiresAt <= ctx.now()) return 'expired'
  const no = whyNot(offer, type, ctx.now())
  if (no) return no.reason === 'too-late' ? 'too-late' : 'withdrawn'
  return (await findTaken(ctx, [offer])).length > 0 ? 'taken' : undefined
}

type Shown = { offer: Offer; type: VisitType; locale: Locale }

async function showOffer(ctx: PortalCtx, { offer, type, locale, problems }: Shown & { problems?: Problems }): Promise<Answer> {
  const say = words(locale)
  const zoned = { places: await readPlaces(ctx), zone: await ctx.house.shell.zone(ctx) }
  const zone = zoneOf(offer.locationId, zoned)
  const who = (await listResources(ctx, { isOpen: false })).find(one => one.id === offer.resourceId)?.name ?? ''
  const title = say(offer.visitId ? 'waits.offer.title' : 'waits.offer.title-new')
  const facts = <VisitFacts {...{ type, mode: offer.mode, startsAt: offer.startsAt, who, place: zoned.places.get(offer.locationId), zone, locale, say }} />
  const cutoff = <p>{sayCutoff({ hold: offer, type, zone, now: ctx.now(), locale, say })}</p>
  return ctx.house.shell.portal(ctx, { title, current: visitsPath, ...(problems && { status: 422 }) },
    <>
      <PageHead title={title} lead={say('waits.offer.first', { when: formatWhen(offer.expiresAt, zone, 'moment', locale) })} back={{ href: visitsPath, words: say('visits.title') }} />
      {offer.visitStartsAt ? <><Section title={say('waits.offer.new')}>{facts}{cutoff}</Section><Section title={say('waits.offer.now')}><p>{formatWhen(offer.visitStartsAt, zone, 'moment', locale)}</p><p className="soft">{say('waits.offer.stays')}</p></Section></> : <>{facts}{cutoff}</>}
      <Form label={title} problems={problems}>
        {!offer.visitId && <Radios name="pays" label={say('visits.confirm.pays')} choices={payses.map(one => ({ value: one, label: say(`visits.confirm.pays.${one}`), ...(one === 'self' && { hint: say('visits.confirm.pays.self-more') }) }))} />}
        <Actions>
          <Button isWide icon="calendar-check" name="action" value="yes">{say(offer.visitId ? 'waits.offer.move' : 'waits.offer.book')}</Button>
          <Button kind="secondary" name="action" value="no">{say('waits.offer.no')}</Button>
        </Actions>
      </Form>
    </>)
}

type Ended = Shown & { end: End; nearest?: readonly OpenTime[]; status?: number }

/** What became of it, and, where somebody was faster, the free times next to it. */
async function showEnd(ctx: PortalCtx, { offer, type, end, locale, nearest, status }: Ended): Promise<Answer> {
  const say = words(locale)
  const isBookable = offer.visitStatus ? isPlanned(offer.visitStatus) : type.who === 'anyone' || type.who === 'established'
  const times = end === 'taken' && isBookable ? (nearest ?? await nearestTimes(ctx, { type, resourceId: offer.resourceId }, offer.startsAt)).filter(time => !offer.visitStartsAt || time.startsAt < offer.visitStartsAt) : []
  const title = say(`waits.offer.${end}`)
  const more = say(end === 'taken' ? times.length > 0 ? 'waits.offer.taken-more' : 'waits.offer.taken-none' : `waits.offer.${end}-more`)
  const back = <LinkButton kind="secondary" href={visitsPath}>{say('waits.offer.visits')}</LinkButton>
  if (times.length === 0) return ctx.house.shell.portal(ctx, { title, current: visitsPath, ...(status && { status }) }, <EmptyState isWholePage icon="hourglass" title={title} action={back}>{more}</EmptyState>)
  return ctx.house.shell.portal(ctx, { title, current: visitsPath, ...(status && { status }) },
    <>
      <PageHead title={title} back={{ href: visitsPath, words: say('visits.title') }} />
      <Notice tone="notice" title={more} />
      <Nearest {...{ offer, times, locale, say, places: await readPlaces(ctx), names: new Map((await listResources(ctx)).map(one => [one.id, one.name])) }} />
      <Actions>{back}</Actions>
    </>)
}

/** A tap keeps one for ten minutes, as when one looks for a time oneself. */
function Nearest({ offer, say, ...list }: { offer: Offer; say: Say } & Parameters<typeof TimeList>[0]) {
  return (
    <Form action={offer.visitId ? `${visitsPath}/${offer.visitId}/move` : `${visitsPath}/new/${offer.visitTypeId}`} label={say('visits.times.title')} hasKey={false}>
      <input type="hidden" name="how" value={offer.mode} />
      <TimeList {...list} />
    </Form>
  )
}
