import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type PageRequest, type PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { dayIn, formatWhen, instantAt } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { readOwnZone } from '#notices'
import { isDay, isUuid, practiceCard } from '#practice'
import { inLocale, langOf } from '#practice/shared'
import { LinkButton, Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { DateField } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { Card, Details, PageHead } from '#ui/things.tsx'
import { preferenceChoices, preferenceFrom, readDoers, whoFit, type Doer, type Preference } from '../choose-clinician.ts'
import { holdTime, isBeforeCutoff, isBookable, ownHolds } from '../hold-time.ts'
import { readOwnVisit, type Appointment } from '../list-appointments.ts'
import { bookableSpan, firstAvailable, listFirstDays } from '../list-open-times.ts'
import { listReasons, listResources, listVisitTypes, readVisitType } from '../read-settings.ts'
import { isPlanned, modes, mostAhead, type Mode, type OpenTime, type VisitType } from '../shared.ts'
import { showReasons } from './portal-about.tsx'
import { visitsPath, zoneOf } from './portal-appointments.tsx'
import { TimeList } from './time-list.tsx'
import { readPlaces, sayPrice, timeFrom, TypeName, type PortalCtx } from './visit-words.tsx'
import { sayWhose } from './whose-visit.tsx'

const newPath = `${visitsPath}/new`

/** What one needs, in plain words. */
export const portalBook: PortalPage = {
  for: 'patient',
  async get(ctx, { query, locale }) {
    const say = words(locale)
    const reasons = await listReasons(ctx)
    if (reasons.length > 0 && query.get('all') !== 'yes') return showReasons(ctx, { reasons, locale })
    const { phone } = await practiceCard(ctx)
    const types = (await listVisitTypes(ctx)).filter(isBookable)
    const call = phone && <p><a href={telephone(phone)}>{say('visits.call', { phone: phone.text })}</a></p>
    return ctx.house.shell.portal(ctx, { title: say('visits.type.title'), current: visitsPath },
      <>
        <PageHead title={say('visits.type.title')} lead={say('visits.type.lead')} back={reasons.length > 0 ? { href: newPath, words: say('visits.reason.title') } : { href: visitsPath, words: say('visits.title') }} />
        {await sayWhose(ctx, say)}
        {types.length === 0
          ? <EmptyState icon="calendar" title={say('visits.type.none')}>{say('visits.type.call')}</EmptyState>
          : <div className="stack">{types.map(type => (
              <Card key={type.id} level={2} title={<TypeName {...{ type, locale }} />} href={`${newPath}/${type.id}`} meta={metaOf(type, locale, say)}>{inLocale(type.words, locale) && <p lang={langOf(type.words, locale)}>{inLocale(type.words, locale)}</p>}</Card>
            ))}</div>}
        {call}
      </>)
  },
}

export const metaOf = (type: VisitType, locale: Locale, say: Say): string => [
  say('visits.minutes', { count: type.durationMinutes }), ...type.modes.map(mode => say(`visits.mode.${mode}`)), ...(type.priceCents === null ? [] : [say('visits.price', { price: sayPrice(type.priceCents, locale) })]),
].join(' · ')

/** Free times of one kind of visit. A tap keeps one for ten minutes. */
export const portalTimes: PortalPage = {
  for: 'patient',
  get: (ctx, request) => showTimes(ctx, request, { typeId: request.params.type! }),
  post: (ctx, form, request) => keepTime(ctx, form, request, { typeId: request.params.type! }),
}

/** Free times for a visit that is moved. It stays where it is until the new time is booked. */
export const portalMove: PortalPage = {
  for: 'patient',
  async get(ctx, request) {
    const moved = await readMovable(ctx, request.params.id!)
    return moved ? showTimes(ctx, request, { typeId: moved.visitTypeId, moved }) : seeOther(`${visitsPath}/${request.params.id}`)
  },
  async post(ctx, form, request) {
    const moved = await readMovable(ctx, request.params.id!)
    return moved ? keepTime(ctx, form, request, { typeId: moved.visitTypeId, moved }) : seeOther(`${visitsPath}/${request.params.id}?said=changed`)
  },
}

/** One's own visit, as long as it can be changed here; what nobody has confirmed can be taken back at any time. */
export async function readMovable(ctx: PortalCtx, id: string, { toCancel = false } = {}): Promise<Appointment | undefined> {
  const visit = await readOwnVisit(ctx, await mayActFor(ctx, ctx.actor.patientId), id)
  const type = await readVisitType(ctx, visit.visitTypeId, { isOpen: false })
  return isPlanned(visit.status) && type && ((toCancel && visit.status === 'requested') || isBeforeCutoff(type, visit.startsAt, ctx.now())) ? visit : undefined
}

type Wanted = { typeId: string; moved?: Appointment }
type Said = { nearest?: readonly OpenTime[]; about?: string | undefined; problem?: string; status?: number }

async function keepTime(ctx: PortalCtx, form: FormData, request: PageRequest, wanted: Wanted): Promise<Answer> {
  const [say, time, about] = [words(request.locale), timeFrom(form.get('time')), aboutFrom(form.get('about'))]
  const mode = modes.find(one => one === form.get('how'))
  if (!time || !mode) return showTimes(ctx, request, wanted, { problem: say('visits.not-offered'), status: 422 })
  const held = await holdTime(ctx, { patientId: ctx.actor.patientId, visitTypeId: wanted.typeId, mode, ...time, ...(about && { about }), ...(wanted.moved && { moves: wanted.moved.id }) })
  if (held.ok) return seeOther(`${visitsPath}/held/${held.id}`)
  if (held.reason === 'just-taken') return showTimes(ctx, request, wanted, { nearest: held.nearest, about, status: 409 })
  return showTimes(ctx, request, wanted, { problem: say(`visits.${held.reason}`, { count: mostAhead }), status: 422 })
}

/** Which of the practice's reasons somebody chose: a number, and no word of theirs. */
const aboutFrom = (typed: FormDataEntryValue | null): string | undefined => (typeof typed === 'string' && isUuid(typed) ? typed : undefined)

export const daysShown = 5
type Filter = { who: string | undefined; place: string | undefined; mode: Mode; from: string; wish: Preference }
export function readFilter(type: VisitType, query: URLSearchParams, { today, moved, doers }: { today: string; moved: Appointment | undefined; doers: readonly Doer[] }): Filter {
  const mode = type.modes.find(one => one === query.get('how')) ?? (moved && type.modes.includes(moved.mode) ? moved.mode : type.modes[0]!)
  const from = query.get('from') ?? ''
  const wish = preferenceFrom(doers, { speaks: query.get('speaks'), gender: query.get('gender') })
  const asked = query.has('who') || wish.speaks || wish.gender ? query.get('who') || undefined : moved?.resourceId
  return { who: asked, wish, place: query.get('where') || undefined, mode, from: isDay(from) && from > today ? from : today }
}

async function showTimes(ctx: PortalCtx, { query, locale }: PageRequest, { typeId, moved }: Wanted, { nearest, about = aboutFrom(query.get('about')), problem, status }: Said = {}): Promise<Answer> {
  const say = words(locale)
  const type = await readVisitType(ctx, typeId, { isOpen: !moved })
  if (!type || (!moved && !isBookable(type))) throw new NotFound()
  const [places, zone] = [await readPlaces(ctx), await ctx.house.shell.zone(ctx)]
  const names = new Map((await listResources(ctx)).map(one => [one.id, one.name]))
  const doers = await readDoers(ctx, type.id)
  const filter = readFilter(type, query, { today: dayIn(ctx.now(), zone), moved, doers })
  const { times, later } = await listFirstDays(ctx, { type, from: instantAt(filter.from, '00:00', zone), to: bookableSpan(type, ctx.now(), zone).to, resourceId: filter.who, among: whoFit(doers, filter.wish), locationId: filter.place, ignore: await ownHolds(ctx) }, daysShown)
  const shown = filter.who ? times : firstAvailable(times)
  const here = moved ? `${visitsPath}/${moved.id}/move` : `${newPath}/${type.id}`
  const own = await readOwnZone(ctx, await mayActFor(ctx, ctx.actor.patientId))
  const kept = new URLSearchParams({ ...(filter.who && { who: filter.who }), ...(filter.place && { where: filter.place }), ...(filter.wish.speaks && { speaks: filter.wish.speaks }), ...(filter.wish.gender && { gender: filter.wish.gender }), ...(about && { about }), how: filter.mode })
  const title = say(moved ? 'visits.times.move' : 'visits.times.title')
  return ctx.house.shell.portal(ctx, { title, current: visitsPath, ...(status && { status }) },
    <>
      <PageHead title={title} back={moved ? { href: `${visitsPath}/${moved.id}`, words: inLocale(type.name, locale) } : { href: newPath, words: say((await listReasons(ctx)).length > 0 ? 'visits.reason.title' : 'visits.type.title') }}
        lead={moved ? say(type.needsApproval ? 'visits.times.move-lead-ask' : 'visits.times.move-lead', { when: formatWhen(moved.startsAt, zoneOf(moved.locationId, { places, zone }), 'moment', locale) }) : <><TypeName {...{ type, locale }} />, {say('visits.minutes', { count: type.durationMinutes })}. {say(`visits.mode.${filter.mode}`)}.</>} />
      {problem && <Notice tone="notice" title={problem} />}
      {nearest && <Notice tone="notice" title={say('visits.taken')}><p>{say(nearest.length > 0 ? 'visits.taken-more' : 'visits.taken-none')}</p></Notice>}
      {nearest && nearest.length > 0
        ? <TimesForm {...{ here, mode: filter.mode, about, title, times: nearest, names, places, locale, own }} />
        : <>
            <TimeFilter {...{ type, filter, doers, places, here, about, locale, say }} usual={readFilter(type, new URLSearchParams(), { today: filter.from, moved, doers })} />
            {shown.length === 0 ? <NoTimes {...{ say }} /> : <TimesForm {...{ here, mode: filter.mode, about, title, times: shown, names, places, locale, own }} />}
            {later && <p><LinkButton kind="secondary" href={`${here}?${kept}&from=${later}`}>{say('visits.times.later')}</LinkButton></p>}
          </>}
      {nearest && nearest.length > 0 && <p><a href={here}>{say('visits.confirm.other')}</a></p>}
    </>)
}

export const NoTimes = ({ say }: { say: Say }) => <EmptyState icon="calendar-x" title={say('visits.times.none')}>{say('visits.times.none-more')}</EmptyState>

/** It carries no key: another time may be chosen with the same page, and keeping one twice keeps it once. */
function TimesForm({ here, mode, about, title, ...list }: { here: string; mode: Mode; about: string | undefined; title: string } & Parameters<typeof TimeList>[0]) {
  return <Form action={here} label={title} hasKey={false}><input type="hidden" name="how" value={mode} />{about && <input type="hidden" name="about" value={about} />}<TimeList {...list} /></Form>
}

type FilterProps = { type: VisitType; filter: Filter; doers: readonly Doer[]; places: Awaited<ReturnType<typeof readPlaces>>; here: string; about?: string | undefined; locale: Locale; say: Say; usual: Filter }
export function TimeFilter({ type, filter, usual, doers, places, here, about, locale, say }: FilterProps) {
  const { languages, genders } = preferenceChoices(doers, locale)
  const isNarrow = filter.who !== usual.who || filter.place !== undefined || filter.wish.speaks !== undefined || filter.wish.gender !== undefined || filter.mode !== usual.mode
  return (
    <Details summary={say('visits.times.filter')} isOpen={isNarrow}>
      <Form method="get" action={here} label={say('visits.times.filter')} className="form-wide">
        {about && <input type="hidden" name="about" value={about} />}
        {doers.length > 1 && <Select name="who" label={say('visits.times.who')} value={filter.who ?? ''} emptyLabel={say('visits.times.first')} choices={doers.map(one => ({ value: one.id, label: one.name }))} isOptional />}
        {languages.length > 0 && <Select name="speaks" label={say('visits.times.speaks')} value={filter.wish.speaks ?? ''} emptyLabel={say('visits.times.any')} choices={languages} isOptional />}
        {genders.length > 0 && <Select name="gender" label={say('visits.times.gender')} value={filter.wish.gender ?? ''} emptyLabel={say('visits.times.any')} choices={genders.map(one => ({ value: one, label: say(`visits.gender.${one}`) }))} isOptional />}
        {places.size > 1 && <Select name="where" label={say('visits.times.where')} value={filter.place ?? ''} emptyLabel={say('visits.times.anywhere')} choices={[...places.values()].map(place => ({ value: place.id, label: place.name }))} isOptional />}
        {type.modes.length > 1 && <Select name="how" label={say('visits.times.how')} value={filter.mode} choices={type.modes.map(mode => ({ value: mode, label: say(`visits.mode.${mode}`) }))} />}
        <DateField name="from" label={say('visits.times.from')} value={filter.from} isOptional />
        <Button kind="secondary">{say('visits.times.show')}</Button>
      </Form>
    </Details>
  )
}
