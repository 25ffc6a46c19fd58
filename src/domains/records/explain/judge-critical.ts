import type { CriticalTable } from './explain-options.ts'
import { knowTest, type KnownTest } from './know-tests.ts'
import { isCritical, type CriticalLimits } from './place-in-range.ts'
import { decimal } from './compare-decimals.ts'
import { asThings, codeIn, type Loose } from './read-loosely.ts'
import { readValue } from './read-value.ts'
import { powerBetween } from './show-units.ts'

/** The practice's limits for a test in a unit: said in that unit, or in one that differs by a power of ten. Another unit says nothing: no guess. */
export function criticalFor(table: CriticalTable | undefined, loinc: string | null, known: KnownTest | null, unit: string | null): CriticalLimits | null {
  const rows = (loinc === null ? undefined : table?.get(loinc)) ?? (known ? table?.get(known.canonical) : undefined)
  if (!rows || unit === null) return null
  for (const row of rows) if (powerBetween(row.unit, unit) === 0) return row
  for (const row of rows) {
    const power = powerBetween(row.unit, unit)
    if (power !== null && [row.low, row.high].every(digits => digits === undefined || decimal(digits) !== null)) return { unit, ...(row.low !== undefined && { low: shifted(row.low, power) }), ...(row.high !== undefined && { high: shifted(row.high, power) }) }
  }
  return null
}

/** The same figure, its point moved: nothing is rounded. */
function shifted(digits: string, power: number): string {
  const { units, scale } = decimal(digits)!
  const places = scale - power
  if (places <= 0) return String(units * 10n ** BigInt(-places))
  const [sign, bare] = [units < 0n ? '-' : '', String(units < 0n ? -units : units).padStart(places + 1, '0')]
  return `${sign}${bare.slice(0, -places)}.${bare.slice(-places)}`
}

/** Whether a value of this Observation, its own or a part's, lies beyond the practice's limits. Pure. Source: D2+, R11. */
export function isBeyondLimits(observation: Loose, table: CriticalTable): boolean {
  return [observation, ...asThings(observation.component)].some(holder => {
    const [loinc, observed] = [codeIn(holder.code, 'loinc'), readValue(holder, 'en')]
    if (loinc === null || observed.kind !== 'number') return false
    const [value, limits] = [decimal(observed.digits), criticalFor(table, loinc, knowTest(loinc), observed.unit?.sent ?? null)]
    return value !== null && limits !== null && isCritical(value, observed.comparator, limits)
  })
}
