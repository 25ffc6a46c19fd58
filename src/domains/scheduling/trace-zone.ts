import { offsetOf } from '#platform/when.ts'

/** From this instant on the zone is so far ahead of UTC; both in milliseconds. */
export type Stretch = { from: number; offset: number }
export const minuteMs = 60_000
export const dayMs = 86_400_000

const kept = new Map<string, readonly Stretch[]>()
const mostKept = 2_000

/** A year of a zone: looked at day by day, each change found to the second. Asking Intl is dear, so each year is asked once. */
function traceYear(zone: string, year: number): readonly Stretch[] {
  const key = `${zone} ${year}`
  const known = kept.get(key)
  if (known) return known
  const [begin, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)]
  const stretches: Stretch[] = [{ from: begin, offset: offsetOf(zone, new Date(begin)) }]
  for (let day = begin; day < end; day += dayMs) {
    const offset = offsetOf(zone, new Date(day + dayMs))
    if (offset !== stretches.at(-1)!.offset) stretches.push({ from: changeWithin(zone, day, day + dayMs), offset })
  }
  if (kept.size >= mostKept) kept.clear()
  kept.set(key, stretches)
  return stretches
}

function changeWithin(zone: string, before: number, after: number): number {
  const was = offsetOf(zone, new Date(before))
  let [low, high] = [before, after]
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000
    if (offsetOf(zone, new Date(middle)) === was) low = middle
    else high = middle
  }
  return high
}

/** How far the zone is ahead of UTC from `from` to `to`, in order, without gaps. */
export function traceZone(zone: string, from: number, to: number): Stretch[] {
  const [first, last] = [new Date(from).getUTCFullYear(), new Date(to).getUTCFullYear()]
  const found: Stretch[] = []
  for (let year = first; year <= last; year++) {
    for (const stretch of traceYear(zone, year)) if (stretch.offset !== found.at(-1)?.offset) found.push(stretch)
  }
  return found
}

export function offsetAt(trace: readonly Stretch[], instant: number): number {
  for (let index = trace.length - 1; index > 0; index--) if (trace[index]!.from <= instant) return trace[index]!.offset
  return trace[0]!.offset
}

/** The instant at which the wall clock shows `minute` of a day (days since 1970-01-01). As in #platform/when: a skipped time is moved forward, of a doubled one it is the first. */
export function instantOn(trace: readonly Stretch[], day: number, minute: number): number {
  const wall = day * dayMs + minute * minuteMs
  const [one, other] = [wall - offsetAt(trace, wall - dayMs), wall - offsetAt(trace, wall + dayMs)]
  const [early, late] = one < other ? [one, other] : [other, one]
  return early + offsetAt(trace, early) === wall ? early : late
}
