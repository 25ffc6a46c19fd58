import { expandHours, type HoursRules, type Span } from './expand-hours.ts'
import { dayMs, minuteMs, traceZone, type Stretch } from './trace-zone.ts'

/** How long a visit is, what is kept free around it, and at which minutes of the wall clock it may begin. */
export type VisitShape = { durationMinutes: number; beforeMinutes: number; afterMinutes: number; alignMinutes: number }
/** A clinician, a room, a thing: when it is there (`null`: always) and when it is taken. `busy` is in order of its beginnings. */
export type ResourceTimes = { rules: HoursRules | null; busy: readonly Span[] }
export type SlotQuestion = {
  visit: VisitShape
  /** IANA zone of the place: its clock gives the minutes. */
  zone: string
  /** Beginnings from `from` on and before `to`, in milliseconds. */
  from: number
  to: number
  /** Of each need any one will do; all needs must be met, each by another: what stands in two of them is one and the same. */
  needs: readonly (readonly ResourceTimes[])[]
  most?: number
}

/** When a visit may begin: both ends belong to it. */
type Window = { first: number; last: number }

/** The visit must lie within the hours; with what is kept free around it, it may touch what is taken and not overlap it. */
function windowsOf({ rules, busy }: ResourceTimes, { visit, from, to }: SlotQuestion, trace: readonly Stretch[]): Window[] {
  const [duration, before, after] = [visit.durationMinutes * minuteMs, visit.beforeMinutes * minuteMs, visit.afterMinutes * minuteMs]
  const hours = rules === null ? [{ from, to: to + duration }] : expandHours(rules, trace, from, to + duration)
  const windows: Window[] = []
  let next = 0
  for (const { from: opens, to: closes } of hours) {
    let first = Math.max(opens, from)
    const last = Math.min(closes - duration, to - 1)
    while (next < busy.length && busy[next]!.to + before <= first) next++
    for (let index = next; index < busy.length && first <= last; index++) {
      const taken = busy[index]!
      if (taken.from - after - duration > last) break
      if (taken.to + before <= first) continue
      const free = Math.min(last, taken.from - after - duration)
      if (first <= free) windows.push({ first, last: free })
      first = Math.max(first, taken.to + before)
    }
    if (first <= last) windows.push({ first, last })
  }
  return windows
}

/** Any one will do. */
function unite(lists: readonly Window[][]): Window[] {
  if (lists.length === 1) return lists[0]!
  const united: Window[] = []
  for (const { first, last } of lists.flat().sort((a, b) => a.first - b.first)) {
    const before = united.at(-1)
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last)
    else united.push({ first, last })
  }
  return united
}

/** Both are there. */
function meet(some: readonly Window[], others: readonly Window[]): Window[] {
  const met: Window[] = []
  for (let i = 0, j = 0; i < some.length && j < others.length;) {
    const [first, last] = [Math.max(some[i]!.first, others[j]!.first), Math.min(some[i]!.last, others[j]!.last)]
    if (first <= last) met.push({ first, last })
    if (some[i]!.last < others[j]!.last) i++
    else j++
  }
  return met
}

/** When every need is met. What stands in one need alone is united with its like; else each way to give every need one of its own is tried. */
function meetNeeds(question: SlotQuestion, trace: readonly Stretch[]): Window[] {
  const { needs, from, to } = question
  const known = new Map(needs.flat().map(one => [one, windowsOf(one, question, trace)]))
  const all: Window[] = [{ first: from, last: to - 1 }]
  if (known.size === needs.flat().length) return needs.reduce((windows, resources) => (windows.length === 0 ? windows : meet(windows, unite(resources.map(one => known.get(one)!)))), all)
  const metFrom = (need: number, used: readonly ResourceTimes[], windows: Window[]): Window[] => (need === needs.length || windows.length === 0
    ? windows
    : unite(needs[need]!.filter(one => !used.includes(one)).map(one => metFrom(need + 1, [...used, one], meet(windows, known.get(one)!)))))
  return metFrom(0, [], all)
}

/** Beginnings at which a visit can take place, in order, in milliseconds. Pure over rules and times taken. */
export function findOpenSlots(question: SlotQuestion): number[] {
  const { visit, zone, from, to, most = Infinity } = question
  if (from >= to) return []
  const trace = traceZone(zone, from - 5 * dayMs, to + 5 * dayMs)
  const windows = meetNeeds(question, trace)
  const step = visit.alignMinutes * minuteMs
  const slots: number[] = []
  for (const { first, last } of windows) {
    for (let index = 0; index < trace.length; index++) {
      const { from: begins, offset } = trace[index]!
      const [low, high] = [Math.max(first, index === 0 ? -Infinity : begins), Math.min(last, (trace[index + 1]?.from ?? Infinity) - 1)]
      for (let at = Math.ceil((low + offset) / step) * step - offset; at <= high; at += step) {
        if (slots.length >= most) return slots
        slots.push(at)
      }
    }
  }
  return slots
}
