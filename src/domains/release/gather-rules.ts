import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { addBusinessMinutes, businessHours, readPractice, type BusinessHours } from '#practice'
import { stateHolds, type StateHold } from './data/state-holds.data.ts'
import type { Agreement, Calendar, Finding } from './decide-release.ts'
import { readLimits, type Limit } from './keep-limits.ts'
import { reviewBusinessDays, type Category, type Condition } from './shared.ts'

/** A day of business is eight open hours, as everywhere in the house. */
const dayMinutes = 480
export function businessDaysAfter(start: Date, days: number, { hours, exceptions, zone }: BusinessHours): Date {
  const due = addBusinessMinutes(start, days * dayMinutes, hours, exceptions, zone)
  if (!due) throw new Error('no business hours within ten years')
  return due
}

export type Standing = {
  laws: readonly StateHold[]
  calendar: Calendar
  /** The practice's own critical values. */
  limits: readonly Limit[]
  hours: BusinessHours
  /** What this patient agreed to for a category, as it counts for a result that arrives at `from`. */
  agreementFor: (patientId: string, category: Category, from: Date) => Agreement | undefined
  findingFor: (lifeId: string) => Finding | undefined
}

/** The laws of the states where this practice has its places (R7+): a row binds by the place of care unless it says otherwise. */
export async function lawsHere(ctx: Ctx): Promise<readonly StateHold[]> {
  const states = new Set(((await readPractice(ctx))?.locations ?? []).map(location => location.region.trim().toUpperCase()))
  return stateHolds.filter(law => states.has(law.state))
}

/** Everything a decision needs, for these patients and results, in one look. */
export async function gatherRules(ctx: Ctx, { patientIds, lifeIds }: { patientIds: readonly string[]; lifeIds: readonly string[] }): Promise<Standing> {
  const [laws, hours, limits] = [await lawsHere(ctx), await businessHours(ctx), await readLimits(ctx)]
  const { rows: agreed } = await sql<{ id: string; patient_id: string; category: Category; condition: Condition; longest_days: number }>`
    select id, patient_id, category, condition, longest_days
    from release.agreement
    where patient_id = any (${patientIds as string[]}::uuid[]) and ended_at is null
  `.execute(ctx.db.kysely)
  const { rows: found } = lifeIds.length === 0 ? { rows: [] } : await sql<{ id: string; life_id: string; found_at: Date; until: Date }>`
    select id, life_id, found_at, until
    from release.finding
    where life_id = any (${lifeIds as string[]}::uuid[]) and ended_at is null
  `.execute(ctx.db.kysely)
  const byPatient = new Map(agreed.map(row => [`${row.patient_id} ${row.category}`, row]))
  const byLife = new Map(found.map(row => [row.life_id, { id: row.id, from: row.found_at, until: row.until }]))
  return {
    laws, hours, limits, calendar: { zone: hours.zone, businessDaysAfter: (start, days) => businessDaysAfter(start, days, hours) },
    findingFor: lifeId => byLife.get(lifeId),
    agreementFor(patientId, category, from) {
      const row = byPatient.get(`${patientId} ${category}`)
      if (!row) return undefined
      const until = row.condition === 'until-review' ? businessDaysAfter(from, reviewBusinessDays, hours) : new Date(from.getTime() + row.longest_days * 86_400_000)
      return { id: row.id, condition: row.condition, from, until }
    },
  }
}
