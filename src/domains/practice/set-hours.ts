import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { editPractice } from './access.ts'
import { periodProblem } from './count-hours.ts'
import { usHolidays } from './list-holidays.ts'
import { noteChange } from './note-change.ts'
import { FieldReader, minutesFrom, type Fields, type Saved, type Unsaved } from './read-fields.ts'
import { weekdays, type Period, type WeekHours } from './shared.ts'
import { db } from './tables.ts'

export const periodsADay = 3

function periodAt(read: FieldReader, field: string): Period | undefined {
  const [from, to] = [read.raw(`${field}-opens`), read.raw(`${field}-closes`)]
  if (from === '' && to === '') return undefined
  const [opens, closes] = [minutesFrom(from), minutesFrom(to, true)]
  if (opens === undefined) read.fail(`${field}-opens`, 'Write when it opens, like 08:00.')
  if (closes === undefined) read.fail(`${field}-closes`, 'Write when it closes, like 17:00.')
  return opens === undefined || closes === undefined ? undefined : { opens, closes }
}

/** The week as the form has it: fields '1-1-opens' (Monday, first period) and so on. An empty day is closed. */
function weekFrom(read: FieldReader): WeekHours {
  return Object.fromEntries(weekdays.map(day => {
    const periods = Array.from({ length: periodsADay }, (_, index) => periodAt(read, `${day}-${index + 1}`)).filter(period => period !== undefined)
    const problem = periodProblem(periods)
    if (problem === 'upside-down') read.fail(`${day}-1-opens`, 'It must close after it opens.')
    if (problem === 'overlap') read.fail(`${day}-1-opens`, 'Two stretches of this day overlap.')
    return [day, periods.sort((a, b) => a.opens - b.opens)]
  }))
}

/** The one source of hours. The whole week is written at once. */
export function saveHours(ctx: Ctx<StaffActor>, locationId: string, fields: Fields): Promise<Saved> {
  mustBeAbleTo(ctx, editPractice)
  const read = new FieldReader(fields)
  const week = weekFrom(read)
  if (!read.isGood) return Promise.resolve(read.unsaved)
  return inTransaction(ctx, async tx => {
    const location = await db(tx).selectFrom('practice.location').select('id').where('id', '=', locationId).where('closed_at', 'is', null).forUpdate().executeTakeFirst()
    if (!location) throw new NotFound()
    await writeHours(tx, locationId, week)
    await noteChange(tx, 'hours', [locationId])
    return { ok: true, id: locationId }
  })
}

/** Replaces the week of a location whose row the caller holds. */
export async function writeHours(tx: Ctx, locationId: string, week: WeekHours): Promise<void> {
  await db(tx).deleteFrom('practice.opening_period').where('location_id', '=', locationId).execute()
  const rows = weekdays.flatMap(weekday => (week[weekday] ?? []).map(({ opens, closes }) => ({ location_id: locationId, weekday, opens_minute: opens, closes_minute: closes })))
  if (rows.length > 0) await db(tx).insertInto('practice.opening_period').values(rows).execute()
}

/** A day unlike its weekday, for one location or, without one, for all. No times: closed. */
export function addException(ctx: Ctx<StaffActor>, fields: Fields): Promise<Saved> {
  mustBeAbleTo(ctx, editPractice)
  const read = new FieldReader(fields)
  const day = read.day('day', 'Choose the day.')
  const name = read.pair('name', { most: 80, need: 'Say why, as patients will read it: “Thanksgiving”.' })
  const locationId = read.uuid('location')
  const period = periodAt(read, 'day')
  if (period && periodProblem([period])) read.fail('day-closes', 'It must close after it opens.')
  if (!read.isGood) return Promise.resolve(read.unsaved)
  return inTransaction(ctx, async tx => {
    const added = await attempt(tx, inner => db(inner).insertInto('practice.exception_day').values({
      location_id: locationId, day, name_en: name.en, name_es: name.es, opens_minute: period?.opens ?? null, closes_minute: period?.closes ?? null,
    }).returning('id').executeTakeFirstOrThrow())
    if (!added.ok) return dayTaken
    await noteChange(tx, 'exception-day', [added.value.id])
    return { ok: true, id: added.value.id }
  })
}
const dayTaken: Unsaved = { ok: false, problems: { day: 'There is an entry for this day already. Remove it first.' } }

export function removeException(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  mustBeAbleTo(ctx, editPractice)
  return inTransaction(ctx, async tx => {
    const gone = await db(tx).deleteFrom('practice.exception_day').where('id', '=', id).returning('id').executeTakeFirst()
    if (!gone) throw new NotFound()
    await noteChange(tx, 'exception-day', [id], { isRemoved: true })
  })
}

/** Adds the public holidays of a year that have no entry yet, closed at every location. Gives their number. */
export function addHolidays(ctx: Ctx<StaffActor>, year: number): Promise<number> {
  mustBeAbleTo(ctx, editPractice)
  return inTransaction(ctx, async tx => {
    const rows = usHolidays(year).map(({ day, name }) => ({ location_id: null, day, name_en: name.en, name_es: name.es, opens_minute: null, closes_minute: null }))
    const added = await db(tx).insertInto('practice.exception_day').values(rows).onConflict(conflict => conflict.doNothing()).returning('id').execute()
    if (added.length > 0) await noteChange(tx, 'exception-day', added.map(({ id }) => id))
    return added.length
  })
}
