import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { explainReport, type ReportOptions } from './explain-report.ts'

const options: ReportOptions = { locale: 'en', now: new Date('2026-11-23T12:00:00Z') }
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }], text: `Lab ${code}` })
const lab = [{ coding: [{ code: 'laboratory' }] }]
const value = (code: string, number: number, low = 10, high = 20, more = {}): Observation =>
  ({ resourceType: 'Observation', status: 'final', category: lab, code: loinc(code), valueQuantity: { value: number, unit: 'U/L' }, referenceRange: [{ low: { value: low }, high: { value: high } }], ...more }) as unknown as Observation
const report = (change = {}): DiagnosticReport => ({ resourceType: 'DiagnosticReport', status: 'final', code: loinc('24323-8'), issued: '2026-11-20', ...change }) as unknown as DiagnosticReport
const explain = (observations: Observation[], change = {}, wish = {}) => explainReport(report(change), observations, { ...options, ...wish }) ?? assert.fail()

test('D1+ a report opens with how many are usual, then those outside, the farthest first, the rest folded', () => {
  const told = explain([value('1742-6', 12), value('1920-8', 21), value('6768-6', 99), value('2324-2', 15), value('2345-7', 26)])
  assert.equal(told.name, 'Full blood chemistry')
  assert.deepEqual(told.summary, ['2 of 5 are in the usual range'])
  assert.deepEqual(told.outside.map(result => result.position?.place), ['well-above', 'above', 'a-little-above'])
  assert.deepEqual(told.rest.map(result => result.name), ['Liver enzyme ALT', 'Liver enzyme GGT'])
  assert.equal(told.closing, 'ask')
})

test('D1+ quick action comes before all else', () => {
  const told = explain([value('6768-6', 99), value('2823-3', 22)], {}, { practiceCritical: new Map([['2823-3', [{ unit: 'U/L', high: '22' }]]]) })
  assert.deepEqual([told.outside[0]?.position?.place, told.closing], ['quick-action', 'now'])
})

test('D1+ all usual, none usual, nothing to compare, found, pending: each is said for itself', () => {
  const found = (word: string): Observation => value('5794-3', 0, 0, 0, { valueQuantity: undefined, referenceRange: undefined, valueString: word })
  assert.deepEqual(explain([value('1742-6', 12), value('1920-8', 13)]).summary, ['All 2 are in the usual range'])
  assert.deepEqual(explain([value('1742-6', 9), value('1920-8', 8)]).summary, ['All 2 are outside the usual range'])
  const mixed = explain([value('1742-6', 12), value('1920-8', 30), value('2324-2', 5, 0, 0, { referenceRange: [] }), found('Positive'), found('Negative'), value('2345-7', 1, 1, 2, { status: 'preliminary' })])
  assert.deepEqual(mixed.summary, ['1 of 2 are in the usual range', 'One test found something', 'One test looked for something and did not find it', 'One more has no range to compare with', 'One is not finished yet'])
  assert.deepEqual(mixed.outside.map(result => result.headline.text), ['Above the usual range', 'Blood was found in your urine.'])
})

test('R21 what was entered in error is neither shown nor counted', () => {
  const told = explain([value('1742-6', 12), value('1920-8', 99, 10, 20, { status: 'entered-in-error' })])
  assert.deepEqual([told.summary, told.outside.length + told.rest.length], [['The result is in the usual range'], 1])
  assert.equal(explainReport(report({ status: 'entered-in-error' }), [], options), null)
})

test('a report in words or as a document keeps its words and names its documents', () => {
  const told = explain([], { conclusion: 'No acute finding.', presentedForm: [{ contentType: 'application/pdf', data: 'JVBERi0=' }, { contentType: 'text/html', url: 'https://lab.example/r' }, { title: 'empty' }] })
  assert.deepEqual([told.conclusion, told.documents.map(form => [form.contentType, form.index, form.hasData]), told.summary], ['No acute finding.', [['application/pdf', 0, true], ['text/html', 1, false]], []])
})

test('R2 an unfinished report shows no conclusion', () => {
  const told = explain([], { status: 'preliminary', conclusion: 'maybe', presentedForm: [{ contentType: 'application/pdf', data: 'JVBERi0=' }] })
  assert.deepEqual([told.statusWords, told.conclusion, told.documents], ['Not finished yet', null, []])
})

test('D16 a page speaks one language: all Spanish in a demo, else all English with one Spanish line', () => {
  const tests = [value('1742-6', 12), value('99999-9', 30)]
  const demo = explain(tests, {}, { locale: 'es', demo: true })
  assert.deepEqual([demo.summary, demo.offer], [['1 de 2 están en el rango normal'], null])
  const real = explain(tests, {}, { locale: 'es' })
  assert.deepEqual([real.locale, real.summary], ['en', ['1 of 2 are in the usual range']])
  assert.ok(real.offer && [...real.outside, ...real.rest].every(result => result.locale === 'en'))
})

test('a malformed report never throws', () => {
  fc.assert(fc.property(fc.dictionary(fc.constantFrom('status', 'code', 'presentedForm', 'conclusion', 'conclusionCode', 'performer', 'issued'), fc.anything(), { noNullPrototype: true }), fc.array(fc.anything(), { maxLength: 3 }), (thing, others) => {
    explainReport({ ...thing } as unknown as DiagnosticReport, others as Observation[], options)
  }))
})
