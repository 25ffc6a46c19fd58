import { scaleLinear, scaleUtc, type ScaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { useId } from 'react'
import type { Tone } from '#ui/notice.tsx'
import { useSay } from '#ui/speaking.tsx'
import { Table } from '#ui/table.tsx'
import { Details } from '#ui/things.tsx'

/** `words` is the value as people read it ("6.1 %"), `when` its day ("Mar 3, 2026"). */
export type ChartPoint = { at: Date; value: number; words: string; when: string; tone?: Tone | undefined }
export type ChartBand = { low?: number | undefined; high?: number | undefined; lowWords?: string | undefined; highWords?: string | undefined; words: string }

type Props = {
  title: string
  /** What the drawing shows, in a sentence, for those who hear it. */
  summary: string
  points: readonly ChartPoint[]
  band?: ChartBand | undefined
  columns: { when: string; value: string }
  height?: number | undefined
}

const left = 4, right = 85   // per cent of the width: what is free at the right belongs to the band's ends
const head = 30, foot = 30   // pixels: room for the last value and for the dates
/** More points than this and only the first and last say their value; the table has the rest. */
const mostNamed = 4

/**
 * Values over time. Places across are per cent and places down are pixels, so that the words keep their size on every screen.
 * Its numbers stand in a table below.
 */
export function LineChart({ title, summary, points, band, columns, height = 220 }: Props) {
  const id = useId()
  const say = useSay()
  if (points.length === 0) return null
  const ordered = points.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const y = scaleOf(ordered, band, height)
  const places = placesOf(ordered, y)
  return (
    <figure className="chart">
      <svg className="chart-drawing" width="100%" height={height} role="img" aria-labelledby={`${id}t ${id}d`}>
        <title id={`${id}t`}>{title}</title>
        <desc id={`${id}d`}>{summary}</desc>
        {band && <Band band={band} y={y} height={height} />}
        <line className="chart-floor" x1="0" x2="100%" y1={height - foot} y2={height - foot} />
        <svg viewBox={`0 0 100 ${height}`} width="100%" height={height} preserveAspectRatio="none">
          <path className="chart-line" d={line<Place>(place => place.x, place => place.y)(places) ?? undefined} vectorEffect="non-scaling-stroke" fill="none" />
        </svg>
        {places.map((place, index) => <Mark key={index} place={place} isNamed={places.length <= mostNamed || index === 0 || index === places.length - 1} isLast={index === places.length - 1} />)}
        <Dates places={places} height={height} />
      </svg>
      <Details summary={say('ui.chart-table')} className="chart-table">
        <Table
          caption={title} isCaptionHidden columns={[{ key: 'when', words: columns.when }, { key: 'value', words: columns.value, isNumber: true }]}
          rows={ordered.toReversed().map((point, index) => ({ key: String(index), cells: { when: point.when, value: point.words } }))}
        />
      </Details>
    </figure>
  )
}

type Place = { x: number; y: number; point: ChartPoint }
type Down = ScaleLinear<number, number>

function scaleOf(points: readonly ChartPoint[], band: ChartBand | undefined, height: number): Down {
  const values = [...points.map(point => point.value), ...[band?.low, band?.high].filter(edge => edge !== undefined)]
  const low = Math.min(...values), high = Math.max(...values)
  const air = (high - low || Math.abs(high) || 1) * 0.18
  const floor = low >= 0 ? Math.max(0, low - air) : low - air
  return scaleLinear([floor, high + air], [height - foot - 8, head])
}

function placesOf(points: readonly ChartPoint[], y: Down): Place[] {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return []
  const x = scaleUtc([first.at, last.at], first.at.getTime() === last.at.getTime() ? [48, 48] : [left, right])
  return points.map(point => ({ point, x: x(point.at), y: y(point.value) }))
}

function Band({ band, y, height }: { band: ChartBand; y: Down; height: number }) {
  const top = band.high === undefined ? head - 16 : y(band.high)
  const bottom = band.low === undefined ? height - foot : y(band.low)
  const isRoomy = bottom - top > 48
  return (
    <g>
      <rect className="chart-band" x="0" width="100%" y={top} height={Math.max(2, bottom - top)} rx="6" />
      {band.highWords && <text className="chart-edge" x="100%" dx="-8" y={isRoomy ? top + 18 : top - 6} textAnchor="end">{band.highWords}</text>}
      {band.lowWords && <text className="chart-edge" x="100%" dx="-8" y={isRoomy ? bottom - 8 : bottom + 17} textAnchor="end">{band.lowWords}</text>}
      <text className="chart-band-words" x="8" y={bottom - 9}>{band.words}</text>
    </g>
  )
}

const shapes: Record<Tone, string> = {
  calm: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0', info: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0',
  notice: 'M0 -8L8 0L0 8L-8 0Z', act: 'M-3 -8H3L8 -3V3L3 8H-3L-8 3V-3Z',
}

function Mark({ place: { x, y, point }, isNamed, isLast }: { place: Place; isNamed: boolean; isLast: boolean }) {
  const tone = point.tone ?? 'info'
  const anchor = x < 15 ? 'start' : x > 80 ? 'end' : 'middle'
  return (
    <svg x={`${x}%`} y={y} overflow="visible" className={`chart-mark chart-mark-${tone}`}>
      <title>{`${point.when}: ${point.words}`}</title>
      <path d={shapes[tone]} />
      {isNamed && <text className={isLast ? 'chart-value chart-value-last' : 'chart-value'} y="-15" dx={anchor === 'start' ? -6 : anchor === 'end' ? 8 : 0} textAnchor={anchor}>{point.words}</text>}
    </svg>
  )
}

function Dates({ places, height }: { places: readonly Place[]; height: number }) {
  const [first, last] = [places[0], places.at(-1)]
  if (!first || !last) return null
  if (first === last) return <text className="chart-date" x={`${first.x}%`} y={height - 8} textAnchor="middle">{first.point.when}</text>
  return (
    <>
      <text className="chart-date" x="0" y={height - 8}>{first.point.when}</text>
      <text className="chart-date" x="100%" y={height - 8} textAnchor="end">{last.point.when}</text>
    </>
  )
}
