import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { findOpenSlots } from './find-open-slots.ts'
import { readAvailability } from './read-availability.ts'
import { readNeeds } from './read-settings.ts'
import type { VisitType } from './shared.ts'
import { minuteMs } from './trace-zone.ts'

export type TimeClaim = {
  /** Of a hold or an appointment that is there already: whoever may change it may claim for it. */
  bookingId: string
  type: VisitType
  resourceId: string
  locationId: string
  startsAt: Date
  /** Without it the time is booked. */
  expiresAt?: Date
  /** Staff may take a seat beside another visit; why is kept with the visit. */
  hasExtraSeat?: boolean
  /** Another calendar has decided it: where a further need cannot be met, whoever sees the patient is taken all the same. */
  isDecided?: boolean
}
const mostSeats = 20

/** What is taken of everybody and everything around the visit itself. */
const during = ({ type, startsAt }: Pick<TimeClaim, 'type' | 'startsAt'>): [Date, Date] =>
  [new Date(startsAt.getTime() - type.beforeMinutes * minuteMs), new Date(startsAt.getTime() + (type.durationMinutes + type.afterMinutes) * minuteMs)]

/** Who sees the patient, and of each further need the first that is free there and not taken for another; undefined where one has nothing free. */
async function choose(tx: Ctx, { type, resourceId, locationId, startsAt, bookingId, hasExtraSeat }: TimeClaim): Promise<string[] | undefined> {
  const [, ...others] = await readNeeds(tx, type.id)
  if (others.length === 0) return [resourceId]
  const [from, to] = [startsAt, new Date(startsAt.getTime() + 1)]
  const there = await readAvailability(tx, { resources: others.flat(), from, to, ignore: [bookingId] })
  const groups = others.map(group => group.filter(id => there.isAt(id, locationId)))
  const isFree = (id: string) => findOpenSlots({ visit: { ...type, alignMinutes: 1 }, zone: there.zoneOf(locationId) ?? 'UTC', from: from.getTime(), to: to.getTime(), needs: [[there.timesAt(id, locationId)]] }).length > 0
  return chooseApart(groups.map(group => [...group.filter(isFree), ...(hasExtraSeat ? group.filter(id => !isFree(id)) : [])]), [resourceId])
}

/** One of each group, none twice, the first of them where that goes. */
function chooseApart([group, ...rest]: readonly (readonly string[])[], chosen: readonly string[]): string[] | undefined {
  if (!group) return [...chosen]
  for (const id of group) {
    const all = chosen.includes(id) ? undefined : chooseApart(rest, [...chosen, id])
    if (all) return all
  }
  return undefined
}

const clearExpired = (tx: Ctx, resources: readonly string[]) =>
  sql`delete from scheduling.claim where resource_id = any (${resources as string[]}::uuid[]) and expires_at <= ${tx.now()}`.execute(tx.db.kysely)

/** In the order of the resources, so that two who want the same things do not wait for each other in a ring. A conflict waits for whoever was first and then gives nothing. */
async function insertClaims(tx: Ctx, claim: TimeClaim, resources: readonly string[], seat: number): Promise<string[]> {
  const [from, to] = during(claim)
  const { rows } = await sql<{ id: string }>`
    insert into scheduling.claim (booking_id, resource_id, seat, during, expires_at)
    select ${claim.bookingId}::uuid, wanted, ${seat}, tstzrange(${from}, ${to}), ${claim.expiresAt ?? null}
    from unnest(${resources as string[]}::uuid[]) as wanted
    order by wanted
    on conflict do nothing
    returning id
  `.execute(tx.db.kysely)
  return rows.map(row => row.id)
}

/**
 * Claims everybody and everything that a visit needs, or nothing: false when the exclusion constraint says that somebody was faster. What has run
 * out is cleared away first.
 */
export async function claimTime(tx: Ctx, claim: TimeClaim): Promise<boolean> {
  for (let tries = 0; tries < 3; tries++) {
    const resources = await choose(tx, claim) ?? (claim.isDecided ? [claim.resourceId] : undefined)
    if (!resources) return false
    await clearExpired(tx, resources)
    if (claim.hasExtraSeat) return claimSeats(tx, claim, resources)
    const made = await insertClaims(tx, claim, resources, 0)
    if (made.length === resources.length) return true
    if (made.length > 0) await sql`delete from scheduling.claim where id = any (${made}::uuid[])`.execute(tx.db.kysely)
    if (resources.length === 1) return false
  }
  return false
}

/** The first seat that is free, of each. */
async function claimSeats(tx: Ctx, claim: TimeClaim, resources: readonly string[]): Promise<boolean> {
  for (const resource of [...resources].sort()) {
    let seat = 0
    while (seat <= mostSeats && (await insertClaims(tx, claim, [resource], seat)).length === 0) seat++
    if (seat > mostSeats) return false
  }
  return true
}

/** Lets the time of a visit go; `but`: claims that stay, since the visit was moved to them. That it came free is remembered, and whoever waits for an earlier time is thought of. */
export async function freeClaims(tx: Ctx, bookingId: string, { but = [] }: { but?: readonly string[] } = {}): Promise<void> {
  await sql`
    with gone as (
      delete from scheduling.claim where booking_id = ${bookingId}::uuid and id <> all (${but as string[]}::uuid[])
      returning resource_id, seat, during, expires_at)
    insert into scheduling.let_go (booking_id, resource_id, during, at)
    select ${bookingId}::uuid, resource_id, during, ${tx.now()} from gone where expires_at is null and seat = 0
  `.execute(tx.db.kysely)
  await enqueue(tx, 'scheduling.wait', {}, { key: `wait:${bookingId}` })
}
