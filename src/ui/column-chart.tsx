import { scaleBand, scaleLinear, type ScaleLinear } from 'd3-scale'
import { useId, type ReactNode } from 'react'

/** `words` is the value as people read it ("12.5 %"); without a value `words` says why there is none. */
export type ChartColumn = { key: string; when: string; value: number | undefined; words: string }

type Props = {
  title: string
  /** What the drawing shows, in a sentence, for those who hear it. */
  summary: string
  columns: readonly ChartColumn[]
  /** The value of all of it, as a broken line. */
  mean?: { value: number; words: string } | undefined
  /** What a striped column means. */
  stripedWords: string
  unit: string
  /** The table of its numbers: it stands beside the drawing, or under it where there is no room. */
  children: ReactNode
  height?: number | undefined
}

const head = 28, foot = 30, edge = 9   // pixels above and below; per cent at the left for the scale's words

/** One figure over time, a column for each stretch. What cannot be said is striped and has no height of its own. */
export function ColumnChart({ title, summary, columns, mean, stripedWords, unit, children, height = 240 }: Props) {
  const id = useId()
  const y = scaleLinear([0, Math.max(1, mean?.value ?? 0, ...columns.map(column => column.value ?? 0))], [height - foot, head]).nice(4)
  const x = scaleBand(columns.map(column => column.key), [edge, 100]).paddingInner(0.25)
  const isStriped = columns.some(column => column.value === undefined)
  return (
    <figure className="chart chart-beside">
      <figcaption className="unseen">{title}</figcaption>
      <div>
        <svg className="chart-drawing" width="100%" height={height} role="img" aria-labelledby={`${id}t ${id}d`}>
          <title id={`${id}t`}>{title}</title>
          <desc id={`${id}d`}>{summary}</desc>
          <defs><pattern id={`${id}p`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect className="chart-stripe" width="2" height="6" /></pattern></defs>
          <Scale y={y} unit={unit} />
          {columns.map(column => {
            const top = column.value === undefined ? height - foot - 12 : Math.min(height - foot - 1, y(column.value))
            const place = { x: `${x(column.key)}%`, width: `${x.bandwidth()}%`, y: top, height: height - foot - top }
            return <rect key={column.key} className={column.value === undefined ? 'chart-column-none' : 'chart-column'} {...place} {...(column.value === undefined && { fill: `url(#${id}p)` })}><title>{`${column.when}: ${column.words}`}</title></rect>
          })}
          {mean && <Mean y={y(mean.value)} words={mean.words} />}
          <text className="chart-date" x={`${edge}%`} y={height - 8}>{columns[0]?.when}</text>
          <text className="chart-date" x="100%" y={height - 8} textAnchor="end">{columns.at(-1)?.when}</text>
        </svg>
        {isStriped && <p className="small soft chart-key"><svg width="18" height="12" aria-hidden="true"><rect className="chart-column-none" width="18" height="12" fill={`url(#${id}p)`} /></svg> {stripedWords}</p>}
      </div>
      {children}
    </figure>
  )
}

const Scale = ({ y, unit }: { y: ScaleLinear<number, number>; unit: string }) => y.ticks(4).map(tick => (
  <g key={tick}>
    <line className={tick === 0 ? 'chart-floor' : 'chart-rule'} x1={`${edge}%`} x2="100%" y1={y(tick)} y2={y(tick)} />
    <text className="chart-date" x={`${edge}%`} dx="-6" y={y(tick) + 4} textAnchor="end">{`${tick}${unit}`}</text>
  </g>
))

const Mean = ({ y, words }: { y: number; words: string }) => (
  <g>
    <line className="chart-mean" x1={`${edge}%`} x2="100%" y1={y} y2={y} />
    <text className="chart-mean-words" x="100%" y={12} textAnchor="end">{`╌ ${words}`}</text>
  </g>
)
