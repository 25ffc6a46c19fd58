import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { words } from '#platform/words.ts'
import { chooseAnchor } from './choose-anchor.ts'
import { drawNumberLine, type NumberLineModel } from './draw-number-line.ts'
import { positionInWords, type UsualRange } from './place-in-range.ts'
import { sayDay, type Day } from './say-dates.ts'
import { history, lastValues, type PastValue } from './show-history.ts'

const say = words('en')
const day = (text: string): Day => sayDay(text, 'en') ?? assert.fail(text)
const unit = { sent: 'mmol/L', shown: 'mmol/L' }
function draw(digits: string, range: UsualRange, past: [string, string][] = [], isLimit = false): NumberLineModel {
  const position = positionInWords({ digits, comparator: isLimit ? '<' : null }, range, { neverALittle: false }, { say })
  return drawNumberLine({ digits, comparator: isLimit ? '<' : null, range, unit, position, name: 'Potassium', say, past: past.map(([value, on]) => ({ digits: value, day: day(on) })) }) ?? assert.fail('no line')
}

test('D3 the band stands between its labelled ends, the marker where the value is, the words beside it', () => {
  const line = draw('5.4', { low: '3.5', high: '5.0' }, [['4.9', '2026-01-05']])
  assert.deepEqual([line.low?.label, line.high?.label, line.marker?.label, line.unit], ['3.5', '5.0', '5.4 mmol/L', 'mmol/L'])
  assert.ok(line.marker && line.high && line.marker.at > line.high.at)
  assert.ok(line.left && line.right)
  assert.equal(line.description, 'Your result is 5.4 mmol/L. Above the usual range. The usual range goes from 3.5 to 5.0. Before that, it was 4.9 on January 5, 2026.')
})

test('D2+ a range with one bound has no line beyond the data', () => {
  const good = draw('180', { low: null, high: '200' })
  assert.deepEqual([good.band.isLeftOpen, good.low, good.right, good.high?.at], [true, null, null, 100])
  const high = draw('240', { low: null, high: '200' })
  assert.deepEqual([high.marker?.at, high.right?.to, high.left], [100, 100, null])
  const low = draw('30', { low: '40', high: null })
  assert.deepEqual([low.marker?.at, low.band.isRightOpen, low.right], [0, true, null])
})

test('D2+ a value with < or > is said and has no marker', () => {
  const line = draw('0.5', { low: '1', high: '2' }, [], true)
  assert.deepEqual([line.marker, line.limit], [null, '< 0.5 mmol/L'])
})

test('D3 a value far away stands at the end and says so, and the band stays wide enough to see', () => {
  const line = draw('900', { low: '10', high: '40' })
  assert.deepEqual([line.marker?.at, line.marker?.isOff], [100, true])
  assert.ok(line.band.to - line.band.from >= 20)
})

test('D3 for any value and range everything stands on the line, in the right order', () => {
  const number = fc.integer({ min: 0, max: 10_000 }).map(whole => (whole / 100).toFixed(2))
  fc.assert(fc.property(number, number, number, fc.array(number, { maxLength: 6 }), fc.constantFrom('both', 'low', 'high'), (value, one, other, past, kind) => {
    const [low, high] = Number(one) <= Number(other) ? [one, other] : [other, one]
    const line = draw(value, { low: kind === 'high' ? null : low, high: kind === 'low' ? null : high }, past.map((digits, index) => [digits, `20${10 + index}-03-04`]))
    const places = [line.band.from, line.band.to, line.marker?.at ?? 0, ...line.ticks.map(tick => tick.at)]
    assert.ok(places.every(at => Number.isFinite(at) && at >= 0 && at <= 100), JSON.stringify(line))
    assert.ok(line.band.from <= line.band.to && line.ticks.length <= 4)
    if (line.marker?.place === 'inside') assert.ok(line.marker.at >= line.band.from && line.marker.at <= line.band.to)
    if (line.marker?.place.endsWith('above')) assert.ok(line.marker.at >= line.band.to)
    if (line.marker?.place.endsWith('below')) assert.ok(line.marker.at <= line.band.from)
  }), { numRuns: 1000 })
})

test('D4 an anchor is drawn only with two signatures and a date, and never where it could mislead', () => {
  const anchor = { loinc: '1742-6', unit: 'U/L', digits: '120', decidedOn: '2026-05-01', signedBy: ['Dr. Ada Moreno', 'Dr. Ben Ito'] }
  assert.equal(chooseAnchor('1742-6', 'U/L', [], [anchor]), anchor)
  assert.equal(chooseAnchor('1742-6', 'U/L', ['pregnancy'], [anchor]), null)
  assert.equal(chooseAnchor('1742-6', 'U/L', null, [anchor]), null, 'not known is not safe')
  assert.equal(chooseAnchor('1742-6', 'U/L', [], [{ ...anchor, signedBy: ['Dr. Ada Moreno', 'Dr. Ada Moreno '] }]), null)
  assert.equal(chooseAnchor('1742-6', 'ukat/L', [], [anchor]), null)
  assert.equal(chooseAnchor('1742-6', 'U/L', []), null, 'ships empty')
})

const past = (digits: string, on: string, change: Partial<PastValue> = {}): PastValue => ({ loinc: '2823-3', lab: 'Quest', unit, digits, comparator: null, day: day(on), range: { low: '3.5', high: '5.0' }, ...change })

test('D7 history is the last five of the same code, unit and laboratory', () => {
  const current = past('5.4', '2026-11-20')
  const others = [
    past('4.1', '2021-01-01'), past('4.2', '2022-01-01'), past('4.3', '2023-01-01'), past('4.4', '2024-01-01'), past('4.5', '2025-01-01'),
    past('9.1', '2026-01-01', { lab: 'Other lab' }), past('9.2', '2026-01-02', { unit: { sent: 'mg/dL', shown: 'mg/dL' } }), past('9.3', '2026-01-03', { loinc: '6298-4' }),
    past('9.4', '2026-12-01'), current, past('5.4', '2026-11-20'),
  ]
  assert.deepEqual(lastValues(current, others).map(value => value.digits), ['5.4', '4.5', '4.4', '4.3', '4.2'])
})

test('D7 chart and table show the same values, and claim nothing about a trend', () => {
  const model = history([past('5.4', '2026-11-20'), past('4.90', '2026-05-01'), past('5', '2025-11-20', { comparator: '<' })], { locale: 'en', name: 'Potassium' }) ?? assert.fail()
  assert.deepEqual([model.points.map(point => point.value), model.notDrawn], [['4.90', '5.4'], ['< 5 mmol/L on November 20, 2025.']])
  assert.deepEqual(model.rows.map(row => row.value), ['5.4 mmol/L', '4.90 mmol/L', '< 5 mmol/L'])
  assert.doesNotMatch(JSON.stringify(model), /improv|better|worse|rising|falling|trend/i)
  assert.equal(history([past('5.4', '2026-11-20')], { locale: 'en', name: 'x' }), null)
})

test('D7 a range that changed in between draws no band', () => {
  const changed = [past('5.4', '2026-11-20'), past('4.9', '2026-05-01', { range: { low: '3.4', high: '5.1' } })]
  assert.equal(history(changed, { locale: 'en', name: 'x' })?.band, null)
  assert.ok(history([past('5.4', '2026-11-20'), past('4.9', '2026-05-01')], { locale: 'en', name: 'x' })?.band)
})
