import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { readPractice } from '#practice'
import { seeSchedule } from './access.ts'
import { expandHours, join, type Span } from './expand-hours.ts'
import { readSettings } from './read-settings.ts'
import { dayMs, traceZone } from './trace-zone.ts'

export type Block = { id: string; resourceId: string; startsAt: Date; endsAt: Date; kind: 'leave' | 'block'; note: string }

/** Leave and blocks that reach into a stretch of time, in order. */
export async function listBlocks(ctx: Ctx, { from, to, resourceId }: { from: Date; to: Date; resourceId?: string }): Promise<Block[]> {
  const { rows } = await sql<Block>`
    select id, resource_id as "resourceId", starts_at as "startsAt", ends_at as "endsAt", kind, note
    from scheduling.block
    where ends_at > ${from} and starts_at < ${to} and (${resourceId ?? null}::uuid is null or resource_id = ${resourceId ?? null}::uuid)
    order by starts_at, id
    limit 500
  `.execute(ctx.db.kysely)
  return rows
}

/** When a clinician is needed at a visit that somebody else leads. */
export async function listAssisting(ctx: Ctx<StaffActor>, { from, to }: { from: Date; to: Date }): Promise<Block[]> {
  mustBeAbleTo(ctx, seeSchedule)
  const { rows } = await sql<Block>`
    select c.id, c.resource_id as "resourceId", a.starts_at as "startsAt", a.ends_at as "endsAt", 'block' as kind, '' as note
    from scheduling.appointment a
    join scheduling.claim c on c.booking_id = a.id and c.resource_id <> a.resource_id
    join scheduling.resource r on r.id = c.resource_id and r.kind = 'clinician'
    where a.starts_at >= ${from} and a.starts_at < ${to}
    limit 500
  `.execute(ctx.db.kysely)
  return rows
}

export type DayHours = { resourceId: string; locationId: string; hours: Span[] }

/** Where each clinician has hours in a stretch of time, place by place. */
export async function readDayHours(ctx: Ctx<StaffActor>, { from, to, locationId }: { from: Date; to: Date; locationId?: string | undefined }): Promise<DayHours[]> {
  mustBeAbleTo(ctx, seeSchedule)
  const { resources, weekly, special } = await readSettings(ctx)
  const places = (await readPractice(ctx))?.locations.filter(place => locationId === undefined || place.id === locationId) ?? []
  return resources.filter(one => one.kind === 'clinician' && one.isOpen).flatMap(({ id }) => places.map(place => {
    const [rules, days] = [(weekly.get(id) ?? []).filter(rule => rule.locationId === place.id), (special.get(id) ?? []).map(day => (day.locationId === place.id ? day : { day: day.day, starts: null, ends: null }))]
    const trace = traceZone(place.zone, from.getTime() - 5 * dayMs, to.getTime() + 5 * dayMs)
    return { resourceId: id, locationId: place.id, hours: join(expandHours({ weekly: rules, special: days, closures: place.exceptions }, trace, from.getTime(), to.getTime())) }
  })).filter(one => one.hours.length > 0)
}
