import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { Conflict } from '#platform/errors.ts'
import { dayIn } from '#platform/when.ts'
import { brandFrom } from '#ui/brand.ts'
import { writePlaces } from './edit-clinician.ts'
import { shrinkPicture, writePicture, type ShrunkPicture } from './keep-picture.ts'
import { makeSlug } from './make-slug.ts'
import { noteChange } from './note-change.ts'
import { zoneWithoutPlace } from './practice-card.ts'
import { readPhone } from './read-phone.ts'
import { writeHours } from './set-hours.ts'
import { both, facesOfGoal, noticeKinds, type Accepting, type Gender, type Both, type Goal, type NoticeKind, type Period, type WeekHours } from './shared.ts'
import { db } from './tables.ts'

type PictureSeed = { name: string; alt: Both; bytes: Buffer }
type LocationSeed = {
  name: string; street: string; unit?: string; city: string; region: string; postalCode: string; phone?: string; zone: string
  geo?: { latitude: number; longitude: number }; parking?: Both; transit?: Both; access?: Both; picture?: string; hours?: WeekHours
}
type ClinicianSeed = {
  name: string; pronouns?: string; credentials?: string; npi?: string; role: Both; sees?: Both; languages?: readonly string[]; gender?: Gender; picture?: string
  line?: Both; practise?: Both; care?: Both; like?: Both; trained?: Both; accepting?: Accepting; locations: readonly string[]
}

/** A whole practice in one value. Pictures, locations and clinicians are named by key; a key becomes the address. */
export type PracticeSeed = {
  name: string
  goal: Goal
  promise?: Both
  story?: Both
  phone?: string
  afterHoursPhone?: string
  afterHours?: Both
  email?: string
  brandColor?: string
  logo?: string
  frontPicture?: string
  /** Without it the first location's. */
  zone?: string
  pictures?: Readonly<Record<string, PictureSeed>>
  values?: readonly { title: Both; words: Both }[]
  locations?: Readonly<Record<string, LocationSeed>>
  exceptions?: readonly { day: string; name: Both; periods?: readonly Period[]; location?: string }[]
  services?: readonly { name: Both; words: Both }[]
  plans?: readonly string[]
  clinicians?: Readonly<Record<string, ClinicianSeed>>
  notices?: Readonly<Partial<Record<NoticeKind, { words: Both; effectiveOn: string }>>>
  isPublished?: boolean
}

export type Founded = { locationIds: Readonly<Record<string, string>>; clinicianIds: Readonly<Record<string, string>> }
type Ids = Record<string, string>

const dialled = (typed: string | undefined): string | null => {
  if (typed === undefined) return null
  const number = readPhone(typed)
  if (!number) throw new Error(`${typed} is no telephone number`)
  return number
}
const idOf = (ids: Readonly<Ids>, key: string | undefined): string | null => {
  if (key === undefined) return null
  if (ids[key] === undefined) throw new Error(`nothing is called ${key}`)
  return ids[key]
}

/** Writes a practice into an empty house: `setup`, the demo, tests. Refused (Conflict) where there is one already. */
export async function foundPractice(ctx: Ctx<SystemActor>, seed: PracticeSeed): Promise<Founded> {
  if (seed.brandColor && !brandFrom(seed.brandColor)) throw new Error(`${seed.brandColor} is no colour`)
  const shrunk = new Map<string, ShrunkPicture>()
  for (const [key, { bytes }] of Object.entries(seed.pictures ?? {})) {
    const picture = await shrinkPicture(bytes)
    if (!picture) throw new Error(`the picture ${key} cannot be read`)
    shrunk.set(key, picture)
  }
  return inTransaction(ctx, async tx => {
    const pictureIds: Ids = {}
    for (const [key, { name, alt }] of Object.entries(seed.pictures ?? {})) pictureIds[key] = await writePicture(tx, shrunk.get(key)!, { name, alt })
    await writeProfile(tx, seed, pictureIds)
    const locationIds = await writeLocations(tx, seed, pictureIds)
    const clinicianIds = await writeClinicians(tx, seed, pictureIds, locationIds)
    await writeLists(tx, seed, locationIds)
    await noteChange(tx, 'profile', [], { isFounded: true })
    return { locationIds, clinicianIds }
  })
}

async function writeProfile(tx: Ctx, seed: PracticeSeed, pictureIds: Ids): Promise<void> {
  const { promise = both(''), story = both(''), afterHours = both('') } = seed
  const added = await db(tx).insertInto('practice.profile').values({
    name: seed.name, promise_en: promise.en, promise_es: promise.es, story_en: story.en, story_es: story.es, phone: dialled(seed.phone),
    after_hours_phone: dialled(seed.afterHoursPhone), after_hours_en: afterHours.en, after_hours_es: afterHours.es, email: seed.email ?? null,
    ...(seed.brandColor && { brand_color: seed.brandColor }), logo_id: idOf(pictureIds, seed.logo), front_picture_id: idOf(pictureIds, seed.frontPicture),
    zone: zoneOf(seed), goal: seed.goal, faces: [...facesOfGoal[seed.goal]], published_at: seed.isPublished ? tx.now() : null, published_by: null, changed_at: tx.now(),
  }).onConflict(conflict => conflict.doNothing()).returning('one').executeTakeFirst()
  if (!added) throw new Conflict('this house has a practice already')
}

async function writeLocations(tx: Ctx, seed: PracticeSeed, pictureIds: Ids): Promise<Ids> {
  const ids: Ids = {}
  for (const [place, [key, location]] of Object.entries(seed.locations ?? {}).entries()) {
    const { parking = both(''), transit = both(''), access = both('') } = location
    const { id } = await db(tx).insertInto('practice.location').values({
      slug: key, place, name: location.name, street: location.street, unit: location.unit ?? '', city: location.city, region: location.region, postal_code: location.postalCode,
      phone: dialled(location.phone), zone: location.zone, latitude: location.geo?.latitude ?? null, longitude: location.geo?.longitude ?? null, picture_id: idOf(pictureIds, location.picture),
      parking_en: parking.en, parking_es: parking.es, transit_en: transit.en, transit_es: transit.es, access_en: access.en, access_es: access.es, closed_at: null,
    }).returning('id').executeTakeFirstOrThrow()
    await writeHours(tx, id, location.hours ?? {})
    ids[key] = id
  }
  return ids
}

async function writeClinicians(tx: Ctx, seed: PracticeSeed, pictureIds: Ids, locationIds: Ids): Promise<Ids> {
  const ids: Ids = {}
  const none = both('')
  for (const [place, [key, who]] of Object.entries(seed.clinicians ?? {}).entries()) {
    const { sees = none, line = none, practise = none, care = none, like = none, trained = none, accepting = 'ask' } = who
    const { id } = await db(tx).insertInto('practice.clinician').values({
      slug: key, place, name: who.name, pronouns: who.pronouns ?? '', credentials: who.credentials ?? '', npi: who.npi ?? null, languages: [...(who.languages ?? ['en'])], gender: who.gender ?? null,
      role_en: who.role.en, role_es: who.role.es, sees_en: sees.en, sees_es: sees.es, line_en: line.en, line_es: line.es, practise_en: practise.en, practise_es: practise.es,
      care_en: care.en, care_es: care.es, like_en: like.en, like_es: like.es, trained_en: trained.en, trained_es: trained.es,
      picture_id: idOf(pictureIds, who.picture), accepting, accepting_checked_on: accepting === 'ask' ? null : dayIn(tx.now(), zoneOf(seed)),
    }).returning('id').executeTakeFirstOrThrow()
    await writePlaces(tx, id, who.locations.map(location => idOf(locationIds, location)!))
    ids[key] = id
  }
  return ids
}

const zoneOf = (seed: PracticeSeed): string => seed.zone ?? Object.values(seed.locations ?? {})[0]?.zone ?? zoneWithoutPlace

async function writeLists(tx: Ctx, seed: PracticeSeed, locationIds: Ids): Promise<void> {
  const today = dayIn(tx.now(), zoneOf(seed))
  const add = async <Row>(rows: readonly Row[], insert: (rows: Row[]) => Promise<unknown>) => { if (rows.length > 0) await insert([...rows]) }
  await add((seed.values ?? []).map(({ title, words }, place) => ({ place, title_en: title.en, title_es: title.es, words_en: words.en, words_es: words.es })),
    rows => db(tx).insertInto('practice.core_value').values(rows).execute())
  await add((seed.services ?? []).map(({ name, words }, place) => ({ place, slug: makeSlug(name.en), name_en: name.en, name_es: name.es, words_en: words.en, words_es: words.es })),
    rows => db(tx).insertInto('practice.service').values(rows).execute())
  await add((seed.plans ?? []).map(name => ({ name, checked_on: today })), rows => db(tx).insertInto('practice.insurance_plan').values(rows).execute())
  await add((seed.exceptions ?? []).map(({ day, name, periods = [], location }) => ({
    day, name_en: name.en, name_es: name.es, location_id: idOf(locationIds, location), opens_minute: periods[0]?.opens ?? null, closes_minute: periods[0]?.closes ?? null,
  })), rows => db(tx).insertInto('practice.exception_day').values(rows).execute())
  await add(noticeKinds.flatMap(kind => {
    const notice = seed.notices?.[kind]
    return notice ? [{ kind, version: 1, words_en: notice.words.en, words_es: notice.words.es, effective_on: notice.effectiveOn, added_at: tx.now() }] : []
  }), rows => db(tx).insertInto('practice.notice').values(rows).execute())
}

/** Ties a clinician's page to the account of the same person, so that they may edit their own words. */
export async function linkClinician(tx: Ctx<SystemActor>, { clinicianId, personId }: { clinicianId: string; personId: string }): Promise<void> {
  await db(tx).updateTable('practice.clinician').set({ person_id: personId }).where('id', '=', clinicianId).execute()
}
