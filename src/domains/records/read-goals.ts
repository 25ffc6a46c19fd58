import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { digitsOf, parseKeepingDigits } from './explain/keep-digits.ts'
import type { Goal } from './explain/place-in-range.ts'
import { asText, asThing, asThings, codesOf, type Loose } from './explain/read-loosely.ts'
import { lookUpNames } from './look-up-names.ts'

/**
 * What a clinician and this patient aim at, by LOINC code of the test: it leads over the laboratory's range (D2+). The newest counts. A goal that a
 * patient alone set, that nobody's name stands under, or that says no bound in a unit is none.
 */
export async function readGoals(ctx: Ctx, patientId: AuthorizedPatientId): Promise<ReadonlyMap<string, Goal>> {
  const { rows } = await sql<{ body: string; source: string }>`
    select body::text as body, source
    from records.fact
    where patient_id = ${patientId}::uuid and kind = 'other' and is_fact and body ->> 'resourceType' = 'Goal' and body ->> 'lifecycleStatus' in ('accepted', 'active')
    order by coalesce(body ->> 'statusDate', body ->> 'startDate') nulls first, id
    limit 100
  `.execute(ctx.db.kysely)
  const goals = new Map<string, Goal>()
  for (const [source, own] of Map.groupBy(rows, row => row.source)) {
    const look = await lookUpNames(ctx, source, own.map(({ body }) => body))
    for (const { body } of own) for (const [code, goal] of goalsIn(asThing(parseKeepingDigits(body)), look.nameOf)) goals.set(code, goal)
  }
  return goals
}

function goalsIn(resource: Loose, nameOf: (reference: string) => string | null): [string, Goal][] {
  const by = asThing(resource.expressedBy)
  const reference = asText(by.reference) ?? ''
  if (/(^|\/)(Patient|RelatedPerson)\//.test(reference) || asText(by.type) === 'Patient') return []
  const setBy = asText(by.display) ?? nameOf(reference)
  if (!setBy) return []
  return asThings(resource.target).flatMap(target => {
    const bounds = boundsOf(target)
    return bounds ? codesOf(target.measure).map(({ code }): [string, Goal] => [code, { ...bounds, setBy }]) : []
  })
}

function boundsOf(target: Loose): Omit<Goal, 'setBy'> | null {
  const range = asThing(target.detailRange)
  const [low, high, one] = [asThing(range.low), asThing(range.high), asThing(target.detailQuantity)]
  const comparator = asText(one.comparator) ?? ''
  const bound = (quantity: Loose) => digitsOf(quantity.value) ?? undefined
  const [least, most] = [bound(low) ?? (comparator.startsWith('>') ? bound(one) : undefined), bound(high) ?? (comparator.startsWith('<') ? bound(one) : undefined)]
  const unit = [low, high, one].map(quantity => asText(quantity.code) ?? asText(quantity.unit)).find(found => found !== null)
  if (unit === undefined || (least === undefined && most === undefined)) return null
  return { ...(least !== undefined && { low: least }), ...(most !== undefined && { high: most }), unit }
}
