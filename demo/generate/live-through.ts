import type { Coding, Condition, Encounter } from '@medplum/fhirtypes'
import type { Chart } from './chart.ts'
import { topics, type TopicKey } from './notes.data.ts'
import { writeVisitNote } from './notes.ts'
import { DAY, officeTime } from './practice-clock.ts'
import type { ClinicianKey } from './practice.data.ts'
import { addVitalSigns, type BodyToday } from './vital-signs.ts'
import { addVisit, blame, type VisitKind } from './visits.ts'

/** One thread of a life with the practice: when it brings the patient in, and what is done then. */
export type Course = {
  topic: TopicKey
  times: readonly number[]
  kind?: VisitKind
  with?: ClinicianKey
  /** Labelled visits stand alone: what is labelled must not mix with what is not. */
  labels?: readonly Coding[]
  /** Written once a visit is over; every visit has one unless this says otherwise. */
  hasNote?: (visit: Visit) => boolean
  onVisit: (visit: Visit) => void
}

export type Visit = {
  at: number
  encounter: Encounter
  /** Which visit of its course, from 0; and how many of the course are still to come: 0 at the newest. */
  ordinal: number
  back: number
  /** Shared by the courses that meet on one visit. */
  conditions: Condition[]
  today: BodyToday
  /** Weeks of pregnancy, for the note. */
  weeks?: number
}

/** `rank` is the course's place in its story: what matters most comes first. */
type Due = { at: number; course: Course; ordinal: number; rank: number }
type Meeting = { at: number; dues: Due[] }

/** Plays the courses in the order of time. Visits due within ten days of one another become one. */
export function liveThrough(chart: Chart, courses: readonly Course[]): Encounter[] {
  const dues = courses.flatMap((course, rank) => course.times.map((at, ordinal) => ({ at, course, ordinal, rank })))
  return gather(dues).map(meeting => meet(chart, meeting))
}

function gather(dues: Due[]): Meeting[] {
  const meetings: Meeting[] = []
  for (const due of dues.sort((a, b) => b.at - a.at)) {
    const open = due.course.labels ? undefined : meetings.find(one => fits(one, due))
    if (open) open.dues.push(due)
    else meetings.push({ at: due.at, dues: [due] })
  }
  for (const meeting of meetings) meeting.dues.sort((a, b) => a.rank - b.rank)
  return meetings.sort((a, b) => a.at - b.at)
}

const fits = (meeting: Meeting, due: Due) =>
  meeting.at - due.at < 10 * DAY && meeting.dues.every(one => one.course !== due.course && !one.course.labels)

function meet(chart: Chart, { at, dues }: Meeting): Encounter {
  const courses = dues.map(due => due.course)
  const [first] = courses
  const labels = first?.labels
  const isFar = chart.random.chance(0.06) && at !== chart.recent
  const kind = isFar ? 'video' : courses.find(course => course.kind)?.kind ?? 'office'
  const encounter = addVisit(chart, {
    at, kind, reason: courses.map(course => topics[course.topic].reason).join('; '),
    ...(first?.with && { with: first.with }), ...(labels && { labels }),
  })
  const meeting = { at, encounter, conditions: [], today: {} }
  const visits = dues.map(({ course, ordinal }): Visit => ({ ...meeting, ordinal, back: course.times.length - 1 - ordinal }))
  dues.forEach(({ course }, i) => course.onVisit(visits[i] as Visit))
  finish(chart, courses, visits, kind === 'video')
  return encounter
}

function finish(chart: Chart, courses: readonly Course[], visits: readonly Visit[], isFar: boolean): void {
  const [visit] = visits
  if (!visit) return
  const pressure = isFar ? undefined : addVitalSigns(chart, visit, visit.today)
  blame(chart, visit.encounter, visit.conditions)
  const weeks = visits.find(one => one.weeks)?.weeks
  const isNoted = visits.some((one, i) => courses[i]?.hasNote?.(one) ?? (one.back < 2 || chart.random.chance(0.6)))
  const labels = courses[0]?.labels
  if (isNoted) writeVisitNote(chart, {
    at: visit.at + 40 * 60_000, encounter: visit.encounter, topics: courses.map(course => course.topic),
    ...(weeks && { weeks }), ...(pressure && { pressure }), ...(labels && { labels }),
  })
}

/** Office days every so many days, the newest in the last week, back to `from`. */
export function regularly(chart: Chart, days: number, from: number): number[] {
  const times = [chart.recent]
  for (let at = chart.recent; ;) {
    at = officeTime(at - days * DAY * (0.85 + 0.3 * chart.random.next()), chart.random.whole(8, 16), chart.random.pick([0, 20, 40]))
    if (at < from) return times.reverse()
    times.push(at)
  }
}

/** One office day about so long ago. */
export const daysAgo = (chart: Chart, days: number) => officeTime(chart.recent - days * DAY, chart.random.whole(8, 16), chart.random.pick([0, 15, 30, 45]))
