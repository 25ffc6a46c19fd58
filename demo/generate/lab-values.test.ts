import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { labTests } from './lab-tests.data.ts'
import { filterRate, flagOf, printValue } from './lab-values.ts'

test('a value on a bound is inside the range; beyond the critical bound it is critical', () => {
  assert.equal(flagOf(3.5, undefined, [3.5, 5.2], [2.8, 6.2]), 'N')
  assert.equal(flagOf(3.4, undefined, [3.5, 5.2], [2.8, 6.2]), 'L')
  assert.equal(flagOf(2.7, undefined, [3.5, 5.2], [2.8, 6.2]), 'LL')
  assert.equal(flagOf(6.3, undefined, [3.5, 5.2], [2.8, 6.2]), 'HH')
  assert.equal(flagOf(99, undefined, [60, null]), 'N')
})

test('a value that the analyser cannot print is cut with < or > and flagged by its side', () => {
  const low = printValue(labTests['3016-3'], 0.0004, [0.4, 4.5])
  assert.deepEqual([low.comparator, low.value, low.flag], ['<', 0.01, 'L'])
  const high = printValue(labTests['98979-8'], 104.4, [60, null])
  assert.deepEqual([high.comparator, high.value, high.flag], ['>', 90, 'N'])
})

test('any number is printed with the digits of its test and flagged by what is printed, not by what was measured', () => {
  fc.assert(fc.property(fc.constantFrom(...Object.values(labTests)), fc.double({ min: 0, max: 5000, noNaN: true }), (labTest, raw) => {
    const printed = printValue(labTest, raw, [1, 10])
    assert.equal(printed.value, Number(printed.value.toFixed(labTest.digits)))
    assert.equal(printed.flag, flagOf(printed.value, printed.comparator, [1, 10], labTest.critical))
  }))
})

test('the kidney filter rate follows CKD-EPI 2021', () => {
  assert.equal(Math.round(filterRate(1, 50, true)), 69)
  assert.equal(Math.round(filterRate(1, 50, false)), 92)
})
