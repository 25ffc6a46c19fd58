import type { Say } from '#platform/words.ts'
import { decimal, toNumber } from './compare-decimals.ts'
import { shorten } from './keep-digits.ts'
import type { Comparator, Place, Position, Tone, UsualRange } from './place-in-range.ts'
import { sayShort } from './read-value.ts'
import type { Day } from './say-dates.ts'
import type { Unit } from './show-units.ts'

export type LineEnd = { at: number; label: string }
/** An earlier value; each stands in its own row under the line, newest first. */
export type LineTick = { at: number; label: string; day: string; isOff: boolean }
/** Everything is placed from 0 (left end of the line) to 100 (right end). */
export type NumberLineModel = {
  band: { from: number; to: number; isLeftOpen: boolean; isRightOpen: boolean }
  low: LineEnd | null
  high: LineEnd | null
  marker: { at: number; label: string; place: Place; tone: Tone; isOff: boolean } | null
  /** "< 0.5 mg/L": such a value is said and has no marker. */
  limit: string | null
  /** What lies outside the band, drawn as a gradient; null on a side without data. */
  left: { from: number; to: number } | null
  right: { from: number; to: number } | null
  anchor: LineEnd | null
  ticks: LineTick[]
  unit: string
  /** Words of the drawing itself: "Usual range", "Your result", "Earlier results", "Far past the end of this line". */
  words: { usual: string; you: string; before: string; off: string }
  title: string
  description: string
}
export type PastPoint = { digits: string; day: Day }
type Wish = { digits: string; comparator: Comparator | null; range: UsualRange; unit: Unit | null; position: Position; name: string; past?: readonly PastPoint[]; anchor?: { digits: string; words: string } | null; say: Say }

const mostTicks = 4
/** How much line is drawn past the band, in widths of the band: as long as it helps, and no longer. */
const margin = 0.6
const longest = 3

/** The picture of D3, or null where there is no range to draw (R18). A one-sided range gets no line beyond its data. */
export function drawNumberLine(wish: Wish): NumberLineModel | null {
  const value = decimal(wish.digits)
  const [low, high] = [decimal(wish.range.low), decimal(wish.range.high)]
  if (!value || (!low && !high)) return null
  const at = toNumber(value)
  const ends = { low: low && toNumber(low), high: high && toNumber(high) }
  const past = (wish.past ?? []).slice(0, mostTicks).map(point => ({ ...point, at: Number(point.digits) })).filter(point => Number.isFinite(point.at))
  const points = [...(wish.comparator ? [] : [at]), ...past.map(point => point.at)]
  const scale = ends.low !== null && ends.high !== null ? scaleOfTwo(ends.low, ends.high, points) : scaleOfOne(ends.low ?? ends.high ?? 0, ends.low === null, points)
  if (!scale) return null
  const put = (number: number): number => Math.round(((Math.min(Math.max(number, scale.from), scale.to) - scale.from) / (scale.to - scale.from)) * 10_000) / 100
  const band = { from: scale.isLeftOpen ? 0 : put(ends.low ?? scale.from), to: scale.isRightOpen ? 100 : put(ends.high ?? scale.to), isLeftOpen: scale.isLeftOpen, isRightOpen: scale.isRightOpen }
  return {
    band,
    low: wish.range.low === null ? null : { at: band.from, label: shorten(wish.range.low).digits },
    high: wish.range.high === null ? null : { at: band.to, label: shorten(wish.range.high).digits },
    limit: wish.comparator ? sayShort(wish) : null,
    marker: wish.comparator ? null : { at: put(at), label: sayShort({ digits: wish.digits, comparator: null, unit: wish.unit }), place: wish.position.place, tone: wish.position.tone, isOff: at < scale.from || at > scale.to },
    left: band.from > 0 ? { from: 0, to: band.from } : null,
    right: band.to < 100 ? { from: band.to, to: 100 } : null,
    anchor: wish.anchor && Number(wish.anchor.digits) > scale.from && Number(wish.anchor.digits) < scale.to ? { at: put(Number(wish.anchor.digits)), label: wish.anchor.words } : null,
    ticks: past.map(point => ({ at: put(point.at), label: shorten(point.digits).digits, day: point.day.short, isOff: point.at < scale.from || point.at > scale.to })),
    unit: wish.unit?.shown ?? '',
    words: { usual: wish.say(band.isLeftOpen || band.isRightOpen ? 'explain.line.limit-side' : 'explain.line.usual'), you: wish.say('explain.line.you'), before: wish.say('explain.line.before'), off: wish.say('explain.line.off') },
    ...inWords(wish),
  }
}

type Scale = { from: number; to: number; isLeftOpen: boolean; isRightOpen: boolean }

function scaleOfTwo(low: number, high: number, points: readonly number[]): Scale | null {
  const width = high - low || Math.abs(high) * 0.2 || 1
  const pad = width * margin
  let from = Math.min(low - pad, ...points.map(point => point - width * 0.25))
  let to = Math.max(high + pad, ...points.map(point => point + width * 0.25))
  from = Math.max(from, low - width * longest)
  to = Math.min(to, high + width * longest)
  if (low >= 0 && points.every(point => point >= 0)) from = Math.max(from, 0)
  return Number.isFinite(from) && Number.isFinite(to) && to > from ? { from, to, isLeftOpen: false, isRightOpen: false } : null
}

/** One bound: the usual side is an open block, and the other side reaches only as far as the data. */
function scaleOfOne(bound: number, isHighBound: boolean, points: readonly number[]): Scale | null {
  const reach = Math.max(...points.map(point => Math.abs(point - bound)), Math.abs(bound) * 0.25, Number.MIN_VALUE)
  const usual = Math.max(...points.map(point => (isHighBound ? bound - point : point - bound)), reach * 0.6)
  const outside = Math.max(...points.map(point => (isHighBound ? point - bound : bound - point)), 0)
  const scale = isHighBound ? { from: bound - usual * 1.15, to: bound + outside, isLeftOpen: true, isRightOpen: false } : { from: bound - outside, to: bound + usual * 1.15, isLeftOpen: false, isRightOpen: true }
  return Number.isFinite(scale.from) && Number.isFinite(scale.to) && scale.to > scale.from ? scale : null
}

function inWords({ name, digits, comparator, unit, range, position, past = [], say }: Wish): { title: string; description: string } {
  const value = sayShort({ digits, comparator, unit })
  const parts = [say('explain.line.value', { value }), `${position.text}.`]
  if (range.low !== null && range.high !== null) parts.push(say('explain.line.range', { low: range.low, high: range.high }))
  else parts.push(say(range.high === null ? 'explain.expects-or-more' : 'explain.expects-or-less', { bound: range.high ?? range.low ?? '' }))
  for (const point of past.slice(0, mostTicks)) parts.push(say('explain.line.past', { value: shorten(point.digits).digits, day: point.day.words }))
  return { title: say('explain.line.title', { name }), description: parts.join(' ') }
}
