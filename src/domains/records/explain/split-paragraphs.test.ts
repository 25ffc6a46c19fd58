import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { partOf, splitParagraphs } from './split-paragraphs.ts'

const lines = fc.array(fc.constantFrom('HPI: denies pain.', 'Plan', '', ' ', '\t', '\n', '\r\n', '\n\n', 'ñ', '«no»', '\u2028', '<b>'), { maxLength: 40 }).map(pieces => pieces.join(''))

test('N10 whatever a note holds, its paragraphs with the gaps between them are the note, letter for letter', () => {
  fc.assert(fc.property(fc.oneof(lines, fc.string({ unit: 'binary', maxLength: 300 })), text => {
    assert.equal(splitParagraphs(text).map(({ words, gap }) => words + gap).join(''), text)
  }), { numRuns: 2_000 })
})
test('N11 a paragraph is called by its words: the same words have the same name, others another', () => {
  const [first, second] = splitParagraphs('One.\n\nTwo,\nand more.\n')
  assert.deepEqual([first!.words, second!.words, second!.gap], ['One.', 'Two,\nand more.', '\n'])
  assert.equal(first!.part, partOf('One.'))
  assert.notEqual(first!.part, second!.part)
  assert.match(first!.part, /^[0-9a-f]{16}$/)
})
test('N10 a note of a million line breaks is taken apart in no time', () => {
  for (const text of ['\n'.repeat(200_000), ' \n'.repeat(100_000), `${' '.repeat(200_000)}x`, 'a \n'.repeat(60_000), 'a\n\n'.repeat(60_000)]) {
    const begun = performance.now()
    const paragraphs = splitParagraphs(text)
    assert.ok(paragraphs.length <= 500)
    assert.equal(paragraphs.map(({ words, gap }) => words + gap).join('').length, text.length)
    assert.ok(performance.now() - begun < 500, `${Math.round(performance.now() - begun)} ms`)
  }
})
