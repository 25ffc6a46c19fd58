import type { Reason } from './shared.ts'

/** Where answers lead: to a kind of visit (`isInstead`: of the one that is wanted), to a call, or to whom to call now. */
export type Outcome = { kind: 'visit'; visitTypeId: string; isInstead?: true } | { kind: 'call' } | { kind: 'danger'; isSelf: boolean }
export const fieldOfScreening = (id: string): string => `s-${id}`

/** Which of a reason's questions were answered with yes; those that were not answered are missing. */
export function readScreening(reason: Reason, form: FormData): { yes: ReadonlySet<string>; missing: string[] } {
  const said = (id: string) => form.get(fieldOfScreening(id))
  return { yes: new Set(reason.questions.filter(({ id }) => said(id) === 'yes').map(({ id }) => id)), missing: reason.questions.filter(({ id }) => said(id) !== 'yes' && said(id) !== 'no').map(({ id }) => id) }
}

/**
 * A danger that any yes tells of comes before every other answer; then the first yes counts, then the reason itself. `bookable`: the visit that is
 * booked here for the one that is wanted; none is a call.
 */
export function chooseVisit(reason: Reason, yes: ReadonlySet<string>, bookable: (visitTypeId: string) => string | undefined): Outcome {
  const told = reason.questions.filter(({ id }) => yes.has(id))
  const dangers = [...told, ...(told.length === 0 ? [reason] : [])].filter(({ leadsTo }) => leadsTo === 'danger' || leadsTo === 'danger-self')
  if (dangers.length > 0) return { kind: 'danger', isSelf: dangers.some(({ leadsTo }) => leadsTo === 'danger-self') }
  const { leadsTo, visitTypeId } = told[0] ?? reason
  const booked = leadsTo === 'visit' && visitTypeId ? bookable(visitTypeId) : undefined
  return booked ? { kind: 'visit', visitTypeId: booked, ...(booked !== visitTypeId && { isInstead: true }) } : { kind: 'call' }
}
