import { apart, sql } from '#platform/db.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { House } from '#platform/house.ts'
import type { SpecialDay, WeekRule } from './expand-hours.ts'
import type { Question, Reason, Resource, VisitType } from './shared.ts'

export type Rule = WeekRule & { id: string; resourceId: string; locationId: string }
export type Day = SpecialDay & { id: string; resourceId: string; locationId: string | null }
type Kept = { isOpen: boolean }
/** All that the practice has set, read at once: who does what when. Nobody's data. */
export type Settings = {
  types: (VisitType & Kept & { needs: string[][] })[]
  resources: (Resource & Kept)[]
  weekly: Map<string, Rule[]>
  /** From a week ago on. */
  special: Map<string, Day[]>
  /** By kind of visit, in order. */
  questions: Map<string, Question[]>
  reasons: Reason[]
}

type TypeRow = Omit<VisitType, 'name' | 'words' | 'prepare'> & Kept & Record<'nameEn' | 'nameEs' | 'wordsEn' | 'wordsEs' | 'prepareEn' | 'prepareEs', string>
type Loaded = { types: TypeRow[]; resources: (Resource & Kept)[]; needs: { type: string; need: number; resource: string }[]; weekly: Rule[]; special: Day[]; questions: (Omit<Question, 'words'> & Pair)[]; reasons: (Omit<Reason, 'words' | 'questions'> & Pair & { questions: (Omit<Reason, 'words' | 'questions'> & Pair)[] })[] }
type Pair = { en: string; es: string }
const paired = <T extends Pair>({ en, es, ...rest }: T) => ({ ...rest, words: { en, es } })

/** As the database has it, in one question. For screens that edit; all others use `readSettings`. */
export async function loadSettings(ctx: Ctx): Promise<Settings> {
  const { rows } = await sql<{ all: Loaded }>`
    select json_build_object(
      'types', (select coalesce(json_agg(json_build_object('id', id, 'nameEn', name_en, 'nameEs', name_es, 'wordsEn', words_en, 'wordsEs', words_es, 'prepareEn', prepare_en, 'prepareEs', prepare_es,
        'durationMinutes', duration_minutes, 'beforeMinutes', before_minutes, 'afterMinutes', after_minutes, 'alignMinutes', align_minutes, 'leadMinutes', lead_minutes, 'aheadDays', ahead_days,
        'cutoffMinutes', cutoff_minutes, 'modes', modes, 'videoLink', video_link, 'who', who, 'needsApproval', approval, 'priceCents', price_cents, 'look', look, 'isOpen', closed_at is null) order by place, name_en, id), '[]') from scheduling.visit_type),
      'resources', (select coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'name', name, 'clinicianId', clinician_id, 'locationId', location_id, 'isOpen', closed_at is null)
        order by array_position(array['clinician', 'room', 'equipment'], kind), place, name, id), '[]') from scheduling.known_resource),
      'needs', (select coalesce(json_agg(json_build_object('type', visit_type_id, 'need', need, 'resource', resource_id)), '[]') from scheduling.need),
      'weekly', (select coalesce(json_agg(json_build_object('id', id, 'resourceId', resource_id, 'locationId', location_id, 'weekday', weekday, 'starts', starts_minute, 'ends', ends_minute,
        'fromDay', from_day, 'untilDay', until_day) order by weekday, starts_minute, from_day nulls first), '[]') from scheduling.weekly_hours),
      'special', (select coalesce(json_agg(json_build_object('id', id, 'resourceId', resource_id, 'locationId', location_id, 'day', day, 'starts', starts_minute, 'ends', ends_minute) order by day, starts_minute), '[]')
        from scheduling.special_day where day > ${ctx.now()}::timestamptz::date - 8),
      'questions', (select coalesce(json_agg(json_build_object('id', id, 'visitTypeId', visit_type_id, 'kind', kind, 'en', words_en, 'es', words_es, 'options', options, 'isRequired', is_required) order by place), '[]') from scheduling.question),
      'reasons', (select coalesce(json_agg(json_build_object('id', id, 'en', words_en, 'es', words_es, 'leadsTo', leads_to, 'visitTypeId', visit_type_id, 'questions',
        (select coalesce(json_agg(json_build_object('id', s.id, 'en', s.words_en, 'es', s.words_es, 'leadsTo', s.leads_to, 'visitTypeId', s.visit_type_id) order by s.place), '[]') from scheduling.screening s where s.reason_id = r.id)) order by place), '[]')
        from scheduling.reason r)
    ) as all
  `.execute(ctx.db.kysely)
  const { types, resources, needs, weekly, special, questions, reasons } = rows[0]!.all
  const [needsOf, placeOf] = [Map.groupBy(needs, one => one.type), new Map(resources.filter(one => one.isOpen).map((one, index) => [one.id, index]))]
  return {
    resources, weekly: Map.groupBy(weekly, rule => rule.resourceId), special: Map.groupBy(special, day => day.resourceId),
    questions: Map.groupBy(questions.map(paired), one => one.visitTypeId), reasons: reasons.map(reason => ({ ...paired(reason), questions: reason.questions.map(paired) })),
    types: types.map(({ nameEn, nameEs, wordsEn, wordsEs, prepareEn, prepareEs, ...type }) => ({
      ...type, name: { en: nameEn, es: nameEs }, words: { en: wordsEn, es: wordsEs }, prepare: { en: prepareEn, es: prepareEs },
      needs: [...Map.groupBy(needsOf.get(type.id) ?? [], one => one.need)].sort(([a], [b]) => a - b)
        .map(([, of]) => of.map(one => one.resource).filter(id => placeOf.has(id)).sort((a, b) => placeOf.get(a)! - placeOf.get(b)!)),
    })),
  }
}

/** Kept per house and edition, like what the practice says of itself: every search for a time needs it, and it changes a few times a month. */
const kept = new WeakMap<House, { edition: number; settings: Settings }>()

export async function readSettings(ctx: Ctx): Promise<Settings> {
  const { siteCache } = ctx.house
  if (!siteCache.isListening) return loadSettings(ctx)
  const { edition } = siteCache
  const found = kept.get(ctx.house)
  if (found?.edition === edition) return found.settings
  const settings = await apart(ctx, loadSettings)
  if (siteCache.isListening && siteCache.edition === edition) kept.set(ctx.house, { edition, settings })
  return settings
}

/** What can be booked now, in the practice's order. */
export const listVisitTypes = async (ctx: Ctx): Promise<VisitType[]> => (await readSettings(ctx)).types.filter(type => type.isOpen)

/** One of them; on demand also one that was given up, where a visit still points to it. */
export const readVisitType = async (ctx: Ctx, id: string, { isOpen = true } = {}): Promise<VisitType | undefined> =>
  (await readSettings(ctx)).types.find(type => type.id === id && (type.isOpen || !isOpen))

/** All by their number, open or not. */
export const readVisitTypes = async (ctx: Ctx): Promise<Map<string, VisitType>> => new Map((await readSettings(ctx)).types.map(type => [type.id, type]))

/** Clinicians, then rooms, then things; on demand also those that are no longer here. */
export const listResources = async (ctx: Ctx, { isOpen = true } = {}): Promise<Resource[]> => (await readSettings(ctx)).resources.filter(one => one.isOpen || !isOpen)

/** What is asked at booking about a kind of visit. */
export const listQuestions = async (ctx: Ctx, visitTypeId: string): Promise<readonly Question[]> => (await readSettings(ctx)).questions.get(visitTypeId) ?? []

/** What people come for, as the practice puts it. */
export const listReasons = async (ctx: Ctx): Promise<readonly Reason[]> => (await readSettings(ctx)).reasons

/** Which resources each need of a kind of visit takes; need 0 is who sees the patient. */
export const readNeeds = async (ctx: Ctx, visitTypeId: string): Promise<string[][]> => (await readSettings(ctx)).types.find(type => type.id === visitTypeId)?.needs ?? []
