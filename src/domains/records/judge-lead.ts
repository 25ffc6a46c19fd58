import { classifyResult, decideRelease, limitsAt, type Classified, type Decision, type Standing } from '#release'
import { isBeyondLimits } from './explain/judge-critical.ts'
import { knowTest } from './explain/know-tests.ts'
import type { Loose } from './explain/read-loosely.ts'
import type { Bearing } from './reply-promise.ts'

/** A result or note as it was derived, with what its tests say: a report speaks for them. */
export type Lead = {
  id: string; resource_id: string; patient_id: string; kind: 'test' | 'report' | 'note'; code: string | null; name: string; status: string; happened_at: Date; is_fact: boolean; is_restricted: boolean
  outside_count: number | null; is_outside: boolean | null; sections: string[]; issued: string | null; flags: string[]; test_codes: string[]; unjudged: number; life_id: string | null
  /** Who it is about was born then; what was measured, where the practice has limits of its own. */
  birth_date: string | null; measured: Loose[]
  was_bearing: string | null; first_arrived_at: Date | null; was_reviewed: boolean | null; was_contacted: boolean | null; law_lifted_by: 'clinician' | 'patient' | null
}
export type Judged = Classified & { bearing: Bearing; isFinal: boolean; decision: Decision | undefined; opensAt: Date | null }

export const criticalFlags: ReadonlySet<string> = new Set(['HH', 'LL', 'AA'])
const finished: ReadonlySet<string> = new Set(['final', 'amended', 'corrected', 'appended', 'current', ''])

/** How it bears: as the laboratory flagged it, never by ranges of our own (D5). The practice's critical values come before it. */
export function bearingOf({ kind, flags, outside_count, is_outside, unjudged }: Pick<Lead, 'kind' | 'flags' | 'outside_count' | 'is_outside' | 'unjudged'>): Bearing {
  if (flags.some(flag => criticalFlags.has(flag))) return 'critical'
  if (kind === 'test') return is_outside === null ? 'unknown' : is_outside ? 'abnormal' : 'normal'
  if ((outside_count ?? 0) > 0) return 'abnormal'
  return outside_count === 0 && unjudged === 0 ? 'normal' : 'unknown'
}

/** From when a law counts: what the source says of when it was finished, unless that lies ahead. */
export function finalAtOf(issued: string | null, otherwise: Date): Date {
  const at = issued === null ? Number.NaN : Date.parse(issued)
  return Number.isFinite(at) && at <= otherwise.getTime() ? new Date(at) : otherwise
}

/** Pure but for what `standing` brings: what the result is, how it bears, when it opens. An unfinished one is open and says so (R2). */
export function judgeLead(lead: Lead, standing: Standing, now: Date): Judged {
  const isNote = lead.kind === 'note'
  const tests = [lead.code, ...lead.test_codes].filter(code => code !== null)
  const sensitivity = Math.max(0, ...tests.map(code => Number((knowTest(code)?.tier ?? 'T0').slice(1)))) as 0 | 1 | 2
  const what: Classified = isNote ? { category: 'notes', tier: 0, covers: [] } : classifyResult({ codes: tests, names: [lead.name], sections: lead.sections, sensitivity })
  const limits = standing.limits.length === 0 ? undefined : limitsAt(standing.limits, lead.birth_date, lead.happened_at)
  const bearing = isNote ? 'unknown' : limits && lead.measured.some(test => isBeyondLimits(test, limits)) ? 'critical' : bearingOf(lead)
  const isFinal = finished.has(lead.status)
  if (!lead.is_fact || lead.is_restricted) return { ...what, bearing, isFinal, decision: undefined, opensAt: null }
  const finalAt = finalAtOf(lead.issued, now)
  const decision = decideRelease(
    { category: what.category, covers: what.covers, finalAt, arrivedAt: now, isReviewed: lead.was_reviewed === true && lead.was_bearing === bearing, isContacted: lead.was_contacted === true, isCritical: bearing === 'critical' },
    { laws: standing.laws, lifted: lead.law_lifted_by ? [lead.law_lifted_by] : [] },
    // A version that comes while it waits makes nobody wait longer.
    { agreement: standing.agreementFor(lead.patient_id, what.category, lead.first_arrived_at ?? now), finding: lead.life_id ? standing.findingFor(lead.life_id) : undefined },
    standing.calendar,
  )
  return { ...what, bearing, isFinal, decision, opensAt: decision.visibleAt }
}
