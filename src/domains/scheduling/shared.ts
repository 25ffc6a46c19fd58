import type { Both } from '#practice/shared'

export type Mode = 'in-person' | 'phone' | 'video'
export const modes: readonly Mode[] = ['in-person', 'phone', 'video']
/** Who may book a kind of visit online; `staff`: nobody, the desk does. */
export type Who = 'anyone' | 'new' | 'established' | 'staff'
export const whos: readonly Who[] = ['anyone', 'new', 'established', 'staff']
export type Pays = 'insurance' | 'self' | 'unsure'
export const payses: readonly Pays[] = ['insurance', 'self', 'unsure']
export const alignments: readonly number[] = [5, 10, 15, 20, 30, 60]
export const looks: readonly number[] = [1, 2, 3, 4, 5, 6]

export type VisitType = {
  id: string
  name: Both
  words: Both
  prepare: Both
  durationMinutes: number
  beforeMinutes: number
  afterMinutes: number
  alignMinutes: number
  leadMinutes: number
  aheadDays: number
  cutoffMinutes: number
  modes: readonly Mode[]
  videoLink: string | null
  who: Who
  /** Online it can only be asked for: somebody of the practice says yes. */
  needsApproval: boolean
  priceCents: number | null
  look: number
}

/** How a question is answered. */
export type QuestionKind = 'yes-no' | 'choice' | 'text'
export const questionKinds: readonly QuestionKind[] = ['yes-no', 'choice', 'text']
export const [mostQuestions, mostOptions, mostAnswer] = [8, 8, 300]
/** What is asked at booking about one kind of visit. */
export type Question = { id: string; visitTypeId: string; kind: QuestionKind; words: Both; options: readonly Both[]; isRequired: boolean }

/** Where a reason or a yes leads: to a kind of visit, to a call, to 911, or to 911 and 988. */
export type Lead = 'visit' | 'call' | 'danger' | 'danger-self'
export const leads: readonly Lead[] = ['visit', 'call', 'danger', 'danger-self']
export const [mostReasons, mostScreenings] = [16, 6]
type Leading = { id: string; words: Both; leadsTo: Lead; visitTypeId: string | null }
/** What one comes for, with what is asked about it. */
export type Reason = Leading & { questions: readonly Leading[] }

export type ResourceKind = 'clinician' | 'room' | 'equipment'
export type Resource = { id: string; kind: ResourceKind; name: string; clinicianId: string | null; locationId: string | null }

/** `requested`: its time is taken, and nobody has said yes to it yet. */
export type Status = 'requested' | 'booked' | 'arrived' | 'completed' | 'no-show' | 'cancelled'
/** A visit that counts as ahead, confirmed or not. */
export const isPlanned = (status: Status): boolean => status === 'booked' || status === 'requested'
/** Of a visit that another system sends. `gone`: it was never meant, was deleted, or is somebody else's. */
export type ReceivedStatus = Status | 'gone'
export type Step = 'requested' | 'confirmed' | 'declined' | 'booked' | 'said-coming' | 'answered' | 'moved' | 'cancelled' | 'arrived' | 'no-show' | 'completed' | 'reopened' | 'linked'
/** Somebody new who books without an account, as the database hears of them. */
export const newcomerJob = 'scheduling.newcomer'
/** Whose record they are is to be said. */
export const newcomerTask = 'new-patient'
/** What the console says; the portal has words of its own. */
export const statusWords: Readonly<Record<Status, string>> = { requested: 'Asked for', booked: 'Booked', arrived: 'Arrived', completed: 'Completed', 'no-show': 'Did not come', cancelled: 'Cancelled' }
export const stepWords: Readonly<Record<Step, string>> = { requested: 'A request', confirmed: 'Confirmed', declined: 'Declined', booked: 'Booked', 'said-coming': 'They said that they come', answered: 'Questions answered', moved: 'Moved', cancelled: 'Cancelled', arrived: 'Marked as arrived', 'no-show': 'Marked as not come', completed: 'Marked as completed', reopened: 'Set back to booked', linked: 'Linked to a record' }
export const modeWords: Readonly<Record<Mode, string>> = { 'in-person': 'In person', phone: 'By phone', video: 'By video' }

/** Where they said that they come. */
export type Coming = 'text' | 'link' | 'portal' | 'desk'

export type CancelReason = 'better' | 'cannot-come' | 'cost' | 'elsewhere' | 'practice' | 'other'
/** What a patient may say; `practice` is the desk's alone. */
export const patientsReasons: readonly CancelReason[] = ['cannot-come', 'better', 'elsewhere', 'cost', 'other']
export const cancelWords: Readonly<Record<CancelReason, string>> = { better: 'Feels better', 'cannot-come': 'Cannot come then', cost: 'The cost', elsewhere: 'Went somewhere else', practice: 'We could not keep it', other: 'Another reason' }

/** Why we do not confirm what was asked for. The patient reads it in words of both languages; nothing is typed. */
export type DeclineReason = 'time' | 'other-visit' | 'call' | 'elsewhere'
export const declineWords: Readonly<Record<DeclineReason, string>> = { time: 'We cannot keep this time', 'other-visit': 'They need another kind of visit', call: 'They should call us first', elsewhere: 'We do not do this here' }

/** A time is kept so long while somebody types; never longer. Source: ottehr SLOT_BUSY_TENTATIVE_EXPIRATION_MINUTES. */
export const holdMinutes = 10
/** How many visits ahead one can have booked online. Source: OpenEMR #4258. */
export const mostAhead = 6
/** Which state of a visit somebody saw, as their form says it; 0, which none has, for anything else. */
export const versionFrom = (typed: unknown): number => (typeof typed === 'string' && /^\d{1,9}$/.test(typed) ? Number(typed) : 0)
export const mostReason = 2_000
/** A time that can be booked. */
export type OpenTime = { startsAt: Date; endsAt: Date; resourceId: string; locationId: string; zone: string }

export type DayPart = 'morning' | 'afternoon' | 'evening'
export const dayParts: readonly DayPart[] = ['morning', 'afternoon', 'evening']
/** From which minute of the place's clock each part of a day goes, until the next begins. */
export const partStarts: Readonly<Record<DayPart, number>> = { morning: 0, afternoon: 12 * 60, evening: 17 * 60 }
export type WaitEnd = 'accepted' | 'left' | 'desk' | 'over' | 'until'
export type OfferEnd = 'accepted' | 'declined' | 'taken' | 'expired' | 'withdrawn' | 'untold'
/** One person has so many offers to answer at most. */
export const mostOpenOffers = 3
