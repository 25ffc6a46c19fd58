import type { Selectable } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { both, type Both, type Clinician, type Location, type NamedException, type Notice, type Period, type PictureInfo, type Practice, type Profile, type WeekHours, type Weekday } from './shared.ts'
import { db, type PracticeTables } from './tables.ts'

type Row<Name extends keyof PracticeTables> = Selectable<PracticeTables[Name]>
type Pictures = ReadonlyMap<string, PictureInfo>
const pair = <Name extends string>(row: Record<`${Name}_en` | `${Name}_es`, string>, name: Name): Both => both(row[`${name}_en`], row[`${name}_es`])

/** Everything the site says, in one go; undefined before `setup`. Hidden are only clinicians who left and locations given up. */
export async function loadPractice(ctx: Ctx): Promise<Practice | undefined> {
  const profile = await db(ctx).selectFrom('practice.profile').selectAll().executeTakeFirst()
  if (!profile) return undefined
  const pictures = await loadPictures(ctx)
  return {
    pictures,
    profile: profileFrom(profile, pictures),
    locations: await loadLocations(ctx, pictures),
    clinicians: await loadClinicians(ctx, pictures),
    values: (await db(ctx).selectFrom('practice.core_value').selectAll().orderBy('place').orderBy('id').limit(50).execute())
      .map(row => ({ id: row.id, title: pair(row, 'title'), words: pair(row, 'words') })),
    services: (await db(ctx).selectFrom('practice.service').selectAll().orderBy('place').orderBy('slug').limit(200).execute())
      .map(row => ({ id: row.id, slug: row.slug, name: pair(row, 'name'), words: pair(row, 'words') })),
    plans: (await db(ctx).selectFrom('practice.insurance_plan').selectAll().orderBy(sql`lower(name)`).limit(500).execute())
      .map(row => ({ id: row.id, name: row.name, checkedOn: row.checked_on, checkedBy: row.checked_by })),
    notices: await loadNotices(ctx),
  }
}

export async function loadPictures(ctx: Ctx): Promise<Pictures> {
  const [pictures, forms] = [
    await db(ctx).selectFrom('practice.picture').selectAll().orderBy('added_at', 'desc').limit(1_000).execute(),
    await db(ctx).selectFrom('practice.picture_form').selectAll().orderBy('width').limit(12_000).execute(),
  ]
  const formsOf = Map.groupBy(forms, form => form.picture_id)
  return new Map(pictures.map(row => [row.id, {
    id: row.id, name: row.name, alt: pair(row, 'alt'), width: row.width, height: row.height,
    forms: (formsOf.get(row.id) ?? []).map(form => ({ width: form.width, format: form.format, fileId: form.file_id })),
  }]))
}

const pictureOf = (pictures: Pictures, id: string | null) => (id === null ? null : pictures.get(id) ?? null)

const profileFrom = (row: Row<'practice.profile'>, pictures: Pictures): Profile => ({
  name: row.name, promise: pair(row, 'promise'), story: pair(row, 'story'), phone: row.phone, afterHoursPhone: row.after_hours_phone, afterHours: pair(row, 'after_hours'),
  email: row.email, brandColor: row.brand_color, logo: pictureOf(pictures, row.logo_id), frontPicture: pictureOf(pictures, row.front_picture_id),
  zone: row.zone, goal: row.goal, faces: row.faces, publishedAt: row.published_at,
})

async function loadLocations(ctx: Ctx, pictures: Pictures): Promise<Location[]> {
  const rows = await db(ctx).selectFrom('practice.location').selectAll().where('closed_at', 'is', null).orderBy('place').orderBy('slug').limit(100).execute()
  const periods = Map.groupBy(await db(ctx).selectFrom('practice.opening_period').selectAll().orderBy('weekday').orderBy('opens_minute').execute(), row => row.location_id)
  const exceptions = await loadExceptions(ctx)
  return rows.map(row => ({
    id: row.id, slug: row.slug, name: row.name, street: row.street, unit: row.unit, city: row.city, region: row.region, postalCode: row.postal_code,
    phone: row.phone, zone: row.zone, geo: row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude },
    parking: pair(row, 'parking'), transit: pair(row, 'transit'), access: pair(row, 'access'), picture: pictureOf(pictures, row.picture_id),
    hours: weekFrom(periods.get(row.id) ?? []), exceptions: exceptionsFor(row.id, exceptions),
  }))
}

const weekFrom = (rows: readonly { weekday: Weekday; opens_minute: number; closes_minute: number }[]): WeekHours =>
  Object.fromEntries([...Map.groupBy(rows, row => row.weekday)].map(([weekday, periods]) => [weekday, periods.map(row => ({ opens: row.opens_minute, closes: row.closes_minute }))]))

export type ExceptionRow = NamedException & { id: string; locationId: string | null }

/** Every exception from yesterday's year on; the past is of no use to a page. */
export async function loadExceptions(ctx: Ctx): Promise<ExceptionRow[]> {
  const rows = await db(ctx).selectFrom('practice.exception_day')
    .selectAll()
    .where('day', '>=', sql<string>`(platform.now() - interval '60 days')::date`)
    .orderBy('day').limit(1_000)
    .execute()
  return rows.map(row => {
    const periods: Period[] = row.opens_minute === null || row.closes_minute === null ? [] : [{ opens: row.opens_minute, closes: row.closes_minute }]
    return { id: row.id, locationId: row.location_id, day: row.day, name: pair(row, 'name'), periods }
  })
}

/** A location's own exception goes before the one for all. */
function exceptionsFor(locationId: string, rows: readonly ExceptionRow[]): NamedException[] {
  const own = rows.filter(row => row.locationId === locationId)
  const shared = rows.filter(row => row.locationId === null && !own.some(({ day }) => day === row.day))
  return [...own, ...shared].sort((a, b) => a.day.localeCompare(b.day)).map(({ day, name, periods }) => ({ day, name, periods }))
}

async function loadClinicians(ctx: Ctx, pictures: Pictures): Promise<Clinician[]> {
  const rows = await db(ctx).selectFrom('practice.clinician').selectAll()
    .where('left_at', 'is', null).orderBy('place').orderBy('slug').limit(200).execute()
  const places = Map.groupBy(await db(ctx).selectFrom('practice.clinician_location').selectAll().limit(2_000).execute(), row => row.clinician_id)
  return rows.map(row => ({
    id: row.id, slug: row.slug, personId: row.person_id, name: row.name, pronouns: row.pronouns, credentials: row.credentials, npi: row.npi,
    role: pair(row, 'role'), sees: pair(row, 'sees'), languages: row.languages, gender: row.gender, picture: pictureOf(pictures, row.picture_id), line: pair(row, 'line'),
    practise: pair(row, 'practise'), care: pair(row, 'care'), like: pair(row, 'like'), trained: pair(row, 'trained'),
    accepting: row.accepting, acceptingCheckedOn: row.accepting_checked_on, acceptingCheckedBy: row.accepting_checked_by,
    locationIds: (places.get(row.id) ?? []).map(place => place.location_id),
  }))
}

async function loadNotices(ctx: Ctx): Promise<Notice[]> {
  const rows = await db(ctx).selectFrom('practice.notice')
    .select(['kind', 'version', 'words_en', 'words_es', 'effective_on'])
    .orderBy('kind').orderBy('version', 'desc').limit(400).execute()
  return rows.map(row => ({ kind: row.kind, version: row.version, words: pair(row, 'words'), effectiveOn: row.effective_on }))
}
