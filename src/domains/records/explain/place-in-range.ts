import type { Say } from '#platform/words.ts'
import { compare, decimal, isWithin, isZero, minus, type Decimal } from './compare-decimals.ts'

export type Comparator = '<' | '<=' | '>=' | '>'
export type Measured = { readonly digits: string; readonly comparator: Comparator | null }
/** The laboratory's own range (D5). An open end does not belong to it: "<200". */
export type UsualRange = { readonly low: string | null; readonly high: string | null; readonly isLowOpen?: boolean; readonly isHighOpen?: boolean }
/** How a test may be spoken of. Unknown tests never say "a little": nobody has looked at them. */
export type TestManners = { readonly neverALittle: boolean; readonly littlePercent?: number; readonly plainPercent?: number }
/** A row of the practice's own table, in the unit it was written for; at or past a limit counts. */
export type CriticalLimits = { readonly unit: string; readonly low?: string; readonly high?: string }
export type Goal = { readonly low?: string; readonly high?: string; readonly unit?: string; readonly setBy: string }

export type Place =
  | 'inside' | 'a-little-below' | 'a-little-above' | 'below' | 'above' | 'well-below' | 'well-above'
  | 'below-limit' | 'above-limit' | 'at-limit' | 'quick-action' | 'cannot-tell' | 'no-range'
export type Tone = 'plain' | 'calm' | 'notice' | 'act'
export type Position = {
  place: Place
  /** The sentence that leads, in large type. */
  text: string
  /** A smaller sentence under it, or null. */
  detail: string | null
  tone: Tone
  /** In the range the laboratory sent? Null when that cannot be said. */
  isUsual: boolean | null
  /** True when a clinician's goal leads. */
  isGoal: boolean
}
export type PlaceOptions = {
  say: Say
  /** The limits for this test and unit, already chosen. */
  critical?: CriticalLimits | null
  /** The laboratory flagged it HH, LL or AA. */
  isLabCritical?: boolean
  /** It arrived as history (rule R4+): what was urgent then is told as past. */
  isHistory?: boolean
  goal?: Goal | null
}

/**
 * Where a value lies, in words. Outside by ≤ 20 % of the range's width: a little; ≤ 100 %: plainly; beyond: well.
 * The practice's critical table comes first, then a clinician's goal, then the laboratory's range. Source: D2, D2+, R18.
 */
export function positionInWords(value: Measured, range: UsualRange | null, test: TestManners, options: PlaceOptions): Position {
  const measured = decimal(value.digits)
  const place = measured ? placeOf(measured, value.comparator, range, test) : 'no-range'
  const usual = position(place, options.say, range)
  if (options.isLabCritical || (measured && isCritical(measured, value.comparator, options.critical))) return critical(usual, options)
  const goal = measured && options.goal && !value.comparator ? placeOf(measured, null, boundsOf(options.goal), { neverALittle: true }) : null
  return goal && options.goal ? atGoal(goal, options.goal, usual, options.say) : usual
}

function placeOf(value: Decimal, comparator: Comparator | null, range: UsualRange | null, test: TestManners): Place {
  const low = decimal(range?.low)
  const high = decimal(range?.high)
  if (!range || (!low && !high)) return 'no-range'
  if (comparator) return placeOfLimit(value, comparator, low, high, range)
  const under = low ? compare(value, low) : 1
  const over = high ? compare(value, high) : -1
  if (low && high) {
    if (under < 0 || (under === 0 && range.isLowOpen)) return grade('below', minus(low, value), minus(high, low), test)
    if (over > 0 || (over === 0 && range.isHighOpen)) return grade('above', minus(value, high), minus(high, low), test)
    return 'inside'
  }
  const side = low ? under : over
  return side === 0 ? 'at-limit' : side < 0 ? 'below-limit' : 'above-limit'
}

function grade(side: 'below' | 'above', distance: Decimal, width: Decimal, test: TestManners): Place {
  if (isZero(width)) return side
  if (!test.neverALittle && isWithin(distance, width, test.littlePercent ?? 20)) return `a-little-${side}`
  return isWithin(distance, width, test.plainPercent ?? 100) ? side : `well-${side}`
}

/** "<5" and ">200" say only where the value is not; only what follows for certain is said. */
function placeOfLimit(value: Decimal, comparator: Comparator, low: Decimal | null, high: Decimal | null, range: UsualRange): Place {
  const isUnder = comparator.startsWith('<')
  const isStrict = comparator.length === 1
  const isBoth = low !== null && high !== null
  const floor = low && !isZero(low) ? low : null            // an amount is not below zero, so a low end of zero is no floor
  if (isUnder) {
    if (low && compare(value, low) < (isStrict ? 1 : 0)) return isBoth ? 'below' : 'below-limit'
    if (!floor && high && compare(value, high) < (isStrict || !range.isHighOpen ? 1 : 0)) return isBoth ? 'inside' : 'below-limit'
    return 'cannot-tell'
  }
  if (high && compare(value, high) > (isStrict ? -1 : 0)) return isBoth ? 'above' : 'above-limit'
  if (!high && low && compare(value, low) > (isStrict || !range.isLowOpen ? -1 : 0)) return 'above-limit'
  return 'cannot-tell'
}

/** At or beyond a limit; a value that is only known to lie on one side is compared with that one. */
export function isCritical(value: Decimal, comparator: Comparator | null, limits: CriticalLimits | null | undefined): boolean {
  const low = decimal(limits?.low)
  const high = decimal(limits?.high)
  const isLow = low !== null && !comparator?.startsWith('>') && compare(value, low) <= 0
  const isHigh = high !== null && !comparator?.startsWith('<') && compare(value, high) >= 0
  return isLow || isHigh
}

function position(place: Place, say: Say, range: UsualRange | null): Position {
  const base = { place, text: say(`explain.place.${place}`), isGoal: false }
  if (place === 'no-range' || place === 'cannot-tell') return { ...base, detail: place === 'cannot-tell' ? say('explain.place.cannot-tell-why') : null, tone: 'plain', isUsual: null }
  if (place === 'inside') return { ...base, detail: null, tone: 'calm', isUsual: true }
  if (!place.endsWith('-limit')) return { ...base, detail: null, tone: 'notice', isUsual: false }
  const isUsual = place === 'at-limit' ? !(range?.isLowOpen || range?.isHighOpen) : place === (range?.high === null ? 'above-limit' : 'below-limit')
  const bound = range?.high ?? range?.low ?? ''
  return { ...base, detail: say(range?.high === null ? 'explain.expects-or-more' : 'explain.expects-or-less', { bound }), tone: isUsual ? 'calm' : 'notice', isUsual }
}

function critical(usual: Position, { say, isHistory }: PlaceOptions): Position {
  const detail = usual.isUsual === false ? `${usual.text}.` : null
  if (isHistory) return { ...usual, text: say('explain.place.was-quick-action'), detail, tone: 'notice', isUsual: false }
  return { ...usual, place: 'quick-action', isUsual: false, text: say('explain.place.quick-action'), detail, tone: 'act' }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
const boundsOf = (goal: Goal): UsualRange => ({ low: goal.low ?? null, high: goal.high ?? null })

function atGoal(place: Place, goal: Goal, usual: Position, say: Say): Position {
  if (place === 'no-range') return usual
  const isMet = place === 'inside' || place === 'at-limit' || place === (goal.high === undefined ? 'above-limit' : goal.low === undefined ? 'below-limit' : 'inside')
  const side = isMet ? 'at' : place.endsWith('below') || place === 'below-limit' ? 'below' : 'above'
  const text = say(`explain.goal.${side}`, { who: goal.setBy })
  return { ...usual, text, detail: usual.isUsual === null ? null : say('explain.goal.lab-says', { place: lowerFirst(usual.text) }), tone: isMet ? 'calm' : 'notice', isGoal: true }
}
