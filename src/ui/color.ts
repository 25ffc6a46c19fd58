/** Lightness 0..1, chroma 0..~0.4, hue in degrees. */
export type Oklch = { l: number; c: number; h: number }
type Rgb = readonly [number, number, number]

/** `#2f6f5e`, `#2f6` or `oklch(0.45 0.07 168)`; undefined when it is neither. */
export function parseColor(text: string): Oklch | undefined {
  const written = /^oklch\(\s*([\d.]+)(%?)\s+([\d.]+)\s+([\d.]+)(?:deg)?\s*\)$/.exec(text.trim())
  if (written) return { l: Number(written[1]) / (written[2] ? 100 : 1), c: Number(written[3]), h: Number(written[4]) }
  const short = /^#([0-9a-f]{3})$/i.exec(text.trim())?.[1]
  const hex = short ? [...short].map(digit => digit + digit).join('') : /^#([0-9a-f]{6})$/i.exec(text.trim())?.[1]
  if (!hex) return undefined
  const part = (at: number) => toLinear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  return fromLinear([part(0), part(2), part(4)])
}

const toLinear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
const toGamma = (v: number) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055)

/** Source of both matrices: Björn Ottosson, "A perceptual color space for image processing". */
function fromLinear([r, g, b]: Rgb): Oklch {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  const hue = (Math.atan2(y, x) * 180) / Math.PI
  return { l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, c: Math.hypot(x, y), h: (hue + 360) % 360 }
}

function toLinearRgb({ l, c, h }: Oklch): Rgb {
  const x = c * Math.cos((h * Math.PI) / 180)
  const y = c * Math.sin((h * Math.PI) / 180)
  const long = (l + 0.3963377774 * x + 0.2158037573 * y) ** 3
  const middle = (l - 0.1055613458 * x - 0.0638541728 * y) ** 3
  const short = (l - 0.0894841775 * x - 1.291485548 * y) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ]
}

const isOnScreen = (color: Oklch) => toLinearRgb(color).every(part => part >= -0.0005 && part <= 1.0005)

/** The same colour with as much chroma as a plain screen can show. */
export function onScreen(color: Oklch): Oklch {
  let shown = color
  while (shown.c > 0 && !isOnScreen(shown)) shown = { ...shown, c: Math.max(0, shown.c - 0.002) }
  return shown
}

const luminance = (color: Oklch) => {
  const [r, g, b] = toLinearRgb(onScreen(color)).map(part => Math.min(1, Math.max(0, part))) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** 1..21. Source: WCAG 2.2, contrast ratio. */
export function contrast(one: Oklch, other: Oklch): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const round = (value: number, places: number) => Number(value.toFixed(places))
export const toCss = ({ l, c, h }: Oklch): string => `oklch(${round(l, 3)} ${round(c, 3)} ${round(h, 1)})`
export const toHex = (color: Oklch): string =>
  '#' + toLinearRgb(onScreen(color)).map(part => Math.round(toGamma(Math.min(1, Math.max(0, part))) * 255).toString(16).padStart(2, '0')).join('')
