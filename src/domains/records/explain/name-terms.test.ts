import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import lexicon from '../data/stigma_lexicon.json' with { type: 'json' }
import { formOf, termWords } from './name-terms.ts'

describe('a term of the lexicon, in words', () => {
  test('is what its own pattern finds, for every one of them', () => {
    const wrong = lexicon.filter(({ id, pattern }) => !new RegExp(pattern, 'i').test(termWords.get(id)!.name)).map(({ id, pattern }) => `${id} ${pattern}: ${termWords.get(id)!.name}`)
    assert.deepEqual(wrong, [])
    assert.equal(termWords.size, 104)
  })
  test('reads as people write it', () => {
    assert.equal(formOf('\\bclaims?\\s+(that|to|(s)?he|they)\\b'), 'claim that')
    assert.equal(formOf('\\bnon-?complian(t|ce)\\b|\\bnot compliant\\b'), 'non-compliant')
  })
})
