import type { Tone } from '../../explain/place-in-range.ts'

/** Every tone has its own shape, so that colour never speaks alone: round, diamond, octagon, ring. Drawn around 0 0, 24 wide. */
const shapes: Record<Tone, string> = {
  calm: 'M-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0',
  notice: 'M0 -11.5L11.5 0L0 11.5L-11.5 0Z',
  act: 'M-4.6 -11H4.6L11 -4.6V4.6L4.6 11H-4.6L-11 4.6V-4.6Z',
  plain: 'M-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0',
}
const signs: Partial<Record<Tone, string>> = { calm: 'M-4 0.2L-1.2 3L4.2 -2.8', act: 'M0 -5.5V1.2M0 5.2V5.3' }
const away = { left: 'M8 -11L-9 0L8 11Z', right: 'M-8 -11L9 0L-8 11Z' }

/** The marker of a value. `off` points to where it would stand, past the end of the line. */
export function MarkerShape({ tone, off }: { tone: Tone; off?: 'left' | 'right' | null | undefined }) {
  return (
    <g className={`rec-shape rec-shape-${tone}`}>
      <path className="rec-shape-body" d={off ? away[off] : shapes[tone]} />
      {!off && signs[tone] && <path className="rec-shape-sign" d={signs[tone]} />}
    </g>
  )
}

/** The same shape beside a sentence. */
export function ToneShape({ tone }: { tone: Tone }) {
  return <svg className="rec-tone-shape" viewBox="-13 -13 26 26" aria-hidden="true"><MarkerShape tone={tone} /></svg>
}
