import { createHash } from 'node:crypto'
import { brandFrom, brandStylesheet, type Brand, type BrandColors } from '#ui/brand.ts'
import { contrast, type Oklch } from '#ui/color.ts'

export type BrandSheet = { css: string; href: string }
const made = new Map<string, BrandSheet>()

/** The stylesheet of one brand colour, named by its content. */
export function brandSheet(color: string): BrandSheet {
  let sheet = made.get(color)
  if (!sheet) {
    const brand = brandFrom(color)
    if (!brand) throw new Error(`${color} is no colour`)
    const css = brandStylesheet(brand)
    sheet = { css, href: `/assets/brand-${createHash('sha256').update(css).digest('hex').slice(0, 12)}.css` }
    if (made.size > 200) made.clear()
    made.set(color, sheet)
  }
  return sheet
}

/** A sheet that this process made, by its address: a page from before the last change still finds its own. */
export const sheetAt = (href: string): BrandSheet | undefined => made.values().find(sheet => sheet.href === href)

export type ContrastFigure = { palette: 'light' | 'dark'; what: string; ratio: number }
// The papers of both palettes, as tokens.css has them.
const papers: Record<'light' | 'dark', Oklch> = { light: { l: 0.984, c: 0.006, h: 95 }, dark: { l: 0.212, c: 0.012, h: 170 } }
const onGround: Record<'light' | 'dark', Oklch> = { light: { l: 0.965, c: 0.01, h: 110 }, dark: { l: 0.93, c: 0.012, h: 110 } }

/** Text on site and portal. Source: WCAG 2.2, 1.4.6 contrast (enhanced). */
export const leastContrast = 7

/** How well the brand reads wherever it stands, in both palettes. */
export function contrastFigures(brand: Brand): ContrastFigure[] {
  return (['light', 'dark'] as const).flatMap(palette => {
    const colors: BrandColors = brand[palette]
    const figure = (what: string, one: Oklch, other: Oklch): ContrastFigure => ({ palette, what, ratio: Math.round(contrast(one, other) * 100) / 100 })
    return [
      figure('Links on the page', colors.brand, papers[palette]),
      figure('Links on a tinted block', colors.brand, colors.brandFill),
      figure('Links on a quiet block', colors.brand, colors.quietFill),
      figure('Words on a button', colors.onBrand, colors.brand),
      figure('Words at the foot of the site', onGround[palette], colors.ground),
    ]
  })
}

export const isReadable = (brand: Brand): boolean => contrastFigures(brand).every(({ ratio }) => ratio >= leastContrast)
