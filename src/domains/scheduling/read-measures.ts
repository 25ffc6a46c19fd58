import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { addDays, dayIn, mondayOf } from '#platform/when.ts'
import { practiceZone } from '#practice'
import { planSchedule } from './access.ts'
import { countRefills, type Refills } from './count-refills.ts'
import { readSettings } from './read-settings.ts'

/** Of fewer visits nothing is said: who they were could be guessed. Source: CMS Cell Size Suppression Policy, no cell of 1 to 10. */
export const smallestCell = 11
/** How many weeks can be looked at. */
export const spans: readonly number[] = [13, 26, 52]

type Refilled = Pick<Refills, 'letGo' | 'refilled'>
type Counts = Record<'came' | 'missed' | 'unmarked' | 'cancelled' | 'cancelledLate' | 'online' | 'desk', number>
/** A part of a whole; undefined where the whole is too small to say. */
export type Share = { part: number; of: number; percent: number } | undefined
export const shareOf = (part: number, of: number): Share => (of < smallestCell ? undefined : { part, of, percent: Math.round(1_000 * part / of) / 10 })

/** Who did not come, of those whose coming was noted; who cancelled is in neither. */
export const noShowOf = ({ missed, came }: Pick<Counts, 'missed' | 'came'>): Share => shareOf(missed, missed + came)
export const refilledOf = ({ refilled, letGo }: Refilled): Share => shareOf(refilled, letGo)
export const onlineOf = ({ online, desk }: Pick<Counts, 'online' | 'desk'>): Share => shareOf(online, online + desk)

export type Week = Counts & Refilled & { monday: string; third: number | null }
export type Group = Counts & { name: string }
export type ThirdOpen = { who: string; type: string; now: number | null; median: number | null; measured: number }
export type Measures = { from: string; to: string; weeks: Week[]; total: Counts & Refilled; byClinician: Group[]; byType: Group[]; third: ThirdOpen[]; thirdDay: string | null }

const counted = ['came', 'missed', 'unmarked', 'cancelled', 'cancelledLate', 'online', 'desk'] as const
const none: Counts & Refilled = { came: 0, missed: 0, unmarked: 0, cancelled: 0, cancelledLate: 0, online: 0, desk: 0, letGo: 0, refilled: 0 }
const add = <Key extends keyof typeof none>(all: readonly Record<Key, number>[], keys: readonly Key[]): Record<Key, number> =>
  Object.fromEntries(keys.map(key => [key, all.reduce((sum, one) => sum + one[key], 0)])) as Record<Key, number>
const sums = sql`
  sum(came)::int as came, sum(missed)::int as missed, sum(unmarked)::int as unmarked, sum(cancelled)::int as cancelled, sum(cancelled_late)::int as "cancelledLate",
  sum(online)::int as online, sum(desk)::int as desk`

/** The last so many whole weeks, Monday to Sunday where the practice is. */
export async function readMeasures(ctx: Ctx<StaffActor>, weekCount: number): Promise<Measures> {
  mustBeAbleTo(ctx, planSchedule)
  const to = mondayOf(dayIn(ctx.now(), await practiceZone(ctx)))
  const from = addDays(to, -7 * weekCount)
  const { rows: cells } = await sql<Counts & { who: string; type: string }>`
    select resource_id as who, visit_type_id as type, ${sums} from scheduling.day_measure where day >= ${from}::date and day < ${to}::date group by 1, 2
  `.execute(ctx.db.kysely)
  const { types, resources } = await readSettings(ctx)
  const [nameOf, typeOf] = [new Map(resources.map(one => [one.id, one.name])), new Map(types.map(one => [one.id, one.name.en]))]
  const groups = (by: 'who' | 'type', names: Map<string, string>): Group[] => [...Map.groupBy(cells, cell => cell[by])]
    .map(([id, of]) => ({ ...add(of, counted), name: names.get(id) ?? 'Unknown' }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
  const weeks = await readWeeks(ctx, { from, to, weekCount })
  return { from, to, weeks, total: add(weeks, [...counted, 'letGo', 'refilled']), byClinician: groups('who', nameOf), byType: groups('type', typeOf), ...await readThird(ctx, { from, nameOf, typeOf }) }
}

/** Each week, also those of which nothing is known. */
async function readWeeks(ctx: Ctx<StaffActor>, { from, to, weekCount }: { from: string; to: string; weekCount: number }): Promise<Week[]> {
  const { rows: visits } = await sql<Counts & { monday: string }>`
    select to_char(date_trunc('week', day), 'YYYY-MM-DD') as monday, ${sums} from scheduling.day_measure where day >= ${from}::date and day < ${to}::date group by 1
  `.execute(ctx.db.kysely)
  const { rows: thirds } = await sql<{ monday: string; days: number | null }>`
    select to_char(date_trunc('week', day), 'YYYY-MM-DD') as monday, percentile_cont(0.5) within group (order by days) as days
    from scheduling.third_open where day >= ${from}::date and day < ${to}::date group by 1
  `.execute(ctx.db.kysely)
  const refills = await countRefills(ctx, { from, to, by: 'week' })
  const [visitsOf, thirdOf] = [new Map(visits.map(week => [week.monday, week])), new Map(thirds.map(week => [week.monday, week.days]))]
  const refillsOf = new Map(refills.map(({ firstDay, letGo, refilled }) => [firstDay, { letGo, refilled }]))
  return Array.from({ length: weekCount }, (_, index) => addDays(from, 7 * index))
    .map(monday => ({ ...none, ...visitsOf.get(monday), ...refillsOf.get(monday), monday, third: thirdOf.get(monday) ?? null }))
}

type Names = { from: string; nameOf: Map<string, string>; typeOf: Map<string, string> }
async function readThird(ctx: Ctx, { from, nameOf, typeOf }: Names): Promise<Pick<Measures, 'third' | 'thirdDay'>> {
  const { rows } = await sql<{ who: string; type: string; now: number | null; median: number | null; measured: number; day: string }>`
    with latest as (select max(day) as day from scheduling.third_open)
    select t.resource_id as who, t.visit_type_id as type, max(t.days) filter (where t.day = latest.day) as now, percentile_cont(0.5) within group (order by t.days) as median, count(*)::int as measured,
      to_char(latest.day, 'YYYY-MM-DD') as day
    from scheduling.third_open t, latest
    where t.day >= ${from}::date
    group by 1, 2, latest.day
    having bool_or(t.day = latest.day)
    limit 2000
  `.execute(ctx.db.kysely)
  const third = rows.map(({ who, type, now, median, measured }) => ({ now, median, measured, who: nameOf.get(who) ?? 'Unknown', type: typeOf.get(type) ?? 'Unknown' }))
    .sort((a, b) => a.who.localeCompare(b.who, 'en') || a.type.localeCompare(b.type, 'en'))
  return { third, thirdDay: rows[0]?.day ?? null }
}
