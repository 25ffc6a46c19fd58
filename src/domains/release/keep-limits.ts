import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { keepLimits } from './access.ts'

/** At or below `low`, at or above `high`: figures as they were typed, in this unit, from this age on and below that. */
export type Limit = { id: string; loinc: string; name: string; unit: string; low: string | null; high: string | null; fromYears: number | null; untilYears: number | null }
export const mostLimits = 300

/** The practice's critical values that are in force. */
export async function readLimits(ctx: Ctx): Promise<Limit[]> {
  const { rows } = await sql<Limit>`
    select id, loinc, name, unit, low::text, high::text, from_years as "fromYears", until_years as "untilYears"
    from release.critical_limit
    where ended_at is null
    order by lower(name), loinc, from_years nulls first, id
    limit ${mostLimits}
  `.execute(ctx.db.kysely)
  return rows
}

/** By test, those that count for somebody of this age; who was born when is not known has only those for every age. */
export function limitsAt(limits: readonly Limit[], birthDate: string | null, at: Date): Map<string, { unit: string; low?: string; high?: string }[]> {
  const years = birthDate === null ? null : yearsOld(birthDate, at)
  const counting = limits.filter(({ fromYears, untilYears }) => (fromYears === null && untilYears === null) || (years !== null && years >= (fromYears ?? 0) && years < (untilYears ?? 999)))
  return new Map([...Map.groupBy(counting, limit => limit.loinc)].map(([loinc, rows]) => [loinc, rows.map(({ unit, low, high }) => ({ unit, ...(low !== null && { low }), ...(high !== null && { high }) }))]))
}

function yearsOld(birthDate: string, at: Date): number {
  const [day, born] = [at.toISOString().slice(0, 10), birthDate]
  return Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0)
}

/** LOINC's own check digit, mod 10: a slip of one digit, or two that changed places, is seen. Source: LOINC Users' Guide, appendix on check digits. */
export function isLoinc(text: string): boolean {
  const found = /^(\d{1,7})-(\d)$/.exec(text)
  if (!found) return false
  const doubled = [...found[1]!].reverse().map((digit, place) => (place % 2 === 0 ? [...String(Number(digit) * 2)].reduce((sum, one) => sum + Number(one), 0) : Number(digit)))
  return (10 - (doubled.reduce((sum, one) => sum + one, 0) % 10)) % 10 === Number(found[2])
}

type Typed = Record<'loinc' | 'name' | 'unit' | 'low' | 'high' | 'from' | 'until', string>
const figure = /^-?\d{1,9}(\.\d{1,6})?$/
function problemsOf(typed: Typed): Record<string, string> {
  const { loinc, name, unit, low, high, from, until } = typed
  const years = (text: string) => text === '' || (/^\d{1,3}$/.test(text) && Number(text) <= 130)
  return {
    ...(!isLoinc(loinc) && { loinc: 'This is no LOINC code: its last digit does not fit the others.' }),
    ...((name.length < 2 || name.length > 80) && { name: 'The name of the test, 2 to 80 letters.' }),
    ...((unit.length < 1 || unit.length > 40) && { unit: 'The unit as your laboratory sends it.' }),
    ...(low !== '' && !figure.test(low) && { low: 'A number, with a point before decimals.' }), ...(high !== '' && !figure.test(high) && { high: 'A number, with a point before decimals.' }),
    ...(low === '' && high === '' && { low: 'At least one of the two limits.' }),
    ...(figure.test(low) && figure.test(high) && Number(low) >= Number(high) && { high: 'This must be above the lower limit.' }),
    ...(!years(from) && { from: 'Whole years, up to 130.' }), ...(!years(until) && { until: 'Whole years, up to 130.' }),
    ...(years(from) && years(until) && until !== '' && Number(until) <= Number(from || 0) && { until: 'This must be above the age it begins at.' }),
  }
}

/** Adds a critical value. It counts for what comes in from now on, and on the page of every result. */
export function addLimit(ctx: Ctx<StaffActor>, wish: Typed): Promise<{ ok: true } | Refused<'there-already' | 'too-many'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'there-already' | 'too-many'>>(ctx, async tx => {
    mustBeAbleTo(tx, keepLimits)
    const typed = Object.fromEntries(Object.entries(wish).map(([key, text]) => [key, text.trim()])) as Typed
    const problems = problemsOf(typed)
    if (Object.keys(problems).length > 0) throw new Invalid(problems)
    await sql`select pg_advisory_xact_lock(hashtext('release.critical_limit'))`.execute(tx.db.kysely)
    const now = await readLimits(tx)
    if (now.length >= mostLimits) return refused('too-many')
    const [from, until] = [typed.from === '' ? null : Number(typed.from), typed.until === '' ? null : Number(typed.until)]
    // Two rows for the same test, unit and age would contradict each other.
    const meets = (one: Limit) => (one.fromYears ?? 0) < (until ?? 999) && (from ?? 0) < (one.untilYears ?? 999)
    if (now.some(one => one.loinc === typed.loinc && one.unit.toLowerCase() === typed.unit.toLowerCase() && meets(one))) return refused('there-already')
    await sql`
      insert into release.critical_limit (loinc, name, unit, low, high, from_years, until_years, added_at, added_by)
      values (${typed.loinc}, ${typed.name}, ${typed.unit}, ${typed.low || null}::numeric, ${typed.high || null}::numeric, ${from}, ${until}, ${tx.now()}, ${tx.actor.personId}::uuid)
    `.execute(tx.db.kysely)
    await audit(tx, 'release.limit-added')
    return { ok: true }
  })
}

export function endLimit(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, keepLimits)
    const { rows } = await sql`update release.critical_limit set ended_at = ${tx.now()}, ended_by = ${tx.actor.personId}::uuid where id = ${id}::uuid and ended_at is null returning id`.execute(tx.db.kysely)
    if (rows.length === 0) throw new NotFound()
    await audit(tx, 'release.limit-ended', { kind: 'limit', ids: [id] })
  })
}
