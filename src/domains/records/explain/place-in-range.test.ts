import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { words } from '#platform/words.ts'
import { knowTest, unknownManners } from './know-tests.ts'
import { positionInWords, type Comparator, type PlaceOptions, type TestManners, type UsualRange } from './place-in-range.ts'

const say = words('en')
const manners: TestManners = { neverALittle: false }
const between = (low: string, high: string): UsualRange => ({ low, high })
const place = (digits: string, range: UsualRange | null, test: TestManners = manners, options: Partial<PlaceOptions> = {}, comparator: Comparator | null = null) =>
  positionInWords({ digits, comparator }, range, test, { say, ...options })

test('D2 inside the range, ends included, is in the usual range', () => {
  for (const digits of ['10', '10.0', '15', '20', '20.000']) assert.equal(place(digits, between('10', '20')).place, 'inside', digits)
})

test('D2 outside by up to a fifth of the width is a little, up to the width is plainly, beyond is well', () => {
  const vectors: [string, string][] = [
    ['20.01', 'a-little-above'], ['22', 'a-little-above'], ['22.0000001', 'above'], ['30', 'above'], ['30.1', 'well-above'], ['1000', 'well-above'],
    ['9.99', 'a-little-below'], ['8', 'a-little-below'], ['7.9999', 'below'], ['0', 'below'], ['-0.1', 'well-below'],
  ]
  for (const [digits, expected] of vectors) assert.equal(place(digits, between('10', '20')).place, expected, digits)
  assert.equal(place('22', between('10', '20')).text, 'A little above the usual range')
})

test('D2 is exact where doubles are not: 0.1 + 0.2 is a fifth past 0.3', () => {
  assert.equal(place('0.34', between('0.1', '0.3')).place, 'a-little-above')
  assert.equal(place('0.340000000000000000001', between('0.1', '0.3')).place, 'above')
  assert.equal(place('0.30000000000000004', between('0.1', '0.3')).place, 'a-little-above')
  assert.equal(place('0.3', between('0.1', '0.30')).place, 'inside')
})

test('D2 a range of no width says above or below and grades nothing', () => {
  assert.equal(place('5.1', between('5', '5')).place, 'above')
  assert.equal(place('5', between('5', '5')).place, 'inside')
})

test('D2 a test may have its own steps', () => {
  assert.equal(place('22', between('10', '20'), { neverALittle: false, littlePercent: 10 }).place, 'above')
  assert.equal(place('26', between('10', '20'), { neverALittle: false, plainPercent: 50 }).place, 'well-above')
})

test('D2+ INR, salts, haemoglobin, platelets, neutrophils, troponin, hCG and life-changing tests never say "a little"', () => {
  const never = ['6301-6', '34714-6', '2951-2', '2947-0', '2823-3', '6298-4', '2075-0', '2028-9', '17861-6', '2777-1', '19123-9', '718-7', '777-3', '26515-7', '751-8', '67151-1', '10839-9', '21198-7', '2106-3', '56888-1', '13955-0', '10524-7']
  for (const loinc of never) {
    const known = knowTest(loinc)
    assert.ok(known, loinc)
    assert.equal(place('20.1', between('10', '20'), known).place, 'above', loinc)
    assert.equal(place('9.9', between('10', '20'), known).place, 'below', loinc)
  }
  for (const loinc of ['33037-3', '5902-2', '770-8', '8867-4']) assert.equal(place('20.1', between('10', '20'), knowTest(loinc) ?? undefined).place, 'above', loinc)
  assert.equal(place('20.1', between('10', '20'), unknownManners).place, 'above', 'a test that nobody has looked at')
  for (const loinc of ['2345-7', '785-6']) assert.equal(place('20.1', between('10', '20'), knowTest(loinc) ?? undefined).place, 'a-little-above', loinc)
})

test('D2+ a range with one bound says only above or below the limit, and which side is expected', () => {
  const most: UsualRange = { low: null, high: '200' }
  assert.deepEqual([place('180', most).text, place('180', most).isUsual, place('180', most).detail], ['Below the lab’s limit', true, 'Your lab looks for 200 or less.'])
  assert.deepEqual([place('900', most).text, place('900', most).isUsual], ['Above the lab’s limit', false])
  assert.deepEqual([place('200', most).place, place('200', most).isUsual], ['at-limit', true])
  assert.deepEqual([place('200', { ...most, isHighOpen: true }).place, place('200', { ...most, isHighOpen: true }).isUsual], ['at-limit', false])
  const least: UsualRange = { low: '40', high: null }
  assert.deepEqual([place('60', least).place, place('60', least).isUsual], ['above-limit', true])
  assert.deepEqual([place('30', least).place, place('30', least).isUsual], ['below-limit', false])
})

test('D2+ a value with < or > says only what is certain', () => {
  const vectors: [Comparator, string, UsualRange, string][] = [
    ['<', '5', between('10', '20'), 'below'], ['<', '10', between('10', '20'), 'below'], ['<=', '10', between('10', '20'), 'cannot-tell'],
    ['<', '15', between('10', '20'), 'cannot-tell'], ['<', '0.01', between('0', '0.04'), 'inside'], ['<', '1', between('-2', '2'), 'cannot-tell'],
    ['>', '20', between('10', '20'), 'above'], ['>=', '20', between('10', '20'), 'cannot-tell'], ['>', '500', between('10', '20'), 'above'], ['>', '15', between('10', '20'), 'cannot-tell'],
    ['<', '3', { low: null, high: '5' }, 'below-limit'], ['>', '90', { low: '60', high: null }, 'above-limit'], ['>', '50', { low: '60', high: null }, 'cannot-tell'],
  ]
  for (const [comparator, digits, range, expected] of vectors) assert.equal(place(digits, range, manners, {}, comparator).place, expected, `${comparator}${digits}`)
})

test('R18 without a range there are no words of place and no colour', () => {
  for (const range of [null, { low: null, high: null }]) {
    const position = place('5', range)
    assert.deepEqual([position.place, position.text, position.tone, position.isUsual], ['no-range', 'Your lab did not send a usual range', 'plain', null])
  }
})

test('D2+ the practice’s critical table comes before everything, at or past its limit', () => {
  const critical = { unit: 'mmol/L', low: '2.8', high: '6.2' }
  for (const digits of ['6.2', '6.20', '7', '2.8', '1']) {
    const position = place(digits, between('3.5', '5.0'), manners, { critical, goal: { low: '0', high: '9', setBy: 'Dr. Ada' } })
    assert.deepEqual([position.place, position.text, position.tone], ['quick-action', 'This needs quick action', 'act'], digits)
  }
  assert.equal(place('6.19', between('3.5', '5.0'), manners, { critical }).place, 'above')
  assert.equal(place('7', null, manners, { critical }).place, 'quick-action')
  assert.equal(place('7', between('3.5', '5.0'), manners, { critical }, '>').place, 'quick-action')
  assert.equal(place('3', between('3.5', '5.0'), manners, { critical }, '<').place, 'below')
})

test('R11 the laboratory’s own critical flag needs quick action too, and history tells it as past (R4+)', () => {
  assert.equal(place('5.5', between('3.5', '5.0'), manners, { isLabCritical: true }).place, 'quick-action')
  const old = place('9', between('3.5', '5.0'), manners, { isLabCritical: true, isHistory: true })
  assert.deepEqual([old.text, old.tone, old.isUsual], ['This needed quick action at the time', 'notice', false])
})

test('D2+ where a clinician set a goal, the goal leads and the laboratory’s range follows', () => {
  const goal = { high: '7', setBy: 'Dr. Ada Moreno' }
  const met = place('6.8', between('4.0', '5.6'), manners, { goal })
  assert.deepEqual([met.text, met.detail, met.tone, met.isGoal], ['At the goal you and Dr. Ada Moreno set', 'By the lab’s range: above the usual range.', 'calm', true])
  assert.equal(place('7.4', between('4.0', '5.6'), manners, { goal }).text, 'Above the goal you and Dr. Ada Moreno set')
  assert.equal(place('1.5', between('0.8', '1.2'), manners, { goal: { low: '2', high: '3', setBy: 'Dr. Ada' } }).text, 'Below the goal you and Dr. Ada set')
})

const amount = fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 6 })).map(([units, scale]) => ({ digits: written(units, scale), value: units / 10 ** scale }))
function written(units: number, scale: number): string {
  const text = String(Math.abs(units)).padStart(scale + 1, '0')
  return `${units < 0 ? '-' : ''}${scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`}`
}

test('D2 for any value and range: the side is right, and the same value written with more zeros lies in the same place', () => {
  fc.assert(fc.property(amount, amount, amount, (value, one, other) => {
    const [low, high] = one.value <= other.value ? [one, other] : [other, one]
    const found = place(value.digits, between(low.digits, high.digits))
    const side = value.value < low.value ? 'below' : value.value > high.value ? 'above' : 'inside'
    assert.ok(found.place.endsWith(side), `${value.digits} in ${low.digits}–${high.digits}: ${found.place}`)
    assert.equal(found.isUsual, side === 'inside')
    const longer = value.digits.includes('.') ? `${value.digits}00` : `${value.digits}.0`
    assert.equal(place(longer, between(low.digits, high.digits)).place, found.place)
  }), { numRuns: 2000 })
})

test('D2 farther out is never said more softly', () => {
  const order = ['inside', 'a-little-above', 'above', 'well-above']
  fc.assert(fc.property(amount, amount, fc.nat({ max: 1_000_000 }), (low, step, more) => {
    const range = between(low.digits, written(Math.round(low.value * 1e6) + Math.abs(Math.round(step.value * 1e6)), 6))
    const near = place(step.digits, range).place
    const far = place(written(Math.round(step.value * 1e6) + more, 6), range).place
    if (order.includes(near) && order.includes(far)) assert.ok(order.indexOf(far) >= order.indexOf(near))
  }), { numRuns: 2000 })
})

test('D3 red is kept for quick action', () => {
  fc.assert(fc.property(amount, amount, amount, fc.boolean(), (value, one, other, isLabCritical) => {
    const [low, high] = one.value <= other.value ? [one, other] : [other, one]
    const position = place(value.digits, between(low.digits, high.digits), manners, { isLabCritical })
    assert.equal(position.tone === 'act', isLabCritical)
  }))
})
