import { compare, decimal } from './compare-decimals.ts'
import { digitsOf } from './keep-digits.ts'
import type { UsualRange } from './place-in-range.ts'
import { asText, asThing, asThings, codesOf, wordsOf, type Loose } from './read-loosely.ts'
import { isSameUnit, unitOf } from './show-units.ts'

export type Person = { birthDate?: string | null | undefined; sex?: 'male' | 'female' | 'other' | 'unknown' | null | undefined }
export type ChosenRange = {
  /** The one range that holds for this person and unit, or null. */
  range: UsualRange | null
  /** What the laboratory wrote, every range of it. */
  text: string | null
  /** Why no range could be used: none was sent, several could hold, another unit, for someone else, or it makes no sense. */
  why: 'none' | 'many' | 'unit' | 'someone-else' | 'odd' | null
}

const sexes: ReadonlyMap<string, 'male' | 'female'> = new Map([
  ['248153007', 'male'], ['248152002', 'female'], ['m', 'male'], ['f', 'female'], ['male', 'male'], ['female', 'female'], ['men', 'male'], ['women', 'female'],
])
const daysIn: ReadonlyMap<string, number> = new Map([['a', 365.2425], ['mo', 30.436875], ['wk', 7], ['d', 1], ['h', 1 / 24], ['year', 365.2425], ['years', 365.2425], ['months', 30.436875], ['days', 1]])

/** The laboratory's own range (D5). Our table of typical ranges is never looked at. Where it is not certain, none is chosen (R18). */
export function chooseRange(holder: Loose, unit: string | null, person: Person, at: number | null): ChosenRange {
  const sent = asThings(holder.referenceRange)
  const text = sent.map(range => wordRange(range)).filter(words => words !== null).join('; ') || null
  const usual = sent.filter(isUsualKind)
  if (usual.length === 0) return { range: null, text, why: 'none' }
  const isOneOfMany = usual.length > 1
  const strict = usual.filter(range => fits(range, person, at, isOneOfMany, false))
  const fitting = strict.length > 0 ? strict : usual.filter(range => fits(range, person, at, isOneOfMany, true))
  if (fitting.length === 0) return { range: null, text, why: 'someone-else' }
  const read = fitting.map(range => readRange(range, unit))
  const usable = read.filter(range => typeof range !== 'string')
  const first = usable[0]
  if (!first) return { range: null, text, why: read.includes('unit') ? 'unit' : read.includes('odd') ? 'odd' : 'none' }
  if (read.some(range => typeof range === 'string' || !isSame(range, first))) return { range: null, text, why: 'many' }
  return { range: first, text, why: null }
}

function isUsualKind(range: Loose): boolean {
  const code = codesOf(range.type)[0]?.code ?? asText(asThing(range.type).text)?.toLowerCase() ?? 'normal'
  return /^normal/i.test(code)
}

/** Sex and age as far as they are known. A condition that is not understood (pregnancy, a phase) fits nobody for certain. "To 17 years" holds until 18 where nothing else fits. */
function fits(range: Loose, person: Person, at: number | null, isOneOfMany: boolean, isWholeYear: boolean): boolean {
  for (const applies of asThings(range.appliesTo)) {
    const word = codesOf(applies)[0]?.code ?? wordsOf(applies) ?? ''
    const sex = sexes.get(word.toLowerCase()) ?? sexes.get((wordsOf(applies) ?? '').toLowerCase())
    if (sex === undefined) return false
    if (person.sex === 'male' || person.sex === 'female' ? person.sex !== sex : isOneOfMany) return false
  }
  const born = person.birthDate ? Date.parse(person.birthDate) : Number.NaN
  const age = at === null || Number.isNaN(born) ? null : (at - born) / 86_400_000
  const [from, to] = [ageOf(asThing(range.age).low), ageOf(asThing(range.age).high)]
  if (from === null && to === null) return true
  if (age === null) return !isOneOfMany
  return (from === null || age >= from) && (to === null || age <= to || (isWholeYear && age < to + (daysIn.get(unitOfAge(range)) ?? 0)))
}

const unitOfAge = (range: Loose): string => {
  const high = asThing(asThing(range.age).high)
  return asText(high.code) ?? asText(high.unit) ?? 'a'
}

function ageOf(value: unknown): number | null {
  const quantity = asThing(value)
  const digits = digitsOf(quantity.value)
  const days = daysIn.get(asText(quantity.code) ?? asText(quantity.unit) ?? 'a')
  return digits === null || days === undefined ? null : Number(digits) * days
}

const between = /^(-?\d+(?:\.\d+)?)\s*(?:-|–|—|to)\s*(-?\d+(?:\.\d+)?)(?:\s+(\S+))?$/i
const bound = /^(<=|>=|<|>|≤|≥)\s*(-?\d+(?:\.\d+)?)(?:\s*(\S+))?$/

function readRange(range: Loose, unit: string | null): UsualRange | 'unit' | 'odd' | 'none' {
  const [low, high] = [asThing(range.low), asThing(range.high)]
  const [from, to] = [digitsOf(low.value), digitsOf(high.value)]
  if (from === null && to === null) return readText(asText(range.text), unit)
  for (const end of [from === null ? null : low, to === null ? null : high]) if (end && !isSameUnit(unitOf(end)?.sent ?? null, unit)) return 'unit'
  return sound({ low: from, high: to })
}

/** HL7 v2 sends ranges as text: "3.5-5.0", "<200", ">=60 mL/min". Anything else is shown, not used. */
function readText(text: string | null, unit: string | null): UsualRange | 'unit' | 'odd' | 'none' {
  if (text === null) return 'none'
  const two = between.exec(text)
  if (two) return isSameUnit(two[3] ?? null, unit) ? sound({ low: two[1] ?? null, high: two[2] ?? null }) : 'unit'
  const one = bound.exec(text)
  if (!one) return 'none'
  if (!isSameUnit(one[3] ?? null, unit)) return 'unit'
  const [sign = '', digits = ''] = [one[1], one[2]]
  if (sign.startsWith('<') || sign === '≤') return { low: null, high: digits, isHighOpen: sign === '<' }
  return { low: digits, high: null, isLowOpen: sign === '>' }
}

function sound(range: UsualRange): UsualRange | 'odd' {
  const [low, high] = [decimal(range.low), decimal(range.high)]
  if ((range.low !== null && !low) || (range.high !== null && !high)) return 'odd'
  return low && high && compare(low, high) > 0 ? 'odd' : range
}

const isSame = (a: UsualRange, b: UsualRange): boolean => isSameEnd(a.low, b.low) && isSameEnd(a.high, b.high) && Boolean(a.isLowOpen) === Boolean(b.isLowOpen) && Boolean(a.isHighOpen) === Boolean(b.isHighOpen)

function isSameEnd(a: string | null, b: string | null): boolean {
  const [x, y] = [decimal(a), decimal(b)]
  return x && y ? compare(x, y) === 0 : x === y
}

function wordRange(range: Loose): string | null {
  const own = asText(range.text)
  if (own !== null) return own
  const [low, high] = [asThing(range.low), asThing(range.high)]
  const [from, to] = [digitsOf(low.value), digitsOf(high.value)]
  const unit = unitOf(to === null ? low : high)?.shown
  const ends = from !== null && to !== null ? `${from}–${to}` : from !== null ? `≥ ${from}` : to !== null ? `≤ ${to}` : null
  if (ends === null) return null
  const whom = asThings(range.appliesTo).map(wordsOf).filter(word => word !== null).join(', ')
  return `${ends}${unit ? ` ${unit}` : ''}${whom ? ` (${whom})` : ''}`
}
