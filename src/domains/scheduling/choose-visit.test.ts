import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { fieldOfQuestion, readAnswersFrom } from './answer-questions.ts'
import { chooseVisit, fieldOfScreening, readScreening } from './choose-visit.ts'
import { leads, type Lead, type Question, type Reason } from './shared.ts'

const words = { en: 'Words', es: '' }
const asked = (id: string, leadsTo: Lead, visitTypeId: string | null = leadsTo === 'visit' ? `type-${id}` : null) => ({ id, words, leadsTo, visitTypeId })
const reason = (questions: Reason['questions'], to: Lead = 'visit'): Reason => ({ ...asked('own', to), questions })
const all = (id: string) => id

describe('where answers lead', () => {
  test('all no: where the reason leads', () => {
    assert.deepEqual(chooseVisit(reason([asked('a', 'danger')]), new Set(), all), { kind: 'visit', visitTypeId: 'type-own' })
    assert.deepEqual(chooseVisit(reason([], 'call'), new Set(), all), { kind: 'call' })
    assert.deepEqual(chooseVisit(reason([], 'danger-self'), new Set(), all), { kind: 'danger', isSelf: true })
  })
  test('the first yes counts, and a danger before any', () => {
    const some = reason([asked('a', 'visit'), asked('b', 'call'), asked('c', 'danger'), asked('d', 'danger-self')])
    assert.deepEqual(chooseVisit(some, new Set(['a', 'b']), all), { kind: 'visit', visitTypeId: 'type-a' })
    assert.deepEqual(chooseVisit(some, new Set(['b']), all), { kind: 'call' })
    assert.deepEqual(chooseVisit(some, new Set(['a', 'b', 'c']), all), { kind: 'danger', isSelf: false })
    assert.deepEqual(chooseVisit(some, new Set(['c', 'd']), all), { kind: 'danger', isSelf: true })
  })
  test('a visit that cannot be booked here is a call', () => {
    assert.deepEqual(chooseVisit(reason([]), new Set(), () => undefined), { kind: 'call' })
  })
  test('no answers, in any order, hide a danger that was told', () => {
    fc.assert(fc.property(fc.array(fc.record({ lead: fc.constantFrom(...leads), yes: fc.boolean() }), { maxLength: 6 }), fc.constantFrom(...leads), (told, own) => {
      const questions = told.map(({ lead }, index) => asked(String(index), lead))
      const outcome = chooseVisit(reason(questions, own), new Set(told.flatMap(({ yes }, index) => (yes ? [String(index)] : []))), all)
      if (told.some(({ lead, yes }) => yes && lead.startsWith('danger'))) assert.equal(outcome.kind, 'danger')
    }))
  })
  test('what was not answered with yes or no is missing', () => {
    const form = new FormData()
    form.set(fieldOfScreening('a'), 'yes')
    form.set(fieldOfScreening('b'), 'maybe')
    assert.deepEqual(readScreening(reason([asked('a', 'call'), asked('b', 'call'), asked('c', 'call')]), form), { yes: new Set(['a']), missing: ['b', 'c'] })
  })
})

describe('answers to questions', () => {
  const question = (id: string, more: Partial<Question> = {}): Question => ({ id, visitTypeId: 't', kind: 'yes-no', words, options: [], isRequired: false, ...more })
  const read = (questions: Question[], said: Record<string, string>) => {
    const form = new FormData()
    for (const [id, value] of Object.entries(said)) form.set(fieldOfQuestion(id), value)
    return readAnswersFrom(questions, form, 'es')
  }
  const choice = question('c', { kind: 'choice', options: [{ en: 'Red', es: 'Rojo' }, { en: 'Blue', es: 'Azul' }] })
  test('keep what was asked and what was said in both languages', () => {
    assert.deepEqual(read([question('a'), choice, question('t', { kind: 'text' })], { a: 'yes', c: 'Blue', t: ' La rodilla ' }).answers, [
      { questionId: 'a', place: 0, kind: 'yes-no', asked: words, said: { en: 'Yes', es: 'Sí' }, locale: 'es' }, { questionId: 'c', place: 1, kind: 'choice', asked: words, said: { en: 'Blue', es: 'Azul' }, locale: 'es' },
      { questionId: 't', place: 2, kind: 'text', asked: words, said: { en: 'La rodilla', es: 'La rodilla' }, locale: 'es' },
    ])
  })
  test('that must be given are asked for again; others may be left out', () => {
    assert.deepEqual(read([question('a'), question('b', { isRequired: true }), question('t', { kind: 'text', isRequired: true })], {}), { answers: [], problems: { 'q-b': 'choose', 'q-t': 'write' }, values: { 'q-a': '', 'q-b': '', 'q-t': '' }, texts: [''] })
  })
  test('that are none of the choices are asked for again, whatever they are called', () => {
    for (const said of ['Green', 'toString', '__proto__', 'constructor', '0', 'a'.repeat(1_000_000)]) {
      assert.deepEqual(read([choice, question('a')], { c: said, a: said }).problems, { 'q-c': 'choose', 'q-a': 'choose' }, said.slice(0, 20))
    }
    const long = read([question('t', { kind: 'text' })], { t: 'a'.repeat(301) })
    assert.deepEqual([long.answers, long.problems], [[], { 'q-t': 'too-long' }])
  })
})
