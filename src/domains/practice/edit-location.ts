import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { editPractice } from './access.ts'
import { freeSlug } from './make-slug.ts'
import { noteChange } from './note-change.ts'
import { FieldReader, type Fields, type Saved } from './read-fields.ts'
import { db } from './tables.ts'

const knownZones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])
export const zones: readonly string[] = [...knownZones].sort()

function geoOf(read: FieldReader): { latitude: number; longitude: number } | null {
  const text = read.text('geo', { most: 60 })
  if (text === '') return null
  const found = /^(-?\d{1,2}(?:\.\d+)?)\s*[,;]?\s+(-?\d{1,3}(?:\.\d+)?)$|^(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)$/.exec(text)
  const [latitude, longitude] = [Number(found?.[1] ?? found?.[3]), Number(found?.[2] ?? found?.[4])]
  if (found && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude }
  read.fail('geo', 'Write two numbers as a map shows them, like 44.2601, -72.5754.')
  return null
}

function rowFrom(read: FieldReader) {
  const zone = read.text('zone', { most: 60, need: 'Choose the time zone.' })
  if (zone !== '' && !knownZones.has(zone)) read.fail('zone', 'Choose a time zone of the list.')
  const [parking, transit, access] = [read.pair('parking', { most: 1_000 }), read.pair('transit', { most: 1_000 }), read.pair('access', { most: 1_000 })]
  const geo = geoOf(read)
  return {
    name: read.text('name', { most: 80, need: 'Name the place as patients do: the street, the town.' }),
    street: read.text('street', { most: 120, need: 'Write street and number.' }),
    unit: read.text('unit', { most: 60 }),
    city: read.text('city', { most: 80, need: 'Write the town.' }),
    region: read.text('region', { most: 40, need: 'Write the state.' }),
    postal_code: read.text('postal-code', { most: 12, need: 'Write the postal code.' }),
    phone: read.phone('phone'), zone, latitude: geo?.latitude ?? null, longitude: geo?.longitude ?? null,
    parking_en: parking.en, parking_es: parking.es, transit_en: transit.en, transit_es: transit.es, access_en: access.en, access_es: access.es,
    picture_id: read.uuid('picture'),
  }
}

/** A place of the practice. Its address on the site is made from its first name and stays. */
export function saveLocation(ctx: Ctx<StaffActor>, id: string | null, fields: Fields): Promise<Saved> {
  mustBeAbleTo(ctx, editPractice)
  const read = new FieldReader(fields)
  const row = rowFrom(read)
  if (row.postal_code.length < 3) read.fail('postal-code', 'Write the postal code.')
  if (!read.isGood) return Promise.resolve(read.unsaved)
  return inTransaction(ctx, async tx => {
    const saved = id === null ? await addLocation(tx, row) : await db(tx).updateTable('practice.location').set(row).where('id', '=', id).returning('id').executeTakeFirst()
    if (!saved) throw new NotFound()
    await noteChange(tx, 'location', [saved.id])
    return { ok: true, id: saved.id }
  })
}

/** Two people who add at once may wish for one address: the later takes the next number. */
async function addLocation(tx: Ctx, row: ReturnType<typeof rowFrom>): Promise<{ id: string } | undefined> {
  for (;;) {
    const others = await db(tx).selectFrom('practice.location').select(['slug', 'place']).limit(500).execute()
    const values = { ...row, slug: freeSlug(row.name, others.map(({ slug }) => slug)), place: Math.max(0, ...others.map(({ place }) => place)) + 1 }
    const added = await attempt(tx, inner => db(inner).insertInto('practice.location').values(values).returning('id').executeTakeFirst())
    if (added.ok) return added.value
    if (added.constraint !== 'location_slug_key') throw new Error(`the location was refused by ${added.constraint}`)
  }
}

/** The place is given up. It leaves the site; what points to it stays. */
export function closeLocation(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  mustBeAbleTo(ctx, editPractice)
  return inTransaction(ctx, async tx => {
    const closed = await db(tx).updateTable('practice.location').set({ closed_at: tx.now() }).where('id', '=', id).where('closed_at', 'is', null).returning('id').executeTakeFirst()
    if (!closed) throw new NotFound()
    await noteChange(tx, 'location', [id], { isClosed: true })
  })
}
