import { addDays, dayIn, instantAt } from '#platform/when.ts'
import type { StateHold } from './data/state-holds.data.ts'
import { longestAgreementDays, longestFindingDays, type Category, type Condition, type Covered, type HeldBy } from './shared.ts'

/** What is to be decided about: a result or note that is finished. */
export type Releasable = { category: Category; covers: readonly Covered[]; finalAt: Date; arrivedAt: Date; isReviewed: boolean; isContacted: boolean; isCritical: boolean; callLoggedAt?: Date | null }
/** What a patient agreed to for this category or this one result. `from` is when the agreement began to count for this result. */
export type Agreement = { id: string; condition: Condition; from: Date; until: Date }
/** A clinician's finding of danger for this one result. */
export type Finding = { id: string; from: Date; until: Date }
export type Rules = { laws: readonly StateHold[]; lifted?: readonly ('clinician' | 'patient')[] }
export type Wishes = { agreement?: Agreement | undefined; finding?: Finding | undefined }
/** `zone` is the practice's; `businessDaysAfter` gives the instant at which so many business days after an instant have passed. */
export type Calendar = { zone: string; businessDaysAfter: (start: Date, days: number) => Date }

export type Decision = {
  /** From when the patient may read it; null: not before somebody has done what a law asks for (California alone). */
  visibleAt: Date | null
  /** It opens no later than this, whatever is done or left undone; null only where visibleAt may be null. */
  latestAt: Date | null
  because: HeldBy | null
  holdId: string | null
  citation: string | null
  /** Whether, held or not, somebody must be told: an owner and a clock instead of an automatic opening. */
  needsOwner: boolean
  /** The strictest law that holds it, alone or beside something longer, and who may end that early. */
  law: { citation: string; until: Date | null; endsEarly: ('clinician' | 'patient')[] } | null
}
type Hold = { by: HeldBy; until: Date | null; id: string | null; citation: string | null; endsEarly?: StateHold['endsEarly'] }

const dayMs = 86_400_000
const criticalGraceMs = 4 * 3_600_000
const later = (a: Date, b: Date) => (a > b ? a : b)

/**
 * When a result opens. Nothing holds it but a state's law, the patient's own agreement, or a clinician's finding of danger; the longest
 * of those that stand counts, and each ends by itself. Pure. Source: results-and-notes R6, R7, R8, R9, A2; 45 CFR 171.201, 171.202(e).
 */
export function decideRelease(item: Releasable, rules: Rules, wishes: Wishes, calendar: Calendar): Decision {
  const laws = stateHolds(item, rules, calendar)
  const law = strictest(laws)
  const holds = [...laws, ...patientHold(item, wishes.agreement), ...harmHold(wishes.finding, item.arrivedAt)]
  if (holds.length === 0) return { visibleAt: item.arrivedAt, latestAt: item.arrivedAt, because: null, holdId: null, citation: null, needsOwner: false, law: null }
  const last = strictest(holds)!
  return {
    visibleAt: last.until, latestAt: last.until, because: last.by, holdId: last.id, citation: last.citation, needsOwner: last.until === null,
    law: law ? { citation: law.citation!, until: law.until, endsEarly: (['clinician', 'patient'] as const).filter(who => laws.every(one => one.endsEarly!.includes(who))) } : null,
  }
}

/** The one that ends last; one that no clock ends before all. */
const strictest = (holds: readonly Hold[]): Hold | undefined => holds.find(hold => hold.until === null) ?? holds.toSorted((a, b) => b.until!.getTime() - a.until!.getTime())[0]

/** The laws that bind here, cover this result, and are in force on the day it is final. Source: R7. */
function stateHolds(item: Releasable, { laws, lifted = [] }: Rules, calendar: Calendar): Hold[] {
  const finalDay = dayIn(item.finalAt, calendar.zone)
  return laws
    .filter(law => law.covers.some(thing => item.covers.includes(thing)) && law.inForceFrom <= finalDay && (!law.inForceUntil || finalDay <= law.inForceUntil))
    .filter(law => !law.endsEarly.some(who => lifted.includes(who)))
    .map(law => ({ by: 'state-law' as const, until: endOf(law, item.finalAt, calendar), id: null, citation: law.citation, endsEarly: law.endsEarly }))
    .filter(({ until }) => until === null || until > item.arrivedAt)
}

function endOf({ counting }: StateHold, finalAt: Date, { zone, businessDaysAfter }: Calendar): Date | null {
  if (counting.kind === 'conditions') return null
  if (counting.kind === 'hours') return new Date(finalAt.getTime() + counting.hours * 3_600_000)
  if (counting.kind === 'business-days') return businessDaysAfter(finalAt, counting.days)
  // A day of the calendar, not 24 hours: clocks may change in between.
  return instantAt(addDays(dayIn(finalAt, zone), counting.days), '00:00', zone)
}

/** What the patient agreed to, while what they wait for has not been done; on a critical value until the call is logged or four hours are over. Source: R8, R8+. */
function patientHold(item: Releasable, agreement: Agreement | undefined): Hold[] {
  if (!agreement || item.isContacted || (item.isReviewed && agreement.condition === 'until-review')) return []
  const most = new Date(agreement.from.getTime() + longestAgreementDays * dayMs)
  let until = agreement.until < most ? agreement.until : most
  if (item.isCritical) {
    const grace = item.callLoggedAt ?? new Date(item.arrivedAt.getTime() + criticalGraceMs)
    if (grace < until) until = grace
  }
  return until > item.arrivedAt ? [{ by: 'patient', until: later(until, item.arrivedAt), id: agreement.id, citation: null }] : []
}

function harmHold(finding: Finding | undefined, arrivedAt: Date): Hold[] {
  if (!finding) return []
  const most = new Date(finding.from.getTime() + longestFindingDays * dayMs)
  const until = finding.until < most ? finding.until : most
  return until > arrivedAt ? [{ by: 'harm', until, id: finding.id, citation: '45 CFR 171.201' }] : []
}
