import type { Locale } from '#platform/words.ts'
import type { PatientFlag } from './choose-anchor.ts'
import type { Person } from './choose-range.ts'
import type { CriticalLimits, Goal } from './place-in-range.ts'
import type { PastValue } from './show-history.ts'

/** The practice's own critical values by LOINC code. Several rows where a test comes in several units. */
export type CriticalTable = ReadonlyMap<string, readonly CriticalLimits[]>
export type ExplainOptions = {
  locale: Locale
  now: Date
  /** In a demo, Spanish that no one has reviewed may show (D16). */
  demo?: boolean
  /** IANA zone of the place; without it a day is shown as it was written. */
  zone?: string
  patient?: Person
  /** What makes a harm anchor unsafe (D4). Null or absent: not known, so no anchor is drawn. */
  patientFlags?: readonly PatientFlag[] | null
  practiceCritical?: CriticalTable
  goals?: ReadonlyMap<string, Goal>
  /** It came as history (R4+): dated before go-live, or more than 14 days before it first arrived. */
  isHistory?: boolean
  /** For a list: without the number line, which costs more than all the rest. */
  brief?: boolean
  /** Earlier values of the same measure, newest first, without this one: `lastValues(…).slice(1)`. */
  past?: readonly PastValue[]
  /** The version that a corrected one replaced (R16). */
  before?: unknown
  /** Finds the name of a reference that carries none: laboratory, person. */
  look?: (reference: string) => string | null | undefined
}
