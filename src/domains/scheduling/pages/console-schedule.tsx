import type { Ctx, StaffActor } from '#platform/ctx.ts'
import type { StaffPage } from '#platform/page.tsx'
import { addDays, formatDay, formatWhen, mondayOf, offsetOf } from '#platform/when.ts'
import type { Location } from '#practice/shared'
import { Button, LinkButton } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { DateField } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Keys } from '#ui/keys.tsx'
import { Live } from '#ui/live.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { seeSchedule } from '../access.ts'
import { drawnSpan } from '../lay-out-day.ts'
import { countChanges } from '../list-changes.ts'
import { listVisits, type Appointment } from '../list-appointments.ts'
import { listReceived, type ReceivedVisit } from '../list-received.ts'
import type { PatientBook } from '../patient-book.ts'
import { listAssisting, listBlocks, readDayHours } from '../read-day.ts'
import { listResources, readVisitTypes } from '../read-settings.ts'
import type { VisitType } from '../shared.ts'
import { dayFrom, schedulePath, showInSchedule, startOf } from './console-frame.tsx'
import { DayGrid, looks } from './day-grid.tsx'
import { WordsForm } from './console-find.tsx'
import { dayColumns, hrefOf, nowInWeek, views, weekColumns, weekSpan, type Loaded, type Wanted } from './schedule-columns.tsx'
import { VisitList } from './visit-list.tsx'
import { readPlaces } from './visit-words.tsx'

/** Who comes when: a day with clinicians beside each other, a week of one, or a list. */
export const consoleSchedule = (book: PatientBook): StaffPage => ({
  for: { staff: seeSchedule },
  async get(ctx, { query }) {
    const places = await readPlaces(ctx)
    const place = places.has(query.get('place') ?? '') ? query.get('place')! : undefined
    const zone = (place && places.get(place)?.zone) || await ctx.house.shell.zone(ctx)
    const clinicians = (await listResources(ctx)).filter(one => one.kind === 'clinician')
    const view = views.find(one => one === query.get('view')) ?? 'day'
    const asked = clinicians.find(one => one.id === query.get('who'))?.id
    const wanted: Wanted = { view, day: dayFrom(query.get('day'), ctx.now(), zone), place, zone, who: view === 'week' ? asked ?? clinicians[0]?.id : asked }
    const [first, days] = wanted.view === 'week' ? [mondayOf(wanted.day), 7] : [wanted.day, 1]
    const [from, to] = [startOf(first, zone), startOf(addDays(first, days), zone)]
    const filter = { from, to, locationId: place, resourceId: wanted.who, hasCancelled: wanted.view === 'list' }
    const visits = [...await listVisits(ctx, filter), ...(await listReceived(ctx, filter)).map(asVisit)].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
    const loaded: Loaded = {
      clinicians, places, visits, types: await readVisitTypes(ctx), hours: await readDayHours(ctx, { from, to, locationId: place }), blocks: [...await listBlocks(ctx, { from, to }), ...await listAssisting(ctx, { from, to })],
      names: await book.names(ctx, [...new Set(visits.map(visit => visit.patientId))]),
    }
    const title = wanted.view === 'week' ? `Week of ${formatDay(first, 'day')}` : formatDay(wanted.day, 'day')
    return showInSchedule(ctx, { title, page: '', said: query.get('said'), lead: <span id="schedule-lead" data-live-copy="">{leadOf(visits, { zone, from, places: place ? [] : [...places.values()] })}</span>, aside: <Around {...wanted} days={days} /> },
      <>
        <Online count={await countChanges(ctx)} />
        <div className="schedule-tools no-print"><Views {...wanted} /><Filter {...{ wanted, loaded }} /><WordsForm isInSchedule /></div>
        <Live id="schedule" events="/console/live/schedule" words={{ one: '1 visit changed.', many: '# visits changed.' }}>
          {clinicians.length === 0
            ? <EmptyState icon="calendar-days" title="Nobody can be booked yet.">The manager or the front desk adds clinicians, their hours and the visit types under “Hours and leave” and “Visit types”.</EmptyState>
            : wanted.view === 'list' ? <VisitList {...{ ctx, wanted, loaded }} /> : <Grid {...{ ctx, wanted, loaded, first, title }} />}
          {wanted.view !== 'list' && <Legend types={[...loaded.types.values()].filter(type => visits.some(visit => visit.visitTypeId === type.id))} />}
        </Live>
        <Keys items={keysOf(wanted, days)} />
      </>)
  },
})

/** One of the EHR's stands among ours, marked as what it is. */
const asVisit = (visit: ReceivedVisit): Appointment => ({
  ...visit, visitTypeId: '', resourceId: visit.resourceId ?? '', clinicianId: null, locationId: visit.locationId ?? '', mode: 'in-person', reason: '', reasonLocale: 'en', pays: null, confirmBy: null, extraSeatBecause: null, saidComingAt: null, saidComingHow: null,
  fromEhr: visit.what || 'A visit',
})

/** One ruler, one clock: a place that goes by another is named with its own. */
function leadOf(visits: readonly Appointment[], { zone, from, places }: { zone: string; from: Date; places: readonly Location[] }): string {
  const count = visits.filter(visit => visit.status !== 'cancelled').length
  const nameOf = (of: string) => formatWhen(from, of, 'time').split(/\s/).at(-1)!
  const others = places.filter(one => offsetOf(one.zone, from) !== offsetOf(zone, from)).map(one => `, those of ${one.name} too (${nameOf(one.zone)} there)`)
  return `${count === 0 ? 'No visits' : count === 1 ? 'One visit' : `${count} visits`}. Times are ${nameOf(zone)}${others.join('')}.`
}

function Around({ days, ...wanted }: Wanted & { days: number }) {
  return (
    <span className="cluster around no-print">
      <a className="small" data-refresh="" href={hrefOf(wanted)}>Refresh</a>
      <LinkButton kind="quiet" icon="arrow-left" href={hrefOf({ ...wanted, day: addDays(wanted.day, -days) })}>{days === 7 ? 'Week before' : 'Day before'}</LinkButton>
      <LinkButton kind="quiet" href={`${schedulePath}?${new URLSearchParams({ view: wanted.view, ...(wanted.place && { place: wanted.place }), ...(wanted.who && { who: wanted.who }) })}`}>Today</LinkButton>
      <LinkButton kind="quiet" icon="arrow-right" href={hrefOf({ ...wanted, day: addDays(wanted.day, days) })}>{days === 7 ? 'Week after' : 'Day after'}</LinkButton>
    </span>
  )
}

/** Nobody here saw it happen. */
const Online = ({ count }: { count: number }) => (count === 0 ? null : <p className="small no-print"><a href={`${schedulePath}/changes`}>{count === 1 ? 'One change was made online' : `${count} changes were made online`} in the last day</a></p>)

const keysOf = (wanted: Wanted, days: number) => [
  { keys: 't', words: 'Today', href: hrefOf({ ...wanted, day: '' }) },
  { keys: 'd', words: 'Day', href: hrefOf({ ...wanted, view: 'day', who: undefined }) }, { keys: 'w', words: 'Week', href: hrefOf({ ...wanted, view: 'week' }) }, { keys: 'l', words: 'List', href: hrefOf({ ...wanted, view: 'list', who: undefined }) },
  { keys: 'ArrowLeft', words: days === 7 ? 'The week before' : 'The day before', href: hrefOf({ ...wanted, day: addDays(wanted.day, -days) }) }, { keys: 'ArrowRight', words: days === 7 ? 'The week after' : 'The day after', href: hrefOf({ ...wanted, day: addDays(wanted.day, days) }) },
  { keys: 'n', words: 'Book a visit', href: `${schedulePath}/book` }, { keys: 'f', words: 'Find a free time', href: '#words' }, { keys: 'v', words: 'To the visits', href: '#schedule' },
]

const viewWords = { day: 'Day', week: 'Week', list: 'List' } as const
/** One press each: they are changed all day long. */
function Views(wanted: Wanted) {
  return <nav className="view-links" aria-label="View">{views.map(view => <a key={view} href={hrefOf({ ...wanted, view, who: view !== 'week' && wanted.view === 'week' ? undefined : wanted.who })} aria-current={view === wanted.view ? 'true' : undefined}>{viewWords[view]}</a>)}</nav>
}

function Filter({ wanted, loaded: { clinicians, places } }: { wanted: Wanted; loaded: Loaded }) {
  return (
      <Form method="get" action={schedulePath} isInline label="What is shown">
        <input type="hidden" name="view" value={wanted.view} />
        <DateField name="day" label="Day" value={wanted.day} />
        {places.size > 1 && <Select name="place" label="Where" size="short" isOptional value={wanted.place ?? ''} emptyLabel="Everywhere" choices={[...places.values()].map(place => ({ value: place.id, label: place.name }))} />}
        <Select name="who" label="Who" size="short" isOptional value={wanted.who ?? ''} emptyLabel="Everybody" choices={clinicians.map(one => ({ value: one.id, label: one.name }))} />
        <Button kind="secondary">Show</Button>
      </Form>
  )
}

function Grid({ ctx, wanted, loaded, first, title }: { ctx: Ctx<StaffActor>; wanted: Wanted; loaded: Loaded; first: string; title: string }) {
  const columns = wanted.view === 'week' ? weekColumns(ctx, wanted, loaded, first) : dayColumns(ctx, wanted, loaded)
  if (columns.length === 0) return <EmptyState icon="calendar" title="Nobody has hours on this day.">Choose another day or place, or set hours under “Hours and leave”.</EmptyState>
  const day = startOf(wanted.day, wanted.zone).getTime()
  const span = wanted.view === 'week' ? weekSpan(columns, wanted, first) : drawnSpan(columns, { from: day + 8 * 3_600_000, to: day + 17 * 3_600_000 })
  return <DayGrid {...{ caption: title, columns, span, zone: wanted.zone, now: wanted.view === 'week' ? nowInWeek(ctx, wanted, first) : ctx.now().getTime(), names: loaded.names, types: loaded.types }} />
}

function Legend({ types }: { types: readonly VisitType[] }) {
  if (types.length === 0) return null
  return <p className="small soft">{types.map(type => <span key={type.id} className={`type-look look-${type.look}`}><span aria-hidden="true">{looks[type.look]}</span> <span className="soft">{type.name.en}</span>&ensp;</span>)}</p>
}
