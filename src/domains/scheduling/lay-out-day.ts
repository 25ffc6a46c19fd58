import type { Span } from './expand-hours.ts'

/** A stretch of a column: visits that stand beside each other, free time, time that is kept free, or no hours. */
export type Cell<V> = { kind: 'visits'; visits: V[] } | { kind: 'free' | 'blocked' | 'off' }
export type Laid<V> = Cell<V> & { row: number; rows: number; from: number; to: number }
export type Timed = { startsAt: Date; endsAt: Date }
type Column<V> = { hours: readonly Span[]; blocks: readonly Span[]; visits: readonly V[] }

const meets = (spans: readonly Span[], from: number, to: number): boolean => spans.some(span => span.from < to && from < span.to)

/** From when to when a day is drawn, in whole hours: all hours and visits of all columns; the usual day where there is nothing. */
export function drawnSpan(columns: readonly Column<Timed>[], usual: Span): Span {
  const spans = columns.flatMap(({ hours, visits }) => [...hours, ...visits.map(visit => ({ from: visit.startsAt.getTime(), to: visit.endsAt.getTime() }))])
  if (spans.length === 0) return usual
  const hour = 3_600_000
  return { from: Math.floor(Math.min(...spans.map(span => span.from)) / hour) * hour, to: Math.ceil(Math.max(...spans.map(span => span.to)) / hour) * hour }
}

/** One column in rows of `step` milliseconds, top to bottom, without gaps. Visits that share a row share a cell. */
export function layOut<V extends Timed>({ hours, blocks, visits }: Column<V>, { from, to }: Span, step: number): Laid<V>[] {
  const laid: Laid<V>[] = []
  const sorted = [...visits].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const rows = Math.ceil((to - from) / step)
  for (let row = 0; row < rows;) {
    const [begins, ends] = [from + row * step, from + (row + 1) * step]
    const here = sorted.filter(visit => visit.startsAt.getTime() < ends && visit.endsAt.getTime() > begins)
    let last = row + 1
    if (here.length > 0) {
      const together = new Set(here)
      for (let grew = true; grew;) {
        grew = false
        last = Math.max(...[...together].map(visit => Math.min(rows, Math.ceil((visit.endsAt.getTime() - from) / step))))
        for (const visit of sorted) if (!together.has(visit) && visit.startsAt.getTime() < from + last * step && visit.endsAt.getTime() > begins) { together.add(visit); grew = true }
      }
      laid.push({ kind: 'visits', visits: sorted.filter(visit => together.has(visit)), row, rows: last - row, from: begins, to: from + last * step })
    } else {
      const kindOf = (at: number) => (meets(blocks, at, at + step) ? 'blocked' : meets(hours, at, at + step) ? 'free' : 'off')
      const kind = kindOf(begins)
      while (last < rows && kindOf(from + last * step) === kind && !sorted.some(visit => visit.startsAt.getTime() < from + (last + 1) * step && visit.endsAt.getTime() > from + last * step)) last++
      laid.push({ kind, row, rows: last - row, from: begins, to: from + last * step })
    }
    row = last
  }
  return laid
}
