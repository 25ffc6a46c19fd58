import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { instantAt } from '#platform/when.ts'
import { FieldReader, minutesFrom, practiceZone, readPractice, type Fields, type Saved } from '#practice'
import { planSchedule } from './access.ts'
import { addClinician, addResource } from './found-schedule.ts'
import { notePlan } from './note-step.ts'
import { loadSettings } from './read-settings.ts'

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
export const periodsADay = 3
type Period = { starts: number; ends: number }

/** Of two times of the clock the later one; one that is not later is on the day after: a night shift. */
function periodAt(read: FieldReader, field: string): Period | undefined {
  const [from, to] = [read.raw(`${field}-starts`), read.raw(`${field}-ends`)]
  if (from === '' && to === '') return undefined
  const [starts, ends] = [minutesFrom(from), minutesFrom(to, true)]
  if (starts === undefined || starts === 1440) read.fail(`${field}-starts`, 'Write when it begins, like 08:00.')
  if (ends === undefined) read.fail(`${field}-ends`, 'Write when it ends, like 12:00.')
  return starts === undefined || ends === undefined ? undefined : { starts, ends: ends > starts ? ends : ends + 1_440 }
}

async function mustBeThere(tx: Ctx, resourceId: string): Promise<void> {
  const { rows: [there] } = await sql`select id from scheduling.resource where id = ${resourceId}::uuid and closed_at is null for update`.execute(tx.db.kysely)
  if (!there) throw new NotFound()
}

/**
 * The week of one clinician at one place, from now or from a later day on: fields '1-1-starts' and so on. A plan for later ends the one before it on
 * the day before; the same day again replaces it.
 */
export function saveWeek(ctx: Ctx<StaffActor>, resourceId: string, fields: Fields): Promise<Saved> {
  return inTransaction<StaffActor, Saved>(ctx, async tx => {
    mustBeAbleTo(tx, planSchedule)
    await mustBeThere(tx, resourceId)
    const read = new FieldReader(fields)
    const place = (await readPractice(tx))?.locations.find(one => one.id === read.raw('place'))
    if (!place) read.fail('place', 'Choose a place.')
    const fromDay = read.raw('from-day') === '' ? null : read.day('from-day', '')
    const rows = weekdays.flatMap(weekday => {
      const periods = Array.from({ length: periodsADay }, (_, index) => periodAt(read, `${weekday}-${index + 1}`)).filter(one => one !== undefined).sort((a, b) => a.starts - b.starts)
      if (periods.some((one, index) => index > 0 && one.starts < periods[index - 1]!.ends)) read.fail(`${weekday}-1-starts`, 'Two stretches of this day overlap.')
      return periods.map(period => ({ weekday, ...period }))
    })
    if (!read.isGood || !place) return read.unsaved
    await sql`
      delete from scheduling.weekly_hours where resource_id = ${resourceId}::uuid and location_id = ${place.id}::uuid and from_day is not distinct from ${fromDay}::date
    `.execute(tx.db.kysely)
    await sql`
      update scheduling.weekly_hours set until_day = ${fromDay}::date - 1
      where resource_id = ${resourceId}::uuid and location_id = ${place.id}::uuid and ${fromDay}::date is not null
        and (from_day is null or from_day < ${fromDay}::date) and (until_day is null or until_day >= ${fromDay}::date)
    `.execute(tx.db.kysely)
    const { rows: [next] } = await sql<{ day: string | null }>`
      select min(from_day)::text as day from scheduling.weekly_hours
      where resource_id = ${resourceId}::uuid and location_id = ${place.id}::uuid and (${fromDay}::date is null or from_day > ${fromDay}::date)
    `.execute(tx.db.kysely)
    await sql`
      insert into scheduling.weekly_hours (resource_id, location_id, weekday, starts_minute, ends_minute, from_day, until_day)
      select ${resourceId}::uuid, ${place.id}::uuid, w.weekday, w.starts, w.ends, ${fromDay}::date, ${next?.day ?? null}::date - 1
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (weekday smallint, starts smallint, ends smallint)
    `.execute(tx.db.kysely)
    await notePlan(tx, 'hours', [resourceId])
    return { ok: true, id: resourceId }
  })
}

/** A day unlike the week: other hours at one place, or none at all. */
export function addSpecialDay(ctx: Ctx<StaffActor>, resourceId: string, fields: Fields): Promise<Saved> {
  return inTransaction<StaffActor, Saved>(ctx, async tx => {
    mustBeAbleTo(tx, planSchedule)
    await mustBeThere(tx, resourceId)
    const read = new FieldReader(fields)
    const day = read.day('day', 'Choose the day.')
    const period = periodAt(read, 'day')
    const place = (await readPractice(tx))?.locations.find(one => one.id === read.raw('place'))
    if (period && !place) read.fail('place', 'Choose where.')
    if (!read.isGood) return read.unsaved
    const { rows } = await sql<{ id: string }>`
      insert into scheduling.special_day (resource_id, day, location_id, starts_minute, ends_minute)
      values (${resourceId}::uuid, ${day}::date, ${period ? place!.id : null}::uuid, ${period?.starts ?? null}, ${period?.ends ?? null})
      returning id
    `.execute(tx.db.kysely)
    await notePlan(tx, 'special-day', [rows[0]!.id])
    return { ok: true, id: rows[0]!.id }
  })
}

/** By which clock a leave is typed: that of the place that was chosen, else of where a room stands or a clinician works, where that is one place alone. */
export async function zoneOfBlock(ctx: Ctx, resourceId: string, placeId?: string): Promise<string> {
  const [places, { resources, weekly }] = [(await readPractice(ctx))?.locations ?? [], await loadSettings(ctx)]
  const own = resources.find(one => one.id === resourceId)?.locationId
  const where = placeId ? [placeId] : own ? [own] : (weekly.get(resourceId) ?? []).map(rule => rule.locationId)
  const zones = new Set(places.filter(place => where.includes(place.id)).map(place => place.zone))
  return zones.size === 1 ? [...zones][0]! : practiceZone(ctx)
}

/** Leave, or time that is kept free. Visits that are booked in it stay, and are shown where it was entered. */
export function addBlock(ctx: Ctx<StaffActor>, resourceId: string, fields: Fields): Promise<Saved> {
  return inTransaction<StaffActor, Saved>(ctx, async tx => {
    mustBeAbleTo(tx, planSchedule)
    await mustBeThere(tx, resourceId)
    const read = new FieldReader(fields)
    const zone = await zoneOfBlock(tx, resourceId, read.raw('place'))
    const at = (name: string, usual: string): Date | undefined => {
      const [day, clock] = [read.day(`${name}-day`, 'Choose the day.'), read.raw(`${name}-time`) || usual]
      const minutes = minutesFrom(clock)
      if (minutes === undefined || minutes === 1440) read.fail(`${name}-time`, 'Write a time like 13:00.')
      return read.isGood ? instantAt(day, clock.padStart(5, '0'), zone) : undefined
    }
    const [starts, ends] = [at('block', '00:00'), at('block-end', '23:59')]
    const kind = read.choice('kind', ['leave', 'block'] as const, 'Choose one.')
    const note = read.text('note', { most: 120 })
    if (starts && ends && ends <= starts) read.fail('block-end-day', 'The end comes after the beginning.')
    if (!read.isGood || !starts || !ends) return read.unsaved
    const { rows } = await sql<{ id: string }>`
      insert into scheduling.block (resource_id, starts_at, ends_at, kind, note) values (${resourceId}::uuid, ${starts}, ${ends}, ${kind}, ${note}) returning id
    `.execute(tx.db.kysely)
    await notePlan(tx, 'block', [rows[0]!.id])
    return { ok: true, id: rows[0]!.id }
  })
}

/** Takes out a special day or a block of this resource's. */
export function removeEntry(ctx: Ctx<StaffActor>, resourceId: string, kind: 'special-day' | 'block', id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, planSchedule)
    const table = sql.table(`scheduling.${kind === 'block' ? 'block' : 'special_day'}`)
    const { rows: [gone] } = await sql`delete from ${table} where id = ${id}::uuid and resource_id = ${resourceId}::uuid returning id`.execute(tx.db.kysely)
    if (!gone) throw new NotFound()
    await notePlan(tx, kind, [id], { isRemoved: true })
  })
}

/** A clinician of the practice, or a room or thing with a name and a place, becomes bookable. */
export function openResource(ctx: Ctx<StaffActor>, fields: Fields): Promise<Saved> {
  return inTransaction<StaffActor, Saved>(ctx, async tx => {
    mustBeAbleTo(tx, planSchedule)
    const read = new FieldReader(fields)
    const practice = await readPractice(tx)
    const clinician = practice?.clinicians.find(one => one.id === read.raw('clinician'))
    const kind = read.raw('kind') === 'equipment' ? 'equipment' : 'room'
    const place = practice?.locations.find(one => one.id === read.raw('place'))
    const name = clinician ? '' : read.text('name', { most: 120, need: 'Write its name.' })
    if (!clinician && !place) read.fail('place', 'Choose where it stands.')
    if (!read.isGood) return read.unsaved
    const made = await attempt(tx, inner => (clinician ? addClinician(inner, clinician.id) : addResource(inner, { kind, name, locationId: place!.id })))
    if (!made.ok) throw new NotFound()
    await notePlan(tx, 'resource', [made.value])
    return { ok: true, id: made.value }
  })
}

/** It can no longer be booked; visits with it stay. */
export function closeResource(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, planSchedule)
    const { rows: [gone] } = await sql`update scheduling.resource set closed_at = ${tx.now()} where id = ${id}::uuid and closed_at is null returning id`.execute(tx.db.kysely)
    if (!gone) throw new NotFound()
    await notePlan(tx, 'resource', [id], { isRemoved: true })
  })
}
