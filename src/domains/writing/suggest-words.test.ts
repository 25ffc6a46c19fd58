import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { findCharged } from '#records/shared'
import { chargedSentences } from './data/charged-sentences.data.ts'
import { offersFor } from './suggest-words.ts'

/** The text after one click on the first offer for its first charged word. */
function clicked(text: string, which = 0): string {
  const [mark] = findCharged(text)
  const offer = offersFor(mark!, text)[which]
  return offer ? text.slice(0, mark!.start - offer.lead) + offer.text + text.slice(mark!.end + offer.trail) : text
}

describe('what one click puts there (N2)', () => {
  test('N2 the words of the suggestion, with their capital, their article and their number', () => {
    assert.equal(clicked('She alleges that it hurts.'), 'She reports that it hurts.')
    assert.equal(clicked('Alleges that it hurts.'), 'Reports that it hurts.')
    assert.equal(clicked('He is an alcoholic.'), 'He is a person with alcohol use disorder.')
    assert.equal(clicked('A clinic for alcoholics.'), 'A clinic for people with alcohol use disorder.')
    assert.equal(clicked('She is lazy today.'), 'She is today.')
    assert.equal(clicked('Patient claims that the pain is worse.', 1), 'Patient reports the pain is worse.')
  })
  test('N2 what only the author knows is a blank to fill; what is advice is no words to put there', () => {
    assert.equal(clicked('She is noncompliant.'), 'She is not taking [x] because ….')
    const text = 'Refused the shot.'
    const [offer] = offersFor(findCharged(text)[0]!, text)
    assert.equal(offer!.text.slice(...offer!.blank!), '…')
    assert.equal(clicked('He was hostile.'), 'He was hostile.')
  })
  test('N2 every term of the lexicon offers words, or is one of the few where the author must find them', () => {
    const lexicon = [...new Map(Object.values(chargedSentences).flat().flatMap(sentence => findCharged(sentence)).map(one => [one.id, one])).values()]
    assert.ok(lexicon.length > 80, `${lexicon.length} terms are met`)
    const without = lexicon.filter(({ suggest }) => offersFor({ suggest, words: 'x', start: 0, end: 1 }, 'x').length === 0).map(({ id }) => id)
    assert.ok(without.length > 5 && without.length <= 16, `${without.length}: ${without.join(' ')}`)
    for (const { suggest, id } of lexicon) for (const { text } of offersFor({ suggest, words: 'x', start: 0, end: 1 }, 'x')) assert.doesNotMatch(text, /\b(describe|leave out|if not needed|only if)\b/, id)
  })
  test('N2 whatever the text, a click changes nothing but the words, their article and a space', () => {
    const sentences = fc.array(fc.constantFrom(...Object.values(chargedSentences).flat(), 'an ', 'A ', 'the\n'), { minLength: 1, maxLength: 6 }).map(some => some.join(' '))
    fc.assert(fc.property(sentences, text => {
      for (const mark of findCharged(text)) {
        for (const { lead, trail, text: put, blank } of offersFor(mark, text)) {
          assert.match(text.slice(mark.start - lead, mark.start), /^(an?\s+)?$/i)
          assert.match(text.slice(mark.end, mark.end + trail), /^[ \t]?$/)
          if (blank) assert.ok(blank[0] >= 0 && blank[1] <= put.length && blank[0] < blank[1])
        }
      }
    }), { numRuns: 200 })
  })
})
