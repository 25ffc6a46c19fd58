import { auditMany } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { hearingOf } from '#notices'
import { practiceZone } from '#practice'
import { chooseOffers, fits, type FreeTime, type MadeOffer, type NewOffer, type Waiter } from './choose-offers.ts'
import { cutoffOf, isBeforeCutoff } from './hold-time.ts'
import { readWaitSettings, type WaitSettings } from './keep-wait-settings.ts'
import { listOpenTimes } from './list-open-times.ts'
import { listVisitTypes, readVisitTypes } from './read-settings.ts'
import { otherVisits, settleOffers } from './settle-offers.ts'
import type { Mode } from './shared.ts'
import { tellOffers } from './tell-offers.ts'
import { dayMs, minuteMs } from './trace-zone.ts'

/**
 * One look at who waits and what is free: ends what is no offer any more, makes new ones, and tells of those that nobody was told of. Decided from how the
 * calendar is, so it may come at any time and any number of times; what broke off is gone on with.
 */
export async function offerTimes(ctx: Ctx<SystemActor>): Promise<{ offered: number; told: number }> {
  const offered = await inTransaction(ctx, async tx => {
    // One look at a time: two would fill the same group twice.
    await sql`select pg_advisory_xact_lock(hashtextextended('scheduling.wait', 0))`.execute(tx.db.kysely)
    await settleOffers(tx)
    return makeOffers(tx)
  })
  return { offered, told: await tellOffers(ctx) }
}

async function makeOffers(tx: Ctx<SystemActor>): Promise<number> {
  const settings = await readWaitSettings(tx)
  if (!settings.isOn) return 0
  const waiting = await readWaiters(tx)
  const free = await findFree(tx, waiting, settings)
  const zone = await practiceZone(tx)
  const waiters: Waiter[] = []
  for (const one of waiting) {
    if (!free.some(time => fits(one, time))) continue
    const hearing = await hearingOf(tx, one.patientId)
    if (!hearing.isSilent) waiters.push({ ...one, zone: hearing.zone })
  }
  const offers = chooseOffers({ now: tx.now(), practiceZone: zone, settings, waiters, free, made: await readMade(tx) })
  await keepOffers(tx, offers, new Map(waiters.map(one => [one.id, one.patientId])))
  return offers.length
}

type Waiting = Omit<Waiter, 'zone'> & { mode: Mode; hasVisit: boolean }
type Row = Omit<Waiting, 'heard' | 'busy' | 'cutoffAt'> & { heard: number[]; busy: { startsAt: number; endsAt: number }[] }

/** Everybody who waits and can be offered something: not with a visit that is past its cut-off, nor for a kind of visit that is no longer done. */
async function readWaiters(tx: Ctx<SystemActor>): Promise<Waiting[]> {
  const { rows } = await sql<Row>`
    select w.id, w.patient_id as "patientId", w.visit_type_id as "visitTypeId", w.mode, w.resource_id as "resourceId", w.location_id as "locationId", w.weekdays, w.parts, w.until_day::text as "untilDay",
      w.priority, w.since, a.starts_at as before, a.id is not null as "hasVisit", h.open as "openOffers", h.last as "lastOfferedAt", h.heard,
      coalesce((
        select json_agg(json_build_object('startsAt', extract(epoch from v.starts_at) * 1000, 'endsAt', extract(epoch from v.ends_at) * 1000))
        from (${otherVisits(sql`w.patient_id`, sql`w.appointment_id`)}) v
        where v.starts_at > ${tx.now()}::timestamptz - interval '1 day'), '[]') as busy
    from scheduling.wait w
    left join scheduling.appointment a on a.id = w.appointment_id
    cross join lateral (
      select count(*) filter (where o.ended_at is null)::integer as open, max(o.offered_at) as last, coalesce(json_agg(extract(epoch from o.starts_at) * 1000), '[]') as heard
      from scheduling.wait_offer o
      where o.patient_id = w.patient_id) h
    where w.ended_at is null
    order by w.priority desc, w.since, w.id
    limit 2000
  `.execute(tx.db.kysely)
  const [all, open] = [await readVisitTypes(tx), new Set((await listVisitTypes(tx)).map(type => type.id))]
  return rows
    .filter(row => all.get(row.visitTypeId)!.modes.includes(row.mode) && (row.before ? isBeforeCutoff(all.get(row.visitTypeId)!, row.before, tx.now()) : open.has(row.visitTypeId)))
    .map(row => ({ ...row, cutoffAt: row.before && cutoffOf(all.get(row.visitTypeId)!, row.before), heard: new Set(row.heard), busy: row.busy.map(one => ({ startsAt: new Date(one.startsAt), endsAt: new Date(one.endsAt) })) }))
}

/** What is free of each kind of visit that somebody waits for, as far ahead as anybody wants. */
async function findFree(tx: Ctx<SystemActor>, waiting: readonly Waiting[], { stopMinutes }: WaitSettings): Promise<FreeTime[]> {
  const types = await readVisitTypes(tx)
  const from = new Date(tx.now().getTime() + stopMinutes * minuteMs)
  const found: FreeTime[] = []
  for (const [visitTypeId, of] of Map.groupBy(waiting, one => one.visitTypeId)) {
    const to = new Date(Math.max(...of.map(one => one.before?.getTime() ?? Date.parse(`${one.untilDay}T00:00:00Z`) + 2 * dayMs)))
    const times = await listOpenTimes(tx, { type: types.get(visitTypeId)!, from, to, most: 5_000 })
    found.push(...times.map(time => ({ ...time, visitTypeId })))
  }
  return found
}

async function readMade(tx: Ctx<SystemActor>): Promise<MadeOffer[]> {
  const { rows } = await sql<MadeOffer>`
    select resource_id as "resourceId", starts_at as "startsAt", ends_at as "endsAt", offered_at as "offeredAt", round, ended_at is null as "isOpen"
    from scheduling.wait_offer
    where starts_at > ${tx.now()}
  `.execute(tx.db.kysely)
  return rows
}

async function keepOffers(tx: Ctx<SystemActor>, offers: readonly NewOffer[], patientOf: ReadonlyMap<string, string>): Promise<void> {
  if (offers.length === 0) return
  const rows = offers.map(({ waitId, time, round, expiresAt }) => ({ wait: waitId, patient: patientOf.get(waitId), resource: time.resourceId, location: time.locationId, starts: time.startsAt, ends: time.endsAt, round, expires: expiresAt }))
  await sql`
    insert into scheduling.wait_offer (wait_id, patient_id, resource_id, location_id, starts_at, ends_at, round, offered_at, expires_at)
    select r.wait, r.patient, r.resource, r.location, r.starts, r.ends, r.round, ${tx.now()}, r.expires
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (wait uuid, patient uuid, resource uuid, location uuid, starts timestamptz, ends timestamptz, round smallint, expires timestamptz)
    on conflict do nothing
  `.execute(tx.db.kysely)
  await auditMany(tx, 'wait.offered', [...Map.groupBy(rows, row => row.patient!)].map(([patientId, of]) => ({ patientId, count: of.length })))
}
