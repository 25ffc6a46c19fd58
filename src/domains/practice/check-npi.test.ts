import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isNpi } from './check-npi.ts'

test('takes the number that CMS gives as its example', () => assert.ok(isNpi('1234567893')))

test('refuses a wrong check digit, a short number and anything that is no number', () => {
  for (const text of ['1234567890', '123456789', '12345678933', '', '12345 6789', 'abcdefghij', '１２３４５６７８９３']) assert.equal(isNpi(text), false, text)
})

test('notices every single wrong digit', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.nat(9), fc.integer({ min: 1, max: 9 }), (nine, place, shift) => {
    const body = String(nine).padStart(9, '0')
    const whole = Array.from({ length: 10 }, (_, check) => `${body}${check}`).filter(isNpi)
    assert.equal(whole.length, 1)
    const digits = [...whole[0]!]
    digits[place] = String((Number(digits[place]) + shift) % 10)
    assert.equal(isNpi(digits.join('')), false)
  }))
})
