import { useId } from 'react'
import type { LineTick, NumberLineModel } from '../../explain/draw-number-line.ts'
import { MarkerShape } from './marker-shape.tsx'

/** Free on either side, in per cent of the width, so that shapes and words at the ends are not cut. */
const edge = 3.5
const across = (at: number): number => Math.round((edge + (at * (100 - 2 * edge)) / 100) * 100) / 100
const percent = (at: number): string => `${across(at)}%`
const wide = (from: number, to: number): string => `${Math.round((across(to) - across(from)) * 100) / 100}%`
/** How far the outside reaches under the block, so that no gap shows between rounded corners. */
const under = 1.5
const anchorOf = (at: number, start = 12, end = 88): 'start' | 'middle' | 'end' => (at < start ? 'start' : at > end ? 'end' : 'middle')

// Heights in rem, so that larger words keep their room.
const top = 3.5
const thick = 1.5
const firstRow = 10.7
const row = 1.65

/**
 * The number line of D3, drawn on the server: the usual range as a soft block with its ends labelled, the value as a marker with its
 * label above, a gradient outside, earlier values beneath with their dates. Shape and word say what colour says.
 */
export function NumberLine({ line }: { line: NumberLineModel }) {
  const id = useId()
  return (
    <svg className={`rec-line rec-line-rows-${line.ticks.length}`} width="100%" role="img" aria-labelledby={`${id}t ${id}d`}>
      <title id={`${id}t`}>{line.title}</title>
      <desc id={`${id}d`}>{line.description}</desc>
      <Gradients id={id} line={line} />
      {line.ticks.length > 0 && <Earlier line={line} />}
      <Track id={id} line={line} />
      <Ends line={line} />
      {line.anchor && <Anchor at={line.anchor.at} words={line.anchor.label} />}
      {line.limit && <Limit words={line.words.you} label={line.limit} />}
      {line.marker && <Marker marker={line.marker} words={line.words} />}
    </svg>
  )
}

function Gradients({ id, line }: { id: string; line: NumberLineModel }) {
  return (
    <defs>
      <linearGradient id={`${id}l`} x1="1" x2="0"><stop className="rec-near" offset="0" /><stop className="rec-far" offset="1" /></linearGradient>
      <linearGradient id={`${id}r`} x1="0" x2="1"><stop className="rec-near" offset="0" /><stop className="rec-far" offset="1" /></linearGradient>
      <linearGradient id={`${id}b`} x1={line.band.isRightOpen ? '1' : '0'} x2={line.band.isRightOpen ? '0' : '1'}><stop className="rec-open" offset="0" /><stop className="rec-usual" offset="0.45" /></linearGradient>
    </defs>
  )
}

function Track({ id, line: { left, right, band } }: { id: string; line: NumberLineModel }) {
  const isOpen = band.isLeftOpen || band.isRightOpen
  const [y, height] = [`${top}rem`, `${thick}rem`]
  return (
    <g>
      {left && <rect className="rec-outside" x={percent(left.from)} width={wide(left.from, left.to + under)} y={y} height={height} rx={5} fill={`url(#${id}l)`} />}
      {right && <rect className="rec-outside" x={percent(right.from - under)} width={wide(right.from - under, right.to)} y={y} height={height} rx={5} fill={`url(#${id}r)`} />}
      <rect className={isOpen ? 'rec-band-open' : 'rec-band'} x={percent(band.from)} width={wide(band.from, band.to)} y={y} height={height} rx={isOpen ? 0 : 5} fill={isOpen ? `url(#${id}b)` : undefined} />
    </g>
  )
}

/** The ends of the usual range and its name, under the block. */
function Ends({ line: { low, high, band, words } }: { line: NumberLineModel }) {
  const middle = band.isLeftOpen ? band.to : band.isRightOpen ? band.from : (band.from + band.to) / 2
  const anchor = band.isLeftOpen ? 'end' : band.isRightOpen ? 'start' : anchorOf(middle, 16, 84)
  const isTight = low !== null && high !== null && high.at - low.at < 20
  return (
    <g>
      {[low, high].map((end, index) => end && (
        <g key={index}>
          <line className="rec-end" x1={percent(end.at)} x2={percent(end.at)} y1={`${top}rem`} y2={`${top + thick + 0.4}rem`} />
          <text className="rec-end-words" x={percent(end.at)} dx={isTight ? (index === 0 ? '0.2rem' : '-0.2rem') : 0} y={`${top + thick + 1.5}rem`} textAnchor={isTight ? (index === 0 ? 'end' : 'start') : anchorOf(end.at, 4, 96)}>{end.label}</text>
        </g>
      ))}
      <text className="rec-band-words" x={percent(middle)} y={`${top + thick + 2.85}rem`} textAnchor={anchor}>{words.usual}</text>
    </g>
  )
}

function Marker({ marker, words }: { marker: NonNullable<NumberLineModel['marker']>; words: NumberLineModel['words'] }) {
  const half = Math.max(marker.label.length * 1.8, (marker.isOff ? words.off : words.you).length * 1.2)      // per cent of a phone's width
  const anchor = anchorOf(marker.at, half, 100 - half)
  const shift = anchor === 'start' ? '-0.5rem' : anchor === 'end' ? '0.5rem' : 0
  const off = marker.isOff ? (marker.at < 50 ? 'left' : 'right') : null
  return (
    <g className={`rec-marker rec-marker-${marker.tone}`}>
      <text className="rec-marker-who" x={percent(marker.at)} dx={shift} y="0.8rem" textAnchor={anchor}>{marker.isOff ? words.off : words.you}</text>
      <text className="rec-marker-value" x={percent(marker.at)} dx={shift} y="2.15rem" textAnchor={anchor}>{marker.label}</text>
      {!off && <line className="rec-stem" x1={percent(marker.at)} x2={percent(marker.at)} y1="2.6rem" y2={`${top + thick / 2}rem`} />}
      <svg x={percent(marker.at)} y={`${top + thick / 2}rem`} overflow="visible">
        <svg x="-0.8rem" y="-0.8rem" width="1.6rem" height="1.6rem" viewBox="-13 -13 26 26" overflow="visible"><MarkerShape tone={marker.tone} off={off} /></svg>
      </svg>
    </g>
  )
}

/** A value known only by its limit: said at the left, at no place on the line. */
function Limit({ words, label }: { words: string; label: string }) {
  return (
    <g>
      <text className="rec-marker-who" x={percent(0)} y="0.8rem">{words}</text>
      <text className="rec-marker-value" x={percent(0)} y="2.15rem">{label}</text>
    </g>
  )
}

/** Earlier values, each in a row of its own on the same scale, newest first. */
function Earlier({ line }: { line: NumberLineModel }) {
  const bottom = firstRow + (line.ticks.length - 1) * row + 0.5
  return (
    <g className="rec-earlier">
      {[line.low, line.high].map((end, index) => end && <line key={index} className="rec-guide" x1={percent(end.at)} x2={percent(end.at)} y1={`${firstRow - 0.95}rem`} y2={`${bottom}rem`} />)}
      <text className="rec-before" x={percent(0)} y={`${firstRow - row + 0.1}rem`}>{line.words.before}</text>
      {line.ticks.map((tick, index) => <Tick key={index} tick={tick} y={firstRow + index * row} />)}
    </g>
  )
}

function Tick({ tick, y }: { tick: LineTick; y: number }) {
  const isLeft = tick.at > 55
  return (
    <g>
      <line className="rec-tick" x1={percent(tick.at)} x2={percent(tick.at)} y1={`${y - 0.75}rem`} y2={`${y + 0.2}rem`} />
      <text className="rec-tick-words" x={percent(tick.at)} dx={isLeft ? '-0.6rem' : '0.6rem'} y={`${y}rem`} textAnchor={isLeft ? 'end' : 'start'}>
        <tspan className="rec-tick-value">{tick.label}</tspan>
        <tspan className="rec-tick-day" dx="0.5rem">{tick.day}</tspan>
      </text>
    </g>
  )
}

function Anchor({ at, words }: { at: number; words: string }) {
  return (
    <g className="rec-anchor">
      <line x1={percent(at)} x2={percent(at)} y1={`${top - 0.3}rem`} y2={`${top + thick + 0.3}rem`} />
      <text x={percent(at)} y={`${top + thick + 4.1}rem`} textAnchor={anchorOf(at, 35, 65)}>{words}</text>
    </g>
  )
}
