import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observation } from '@medplum/fhirtypes'
import { inflesz, readingGrade } from '#platform/readability.ts'
import english from '../data/lab_plain_language.json' with { type: 'json' }
import spanish from '../data/lab_plain_language.es.json' with { type: 'json' }
import { observationNames } from '../data/observation-names.data.ts'
import { explainObservation, type ExplainedResult } from './explain-observation.ts'
import type { ExplainOptions } from './explain-options.ts'
import { parseKeepingDigits } from './keep-digits.ts'

const now = new Date('2026-11-23T12:00:00Z')
const options: ExplainOptions = { locale: 'en', now }
const loincOf = (code: string, text = 'Lab name') => ({ coding: [{ system: 'http://loinc.org', code, display: text }], text })
const lab = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }]
const potassium = {
  resourceType: 'Observation', status: 'final', category: lab, code: loincOf('2823-3', 'Potassium SerPl-sCnc'), effectiveDateTime: '2026-11-20T08:30:00-05:00', issued: '2026-11-21T10:00:00-05:00',
  valueQuantity: { value: 5.4, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  referenceRange: [{ low: { value: 3.5, unit: 'mmol/L' }, high: { value: 5, unit: 'mmol/L' } }], performer: [{ display: 'Quest' }],
}
const explain = (change: object, wish: Partial<ExplainOptions> = {}): ExplainedResult => {
  const result = explainObservation({ ...potassium, ...change } as unknown as Observation, { ...options, ...wish })
  assert.ok(result)
  return result
}

test('D1 one result holds plain name, meaning, place in words, line, exact value, range, flag, dates and laboratory', () => {
  const result = explain({ interpretation: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: 'H', display: 'High' }] }] })
  assert.equal(result.name, 'Potassium')
  assert.equal(result.meaning, 'A salt that helps your heart and muscles work.')
  assert.equal(result.headline.text, 'Above the usual range')
  assert.ok(result.line)
  assert.deepEqual([result.value?.text, result.rangeText, result.flag, result.lab], ['5.4 mmol/L', '3.5–5 mmol/L', 'High', 'Quest'])
  assert.deepEqual([result.taken?.words, result.reported?.words, result.labName], ['November 20, 2026', 'November 21, 2026', 'Potassium SerPl-sCnc'])
  assert.equal(result.closing, 'ask')
})

test('D5 our own table of typical ranges never makes a flag', () => {
  const result = explain({ referenceRange: undefined, valueQuantity: { value: 9.9, unit: 'mmol/L' } })
  assert.deepEqual([result.position?.place, result.line, result.flag, result.closing], ['no-range', null, null, null])
})

test('R18 without a range the value leads, with "Your lab did not send a usual range", no flag and no block', () => {
  const result = explain({ referenceRange: [], interpretation: [{ coding: [{ code: 'H' }] }] })
  assert.deepEqual(result.headline, { text: '5.4 mmol/L', detail: 'Your lab did not send a usual range', tone: 'plain' })
  assert.equal(result.flag, null)
})

test('R18 a range in another unit, for someone else, several at once or upside down is shown and not used', () => {
  const range = (change: object) => ({ low: { value: 3.5, unit: 'mmol/L' }, high: { value: 5, unit: 'mmol/L' }, ...change })
  const female = [{ coding: [{ system: 'http://snomed.info/sct', code: '248152002' }] }]
  for (const referenceRange of [
    [range({ high: { value: 19.5, unit: 'mg/dL' } })],
    [range({}), range({ high: { value: 5.3, unit: 'mmol/L' } })],
    [range({ low: { value: 9, unit: 'mmol/L' } })],
    [range({ appliesTo: [{ text: 'second trimester' }] })],
  ]) {
    const result = explain({ referenceRange })
    assert.equal(result.position?.place, 'no-range', JSON.stringify(referenceRange))
    assert.ok(result.rangeText)
    assert.equal(result.line, null)
  }
  assert.equal(explain({ referenceRange: [range({ appliesTo: female })] }, { patient: { sex: 'male' } }).position?.place, 'no-range')
  assert.equal(explain({ referenceRange: [range({ appliesTo: female }), range({ high: { value: 5.6 } })] }, { patient: { sex: 'male' } }).position?.place, 'inside')
})

test('D5 the range for the person’s age is chosen, and text ranges of HL7 v2 are read', () => {
  const ages = [{ low: { value: 3 }, high: { value: 6 }, age: { high: { value: 17, unit: 'a' } } }, { low: { value: 3.5 }, high: { value: 5 }, age: { low: { value: 18, unit: 'a' } } }]
  assert.equal(explain({ referenceRange: ages }, { patient: { birthDate: '2012-01-01' } }).position?.place, 'inside')
  assert.equal(explain({ referenceRange: ages }, { patient: { birthDate: '1980-01-01' } }).position?.place, 'above')
  assert.equal(explain({ referenceRange: ages }).position?.place, 'no-range')
  for (const [text, place] of [['3.5 - 5.0', 'above'], ['3.5-5.0 mmol/L', 'above'], ['<6.0', 'below-limit'], ['>=6', 'below-limit'], ['3.5-5.0 mg/dL', 'no-range'], ['See note', 'no-range'], ['5.0-3.5', 'no-range']] as const) {
    assert.equal(explain({ referenceRange: [{ text }] }).position?.place, place, text)
  }
})

test('D6 D6+ found and not found name the thing, on curated codes only', () => {
  const strep = (word: string, more = {}) => explain({ code: loincOf('78012-2'), valueQuantity: undefined, referenceRange: undefined, valueCodeableConcept: { text: word }, ...more })
  assert.deepEqual([strep('Positive').headline.text, strep('DETECTED').headline.text], ['We found signs of strep.', 'We found signs of strep.'])
  assert.deepEqual([strep('Negative').headline.text, strep('not detected').headline.tone], ['No signs of strep were found.', 'calm'])
  assert.equal(strep('Negative', { interpretation: [{ coding: [{ code: 'POS' }] }] }).finding?.found, null, 'word and flag speak against one another')
  assert.equal(strep('Indeterminate').headline.text, 'The lab’s word: “Indeterminate”')
  assert.match(explain({ code: loincOf('56888-1'), valueQuantity: undefined, valueString: 'Reactive' }).headline.detail ?? '', /second test/)
  const immunity = explain({ code: loincOf('5403-1'), valueQuantity: undefined, referenceRange: undefined, valueString: 'Positive' })
  assert.deepEqual([immunity.headline.text, immunity.meaning], ['The lab’s word: “Positive”', 'Shows if your body can fight off chickenpox.'])
  assert.ok(immunity.headline.detail, 'a bare "positive" never stands alone')
})

test('D8 every digit stays as the laboratory sent it', () => {
  const sent = parseKeepingDigits('{"resourceType":"Observation","status":"final","valueQuantity":{"value":5.40,"unit":"mmol/L"},"code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}]},"referenceRange":[{"low":{"value":3.50},"high":{"value":5.00}}]}')
  const result = explainObservation(sent as Observation, options)
  assert.deepEqual([result?.value?.text, result?.rangeText, result?.position?.place], ['5.40 mmol/L', '3.50–5.00', 'above'])
  assert.equal(explain({ valueQuantity: { value: 181.09300744287094, unit: 'mg/dL' } }).value?.text, '181.09300744287094 mg/dL')
  assert.equal(explain({ valueQuantity: { value: 181.09300744287094, unit: 'mg/dL' } }).value?.short, '181.1 mg/dL')
  assert.equal(explain({ valueQuantity: { value: 1e-7, unit: 'mmol/L' } }).value?.text, '0.0000001 mmol/L')
})

test('R19 an unknown test shows the laboratory’s own name and says that no plain words exist', () => {
  const result = explain({ code: loincOf('99999-9', 'Frobnicate [Mass/volume]') })
  assert.deepEqual([result.name, result.meaning, result.isKnown, result.loinc], ['Frobnicate [Mass/volume]', 'We do not have a plain description yet.', false, '99999-9'])
})

test('R2 R21 only finished results show as results; mistakes and cancelled ones never show', () => {
  for (const status of ['entered-in-error', 'cancelled']) assert.equal(explainObservation({ ...potassium, status } as unknown as Observation, options), null)
  for (const status of ['preliminary', 'registered', 'unknown', '', undefined, 7]) {
    const result = explain({ status })
    assert.deepEqual([result.headline.text, result.value, result.position, result.line, result.flag], ['Not finished yet', null, null, null, null], String(status))
  }
})

test('R16 a corrected result says so and keeps what it said before', () => {
  const result = explain({ status: 'corrected' }, { before: { ...potassium, valueQuantity: { value: 6.4, unit: 'mmol/L' } } })
  assert.deepEqual([result.status, result.statusWords, result.before], ['changed', 'The lab changed this result on November 21, 2026.', '6.4 mmol/L'])
})

test('D2+ the practice’s critical table leads with quick action and "call us now", also by another code of the same test', () => {
  const practiceCritical = new Map([['2823-3', [{ unit: 'mmol/L', high: '6.2' }]]])
  const high = { valueQuantity: { value: 6.2, unit: 'mmol/L' } }
  assert.deepEqual([explain(high, { practiceCritical }).headline.text, explain(high, { practiceCritical }).closing], ['This needs quick action', 'now'])
  assert.equal(explain({ ...high, code: loincOf('6298-4') }, { practiceCritical }).closing, 'now')
  assert.equal(explain({ valueQuantity: { value: 62, unit: 'mg/dL' }, referenceRange: [] }, { practiceCritical }).closing, null, 'another unit')
  assert.equal(explain({ valueQuantity: undefined, referenceRange: undefined, valueString: 'Gram positive rods', interpretation: [{ coding: [{ code: 'AA' }] }] }).closing, 'now')
})

test('D2+ a value with < or > shows its limit and no marker', () => {
  const result = explain({ valueQuantity: { value: 0.5, comparator: '<', unit: 'mmol/L' } })
  assert.deepEqual([result.value?.text, result.line?.marker, result.headline.text], ['< 0.5 mmol/L', null, 'Below the usual range'])
})

test('every kind of value is shown', () => {
  const value = (change: object) => explain({ valueQuantity: undefined, referenceRange: undefined, ...change })
  assert.equal(value({ valueString: 'No growth' }).value?.text, 'No growth')
  assert.equal(value({ valueString: '12' }).value?.digits, '12')
  assert.equal(value({ valueString: '<5' }).value?.text, '< 5')
  assert.equal(value({ valueInteger: 3 }).value?.text, '3')
  assert.equal(value({ valueBoolean: true }).value?.text, 'Yes')
  assert.equal(value({ valueRange: { low: { value: 2, unit: 'h' }, high: { value: 4, unit: 'h' } } }).value?.text, '2–4 h')
  assert.equal(value({ valueRatio: { numerator: { value: 1 }, denominator: { value: 80 } } }).value?.text, '1 : 80')
  assert.equal(value({ valueSampledData: { origin: { value: 0 }, period: 1, dimensions: 1 } }).value?.text, 'A drawn line. Ask us to show it to you.')
  assert.equal(value({ valueDateTime: '2026-05-04' }).value?.text, 'May 4, 2026')
  assert.equal(value({ dataAbsentReason: { coding: [{ code: 'not-performed' }] } }).headline.text, 'This test was not done')
  assert.equal(value({}).headline.text, 'No result was sent')
})

test('blood pressure is read as one, upper number first, in whatever order it was sent', () => {
  const part = (code: string, number: number) => ({ code: loincOf(code), valueQuantity: { value: number, unit: 'mm[Hg]' } })
  const result = explain({ category: [], code: loincOf('85354-9'), valueQuantity: undefined, referenceRange: undefined, component: [part('8462-4', 76), part('8480-6', 128)] })
  assert.deepEqual([result.value?.text, result.parts.map(one => one.name), result.kind], ['128/76 mmHg', ['Upper number', 'Lower number'], 'vital-signs'])
})

test('vital signs speak of no missing range, and say weight and warmth as people here do', () => {
  const result = explain({ category: [], code: loincOf('29463-7'), valueQuantity: { value: 86.2, unit: 'kg' }, referenceRange: undefined })
  assert.deepEqual([result.position, result.headline.text, result.value?.also], [null, '86.2 kg', '190 lb'])
  assert.equal(explain({ code: loincOf('8310-5'), valueQuantity: { value: 37, unit: 'Cel', code: 'Cel' }, referenceRange: undefined }).value?.also, '98.6 °F')
})

test('a mood check is kind: points without a grade, and where to turn', () => {
  const result = explain({ category: [], code: loincOf('44261-6'), valueQuantity: undefined, referenceRange: undefined, valueString: '12' })
  assert.deepEqual([result.value?.text, result.name], ['12 of 27 points', 'Mood check (PHQ-9)'])
  assert.match(result.help ?? '', /988/)
  assert.match(result.meaning ?? '', /not a grade/)
})

test('smoking is told about, without a label for the person', () => {
  const result = explain({ category: [], code: loincOf('72166-2'), valueQuantity: undefined, referenceRange: undefined, valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '8517006', display: 'Former smoker' }] } })
  assert.deepEqual([result.kind, result.value?.text], ['social-history', 'You told us you used to smoke'])
})

test('D16 outside a demo, unreviewed Spanish gives way to English and one Spanish line; in a demo it shows', () => {
  const real = explain({}, { locale: 'es' })
  assert.deepEqual([real.locale, real.name, real.headline.text], ['en', 'Potassium', 'Above the usual range'])
  assert.match(real.offer ?? '', /teléfono/)
  const demo = explain({}, { locale: 'es', demo: true })
  assert.deepEqual([demo.locale, demo.name, demo.headline.text, demo.offer], ['es', 'Potasio', 'Por encima del rango normal', null])
})

test('D16 every test of the table has Spanish words with a state, easy to read', () => {
  const translated: Record<string, { plainName: string; meaning: string; state: string; reviewedBy: string | null }> = spanish
  assert.deepEqual(Object.keys(translated).sort(), english.map(row => row.loinc).sort())
  for (const [loinc, text] of Object.entries(translated)) {
    assert.ok(inflesz(text.meaning) >= 55, `${loinc}: ${text.meaning}`)
    assert.ok(text.state === 'machine' || (text.state === 'reviewed' && text.reviewedBy), loinc)
  }
  assert.ok(inflesz(Object.values(translated).map(text => text.meaning).join('\n')) >= 65)
})

test('D9 D16 plain names and meanings are easy to read', () => {
  for (const { codes, en, es } of observationNames) {
    if (en.meaning) assert.ok(readingGrade(en.meaning) <= 8, `${codes[0]}: ${en.meaning} ${readingGrade(en.meaning)}`)
    if (es.meaning) assert.ok(inflesz(es.meaning) >= 55, `${codes[0]}: ${es.meaning} ${inflesz(es.meaning)}`)
  }
  assert.ok(readingGrade(observationNames.map(one => one.en.meaning ?? '').join('\n')) <= 6)
  assert.ok(inflesz(observationNames.map(one => one.es.meaning ?? '').join('\n')) >= 65)
})
