import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { moved } from '#root/client/marked-text.ts'

describe('a mark in a text that goes on changing', () => {
  test('moves with what stands before it, and goes when it is written into', () => {
    const at = (text: string, words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length })
    const text = 'She refused the shot.'
    assert.deepEqual(moved(at(text, 'refused'), text, 'She also refused the shot.'), at('She also refused the shot.', 'refused'))
    assert.deepEqual(moved(at(text, 'refused'), text, `${text} Twice.`), at(text, 'refused'))
    assert.equal(moved(at(text, 'refused'), text, 'She refxused the shot.'), undefined)
    assert.equal(moved(at(text, 'refused'), text, 'She the shot.'), undefined)
  })
  test('points at the same letters or at nothing, wherever the change is', () => {
    const words = fc.string({ maxLength: 20, unit: fc.constantFrom('a', 'b', ' ') })
    fc.assert(fc.property(words, fc.string({ minLength: 1, maxLength: 5 }), words, words, fc.nat(40), fc.nat(10), (before, mark, after, put, at, gone) => {
      const text = before + mark + after
      const changed = text.slice(0, at) + put + text.slice(at + gone)
      const now = moved({ start: before.length, end: before.length + mark.length }, text, changed)
      if (now) assert.equal(changed.slice(now.start, now.end), mark)
    }), { numRuns: 2_000 })
  })
})
