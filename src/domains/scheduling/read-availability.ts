import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { readPractice } from '#practice'
import type { ExceptionDay } from '#practice/shared'
import { join, type Span } from './expand-hours.ts'
import type { ResourceTimes } from './find-open-slots.ts'
import { readSettings } from './read-settings.ts'

type Place = { zone: string; closures: readonly ExceptionDay[] }

/** When each of some resources is there and when it is taken, as the database says now. */
export type Availability = {
  /** Where a clinician has hours in that time. */
  placesOf: (resourceId: string) => string[]
  /** At one place; undefined where that place is unknown. */
  timesAt: (resourceId: string, locationId: string) => ResourceTimes
  zoneOf: (locationId: string) => string | undefined
  /** Whether it can be part of a visit at a place: a room or a thing stands there, a clinician has hours there. */
  isAt: (resourceId: string, locationId: string) => boolean
}

/** What is taken: by visits and holds that have not run out, by leave, and by visits of the EHR that keeps the calendar. Claims are a day long at most. The database joins what is taken without a gap: a full day is one row. */
async function readBusy(ctx: Ctx, { resources, from, to, ignore }: { resources: readonly string[]; from: Date; to: Date; ignore: readonly string[] }): Promise<Map<string, Span[]>> {
  const { rows } = await sql<{ id: string; from: number; to: number }>`
    select id, (extract(epoch from lower(taken)) * 1000)::float8 as "from", (extract(epoch from upper(taken)) * 1000)::float8 as "to"
    from (
      select resource_id as id, unnest(range_agg(during)) as taken
      from scheduling.claim
      where resource_id = any (${resources as string[]}::uuid[]) and lower(during) > ${from}::timestamptz - interval '1 day 3 hours' and lower(during) < ${to}::timestamptz + interval '11 hours'
        and (expires_at is null or expires_at > ${ctx.now()}) and booking_id <> all (${ignore as string[]}::uuid[])
      group by resource_id
    ) as claims
    union all
    select resource_id, (extract(epoch from starts_at) * 1000)::float8, (extract(epoch from ends_at) * 1000)::float8
    from scheduling.block
    where resource_id = any (${resources as string[]}::uuid[]) and ends_at > ${from}::timestamptz - interval '3 hours' and starts_at < ${to}::timestamptz + interval '11 hours'
    union all
    select e.resource_id, (extract(epoch from e.starts_at) * 1000)::float8, (extract(epoch from e.ends_at) * 1000)::float8
    from scheduling.calendar c join scheduling.elsewhere e on e.source = c.source
    where e.resource_id = any (${resources as string[]}::uuid[]) and e.ends_at > ${from}::timestamptz - interval '3 hours' and e.starts_at < ${to}::timestamptz + interval '11 hours'
      and (e.booking_id is null or e.booking_id <> all (${ignore as string[]}::uuid[]))
  `.execute(ctx.db.kysely)
  return new Map([...Map.groupBy(rows, row => row.id)].map(([id, of]) => [id, join(of.map(row => ({ from: row.from, to: row.to })))]))
}

/** Reads all that decides about some resources from `from` to `to`. `ignore`: bookings whose time counts as free, such as one's own that is being moved. */
export async function readAvailability(ctx: Ctx, { resources, from, to, ignore = [] }: { resources: readonly string[]; from: Date; to: Date; ignore?: readonly string[] }): Promise<Availability> {
  const { resources: all, weekly, special } = await readSettings(ctx)
  const busy = await readBusy(ctx, { resources, from, to, ignore })
  const places = new Map<string, Place>((await readPractice(ctx))?.locations.map(({ id, zone, exceptions }) => [id, { zone, closures: exceptions }]))
  const standsAt = new Map(all.map(one => [one.id, one.locationId]))
  const placesOf = (id: string) => [...new Set([...(weekly.get(id) ?? []), ...(special.get(id) ?? [])].map(one => one.locationId).filter(place => place !== null))].filter(place => places.has(place))
  return {
    placesOf, isAt: (id, place) => (standsAt.get(id) === null ? placesOf(id).includes(place) : standsAt.get(id) === place),
    zoneOf: place => places.get(place)?.zone,
    timesAt(id, place) {
      const [own, days] = [weekly.get(id), special.get(id)]
      const rules = own || days
        ? {
            weekly: (own ?? []).filter(rule => rule.locationId === place),
            special: (days ?? []).map(one => (one.locationId === place ? one : { day: one.day, starts: null, ends: null })),
            closures: places.get(place)?.closures ?? [],
          }
        : null
      return { rules, busy: busy.get(id) ?? [] }
    },
  }
}
