import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { dayIn } from '#platform/when.ts'
import { checkPlans, editPractice, mustEditWordsOf } from './access.ts'
import { isNpi } from './check-npi.ts'
import { practiceZone } from './count-deadline.ts'
import { freeSlug } from './make-slug.ts'
import { noteChange } from './note-change.ts'
import { FieldReader, isUuid, type Fields, type Saved, type Unsaved } from './read-fields.ts'
import { genders, languageName, type Accepting } from './shared.ts'
import { db } from './tables.ts'

export type ClinicianLists = { languages: readonly string[]; locationIds: readonly string[] }

function isLanguage(code: string): boolean {
  try { return /^[a-z]{2,3}$/.test(code) && languageName(code, 'en') !== code } catch { return false }
}

function factsFrom(read: FieldReader, { languages, locationIds }: ClinicianLists) {
  const role = read.pair('role', { most: 80, need: 'Say what they are in plain words: “Family doctor”.' })
  const sees = read.pair('sees', { most: 120 })
  const npi = read.text('npi', { most: 10 }).replace(/\s/g, '')
  if (npi !== '' && !isNpi(npi)) read.fail('npi', 'This number has a slip in it: its check digit does not fit. Look at it once more.')
  const more = read.raw('more-languages').toLowerCase().split(/[\s,]+/).filter(Boolean)
  const spoken = [...new Set([...languages, ...more])]
  if (spoken.length === 0) read.fail('languages', 'Choose at least one language.')
  if (spoken.some(code => !isLanguage(code))) read.fail('more-languages', 'Write codes of two or three letters, like “el” for Greek.')
  if (!locationIds.every(isUuid)) read.fail('locations', 'Choose places of the list.')
  return {
    name: read.text('name', { most: 120, need: 'Write the name as patients say it.' }),
    pronouns: read.text('pronouns', { most: 40 }), credentials: read.text('credentials', { most: 60 }),
    npi: npi || null, role_en: role.en, role_es: role.es, sees_en: sees.en, sees_es: sees.es, languages: spoken,
    picture_id: read.uuid('picture'), person_id: read.uuid('person'),
  }
}

const refusals: Record<string, Unsaved> = {
  clinician_npi_key: { ok: false, problems: { npi: 'Another clinician here has this number.' } },
  clinician_picture_id_fkey: { ok: false, problems: { picture: 'That picture was taken out meanwhile.' } },
  clinician_person_id_key: { ok: false, problems: { person: 'This account belongs to another clinician’s page.' } },
}

/** Who somebody is: name, number, languages, places, picture. The words in their own voice are `saveOwnWords`. */
export function saveClinician(ctx: Ctx<StaffActor>, id: string | null, fields: Fields, lists: ClinicianLists): Promise<Saved> {
  mustBeAbleTo(ctx, editPractice)
  const read = new FieldReader(fields)
  const row = factsFrom(read, lists)
  if (!read.isGood) return Promise.resolve(read.unsaved)
  return inTransaction(ctx, async tx => {
    const written = await attempt(tx, inner => (id === null ? addClinician(inner, row) : db(inner).updateTable('practice.clinician').set(row).where('id', '=', id).returning('id').executeTakeFirst()))
    if (!written.ok) {
      const refusal = refusals[written.constraint]
      if (refusal) return refusal
      throw new Error(`the clinician was refused by ${written.constraint}`)
    }
    if (!written.value) throw new NotFound()
    await writePlaces(tx, written.value.id, lists.locationIds)
    await noteChange(tx, 'clinician', [written.value.id])
    return { ok: true, id: written.value.id }
  })
}

async function addClinician(tx: Ctx, row: ReturnType<typeof factsFrom>): Promise<{ id: string }> {
  const others = await db(tx).selectFrom('practice.clinician').select(['slug', 'place']).limit(1_000).execute()
  const slug = freeSlug(row.name, others.map(other => other.slug))
  const place = Math.max(0, ...others.map(other => other.place)) + 1
  const blank = { line_en: '', line_es: '', practise_en: '', practise_es: '', care_en: '', care_es: '', like_en: '', like_es: '', trained_en: '', trained_es: '' }
  return db(tx).insertInto('practice.clinician').values({ ...row, ...blank, gender: null, slug, place, accepting: 'ask' }).returning('id').executeTakeFirstOrThrow()
}

export async function writePlaces(tx: Ctx, clinicianId: string, locationIds: readonly string[]): Promise<void> {
  await db(tx).deleteFrom('practice.clinician_location').where('clinician_id', '=', clinicianId).execute()
  const open = locationIds.length === 0 ? [] : await db(tx).selectFrom('practice.location').select('id').where('id', 'in', [...locationIds]).where('closed_at', 'is', null).execute()
  if (open.length > 0) await db(tx).insertInto('practice.clinician_location').values(open.map(location => ({ clinician_id: clinicianId, location_id: location.id }))).execute()
}

/** What somebody says about themselves: they may change it, and the editors. */
export async function saveOwnWords(ctx: Ctx<StaffActor>, id: string, fields: Fields): Promise<Saved> {
  return inTransaction(ctx, async tx => {
    const clinician = await db(tx).selectFrom('practice.clinician').select('person_id').where('id', '=', id).where('left_at', 'is', null).executeTakeFirst()
    if (!clinician) throw new NotFound()
    mustEditWordsOf(tx, { personId: clinician.person_id })
    const read = new FieldReader(fields)
    const line = read.pair('line', { most: 300 })
    const [practise, care] = [read.pair('practise', { most: 2_000 }), read.pair('care', { most: 2_000 })]
    const [like, trained] = [read.pair('like', { most: 2_000 }), read.pair('trained', { most: 2_000 })]
    const gender = read.raw('gender') === '' ? null : read.choice('gender', genders, 'Choose one of the list, or none.')
    if (!read.isGood) return read.unsaved
    await db(tx).updateTable('practice.clinician').set({
      gender, line_en: line.en, line_es: line.es, practise_en: practise.en, practise_es: practise.es, care_en: care.en, care_es: care.es,
      like_en: like.en, like_es: like.es, trained_en: trained.en, trained_es: trained.es,
    }).where('id', '=', id).execute()
    await noteChange(tx, 'clinician', [id], { words: true })
    return { ok: true, id }
  })
}

/** Whether somebody takes new patients, as asked today. */
export function confirmAccepting(ctx: Ctx<StaffActor>, id: string, accepting: Accepting): Promise<void> {
  mustBeAbleTo(ctx, checkPlans)
  return inTransaction(ctx, async tx => {
    const day = dayIn(tx.now(), await practiceZone(tx))
    const confirmed = await db(tx).updateTable('practice.clinician').set({ accepting, accepting_checked_on: day, accepting_checked_by: tx.actor.personId })
      .where('id', '=', id).where('left_at', 'is', null).returning('id').executeTakeFirst()
    if (!confirmed) throw new NotFound()
    await noteChange(tx, 'clinician', [id], { accepting })
  })
}

/** They work elsewhere now. Their page is gone; the record of them stays. */
export function letClinicianGo(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  mustBeAbleTo(ctx, editPractice)
  return inTransaction(ctx, async tx => {
    const gone = await db(tx).updateTable('practice.clinician').set({ left_at: tx.now(), person_id: null }).where('id', '=', id).where('left_at', 'is', null).returning('id').executeTakeFirst()
    if (!gone) throw new NotFound()
    await noteChange(tx, 'clinician', [id], { isGone: true })
  })
}
