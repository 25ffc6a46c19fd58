import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonLanguages, languageName } from './shared.ts'

test('every language that can be chosen has a name in both languages of the house', () => {
  for (const code of commonLanguages) for (const locale of ['en', 'es'] as const) assert.match(languageName(code, locale), /^\p{L}{4,}/u, `${code}, ${locale}`)
  assert.equal(languageName('ase', 'es'), 'lengua de señas americana')
})
