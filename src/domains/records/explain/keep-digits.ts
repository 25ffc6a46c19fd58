/**
 * The digits of a number as the laboratory sent them (D8). JSON.parse forgets the last zero of 5.40;
 * `parseKeepingDigits` gives such numbers as text, and `digitsOf` takes either.
 */
export function digitsOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? withoutExponent(String(value)) : null
  if (typeof value === 'string') {
    const trimmed = value.trim()
    return /^[+-]?\d{1,40}(\.\d{1,40})?$/.test(trimmed) ? trimmed.replace(/^\+/, '') : null
  }
  return null
}

function withoutExponent(text: string): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!match) return text
  const [, sign = '', first = '', rest = '', power = '0'] = match
  const places = Number(power)
  const digits = first + rest
  if (Math.abs(places) > 30) return text
  if (places < 0) return `${sign}0.${'0'.repeat(-places - 1)}${digits}`
  return sign + (digits.length > places + 1 ? `${digits.slice(0, places + 1)}.${digits.slice(places + 1)}` : digits.padEnd(places + 1, '0'))
}

const losesDigits = /[:,[]\s*-?(?:\d+\.\d*0|\d{16,}|\d+\.\d{15,}|[\d.]+[eE][+-]?\d+)\s*[,}\]]/

/** JSON.parse, except that a number whose written form a double would change stays text. */
export function parseKeepingDigits(json: string): unknown {
  if (!losesDigits.test(json)) return JSON.parse(json)
  return JSON.parse(json, (_key, value: unknown, context?: { source?: string }) => {
    const source = context?.source
    return typeof value === 'number' && source !== undefined && source !== String(value) && /^-?\d+(\.\d+)?$/.test(source) ? source : value
  })
}

/** More than six figures come from a calculation, not from a meter: the picture shows them shortened, the exact line never. */
export function shorten(digits: string): { digits: string; isShortened: boolean } {
  const figures = digits.replace(/^-?0*\.?0*/, '').replace('.', '').length
  if (figures <= 6 || !digits.includes('.')) return { digits, isShortened: false }
  const value = Number(digits)
  const places = Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value) || 1)))
  const short = value.toFixed(Math.min(places, 20)).replace(/\.?0+$/, '')
  return { digits: short === '-0' || short === '' ? '0' : short, isShortened: true }
}
