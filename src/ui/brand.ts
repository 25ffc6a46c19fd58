import { contrast, onScreen, parseColor, toCss, toHex, type Oklch } from '#ui/color.ts'

/** What the practice's one colour becomes in one palette. Each name is a token of tokens.css. */
export type BrandColors = { brand: Oklch; brandStrong: Oklch; brandFill: Oklch; onBrand: Oklch; quietFill: Oklch; ground: Oklch }

export type Brand = {
  light: BrandColors
  dark: BrandColors
  /** The colour as it will stand on a light page. */
  shown: string
  /** The colour was too pale for words and was made darker. Say so to the person who chose it. */
  isDarkened: boolean
}

/** Text on site and portal. Source: WCAG 2.2, 1.4.6 contrast (enhanced). */
const leastContrast = 7

const paper: Oklch = { l: 0.984, c: 0.006, h: 95 }
const darkPaper: Oklch = { l: 0.212, c: 0.012, h: 170 }
const lightOnBrand: Oklch = { l: 0.99, c: 0.006, h: 95 }

/** Moves `color` by small steps of lightness until it reads on each of `grounds`. */
function until(color: Oklch, step: number, grounds: readonly Oklch[]): Oklch {
  let shown = onScreen(color)
  while (shown.l > 0.05 && shown.l < 0.97 && grounds.some(ground => contrast(shown, ground) < leastContrast)) shown = onScreen({ ...color, l: shown.l + step })
  return shown
}

function lightFrom({ l, c, h }: Oklch): BrandColors {
  const brandFill = onScreen({ l: 0.935, c: Math.min(0.028, c * 0.4), h })
  const quietFill = onScreen({ l: 0.952, c: Math.min(0.012, c * 0.2), h })
  const brand = until({ l: Math.min(l, 0.9), c: Math.min(c, 0.16), h }, -0.005, [paper, brandFill, quietFill, lightOnBrand])
  return {
    brand, brandFill, quietFill, onBrand: lightOnBrand,
    brandStrong: onScreen({ ...brand, l: Math.max(0.2, brand.l - 0.08) }),
    ground: onScreen({ l: 0.285, c: Math.min(0.045, c * 0.62), h }),
  }
}

function darkFrom({ c, h }: Oklch): BrandColors {
  const brandFill = onScreen({ l: 0.33, c: Math.min(0.045, c * 0.5), h })
  const quietFill = onScreen({ l: 0.29, c: Math.min(0.016, c * 0.22), h })
  const onBrand = onScreen({ l: 0.212, c: Math.min(0.02, c * 0.3), h })
  const brand = until({ l: 0.82, c: Math.min(c, 0.09), h }, 0.005, [darkPaper, brandFill, quietFill, onBrand])
  return {
    brand, brandFill, quietFill, onBrand,
    brandStrong: onScreen({ ...brand, l: Math.min(0.95, brand.l + 0.06) }),
    ground: onScreen({ l: 0.165, c: Math.min(0.016, c * 0.2), h }),
  }
}

/** A whole small palette from one colour (`#2f6f5e`), each part readable where it stands; undefined when it is no colour. */
export function brandFrom(color: string): Brand | undefined {
  const chosen = parseColor(color)
  if (!chosen) return undefined
  const light = lightFrom(chosen)
  return { light, dark: darkFrom(chosen), shown: toHex(light.brand), isDarkened: light.brand.l < chosen.l - 0.01 }
}

const declarations = (colors: BrandColors) => [
  `--brand: ${toCss(colors.brand)}`, `--brand-strong: ${toCss(colors.brandStrong)}`, `--brand-fill: ${toCss(colors.brandFill)}`,
  `--on-brand: ${toCss(colors.onBrand)}`, `--quiet-fill: ${toCss(colors.quietFill)}`, `--ground: ${toCss(colors.ground)}`,
].join('; ')

/** The practice's own stylesheet, loaded after the house's. Serve it under a name that holds its hash. */
export const brandStylesheet = ({ light, dark }: Brand): string =>
  `:root { ${declarations(light)} }\n@media (prefers-color-scheme: dark) { :root { ${declarations(dark)} } }\n`
