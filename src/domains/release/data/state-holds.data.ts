import type { Covered } from '../shared.ts'

/**
 * How a law counts: hours after the result is final; the beginning of the so manieth day after the day it was final; the end of so many business
 * days; or until named conditions are met, which no clock can tell.
 */
export type Counting = { kind: 'hours'; hours: number } | { kind: 'days'; days: number } | { kind: 'business-days'; days: number } | { kind: 'conditions' }
export type StateHold = {
  state: string
  citation: string
  covers: readonly Covered[]
  counting: Counting
  /** Days in the place's zone; from is the first, until (if there is one) the last. */
  inForceFrom: string
  inForceUntil?: string
  endsEarly: readonly ('clinician' | 'patient')[]
  /** Whom it binds: who gives care there, unless the statute says that where the patient lives counts as well (R7+). */
  binds: 'place-of-care' | 'place-of-care-or-home'
  source: string
  /** Not confirmed in the text of the law: a lawyer reads it before a practice relies on it. */
  isUnconfirmed?: true
}

/**
 * States whose law delays the electronic copy of some results. Every other state: no delay. Dated data, looked at again each year.
 * Source: the statutes as named; "in force" as of November 2026.
 */
export const stateHolds: readonly StateHold[] = [
  { state: 'KY', citation: 'KRS 333.152', covers: ['malignancy', 'genetic'], counting: { kind: 'hours', hours: 72 }, inForceFrom: '2023-01-01', endsEarly: ['clinician'], binds: 'place-of-care', source: 'Kentucky Revised Statutes 333.152' },
  { state: 'TX', citation: 'Tex. Occ. Code 159.0062', covers: ['malignancy', 'genetic'], counting: { kind: 'days', days: 3 }, inForceFrom: '2025-09-01', endsEarly: [], binds: 'place-of-care', source: 'Texas SB 922 (2025)' },
  { state: 'MT', citation: 'MCA 50-16-806', covers: ['malignancy', 'genetic', 'hiv', 'hepatitis'], counting: { kind: 'hours', hours: 72 }, inForceFrom: '2026-07-01', endsEarly: ['clinician'], binds: 'place-of-care', source: 'Montana Code Annotated 50-16-806' },
  { state: 'CO', citation: 'Colo. SB26-162', covers: ['malignancy', 'genetic'], counting: { kind: 'business-days', days: 3 }, inForceFrom: '2027-07-01', endsEarly: ['clinician', 'patient'], binds: 'place-of-care', source: 'Colorado SB26-162' },
  { state: 'CA', citation: 'Cal. Health & Safety Code 123148', covers: ['hiv', 'hepatitis', 'drug-use', 'malignancy'], counting: { kind: 'conditions' }, inForceFrom: '2020-01-01', endsEarly: ['clinician'], binds: 'place-of-care', source: 'California Health and Safety Code 123148', isUnconfirmed: true },
]
