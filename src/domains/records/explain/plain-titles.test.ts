import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainNoteName, plainTestName, sayCalmly } from './plain-titles.ts'

test('a name printed in capitals is said at an even voice; letters that stand for something stay', () => {
  assert.equal(sayCalmly('PAP AND HPV CO-TEST'), 'PAP and HPV co-test')
  assert.equal(sayCalmly('MINERALS PANEL'), 'Minerals panel')
  assert.equal(sayCalmly('CRP AND SED RATE'), 'CRP and SED RATE')
  assert.equal(sayCalmly('HEMOGLOBIN A1c WITH eAG'), 'Hemoglobin A1c with eAG')
  assert.equal(sayCalmly('Lipid panel'), 'Lipid panel')
  assert.equal(sayCalmly('TSH'), 'TSH')
  assert.equal(sayCalmly(''), '')
})
test('a code that we know is told in the reader’s words, another in the sender’s', () => {
  assert.equal(plainTestName({ code: '55454-3', name: 'HEMOGLOBIN A1c WITH eAG' }, 'en'), 'Blood sugar check (A1c)')
  assert.equal(plainTestName({ code: null, name: 'IMMUNITY TITERS' }, 'es'), 'Immunity titers')
  assert.equal(plainNoteName({ code: '11506-3', name: 'Progress note' }, 'es'), 'Nota de la visita')
  assert.equal(plainNoteName({ code: '99999-9', name: 'Wound note' }, 'en'), 'Wound note')
})
