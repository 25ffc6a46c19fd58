import type { ReactNode } from 'react'
import { formatWhen } from '#platform/when.ts'
import { Icon } from '#ui/icon.tsx'
import { layOut, type Laid } from '../lay-out-day.ts'
import type { Span } from '../expand-hours.ts'
import type { Appointment } from '../list-appointments.ts'
import { statusWords, type VisitType } from '../shared.ts'
import { liveToken } from './visit-words.tsx'

export type GridColumn = { key: string; title: ReactNode; isToday?: boolean; hours: readonly Span[]; blocks: readonly Span[]; visits: readonly Appointment[]; bookHref: (at: number) => string | undefined }
type Props = { caption: string; columns: readonly GridColumn[]; span: Span; zone: string; now: number | undefined; names: ReadonlyMap<string, string>; types: ReadonlyMap<string, VisitType> }

const step = 15 * 60_000
export const looks: readonly string[] = ['', '●', '■', '▲', '◆', '✚', '★']
const clock = (at: number, zone: string): string => formatWhen(new Date(at), zone, 'time').replace(/\s[A-Z]{2,5}$|\sGMT\S*$/, '')

/** Time down, clinicians or days across. A table, so that it is heard, printed and walked through like one. */
export function DayGrid({ caption, columns, span, zone, now, names, types }: Props) {
  const laid = columns.map(column => new Map(layOut(column, span, step).map(cell => [cell.row, cell])))
  const rows = Math.ceil((span.to - span.from) / step)
  return (
    <div className="table-scrolls" role="region" aria-label={caption} tabIndex={0}>
      <table className="day-grid" data-now={now} data-from={span.from} data-step={step}>
        <caption className="unseen">{caption}</caption>
        <thead><tr><th scope="col">Time</th>{columns.map(column => <th key={column.key} scope="col" aria-current={column.isToday ? 'date' : undefined}>{column.title}</th>)}</tr></thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => {
            const at = span.from + row * step
            const isNow = now !== undefined && at <= now && now < at + step
            return (
              <tr key={row} className={[at % 3_600_000 === 0 ? 'hour' : '', isNow ? 'now' : ''].filter(Boolean).join(' ') || undefined}>
                <th scope="row">{at % 1_800_000 === 0 ? clock(at, zone) : <span className="unseen">{clock(at, zone)}</span>}{isNow && <span className="now-mark">now</span>}</th>
                {columns.map((column, index) => {
                  const cell = laid[index]!.get(row)
                  return cell && <GridCell key={column.key} {...{ cell, column, zone, names, types }} />
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function GridCell({ cell, column, zone, names, types }: { cell: Laid<Appointment>; column: GridColumn } & Pick<Props, 'zone' | 'names' | 'types'>) {
  if (cell.kind === 'visits') return <td rowSpan={cell.rows} className="has-visits"><div className="visits">{cell.visits.map(visit => <VisitBox key={visit.id} {...{ visit, zone, names, types }} />)}</div></td>
  if (cell.kind === 'blocked') return <td rowSpan={cell.rows} className="blocked">Kept free</td>
  if (cell.kind === 'off') return <td rowSpan={cell.rows} className="off"><span className="unseen">No hours</span></td>
  return <td rowSpan={cell.rows} className="free"><FreeTime {...{ cell, column, zone }} /></td>
}

/** One link for who goes from link to link; below it one for each half hour, for who points at a time. All lead to the same as the first does. */
function FreeTime({ cell: { from, to }, column, zone }: { cell: Pick<Laid<Appointment>, 'from' | 'to'>; column: GridColumn; zone: string }) {
  const half = 2 * step
  const cuts = [from, ...Array.from({ length: Math.ceil((to - from) / half) + 1 }, (_, index) => Math.ceil((from + 1) / half) * half + index * half).filter(at => at < to)]
  const pieces = cuts.map((at, index) => ({ at, rows: ((cuts[index + 1] ?? to) - at) / step, href: column.bookHref(at) }))
  const first = pieces.findIndex(piece => piece.href !== undefined)
  return (
    <div className="free-times">
      {pieces.map(({ at, rows, href }, index) => {
        const words = index === Math.max(0, first) ? <>Free <span className="unseen">{clock(at, zone)} to {clock(to, zone)}</span></> : <span className="free-clock">{clock(at, zone)}</span>
        return href && index >= first ? <a key={at} className={`for-${rows}`} href={href} tabIndex={index === first ? undefined : -1}>{words}</a> : <span key={at} className={`for-${rows}`}>{index === 0 && first < 0 ? words : null}</span>
      })}
    </div>
  )
}

function VisitBox({ visit, zone, names, types }: { visit: Appointment } & Pick<Props, 'zone' | 'names' | 'types'>) {
  const type = types.get(visit.visitTypeId)
  const [, hour, half] = /^(.*\d)(.*)$/.exec(clock(visit.startsAt.getTime(), zone))!
  return (
    <a className={`visit look-${type?.look ?? 1}${visit.status === 'booked' ? '' : ` visit-${visit.status}`}`} href={`/console/schedule/${visit.fromEhr === undefined ? 'visits' : 'received'}/${visit.id}`} data-live={liveToken(visit)}>
      <span className="visit-words">
        <span className="visit-shape" aria-hidden="true">{looks[type?.look ?? 1]}</span>
        <strong>{hour}<span className="visit-half">{half}</span> {names.get(visit.patientId) ?? 'Unknown'}</strong>
        {visit.status !== 'booked' && <span className="visit-state"><Icon name={visit.status === 'no-show' ? 'user-x' : visit.status === 'requested' ? 'circle-help' : 'user-check'} size="small" /> {statusWords[visit.status]}</span>}
        <span className="visit-more">
          {visit.fromEhr ?? type?.name.en}{visit.fromEhr !== undefined && ', from the EHR'}{visit.mode !== 'in-person' && `, ${visit.mode}`}{visit.extraSeatBecause && ', extra'}
          {visit.status === 'booked' && visit.saidComingAt && <span className="visit-coming"><Icon name="check" size="small" /> Coming</span>}
        </span>
      </span>
    </a>
  )
}
