import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchClinician } from './match-clinician.ts'

const ada = { id: 'a', personId: null, name: 'Ada J. Bell', npi: '1234567893' }
const jose = { id: 'j', personId: null, name: 'José Núñez-Ruiz', npi: null }
const ours = [ada, jose]

test('a number decides alone, whatever the name', () => {
  assert.equal(matchClinician({ npi: '1234567893', name: 'BELL A' }, ours), ada)
  assert.equal(matchClinician({ npi: '1111111112', name: 'Ada Bell' }, ours), undefined, 'another number is another person')
})

test('a whole name, in any order, with or without titles and marks', () => {
  for (const name of ['Ada Bell', 'Bell, Ada J., MD', 'Dr. Ada Bell', 'ADA BELL FNP-C']) assert.equal(matchClinician({ npi: null, name }, ours), ada, name)
  for (const name of ['Jose Nunez-Ruiz', 'NÚÑEZ-RUIZ JOSÉ MD']) assert.equal(matchClinician({ npi: '1111111112', name }, ours), jose, name)
})

test('half a name, another name, and one that two bear are nobody', () => {
  for (const name of ['Bell', 'Dr. Bell', 'Adam Bell', 'Ada Bello', '', 'MD']) assert.equal(matchClinician({ npi: null, name }, ours), undefined, name)
  assert.equal(matchClinician({ npi: null, name: 'Ada Bell' }, [...ours, { ...ada, id: 'b', npi: null, name: 'Ada Bell' }]), undefined)
  assert.equal(matchClinician({ npi: null, name: null }, ours), undefined)
})
