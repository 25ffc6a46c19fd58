import { formatWhen } from '#platform/when.ts'
import { file, seeOther, type PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { VisitHistory } from './visit-history.tsx'
import { readOwnZone } from '#notices'
import { practiceCard } from '#practice'
import { inLocale, langOf, type Location } from '#practice/shared'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, EmptyState } from '#ui/notice.tsx'
import { telephone, type Phone } from '#ui/practice-facts.ts'
import { Live } from '#ui/live.tsx'
import { Details, Facts, PageHead, RowList, Section } from '#ui/things.tsx'
import { listAnswers } from '../answer-questions.ts'
import { openQuestions, openQuestionsOf } from '../answer-visit.ts'
import { cutoffOf, isBeforeCutoff } from '../hold-time.ts'
import { listOwnSteps } from '../list-changes.ts'
import { listOwnVisits, readOwnVisit, type Appointment } from '../list-appointments.ts'
import { listOwnReceived } from '../list-received.ts'
import { listOwnWaits, waitOfVisit } from '../list-waits.ts'
import { readVisitType, readVisitTypes } from '../read-settings.ts'
import { isPlanned, versionFrom, type VisitType } from '../shared.ts'
import { isAskedAbout, sayComing } from '../say-coming.ts'
import { writeCalendar } from '../write-calendar.ts'
import { ReceivedRow } from './received-rows.tsx'
import { answerFacts, AskedStill } from './intake-questions.tsx'
import { sayRequest } from './portal-asked.tsx'
import { OwnOffers, OwnWaits } from './own-waits.tsx'
import { liveToken, Moment, readPlaces, TypeName, VisitFacts, type PortalCtx } from './visit-words.tsx'

export const visitsPath = '/portal/appointments'
type Zoned = { places: ReadonlyMap<string, Location>; zone: string }
export const zoneOf = (locationId: string, { places, zone }: Zoned): string => places.get(locationId)?.zone ?? zone

/** What is ahead, what is over, and the way to the next one. Visits that another system sent stand among them. */
export const portalAppointments: PortalPage = {
  for: 'patient',
  async get(ctx, { query, locale }) {
    const say = words(locale)
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const { ahead, past } = await listOwnVisits(ctx, patientId)
    const received = await listOwnReceived(ctx, patientId)
    const zoned = { places: await readPlaces(ctx), zone: await ctx.house.shell.zone(ctx) }
    const waiting = await listOwnWaits(ctx, patientId)
    const flash = flashes.get(query.get('said') ?? '')
    const [types, mine] = [await readVisitTypes(ctx), await readOwnZone(ctx, patientId)]
    const asked = await openQuestions(ctx, ahead)
    const own = ahead.map(visit => ({ at: visit.startsAt, row: <VisitRow key={visit.id} isAsked={asked.get(visit.id)?.some(one => one.isRequired) ?? false} {...{ visit, type: types.get(visit.visitTypeId)!, zoned, now: ctx.now(), mine, locale, say }} /> }))
    const coming = [...own, ...received.ahead.map(visit => ({ at: visit.startsAt, row: <ReceivedRow key={visit.id} isAhead {...{ visit, ...zoned, locale, say }} /> }))].sort((a, b) => a.at.getTime() - b.at.getTime())
    return ctx.house.shell.portal(ctx, { title: say('visits.title'), current: visitsPath, ...(flash && { flash: { words: say(flash) } }) },
      <>
        <PageHead title={say('visits.title')} lead={say('visits.lead')} />
        <OwnOffers {...{ waiting, ...zoned, locale, say }} />
        <p><LinkButton isWide icon="calendar-plus" href={`${visitsPath}/new`}>{say('visits.book')}</LinkButton></p>
        <Live id="visits-ahead" events="/portal/live/visits" words={{ one: say('visits.live.one'), many: say('visits.live.many') }}><Section title={say('visits.ahead')}>
          {coming.length === 0 ? <EmptyState icon="calendar" title={say('visits.none')}>{say('visits.none-more')}</EmptyState> : <ul className="rows" aria-label={say('visits.ahead')}>{coming.map(one => one.row)}</ul>}
        </Section></Live>
        <OwnWaits {...{ waiting, types, ...zoned, locale, say }} />
        {ctx.actor.kind === 'patient' && <p className="soft">{say('visits.mail.lead')} <a href="/portal/settings/reach">{say('visits.mail.title')}</a></p>}
        {past.length + received.past.length > 0 && (
          <Details summary={say('visits.past')}>
            <RowList label={say('visits.past')} rows={past.map(visit => ({
              href: `${visitsPath}/${visit.id}`, title: formatWhen(visit.startsAt, zoneOf(visit.locationId, zoned), 'moment', locale), aside: <StatusBadge visit={visit} say={say} />,
              detail: <><TypeName type={types.get(visit.visitTypeId)!} locale={locale} /> {say('visits.with', { name: visit.who })}</>,
            }))} />
            {received.past.length > 0 && <ul className="rows">{received.past.map(visit => <ReceivedRow key={visit.id} isAhead={false} {...{ visit, ...zoned, locale, say }} />)}</ul>}
          </Details>
        )}
      </>)
  },
}

const flashes = new Map([['cancelled', 'visits.said.cancelled'], ['waits', 'waits.said.joined'], ['left', 'waits.said.left'], ['declined', 'waits.said.declined']])

function VisitRow({ visit, isAsked, type, zoned, now, mine, locale, say }: { visit: Appointment; isAsked: boolean; now: Date; mine: string | undefined; type: VisitType; zoned: Zoned; locale: Locale; say: Say }) {
  const place = zoned.places.get(visit.locationId)
  return (
    <li className="row" data-live={liveToken(visit)}>
      <div className="row-body">
        <div className="row-words">
          <a className="row-title" href={`${visitsPath}/${visit.id}`}><Moment {...{ at: visit.startsAt, zone: zoneOf(visit.locationId, zoned), own: mine, locale, say }} /></a>
          <div className="row-detail"><TypeName {...{ type, locale }} /> {say('visits.with', { name: visit.who })}. {visit.mode === 'in-person' && place ? say('visits.at', { place: place.name }) : say(`visits.mode.${visit.mode}`)}</div>
          {visit.status === 'requested' && visit.confirmBy! > now && <div className="row-detail">{say('visits.asked.row', { when: formatWhen(visit.confirmBy!, zoneOf(visit.locationId, zoned), 'moment', locale) })}</div>}
          {isAsked && <div className="row-detail"><a href={`${visitsPath}/${visit.id}/questions`}>{say('visits.questions.row')}</a></div>}
        </div>
        <div className="row-aside"><StatusBadge visit={visit} say={say} /></div>
      </div>
    </li>
  )
}

const tones = { requested: 'notice', booked: 'calm', arrived: 'calm', completed: 'plain', 'no-show': 'notice', cancelled: 'plain' } as const
const StatusBadge = ({ visit, say }: { visit: Appointment; say: Say }) => <Badge tone={tones[visit.status]}>{say(`visits.status.${visit.status}`)}</Badge>

const said = new Map([['booked', 'visits.said.booked'], ['asked', 'visits.said.asked'], ['moved', 'visits.said.moved'], ['changed', 'visits.said.changed'], ['coming', 'visits.said.coming'], ['answered', 'visits.said.answered'], ['waits', 'waits.said.joined']])

/** One visit: all that one needs to come, and until when it can be changed here. */
export const portalAppointment: PortalPage = {
  for: 'patient',
  async get(ctx, { params, query, locale }) {
    const say = words(locale)
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const visit = await readOwnVisit(ctx, patientId, params.id!)
    const answers = await listAnswers(ctx, visit.id)
    const zoned = { places: await readPlaces(ctx), zone: await ctx.house.shell.zone(ctx) }
    const [zone, place] = [zoneOf(visit.locationId, zoned), zoned.places.get(visit.locationId)]
    const type = (await readVisitType(ctx, visit.visitTypeId, { isOpen: false }))!
    const { phone } = await practiceCard(ctx)
    const wait = await waitOfVisit(ctx, visit.id)
    const [isAhead, what] = [isPlanned(visit.status) && visit.startsAt > ctx.now(), query.get('said') ?? '']
    return ctx.house.shell.portal(ctx, { title: inLocale(type.name, locale), current: visitsPath, ...(said.has(what) && { flash: { words: say(said.get(what)!), ...(what === 'changed' && { tone: 'notice' as const }) } }) },
      <>
        <PageHead title={<TypeName {...{ type, locale }} />} back={{ href: visitsPath, words: say('visits.title') }} aside={<StatusBadge visit={visit} say={say} />} />
        {await sayRequest(ctx, { visit, type, zone, locale, newPath: `${visitsPath}/new` })}
        <AskedStill path={`${visitsPath}/${visit.id}/questions`} say={say} questions={await openQuestionsOf(ctx, visit)} />
        <VisitFacts {...{ type, mode: visit.mode, startsAt: visit.startsAt, who: visit.who, place, zone, own: await readOwnZone(ctx, patientId), locale, say }} more={visit.reason ? [{ term: say('visits.about'), words: <span className="as-written" lang={visit.reasonLocale}>{visit.reason}</span> }] : []} />
        {answers.length > 0 && <Details summary={say('visits.answers')}><Facts items={answerFacts(answers, locale)} /></Details>}
        {isAhead && <Coming {...{ visit, type, locale, say }} />}
        {isAhead && <ComingAsk {...{ visit, now: ctx.now(), say }} />}
        {isAhead && <Change {...{ ctx, visit, type, zone, phone, locale, say }} isWaiting={wait !== undefined} />}
        <VisitHistory steps={await listOwnSteps(ctx, patientId, visit.id)} me={ctx.actor.personId} {...{ zone, locale, say }} />
      </>)
  },
  async post(ctx, form, { params }) {
    const told = await sayComing(ctx, params.id!, { version: versionFrom(form.get('version')) })
    return seeOther(`${visitsPath}/${params.id}?said=${told.ok ? 'coming' : 'changed'}`)
  },
}

/** One tap, in the week before. */
function ComingAsk({ visit, now, say }: { visit: Appointment; now: Date; say: Say }) {
  if (visit.saidComingAt) return <p><Badge tone="calm">{say('visits.coming.said')}</Badge></p>
  if (!isAskedAbout(visit, now)) return null
  return (
    <Form isInline label={say('visits.coming.do')}>
      <input type="hidden" name="version" value={visit.version} />
      <Button icon="check" name="action" value="coming">{say('visits.coming.do')}</Button>
    </Form>
  )
}

/** What to do before it, and how to get to it. */
function Coming({ visit, type, locale, say }: { visit: Appointment; type: VisitType; locale: Locale; say: Say }) {
  const prepare = inLocale(type.prepare, locale)
  return (
    <>
      {visit.mode === 'phone' && <p>{say('visits.phone-more')}</p>}
      {visit.mode === 'video' && type.videoLink && <p><LinkButton icon="video" href={type.videoLink}>{say('visits.video')}</LinkButton></p>}
      {prepare && <Section title={say('visits.prepare')}><p className="as-written" lang={langOf(type.prepare, locale)}>{prepare}</p></Section>}
    </>
  )
}

function Change({ ctx, visit, type, zone, phone, locale, say, isWaiting }: { isWaiting: boolean; ctx: PortalCtx; visit: Appointment; type: VisitType; zone: string; phone: Phone | undefined; locale: Locale; say: Say }) {
  const canChange = isBeforeCutoff(type, visit.startsAt, ctx.now())
  const canCancel = canChange || visit.status === 'requested'
  const here = `${visitsPath}/${visit.id}`
  return (
    <>
      {canChange && isWaiting && <p>{say('waits.on')} <a href={`${here}/wait`}>{say('waits.change')}</a></p>}
      {visit.status === 'booked' && <p>{canChange ? say('visits.cutoff', { when: formatWhen(cutoffOf(type, visit.startsAt), zone, 'moment', locale) }) : say('visits.cutoff-over')}</p>}
      <Actions>
        {canChange && <LinkButton kind="secondary" href={`${here}/move`}>{say('visits.move')}</LinkButton>}
        {canCancel && <LinkButton kind="secondary" href={`${here}/cancel`}>{say(visit.status === 'requested' ? 'visits.cancel.asked' : 'visits.cancel')}</LinkButton>}
        {canChange && !isWaiting && <LinkButton kind="secondary" icon="bell" href={`${here}/wait`}>{say('waits.title')}</LinkButton>}
        {!canChange && phone && <LinkButton kind="secondary" icon="phone" href={telephone(phone)}>{say('visits.call', { phone: phone.text })}</LinkButton>}
        <LinkButton kind="quiet" icon="calendar-plus" href={`${here}/visit.ics`} isDownload>{say('visits.calendar')}</LinkButton>
      </Actions>
    </>
  )
}

/** The visit for one's own calendar: time and place, and no word of what it is. */
export const portalCalendarFile: PortalPage = {
  for: 'patient',
  async get(ctx, { params, locale }) {
    const visit = await readOwnVisit(ctx, await mayActFor(ctx, ctx.actor.patientId), params.id!)
    const place = (await readPlaces(ctx)).get(visit.locationId)
    if (!place) return seeOther(`${visitsPath}/${visit.id}`)
    return file(writeCalendar({ visit, place, summary: words(locale)('visits.ics'), now: ctx.now(), host: new URL(ctx.house.config.publicUrl).hostname }), 'text/calendar; charset=utf-8', { name: 'appointment.ics' })
  },
}
