import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inflesz, readingGrade } from '#platform/readability.ts'
import { misreadWords } from '../data/misread-words.data.ts'
import { explainWords } from './explain-words.ts'

const explained = (text: string, locale: 'en' | 'es' = 'en') => Object.fromEntries(explainWords(text, locale).filter(span => span.means !== null).map(span => [span.text, span.means]))

test('N10 the words of a note stay letter for letter, whatever they are', () => {
  const piece = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('positive nodes', ' negative for strep ', 'SOB', 's/p', 'body mass index', 'occult blood', 'negativo', ' BID ', '\n', '🙂', 'acute'))
  fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), fc.constantFrom('en', 'es'), (pieces, locale) => {
    const text = pieces.join(' ')
    const spans = explainWords(text, locale as 'en' | 'es')
    assert.equal(spans.map(span => span.text).join(''), text)
    assert.ok(text === '' || spans.every(span => span.text !== ''))
  }), { numRuns: 1000 })
})

test('A6 every word of the table is explained', () => {
  const vectors: Record<string, string> = {
    'The culture was negative.': 'negative', 'Strep test positive.': 'positive', 'Chest x-ray unremarkable.': 'unremarkable', 'The x-ray was impressive.': 'impressive', 'Two positive nodes.': 'positive nodes',
    'The tumor is progressing.': 'tumor is progressing', 'Fecal occult blood.': 'occult', 'Patient febrile.': 'febrile', 'She is afebrile.': 'afebrile', 'NPO after midnight.': 'NPO', 'A benign cyst.': 'benign', 'Malignant cells.': 'Malignant',
    'A lesion on the arm.': 'lesion', 'A mass in the neck.': 'mass', 'Acute pain.': 'Acute', 'Chronic cough.': 'Chronic', 'Idiopathic.': 'Idiopathic', 'Cranial nerves grossly intact.': 'grossly intact', 'Reports SOB.': 'SOB', 's/p appendectomy': 's/p',
    'r/o pneumonia': 'r/o', 'Labs WNL.': 'WNL', 'Trace edema.': 'edema', 'No sequelae.': 'sequelae', 'Insidious onset.': 'Insidious', 'For prophylaxis.': 'prophylaxis', 'The differential includes flu.': 'differential', 'Tylenol PRN.': 'PRN',
    'Bilateral knees.': 'Bilateral', 'Vitals stable.': 'stable', 'Aortic stenosis.': 'stenosis',
  }
  for (const [text, word] of Object.entries(vectors)) assert.ok(explained(text)[word], text)
  assert.equal(explained('Two positive nodes.')['positive nodes'], 'cancer cells were found in a lymph node')
})

test('A6 a word with another meaning is left alone', () => {
  for (const text of ['Body mass index 24.', 'CBC with differential.', 'A positive outlook.', 'He has negative thoughts.', 'Rh negative', 'Gram-positive cocci', 'An impressive improvement in mood.', 'Sob story.', 'Unstable gait.']) assert.deepEqual(explained(text), {}, text)
})

test('A6 Spanish notes are explained too, and a Spanish reader is told in Spanish', () => {
  assert.deepEqual(explained('Cultivo negativo. Edema leve.', 'es'), { negativo: 'la prueba no lo halló', Edema: 'hinchazón' })
  assert.equal(explained('Chest x-ray unremarkable.', 'es')['unremarkable'], 'se ve normal')
})

test('D9 D16 the explanations are easy to read and come in both languages', () => {
  assert.ok(readingGrade(misreadWords.map(word => word.en).join('.\n')) <= 6)
  assert.ok(inflesz(misreadWords.map(word => word.es).join('.\n')) >= 65)
  assert.equal(new Set(misreadWords.map(word => word.id)).size, misreadWords.length)
})

test('N1 a note of 10,000 characters is read well inside 150 ms', () => {
  const note = 'Patient is febrile with acute SOB, s/p surgery; chest x-ray unremarkable, culture negative for strep. '.repeat(100)
  explainWords(note, 'en')
  const started = performance.now()
  for (let turn = 0; turn < 10; turn++) explainWords(note, 'en')
  assert.ok((performance.now() - started) / 10 < 150)
})
