import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brandFrom, type Brand } from '#ui/brand.ts'
import { contrastFigures, isReadable, leastContrast } from './make-brand.ts'

const brand = (color: string): Brand => brandFrom(color)!
const figure = (of: Brand, palette: 'light' | 'dark', what: string) => contrastFigures(of).find(one => one.palette === palette && one.what === what)!.ratio

test('any colour at all becomes a palette that reads at 7 to 1, in both palettes', () => {
  for (let r = 0; r <= 15; r++) for (let g = 0; g <= 15; g++) for (let b = 0; b <= 15; b++) {
    const color = `#${[r, g, b].map(part => (part * 17).toString(16).padStart(2, '0')).join('')}`
    assert.ok(isReadable(brand(color)), `${color}: ${contrastFigures(brand(color)).filter(({ ratio }) => ratio < leastContrast).map(({ palette, what, ratio }) => `${palette} ${what} ${ratio}`).join(', ')}`)
  }
})
test('a palette that does not read somewhere is not readable, wherever that is', () => {
  const good = brand('#2f6a56')
  const pale = { l: 0.8, c: 0.05, h: 150 }
  const cases: [string, Brand][] = [
    ['pale links', { ...good, light: { ...good.light, brand: pale } }],
    ['dark links on dark', { ...good, dark: { ...good.dark, brand: { l: 0.4, c: 0.05, h: 150 } } }],
    ['a strong tint', { ...good, light: { ...good.light, brandFill: good.light.brand } }],
    ['words on a button', { ...good, light: { ...good.light, onBrand: good.light.brand } }],
    ['a pale foot', { ...good, light: { ...good.light, ground: pale } }],
  ]
  assert.ok(isReadable(good))
  for (const [what, one] of cases) assert.ok(!isReadable(one), what)
  assert.ok(figure(cases[0]![1], 'light', 'Links on the page') < 3)
  assert.equal(figure(cases[3]![1], 'light', 'Words on a button'), 1)
})
test('the counted contrast is that of WCAG: black on white is 21 to 1', () => {
  const black = { l: 0, c: 0, h: 0 }, white = { l: 1, c: 0, h: 0 }
  const good = brand('#000000')
  assert.equal(figure({ ...good, light: { ...good.light, brand: black, onBrand: white } }, 'light', 'Words on a button'), 21)
})
