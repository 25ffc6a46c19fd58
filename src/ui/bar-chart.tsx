import { scaleLinear } from 'd3-scale'
import type { Tone } from '#ui/notice.tsx'

/** `words` is the figure as people read it: "31 visits". */
export type Bar = { label: string; value: number; words: string; tone?: Tone | undefined }

/** How much of each. Every figure stands in words before its bar, so the drawing adds only the eye's comparison. */
export function BarChart({ title, bars, most }: { title: string; bars: readonly Bar[]; /** What fills the whole width: the largest value unless said. */ most?: number | undefined }) {
  const width = scaleLinear([0, most ?? Math.max(1, ...bars.map(bar => bar.value))], [0, 100]).clamp(true)
  return (
    <figure className="chart">
      <figcaption className="chart-title">{title}</figcaption>
      <ul className="bars">
        {bars.map(bar => (
          <li key={bar.label}>
            <span className="bar-label">{bar.label}</span>
            <strong className="bar-words">{bar.words}</strong>
            <svg className={`bar bar-${bar.tone ?? 'info'}`} width="100%" height="14" aria-hidden="true">
              <rect className="bar-track" width="100%" height="14" rx="4" />
              {bar.value > 0 && <rect className="bar-fill" width={`${Math.max(1, width(bar.value))}%`} height="14" rx="4" />}
            </svg>
          </li>
        ))}
      </ul>
    </figure>
  )
}
