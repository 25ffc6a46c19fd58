import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { brandFrom, brandStylesheet, type BrandColors } from '#ui/brand.ts'
import { contrast, parseColor, toHex, type Oklch } from '#ui/color.ts'

type Palette = Record<string, Oklch>

const colorsIn = (css: string): Palette =>
  Object.fromEntries([...css.matchAll(/--([a-z-]+): (oklch\([\d. ]+\))/g)].map(([, name, color]) => [name!, parseColor(color!)!]))

const tokens = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const darkStart = tokens.indexOf('@media (prefers-color-scheme: dark)')
const light = colorsIn(tokens.slice(0, darkStart))
const palettes: Record<string, Palette> = { light, dark: { ...light, ...colorsIn(tokens.slice(darkStart)) } }

const grounds = ['paper', 'surface', 'quiet-fill']
const words = ['ink', 'ink-soft', 'brand', 'brand-strong', 'calm', 'notice', 'act']
const pairs: [string, string][] = [
  ...words.flatMap(word => grounds.map((ground): [string, string] => [word, ground])),
  ['calm', 'calm-fill'], ['notice', 'notice-fill'], ['act', 'act-fill'], ['ink', 'calm-fill'], ['ink', 'notice-fill'], ['ink', 'act-fill'],
  ['ink', 'brand-fill'], ['ink-soft', 'brand-fill'], ['brand', 'brand-fill'], ['brand-strong', 'brand-fill'],
  ['on-brand', 'brand'], ['on-brand', 'brand-strong'], ['on-act', 'act'], ['on-ground', 'ground'], ['on-lamp', 'lamp'], ['paper', 'ink'],
]

for (const [name, palette] of Object.entries(palettes)) {
  test(`every word of the ${name} palette stands at 7 to 1 or more on every ground it meets`, () => {
    const weak = pairs.map(([word, ground]) => ({ word, ground, ratio: contrast(palette[word]!, palette[ground]!) })).filter(({ ratio }) => ratio < 7)
    assert.deepEqual(weak, [])
  })

  test(`the edges of fields in the ${name} palette can be seen`, () => {
    for (const ground of grounds) assert.ok(contrast(palette['line-strong']!, palette[ground]!) >= 3, `line-strong on ${ground}`)
  })
}

test('the dark palette is a second one, not the first turned around', () => {
  const missing = Object.keys(light).filter(name => !(name in colorsIn(tokens.slice(darkStart))) && name !== 'shade')
  assert.deepEqual(missing, [])
})

test('counts contrast and colours as others do', () => {
  const black = parseColor('#000')!, white = parseColor('#ffffff')!
  assert.equal(contrast(black, white).toFixed(2), '21.00')
  assert.equal(contrast(parseColor('#777777')!, white).toFixed(2), '4.48')
  for (const hex of ['#2f6f5e', '#d7634b', '#0f3126', '#fbfaf5']) assert.equal(toHex(parseColor(hex)!), hex)
})

const readable = ({ brand, brandStrong, brandFill, onBrand, quietFill, ground }: BrandColors, palette: Palette) => {
  for (const under of [palette.paper!, brandFill, quietFill]) {
    assert.ok(contrast(brand, under) >= 7)
    assert.ok(contrast(brandStrong, under) >= 7)
  }
  assert.ok(contrast(onBrand, brand) >= 7)
  assert.ok(contrast(onBrand, brandStrong) >= 7)
  assert.ok(contrast(palette.ink!, brandFill) >= 7)
  assert.ok(contrast(palette['ink-soft']!, quietFill) >= 7)
  assert.ok(contrast(palette['on-ground']!, ground) >= 7)
}

test('any colour a practice picks gives a palette that reads, in light and in dark', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffff }), number => {
    const brand = brandFrom(`#${number.toString(16).padStart(6, '0')}`)!
    readable(brand.light, palettes.light!)
    readable(brand.dark, palettes.dark!)
  }), { numRuns: 2_000 })
})

test('says when a colour was too pale and was made darker', () => {
  assert.equal(brandFrom('#ffd54a')!.isDarkened, true)
  assert.equal(brandFrom('#1f4f40')!.isDarkened, false)
})

test('refuses what is no colour', () => {
  for (const text of ['red; } body { display: none', 'teal', '#12', '', 'oklch(x)']) assert.equal(brandFrom(text), undefined)
})

test('writes a stylesheet of tokens alone', () => {
  const css = brandStylesheet(brandFrom('#2f6f5e')!)
  assert.match(css, /^:root \{ --brand: oklch\([\d. ]+\);/)
  assert.doesNotMatch(css, /url|@import|<|NaN/)
  assert.ok(css.length < 900)
})
