import { randomBytes } from 'node:crypto'
import { audit, auditList } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { practiceZone, readPractice } from '#practice'
import { allowDetails, ownSchedule } from './access.ts'
import { listResources, readVisitTypes } from './read-settings.ts'
import type { Status } from './shared.ts'
import { dayMs } from './trace-zone.ts'
import { writeFeed, type FeedEvent } from './write-calendar.ts'

const purpose = 'calendar-feed'
const tokenForm = /^[\w-]{43}$/
const [daysBack, daysAhead] = [7, 90]

export type OwnFeed = { madeAt: Date; hasDetails: boolean }
/** Whether this person's schedule can be a calendar, whether it is one, and whether that may name anybody. */
export async function readOwnFeed(ctx: Ctx<StaffActor>): Promise<{ isClinician: boolean; feed: OwnFeed | undefined; mayHaveDetails: boolean }> {
  const clinician = (await readPractice(ctx))?.clinicians.find(one => one.personId === ctx.actor.personId)
  const isClinician = clinician !== undefined && (await listResources(ctx)).some(one => one.clinicianId === clinician.id)
  const { rows: [feed] } = await sql<OwnFeed>`select made_at as "madeAt", has_details as "hasDetails" from scheduling.feed where person_id = ${ctx.actor.personId}::uuid and ended_at is null`.execute(ctx.db.kysely)
  return { isClinician, mayHaveDetails: await areNamesAllowed(ctx), feed }
}

/** A new secret address of one's own schedule; the one before it is worth nothing from this moment. Told this once: what is kept is its hash. */
export function makeFeed(ctx: Ctx<StaffActor>, { hasDetails }: { hasDetails: boolean }): Promise<{ ok: true; path: string } | Refused<'no-clinician' | 'no-details'>> {
  return inTransaction<StaffActor, { ok: true; path: string } | Refused<'no-clinician' | 'no-details'>>(ctx, async tx => {
    mustBeAbleTo(tx, ownSchedule)
    const { isClinician, mayHaveDetails } = await readOwnFeed(tx)
    if (!isClinician) return refused('no-clinician')
    if (hasDetails && !mayHaveDetails) return refused('no-details')
    await end(tx)
    const token = randomBytes(32).toString('base64url')
    const { rows: [made] } = await sql<{ id: string }>`
      insert into scheduling.feed (person_id, token_hash, has_details, made_at) values (${tx.actor.personId}::uuid, ${tx.house.keys.mac(purpose, token)}, ${hasDetails}, ${tx.now()}) returning id
    `.execute(tx.db.kysely)
    await audit(tx, 'schedule.feed-made', { kind: 'calendar-feed', ids: [made!.id], detail: { hasDetails } })
    return { ok: true, path: `/calendar/${token}.ics` }
  })
}

async function end(tx: Ctx<StaffActor>): Promise<void> {
  const { rows } = await sql<{ id: string }>`update scheduling.feed set ended_at = ${tx.now()} where person_id = ${tx.actor.personId}::uuid and ended_at is null returning id`.execute(tx.db.kysely)
  if (rows.length > 0) await audit(tx, 'schedule.feed-ended', { kind: 'calendar-feed', ids: rows.map(row => row.id) })
}
export const endFeed = (ctx: Ctx<StaffActor>): Promise<void> => inTransaction(ctx, tx => { mustBeAbleTo(tx, ownSchedule); return end(tx) })

/** The manager says whether such calendars may name patients. Without it those that did say "Appointment" from this moment. */
export function letFeedsNames(ctx: Ctx<StaffActor>, isAllowed: boolean): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, allowDetails)
    if (isAllowed) await sql`insert into scheduling.feed_details (allowed_at) values (${tx.now()}) on conflict do nothing`.execute(tx.db.kysely)
    else await sql`delete from scheduling.feed_details`.execute(tx.db.kysely)
    await audit(tx, 'schedule.planned', { kind: 'calendar-feed', ids: [], detail: { isAllowed } })
  })
}
export const areNamesAllowed = async (ctx: Ctx): Promise<boolean> => (await sql`select from scheduling.feed_details`.execute(ctx.db.kysely)).rows.length > 0

/** Who may not sign in any more, or works here as something else, has no calendar any more either. */
export async function endFeeds(ctx: Ctx<SystemActor>): Promise<void> {
  await inTransaction(ctx, tx => sql`select scheduling.door_end_feeds()`.execute(tx.db.kysely))
}

export type Feed = { id: string; resourceId: string; hasDetails: boolean }
/** Whose schedule an address opens; undefined where it opens nothing. For the job 'scheduling.feed', in a transaction. */
export async function openFeed(tx: Ctx<SystemActor>, token: string): Promise<Feed | undefined> {
  if (!tokenForm.test(token)) return undefined
  const { rows: [feed] } = await sql<Feed>`
    select feed_id as id, resource_id as "resourceId", has_details as "hasDetails" from scheduling.door_open_feed(${tx.house.keys.macs(purpose, token)}::bytea[])
  `.execute(tx.db.kysely)
  return feed
}

type Row = { id: string; patientId: string; visitTypeId: string | null; what: string; locationId: string | null; isThere: boolean; startsAt: Date; endsAt: Date; status: Status; version: number; stampedAt: Date }
/** The last week and the next ninety days as one calendar. `names`: who they are, asked only where the calendar says so. */
export async function readFeed(tx: Ctx<SystemActor>, feed: Feed, names: (ctx: Ctx, ids: readonly string[]) => Promise<Map<string, string>>): Promise<{ text: string; note: () => Promise<void> }> {
  const [from, to] = [new Date(tx.now().getTime() - daysBack * dayMs), new Date(tx.now().getTime() + daysAhead * dayMs)]
  const { rows } = await sql<Row>`
    select a.id, a.patient_id as "patientId", a.visit_type_id as "visitTypeId", '' as what, a.location_id as "locationId", a.mode = 'in-person' as "isThere", a.starts_at as "startsAt", a.ends_at as "endsAt", a.status, a.version,
      coalesce((select max(s.at) from scheduling.appointment_step s where s.appointment_id = a.id), a.booked_at) as "stampedAt"
    from scheduling.appointment a
    where a.resource_id = ${feed.resourceId}::uuid and a.starts_at >= ${from} and a.starts_at < ${to}
    union all
    select r.id, r.patient_id, null, r.what, r.location_id, true, r.starts_at, r.ends_at, case when r.status = 'gone' then 'cancelled' else r.status end, r.version, r.first_at
    from scheduling.received r join scheduling.calendar c on c.source = r.source
    where ${feed.resourceId}::uuid = any (r.with_ids) and r.appointment_id is null and r.starts_at >= ${from} and r.starts_at < ${to}
    order by 7, 1
    limit 5000
  `.execute(tx.db.kysely)
  const [places, types, usual, named] = [(await readPractice(tx))?.locations ?? [], await readVisitTypes(tx), await practiceZone(tx), feed.hasDetails ? await names(tx, rows.map(row => row.patientId)) : undefined]
  const events = rows.map((row): FeedEvent => {
    const place = places.find(one => one.id === row.locationId)
    const what = (row.visitTypeId && types.get(row.visitTypeId)?.name.en) || row.what
    return { ...row, zone: place?.zone ?? usual, where: row.isThere ? place?.name ?? '' : '', summary: named ? [named.get(row.patientId) ?? 'A patient', what].filter(Boolean).join(', ') : 'Appointment' }
  })
  const month = new Date(`${tx.now().toISOString().slice(0, 7)}-01T00:00:00Z`)
  return {
    text: writeFeed({ events, name: 'Schedule', host: new URL(tx.house.config.publicUrl).hostname, around: month }),
    async note() {
      await audit(tx, 'schedule.feed-read', { kind: 'calendar-feed', ids: [feed.id] })
      if (feed.hasDetails) await auditList(tx, 'appointments.viewed', rows)
    },
  }
}
