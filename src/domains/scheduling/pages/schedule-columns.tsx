import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { addDays, dayIn, formatDay, instantAt, offsetOf } from '#platform/when.ts'
import type { Location } from '#practice/shared'
import { join, type Span } from '../expand-hours.ts'
import { drawnSpan } from '../lay-out-day.ts'
import type { Appointment } from '../list-appointments.ts'
import type { Block, DayHours } from '../read-day.ts'
import type { Resource, VisitType } from '../shared.ts'
import { dayMs, minuteMs } from '../trace-zone.ts'
import { schedulePath, startOf } from './console-frame.tsx'
import type { GridColumn } from './day-grid.tsx'

export type View = 'day' | 'week' | 'list'
export const views: readonly View[] = ['day', 'week', 'list']
export type Wanted = { view: View; day: string; place: string | undefined; who: string | undefined; zone: string }
export type Loaded = { clinicians: Resource[]; places: Map<string, Location>; types: Map<string, VisitType>; visits: Appointment[]; hours: DayHours[]; blocks: Block[]; names: Map<string, string> }

export const hrefOf = ({ view, day, place, who }: Pick<Wanted, 'view' | 'day' | 'place' | 'who'>): string =>
  `${schedulePath}?${new URLSearchParams({ view, ...(day && { day }), ...(place && { place }), ...(who && { who }) })}`

const spanOf = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): Span => ({ from: startsAt.getTime(), to: endsAt.getTime() })
const within = (spans: readonly Span[], { from, to }: Span): Span[] => spans.map(span => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) })).filter(span => span.from < span.to)

/** Free time that has not passed can be booked from where it stands. `real`: what an instant of the grid is in its column. */
const bookHrefFor = (ctx: Ctx<StaffActor>, resourceId: string, hours: readonly DayHours[], real = (at: number) => at) => (at: number): string | undefined => {
  const begins = Math.max(real(at), Math.ceil(ctx.now().getTime() / 900_000) * 900_000)
  const place = hours.find(one => one.resourceId === resourceId && one.hours.some(span => span.from <= begins && begins < span.to))
  return place && `${schedulePath}/book?${new URLSearchParams({ with: resourceId, place: place.locationId, at: String(begins) })}`
}

/** A day with clinicians beside each other. */
export function dayColumns(ctx: Ctx<StaffActor>, wanted: Wanted, { clinicians, places, visits, hours, blocks }: Loaded): GridColumn[] {
  const others = visits.filter(visit => visit.resourceId === '')
  const ofOthers: GridColumn[] = others.length === 0 ? [] : [{ key: 'others', title: 'Others', hours: [], blocks: [], visits: others, bookHref: () => undefined }]
  return [...clinicians.filter(one => wanted.who === undefined || one.id === wanted.who).map(one => {
    const own = hours.filter(hour => hour.resourceId === one.id)
    const where = own.map(hour => places.get(hour.locationId)?.name).filter(Boolean).join(', ')
    return {
      key: one.id, title: <>{one.name}{places.size > 1 && where && <small className="soft"> {where}</small>}</>, hours: join(own.flatMap(hour => hour.hours.map(span => ({ ...span })))),
      blocks: blocks.filter(block => block.resourceId === one.id).map(spanOf), visits: visits.filter(visit => visit.resourceId === one.id), bookHref: bookHrefFor(ctx, one.id, own),
    }
  }).filter(column => column.hours.length > 0 || column.visits.length > 0), ...ofOthers]
}

/** Each day of a week as its own clocks tell it, laid over the first: nine is nine on all of them, on the day that clocks change, too. */
function layOver(first: string, index: number, zone: string) {
  const [base, day] = [startOf(first, zone).getTime(), addDays(first, index)]
  const lead = offsetOf(zone, new Date(base)) + index * dayMs
  return {
    day, from: startOf(day, zone).getTime(), to: startOf(addDays(day, 1), zone).getTime(),
    drawn: (at: number) => at + offsetOf(zone, new Date(at)) - lead,
    real: (at: number) => { const minutes = Math.round((at - base) / minuteMs); return instantAt(day, `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`, zone).getTime() },
  }
}

/** Seven days of one clinician. */
export function weekColumns(ctx: Ctx<StaffActor>, wanted: Wanted, { visits, hours, blocks }: Loaded, first: string): GridColumn[] {
  const [own, today] = [hours.filter(hour => hour.resourceId === wanted.who), dayIn(ctx.now(), wanted.zone)]
  return Array.from({ length: 7 }, (_, index) => {
    const { day, from, to, drawn, real } = layOver(first, index, wanted.zone)
    // The end of a day is where its last instant is, not the first of the next.
    const moved = (spans: readonly Span[]) => within(spans, { from, to }).map(span => ({ from: drawn(span.from), to: drawn(span.to - 1) + 1 }))
    return {
      key: day, isToday: day === today, title: <a href={hrefOf({ ...wanted, view: 'day', day, who: undefined })}>{formatDay(day, 'day').split(',').slice(0, 2).join(',')}</a>, hours: join(moved(own.flatMap(hour => hour.hours))),
      blocks: moved(blocks.filter(block => block.resourceId === wanted.who).map(spanOf)),
      visits: visits.filter(visit => visit.startsAt.getTime() >= from && visit.startsAt.getTime() < to).map(visit => ({ ...visit, startsAt: new Date(drawn(visit.startsAt.getTime())), endsAt: new Date(drawn(visit.startsAt.getTime()) + visit.endsAt.getTime() - visit.startsAt.getTime()) })),
      bookHref: bookHrefFor(ctx, wanted.who!, own, real),
    }
  })
}
/** Where now is drawn, in a week that has it. */
export function nowInWeek(ctx: Ctx<StaffActor>, { zone }: Wanted, first: string): number | undefined {
  const index = Math.round((Date.parse(dayIn(ctx.now(), zone)) - Date.parse(first)) / dayMs)
  return index >= 0 && index < 7 ? layOver(first, index, zone).drawn(ctx.now().getTime()) : undefined
}
export const weekSpan = (columns: readonly GridColumn[], { zone }: Wanted, first: string): Span => drawnSpan(columns, { from: startOf(first, zone).getTime() + 8 * 3_600_000, to: startOf(first, zone).getTime() + 17 * 3_600_000 })

