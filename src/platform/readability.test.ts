import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { englishSyllables, inflesz, readingGrade, shapeOf, spanishSyllables } from '#platform/readability.ts'

const spoken: Record<string, number> = {
  the: 1, results: 2, above: 2, usual: 3, little: 2, medicine: 3, appointment: 3, blood: 1, enzyme: 2, cholesterol: 4, hemoglobin: 4, thyroid: 2,
  pregnancy: 3, information: 4, called: 1, needed: 2, tested: 2, changes: 2, makes: 1, because: 2, bacteria: 4, created: 3, muscles: 2, available: 4,
  vaccine: 2, allergies: 3, dangerous: 3, serious: 3, diseases: 3, places: 2, breathing: 2, choices: 2, insurance: 3, examples: 3, million: 2,
  language: 2, situation: 4, tables: 2, rules: 1, eyes: 1, quiet: 2, worried: 2, trying: 2, marriage: 2, practices: 3, oxygen: 3,
}

test('D9 counts the beats of English words as people say them', () => {
  for (const [word, beats] of Object.entries(spoken)) assert.equal(englishSyllables(word), beats, word)
})

test('D16 counts the beats of Spanish words, with accents that split vowels', () => {
  for (const [word, beats] of Object.entries({ resultado: 4, médico: 3, azúcar: 3, sangre: 2, día: 2, aire: 2, quiere: 2, guerra: 2, pingüino: 3, ahora: 3, leer: 2, ciudad: 2, muy: 1, ayuda: 3, análisis: 4, país: 2, continúe: 4, y: 1 })) {
    assert.equal(spanishSyllables(word), beats, word)
  }
})

test('D9 gives easy words an easy grade and hard words a hard one', () => {
  assert.ok(readingGrade('The cat sat on the mat. It was a warm day.') < 1)
  assert.ok(readingGrade('Your potassium is a little above the usual range. We will call you by noon.') <= 6)
  assert.ok(readingGrade('Notwithstanding the aforementioned considerations, physiological homeostasis necessitates comprehensive pharmacological intervention.') > 20)
  assert.equal(readingGrade(''), 0)
})

test('D16 puts plain Spanish above 65 and office Spanish far below', () => {
  assert.ok(inflesz('Su resultado está en el rango normal. Si tiene dudas, llame a su médico.') >= 65)
  assert.ok(inflesz('La interpretación individualizada de determinaciones analíticas imprescindibles corresponde exclusivamente al especialista.') < 40)
})

test('D9 knows that "Dr." and "9 a.m." end no sentence and "3.5" is one word', () => {
  assert.equal(shapeOf('Dr. Ada will call at 9 a.m. on Friday.', englishSyllables).sentences.length, 1)
  assert.equal(shapeOf('It was 3.5 today.', englishSyllables).words.length, 4)
})

test('D9 takes any text without falling over', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => Number.isFinite(readingGrade(text)) && Number.isFinite(inflesz(text))))
})
