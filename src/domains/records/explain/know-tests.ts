import { sameTestAs } from '../data/lab-aliases.data.ts'
import spanish from '../data/lab_plain_language.es.json' with { type: 'json' }
import table from '../data/lab_plain_language.json' with { type: 'json' }
import { observationNames, type NamedObservation } from '../data/observation-names.data.ts'
import type { Reviewed } from './choose-language.ts'
import type { TestManners } from './place-in-range.ts'

export type Tier = 'T0' | 'T1' | 'T2'
export type KnownTest = TestManners & {
  /** The code the table tells it under; other codes of the same test lead here. */
  canonical: string
  kind: NamedObservation['kind']
  tier: Tier
  en: { name: string; meaning: string | null }
  es: { name: string; meaning: string | null } & Reviewed
}

/** Tests where a small step matters, so that "a little" would calm wrongly. Source: D2+. */
const neverALittle: ReadonlySet<string> = new Set([
  '6301-6',                                                                  // INR
  '2951-2', '2823-3', '2075-0', '2028-9', '17861-6', '2777-1', '19123-9',    // electrolytes
  '718-7', '777-3', '751-8',                                                 // haemoglobin, platelets, neutrophils
  '67151-1',                                                                 // troponin
  '21198-7', '2106-3',                                                       // hCG
])
/** The same, of the further tests: salts' balance, clotting. */
const neverALittleNames: ReadonlySet<string> = new Set(['33037-3', '5902-2', '770-8'])

const tierOf = (sensitivity: string): Tier => (sensitivity.startsWith('T2') ? 'T2' : sensitivity.startsWith('T1') ? 'T1' : 'T0')

function build(): ReadonlyMap<string, KnownTest> {
  const known = new Map<string, KnownTest>()
  for (const { codes, kind, en, es } of observationNames) {
    const canonical = codes[0] ?? ''
    const test: KnownTest = { canonical, kind, tier: 'T0', en, es: { ...es, state: 'machine', reviewedBy: null }, neverALittle: kind !== 'laboratory' || neverALittleNames.has(canonical) }
    for (const code of codes) known.set(code, test)
  }
  const translations: Readonly<Record<string, { plainName: string; meaning: string } & Reviewed>> = spanish
  for (const row of table) {
    const es = translations[row.loinc]
    const test: KnownTest = {
      canonical: row.loinc,
      kind: 'laboratory',
      tier: tierOf(row.sensitivity),
      en: { name: row.plainName, meaning: row.meaning },
      es: es ? { name: es.plainName, meaning: es.meaning, state: es.state, reviewedBy: es.reviewedBy } : { name: row.plainName, meaning: row.meaning, state: 'machine', reviewedBy: null },
      neverALittle: neverALittle.has(row.loinc) || tierOf(row.sensitivity) === 'T2',
    }
    for (const code of [row.loinc, ...(sameTestAs[row.loinc] ?? [])]) known.set(code, test)
  }
  return known
}

const known = build()

/** The plain words for a LOINC code, or null: then the laboratory's own name is shown, and the code is a task for curation (R19). */
export const knowTest = (loinc: string | null): KnownTest | null => (loinc === null ? null : (known.get(loinc) ?? null))
/** Every code that has plain words. */
export const knownCodes: readonly string[] = [...known.keys()]
/** Manners for a test nobody has described: it never says "a little". */
export const unknownManners: TestManners = { neverALittle: true }
