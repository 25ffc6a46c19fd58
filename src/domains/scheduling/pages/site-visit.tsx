import type { Ctx, SystemActor, VisitorActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type PageRequest, type SitePage } from '#platform/page.tsx'
import { takeTurn } from '#platform/rate-limit.ts'
import { dayIn, formatDay, formatWhen, instantAt } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { addressLines, isDay, letterPlace, mapHref, practiceCard } from '#practice'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, EmptyState, Notice } from '#ui/notice.tsx'
import { telephone, type Phone } from '#ui/practice-facts.ts'
import { Details, Facts, PageHead } from '#ui/things.tsx'
import { cancelAppointment } from '../cancel-appointment.ts'
import { cutoffOf } from '../hold-time.ts'
import { JustLost, mayCancel, mayMove, moveByLink, readLinked, timesToMoveTo, type LinkedVisit } from '../move-by-link.ts'
import { sayComing } from '../say-coming.ts'
import { patientsReasons, versionFrom, type OpenTime } from '../shared.ts'
import { dayMs } from '../trace-zone.ts'
import { withLink } from '../visit-link.ts'
import { readPlaces } from './visit-words.tsx'

/** Nothing of it is kept by a browser, found by a search, or told to where one goes next: only this house hears an address that is a key. */
const closed = { 'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex, nofollow, noarchive' }
const herePath = ({ params, locale }: Pick<PageRequest, 'params' | 'locale'>) => `${locale === 'es' ? '/es' : ''}/v/${params.token!}`
const flashes = new Set(['coming', 'moved', 'asked', 'cancelled', 'changed', 'too-late'])

type Facing = { visit: LinkedVisit; zone: string; locale: Locale; say: Say; here: string; phone: Phone | undefined; now: Date }
async function facing(tx: Ctx<SystemActor>, visitId: string, request: PageRequest): Promise<Facing> {
  const visit = await readLinked(tx, visitId)
  const zone = (await readPlaces(tx)).get(visit.locationId)?.zone ?? await tx.house.shell.zone(tx)
  return { visit, zone, locale: request.locale, say: words(request.locale), here: herePath(request), phone: (await practiceCard(tx)).phone, now: tx.now() }
}

const mayLook = (ctx: Ctx<VisitorActor>, { params, clientAddress }: PageRequest) => takeTurn(ctx, 'visit-link', { address: clientAddress, account: params.token! })

/** One answer for every key that opens nothing, whatever the reason. */
async function showOver(ctx: Ctx<VisitorActor>, { locale }: PageRequest, status: 404 | 429 = 404): Promise<Answer> {
  const [say, { phone }] = [words(locale), await practiceCard(ctx)]
  const what = status === 429 ? 'busy' : 'over'
  return ctx.house.shell.plain(ctx, { locale, title: say(`visits.link.${what}`), status, headers: closed, isNeutral: true },
    <EmptyState isWholePage icon="hourglass" title={say(`visits.link.${what}`)} action={phone && <LinkButton kind="secondary" icon="phone" href={telephone(phone)}>{say('visits.call', { phone: phone.text })}</LinkButton>}>{say(`visits.link.${what}-more`)}</EmptyState>)
}

async function show(ctx: Ctx<VisitorActor>, request: PageRequest, view: (tx: Ctx<SystemActor>, at: Facing) => Promise<Answer>): Promise<Answer> {
  if (!(await mayLook(ctx, request)).ok) return showOver(ctx, request, 429)
  return await withLink(ctx, request.params.token!, 'opened', async (tx, { visitId }) => view(tx, await facing(tx, visitId, request))) ?? showOver(ctx, request)
}

/** A visit for whoever holds the link of a message: time, place and buttons. Never why, what kind, with whom, or whose. A GET changes nothing: scanners follow every link. */
export const siteVisit: SitePage = {
  for: 'visitor',
  ownTransaction: true,   // a form's key would be kept with the address it leads back to; what is done twice here is known by the visit's version
  get: (ctx, request) => show(ctx, request, async (tx, at) => {
    const what = request.query.get('said') ?? ''
    const isGone = at.visit.status === 'cancelled'
    return tx.house.shell.plain(tx, { locale: at.locale, title: at.say('visits.link.title'), headers: closed, isNeutral: true, ...(flashes.has(what) && { flash: { words: at.say(`visits.link.said.${what}`), ...((what === 'changed' || what === 'too-late') && { tone: 'notice' as const }) } }) },
      <>
        <PageHead title={at.say(isGone ? 'visits.link.gone' : 'visits.link.title')} aside={at.visit.status === 'requested' ? <Badge tone="notice">{at.say('visits.status.requested')}</Badge> : undefined} />
        <WhenAndWhere at={at} place={await whereOf(tx, at)} />
        {isGone ? <p>{at.say('visits.link.gone-more')}</p> : <Buttons at={at} />}
        <p className="soft"><a href="/sign-in">{at.say('visits.link.sign-in')}</a></p>
      </>)
  }),

  async post(ctx, form, request) {
    if (!(await mayLook(ctx, request)).ok) return showOver(ctx, request, 429)
    const version = versionFrom(form.get('version'))
    const said = await withLink(ctx, request.params.token!, 'used', async (tx, { visitId }) => {
      if (form.get('action') === 'coming') return (await sayComing(tx, visitId, { version })).ok ? 'coming' : 'changed'
      if (form.get('action') !== 'cancel') return 'changed'
      const gone = await cancelAppointment(tx, visitId, { version, reason: patientsReasons.find(one => one === form.get('reason')) ?? 'other' })
      return gone.ok ? 'cancelled' : gone.reason === 'too-late' ? 'too-late' : 'changed'
    })
    return said ? seeOther(`${herePath(request)}?said=${said}`) : showOver(ctx, request)
  },
}

async function whereOf(tx: Ctx, { visit: { locationId } }: Facing) {
  const place = (await readPlaces(tx)).get(locationId)
  return place && { lines: [...new Set([await letterPlace(tx, locationId), ...addressLines(place)])].filter(line => line !== undefined), map: mapHref(place) }
}

function WhenAndWhere({ at: { visit, zone, locale, say }, place }: { at: Facing; place: { lines: readonly string[]; map: string } | undefined }) {
  return (
    <Facts items={[
      { term: say('visits.when'), words: <strong>{formatWhen(visit.startsAt, zone, 'moment', locale)}</strong> },
      ...(visit.mode === 'in-person' && place ? [{ term: say('visits.where'), words: <>{place.lines.map(line => <span key={line}>{line}<br /></span>)}<a href={place.map} rel="noreferrer">{say('visits.map')}</a></> }] : [{ term: say('visits.how'), words: say(`visits.mode.${visit.mode}`) }]),
    ]} />
  )
}

function Buttons({ at: { visit, zone, locale, say, here, phone, now } }: { at: Facing }) {
  const [isAhead, canMove, canCancel] = [visit.startsAt > now, mayMove(visit, now), mayCancel(visit, now)]
  if (!isAhead || (visit.status !== 'booked' && visit.status !== 'requested')) return null
  return (
    <>
      {visit.saidComingAt && <p><Badge tone="calm">{say('visits.coming.said')}</Badge></p>}
      {visit.status === 'booked' && !visit.saidComingAt && (
        <Form label={say('visits.coming.do')} hasKey={false}><input type="hidden" name="version" value={visit.version} /><Actions><Button isWide icon="check" name="action" value="coming">{say('visits.coming.do')}</Button></Actions></Form>
      )}
      {visit.status === 'booked' && <p>{canCancel ? say('visits.cutoff', { when: formatWhen(cutoffOf(visit.type, visit.startsAt), zone, 'moment', locale) }) : say('visits.cutoff-over')}</p>}
      {canMove && <p><LinkButton isWide kind="secondary" href={`${here}/move`}>{say('visits.move')}</LinkButton></p>}
      {canCancel && (
        <Details summary={say('visits.cancel')}>
          <Form label={say('visits.cancel.title')} hasKey={false}>
            <input type="hidden" name="version" value={visit.version} />
            <Radios name="reason" label={say('visits.cancel.why')} isOptional choices={patientsReasons.map(one => ({ value: one, label: say(`visits.cancel.${one}`) }))} />
            <Actions><Button kind="danger" name="action" value="cancel">{say('visits.cancel.yes')}</Button></Actions>
          </Form>
        </Details>
      )}
      {!(canMove && canCancel) && phone && <p><LinkButton kind="secondary" icon="phone" href={telephone(phone)}>{say('visits.call', { phone: phone.text })}</LinkButton></p>}
    </>
  )
}

/** Times of the same kind to move it to; one that was chosen is shown beside the old one, and only the button moves. */
export const siteVisitMove: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: (ctx, request) => show(ctx, request, async (tx, at) => {
    if (!mayMove(at.visit, at.now)) return seeOther(at.here)
    const { query } = request
    const asked = /^\d{12,14}$/.test(query.get('to') ?? '') ? new Date(Number(query.get('to'))) : undefined
    const to = asked && asked > at.now && asked.getTime() < at.now.getTime() + 2 * 366 * dayMs ? asked : undefined
    const chosen = to && (await timesToMoveTo(tx, at.visit, to)).times.find(time => time.startsAt.getTime() === to.getTime())
    const isTaken = query.get('said') === 'taken' || (asked !== undefined && !chosen)
    const from = isDay(query.get('from') ?? '') ? instantAt(query.get('from')!, '00:00', at.zone) : at.now
    return tx.house.shell.plain(tx, { locale: at.locale, title: at.say('visits.times.move'), headers: closed, isNeutral: true },
      <>
        <PageHead title={at.say(chosen ? 'visits.confirm.title-move' : 'visits.times.move')} back={{ href: at.here, words: at.say('visits.link.title') }} lead={at.say('visits.times.move-lead', { when: formatWhen(at.visit.startsAt, at.zone, 'moment', at.locale) })} />
        {isTaken && <Notice tone="notice" title={at.say('visits.taken')} />}
        {chosen ? <Confirm {...{ at, chosen }} /> : <Times at={at} {...await timesToMoveTo(tx, at.visit, from < at.now ? at.now : from)} />}
      </>)
  }),

  async post(ctx, form, request) {
    if (!(await mayLook(ctx, request)).ok) return showOver(ctx, request, 429)
    const [here, to] = [herePath(request), String(form.get('to') ?? '')]
    if (!/^\d{12,14}$/.test(to)) return seeOther(`${here}/move`)
    const moved = await withLink(ctx, request.params.token!, 'used', (tx, { visitId }) => moveByLink(tx, visitId, { version: versionFrom(form.get('version')), startsAt: new Date(Number(to)) }))
      .catch(error => { if (error instanceof JustLost) return { ok: false as const, reason: 'just-taken' as const }; throw error })
    if (!moved) return showOver(ctx, request)
    return seeOther(moved.ok ? `${here}?said=${moved.isRequest ? 'asked' : 'moved'}` : moved.reason === 'just-taken' ? `${here}/move?said=taken` : `${here}?said=${moved.reason === 'too-late' ? 'too-late' : 'changed'}`)
  },
}

function Confirm({ at: { visit, zone, locale, say, here }, chosen }: { at: Facing; chosen: OpenTime }) {
  return (
    <Form label={say('visits.confirm.title-move')} hasKey={false}>
      <Facts items={[{ term: say('visits.confirm.was'), words: formatWhen(visit.startsAt, zone, 'moment', locale) }, { term: say('visits.confirm.new'), words: <strong>{formatWhen(chosen.startsAt, zone, 'moment', locale)}</strong> }]} />
      <input type="hidden" name="version" value={visit.version} />
      <input type="hidden" name="to" value={chosen.startsAt.getTime()} />
      <Actions><Button isWide icon="calendar-check">{say('visits.confirm.move')}</Button><LinkButton kind="quiet" href={`${here}/move`}>{say('visits.confirm.other')}</LinkButton></Actions>
    </Form>
  )
}

function Times({ at: { visit, zone, locale, say, here }, times, later }: { at: Facing; times: readonly OpenTime[]; later: string | undefined }) {
  const others = times.filter(time => time.startsAt.getTime() !== visit.startsAt.getTime())
  if (others.length === 0 && !later) return <EmptyState icon="calendar-x" title={say('visits.times.none')}>{say('visits.times.none-more')}</EmptyState>
  return (
    <>
      {[...Map.groupBy(others, time => dayIn(time.startsAt, zone))].map(([day, of]) => (
        <section key={day} className="time-day">
          <h2>{formatDay(day, 'day', locale)}</h2>
          <ul className="time-list">
            {of.map(time => <li key={time.startsAt.getTime()}><a className="button button-secondary time" href={`${here}/move?to=${time.startsAt.getTime()}`}><span className="unseen">{formatDay(day, 'day', locale)}, </span>{formatWhen(time.startsAt, zone, 'time', locale)}</a></li>)}
          </ul>
        </section>
      ))}
      {later && <p><LinkButton kind="secondary" href={`${here}/move?from=${later}`}>{say('visits.times.later')}</LinkButton></p>}
    </>
  )
}
