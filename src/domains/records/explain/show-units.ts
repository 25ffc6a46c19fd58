import { compare, decimal } from './compare-decimals.ts'

/** `sent` is the laboratory's unit (D8); `shown` is the same unit in type people know: m[IU]/L → mIU/L. */
export type Unit = { sent: string; shown: string }

const known: ReadonlyMap<string, string> = new Map([
  ['10*3/uL', '×10³/µL'], ['10*6/uL', '×10⁶/µL'], ['10*9/L', '×10⁹/L'], ['10*12/L', '×10¹²/L'], ['K/uL', '×10³/µL'], ['M/uL', '×10⁶/µL'],
  ['mL/min/{1.73_m2}', 'mL/min/1.73 m²'], ['Cel', '°C'], ['[degF]', '°F'], ['mm[Hg]', 'mmHg'], ['/min', 'a minute'], ['{beats}/min', 'beats a minute'],
  ['[lb_av]', 'lb'], ['[in_i]', 'in'], ['kg/m2', 'kg/m²'], ['{score}', ''], ['(score)', ''], ['score', ''], ['{INR}', ''], ['1', ''], ['{ratio}', ''], ['{index}', ''],
  ['[pH]', 'pH'], ['%O2', '%'], ['meq/L', 'mEq/L'], ['g/cm2', 'g/cm²'], ['{T-score}', ''], ['{T-Score}', ''], ['{Z-Score}', ''], ['T-Score', ''], ['Z-Score', ''],
])

/** Units met before; there are few, and a record full of odd ones must not fill the memory. */
const met = new Map<string, string>(known)
const mostMet = 1000

export function showUnit(sent: string): string {
  const before = met.get(sent)
  if (before !== undefined) return before
  const shown = typeset(sent)
  if (met.size < mostMet) met.set(sent, shown)
  return shown
}

function typeset(sent: string): string {
  return sent.replace(/\{([^}]*)\}/g, (_all, note: string) => (/^[A-Za-z]{2,5}$/.test(note) ? ` ${note}` : '')).replace(/\[(\w+)\]/g, '$1').replace(/\bu(?=[gLmM])/g, 'µ').trim()
}

export function unitOf(quantity: Readonly<Record<string, unknown>>): Unit | null {
  const sent = [quantity.unit, quantity.code].find(value => typeof value === 'string' && value.trim() !== '')
  if (typeof sent !== 'string') return null
  const trimmed = sent.trim()
  return { sent: trimmed, shown: showUnit(trimmed) }
}

const plainly = (unit: string): string => unit.toLowerCase().replace(/[\s[\]]/g, '').replace('µ', 'u').replace('μ', 'u')
/** The same unit, or nothing said against it. mEq/L and mmol/L differ for calcium, so they are never taken for one. */
export const isSameUnit = (a: string | null, b: string | null): boolean => a === null || b === null || plainly(a) === plainly(b)

/** Units that differ by a power of ten alone, whatever is measured: the exponent of each against the first. Source: UCUM, prefixes. */
const powers: readonly ReadonlyMap<string, number>[] = [
  new Map([['g/l', 0], ['g/dl', 1], ['mg/ml', 0], ['mg/dl', -2], ['mg/l', -3], ['ug/ml', -3], ['ug/dl', -5], ['ug/l', -6], ['ng/ml', -6], ['ng/dl', -8], ['ng/l', -9], ['pg/ml', -9]]),
  new Map([['mol/l', 0], ['mmol/l', -3], ['umol/l', -6], ['nmol/l', -9], ['pmol/l', -12]]),
  new Map([['10*9/l', 0], ['10*3/ul', 0], ['k/ul', 0], ['x10e3/ul', 0], ['thousand/ul', 0], ['10*6/ul', 3], ['10*12/l', 3], ['m/ul', 3], ['x10e6/ul', 3], ['/ul', -3], ['cells/ul', -3]]),
]
/** By which power of ten a figure in `from` is multiplied to stand in `to`; null: nothing that holds for every substance. */
export function powerBetween(from: string, to: string): number | null {
  const [a, b] = [plainly(from), plainly(to)]
  if (a === b) return 0
  const group = powers.find(one => one.has(a) && one.has(b))
  return group ? group.get(a)! - group.get(b)! : null
}

type Turn = (value: number) => string
const other: ReadonlyMap<string, Turn> = new Map<string, Turn>([
  ['kg', value => `${(value * 2.2046226).toFixed(0)} lb`],
  ['cm', value => feet(value / 2.54)],
  ['Cel', value => `${(value * 1.8 + 32).toFixed(1)} °F`],
  ['[lb_av]', value => `${(value / 2.2046226).toFixed(1)} kg`],
  ['[in_i]', value => `${(value * 2.54).toFixed(0)} cm`],
  ['[degF]', value => `${((value - 32) / 1.8).toFixed(1)} °C`],
])
const same: ReadonlyMap<string, string> = new Map([['°C', 'Cel'], ['C', 'Cel'], ['degC', 'Cel'], ['°F', '[degF]'], ['degF', '[degF]'], ['lb', '[lb_av]'], ['lbs', '[lb_av]'], ['in', '[in_i]'], ['in_i', '[in_i]']])

const feet = (inches: number): string => {
  const whole = Math.round(inches)
  return whole >= 24 ? `${Math.floor(whole / 12)} ft ${whole % 12} in` : `${inches.toFixed(1)} in`
}

/** The same measure of a body as people here say it: 86.2 kg → 190 lb. Rounded, so it stands second (D8). */
export function inOtherUnits(digits: string, unit: Unit | null): string | null {
  const turn = unit && other.get(same.get(unit.sent) ?? unit.sent)
  const value = decimal(digits)
  if (!turn || !value || compare(value, { units: 0n, scale: 0 }) < 0) return null
  return turn(Number(digits))
}
