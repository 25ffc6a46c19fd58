import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { checkTexts } from './check-note.ts'
import { copiedShare, findCopied, hashEarlier } from './find-copied.ts'

const first = 'She came for her knee. The swelling is down since the last visit and she walks without a cane. Refused the flu shot because she fears the needle.'
const second = 'The swelling is down since the last visit and she walks without a cane. We agreed to look at the knee again in three weeks.'
const earlier = hashEarlier([{ text: second, day: '2026-11-03' }, { text: first, day: '2026-09-01' }])

describe('text that was copied from an earlier note (N5)', () => {
  test('N5 is found sentence by sentence with the day of the latest note that holds it, whatever case and spaces', () => {
    const text = 'New today.\nthe swelling is DOWN since the last visit,  and she walks without a cane. Nothing else is new today as far as she says.'
    assert.deepEqual(findCopied(text, earlier).map(({ start, end, day }) => [text.slice(start, end), day]), [['the swelling is DOWN since the last visit,  and she walks without a cane.', '2026-11-03']])
    assert.ok(copiedShare(text, earlier) > 0.4 && copiedShare(text, earlier) < 0.7)
    assert.equal(copiedShare('', earlier), 0)
  })
  test('N5 neighbours of one day are one; what everybody writes in every note is no copy', () => {
    const both = 'Refused the flu shot because she fears the needle. '
    assert.equal(findCopied(`${second} `, earlier).length, 1)
    assert.deepEqual(findCopied(`${both}${second}`, earlier).map(({ day }) => day), ['2026-09-01', '2026-11-03'])
    assert.deepEqual(findCopied('She came for her knee. No known allergies.', earlier), [])
  })
  test('N5 it is checked like the rest, and its words are named as copied', () => {
    const { marks, copied } = checkTexts({ body: `Refused the test. Refused the flu shot because she fears the needle.`, summary: '' }, earlier, {})
    assert.deepEqual(marks.map(({ words, copiedFrom }) => [words, copiedFrom]), [['Refused', null], ['Refused', 'September 1, 2026']].map(([words, from]) => [words, from ? copied[0]!.from : null]))
    assert.match(copied[0]!.from, /September 1, 2026/)
  })
  test('N5 places are those of the text, whatever stands in it', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(first, second, '\n', 'ﬁ ½ ', '  ', 'A new sentence that stands in no earlier note at all. ', '...'), { maxLength: 8 }), some => {
      const text = some.join('')
      let last = 0
      for (const { start, end } of findCopied(text, earlier)) { assert.ok(start >= last && end > start && end <= text.length); last = end }
    }))
  })
  test('N5 fifty thousand letters take no time', () => {
    const text = `${first} ${second}\n`.repeat(200).slice(0, 50_000)
    const begun = performance.now()
    findCopied(text, hashEarlier(Array.from({ length: 20 }, () => ({ text, day: '2026-01-01' }))))
    findCopied('a'.repeat(50_000), earlier)
    assert.ok(performance.now() - begun < 1_500)
  })
})
