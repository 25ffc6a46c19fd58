/** Exact decimals: a laboratory's 0.30 is never 0.299999. Source: results rule D8. */
export type Decimal = { readonly units: bigint; readonly scale: number }

const shape = /^[+-]?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/
const mostDigits = 60

export function decimal(digits: string | null | undefined): Decimal | null {
  if (digits === null || digits === undefined || digits.length > mostDigits) return null
  const match = shape.exec(digits)
  if (!match) return null
  const [, whole = '', part = '', exponent = '0'] = match
  const scale = part.length - Number(exponent)
  if (Math.abs(scale) > mostDigits) return null
  const units = BigInt(whole + part) * (digits.startsWith('-') ? -1n : 1n)
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 }
}

function level(a: Decimal, b: Decimal): [bigint, bigint, number] {
  if (a.scale === b.scale) return [a.units, b.units, a.scale]
  const scale = Math.max(a.scale, b.scale)
  return [a.units * 10n ** BigInt(scale - a.scale), b.units * 10n ** BigInt(scale - b.scale), scale]
}

export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [x, y] = level(a, b)
  return x < y ? -1 : x > y ? 1 : 0
}

export function minus(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = level(a, b)
  return { units: x - y, scale }
}

/** Is `part` at most `percent` of `whole`? Both are zero or more. */
export function isWithin(part: Decimal, whole: Decimal, percent: number): boolean {
  const [x, y] = level(part, whole)
  return x * 100n <= y * BigInt(percent)
}

export const isZero = (value: Decimal): boolean => value.units === 0n
/** For drawing only. */
export const toNumber = (value: Decimal): number => Number(value.units) / 10 ** value.scale
