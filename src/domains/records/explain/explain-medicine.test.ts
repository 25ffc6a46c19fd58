import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { MedicationRequest } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { root } from '#platform/root.ts'
import { words } from '#platform/words.ts'
import { explainMedicine, type ExplainedMedicine, type MedicineOptions } from './explain-medicine.ts'
import { nameMedicine } from './name-medicine.ts'
import { readDosage } from './read-dosage.ts'

const options: MedicineOptions = { locale: 'en', now: new Date('2026-11-23T12:00:00Z') }
const request = { resourceType: 'MedicationRequest', status: 'active', intent: 'order', authoredOn: '2026-05-04', requester: { display: 'Dr. Ada Moreno' }, medicationCodeableConcept: { text: 'amLODIPine 5 MG Oral Tablet' }, dosageInstruction: [{ text: '1 tab PO daily' }] }
const explain = (change = {}, wish: Partial<MedicineOptions> = {}): ExplainedMedicine => explainMedicine({ ...request, ...change } as unknown as MedicationRequest, { ...options, ...wish }) ?? assert.fail('nothing')
const say = words('en')

test('D15 a medicine shows its status in words, what to do next, its date and who wrote it', () => {
  const medicine = explain()
  assert.deepEqual([medicine.name, medicine.form, medicine.codedName], ['Amlodipine 5 mg', 'tablet you swallow', 'amLODIPine 5 MG Oral Tablet'])
  assert.deepEqual([medicine.statusWords, medicine.group, medicine.source, medicine.ask], ['On your list now', 'now', 'Written on May 4, 2026 by Dr. Ada Moreno', null])
  assert.ok(medicine.next)
})

test('D15 every status has words and a next step', () => {
  const groups: Record<string, string> = { active: 'now', 'on-hold': 'ask', stopped: 'past', completed: 'past', unknown: 'ask', nonsense: 'ask' }
  for (const [status, group] of Object.entries(groups)) {
    const medicine = explain({ status })
    assert.deepEqual([medicine.group, medicine.statusWords.length > 0, medicine.next.length > 0], [group, true, true], status)
  }
  for (const status of ['entered-in-error', 'cancelled', 'draft']) assert.equal(explainMedicine({ ...request, status } as unknown as MedicationRequest, options), null, status)
  assert.equal(explain({ resourceType: 'MedicationStatement', status: 'not-taken' }).statusWords, 'Not taken')
  assert.equal(explain({ doNotPerform: true }).statusWords, 'Do not take this')
})

test('D15 one older than 13 months, or without a date, says "Ask us if you still take this"', () => {
  assert.equal(explain({ authoredOn: '2025-10-23' }).ask, 'Ask us if you still take this')
  assert.equal(explain({ authoredOn: '2025-10-24' }).ask, null)
  assert.equal(explain({ authoredOn: undefined }).ask, 'Ask us if you still take this')
  assert.equal(explain({ authoredOn: undefined, requester: undefined }).source, 'We do not know who wrote this, or when.')
  assert.equal(explain({ authoredOn: '2020', status: 'stopped' }).ask, null)
})

test('D15 the planned time of an active medicine may have passed', () => {
  const medicine = explain({ dosageInstruction: [{ text: '1 daily', timing: { repeat: { boundsPeriod: { end: '2026-06-01' } } } }] })
  assert.deepEqual([medicine.status, medicine.group, medicine.until?.words], ['ended', 'ask', 'June 1, 2026'])
})

test('a medicine is found by reference, inside the record or beside it', () => {
  const byReference = { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/7' } }
  assert.equal(explain(byReference, { medicationOf: reference => (reference === 'Medication/7' ? { resourceType: 'Medication', code: { text: 'lisinopril 10 MG Oral Tablet' } } : undefined) }).name, 'Lisinopril 10 mg')
  assert.equal(explain({ medicationCodeableConcept: undefined, medicationReference: { reference: '#m' }, contained: [{ id: 'm', code: { text: 'Aspirin 81 MG Oral Tablet' } }] }).name, 'Aspirin 81 mg')
  assert.equal(explain({ medicationCodeableConcept: undefined, medicationReference: { display: 'Axid' } }).name, 'Axid')
  assert.equal(explain({ medicationCodeableConcept: undefined }).name, 'A medicine with no name')
})

test('what the patient told us is said as such', () => {
  assert.equal(explain({ resourceType: 'MedicationStatement', informationSource: { reference: 'Patient/1' }, authoredOn: undefined, dateAsserted: '2026-01-02' }).source, 'You told us about this on January 2, 2026.')
})

test('coded names become names people say, and no amount is lost', () => {
  const vectors: [string, string, string | null][] = [
    ['24 HR metoprolol succinate 100 MG Extended Release Oral Tablet [Toprol]', 'Metoprolol succinate 100 mg (Toprol)', 'pill that works slowly'],
    ['Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet', 'Amoxicillin 250 mg + Clavulanate 125 mg', 'tablet you swallow'],
    ['60 ACTUAT Fluticasone propionate 0.25 MG/ACTUAT / salmeterol 0.05 MG/ACTUAT Dry Powder Inhaler', 'Fluticasone propionate 0.25 mg/puff + salmeterol 0.05 mg/puff', 'inhaler'],
    ['10 ML oxaliplatin 5 MG/ML Injection', 'Oxaliplatin 5 mg/mL (10 mL)', 'shot'],
    ['Abuse-Deterrent 12 HR Oxycodone Hydrochloride 10 MG Extended Release Oral Tablet [Oxycontin]', 'Oxycodone Hydrochloride 10 mg (Oxycontin)', 'pill that works slowly'],
    ['Yaz 28 Day Pack', 'Yaz 28 Day Pack', 'pack of pills'],
    ['Carbamazepine[Tegretol]', 'Carbamazepine (Tegretol)', null],
    ['Lasix 40mg', 'Lasix 40 mg', null],
  ]
  for (const [coded, name, form] of vectors) assert.deepEqual(nameMedicine(coded, say), { name, form, codedName: coded })
})

test('a dosage is read aloud when every part of it is understood', () => {
  const oral = { coding: [{ code: '26643006', display: 'Oral' }] }
  const dose = (value: number, unit: string) => [{ doseQuantity: { value, unit } }]
  const vectors: [object, string | null][] = [
    [{ route: oral, doseAndRate: dose(1, 'tablet'), timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } } }, 'Take 1 tablet by mouth, 2 times a day.'],
    [{ route: oral, doseAndRate: dose(10, 'ml'), timing: { repeat: { frequency: 1, period: 8, periodUnit: 'h' } }, asNeededBoolean: true }, 'Take 10 mL by mouth, every 8 hours, when you need it.'],
    [{ route: oral, doseAndRate: dose(2, 'tablets'), timing: { repeat: { frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' } }, maxDosePerPeriod: { numerator: { value: 8, unit: 'tablet' }, denominator: { value: 1, unit: 'd' } } }, 'Take 2 tablets by mouth, every 4 to 6 hours. No more than 8 tablets in one day.'],
    [{ route: oral, doseAndRate: dose(1, 'capsule'), timing: { code: { coding: [{ code: 'BID' }] } }, asNeededCodeableConcept: { text: 'Headache' } }, 'Take 1 capsule by mouth, 2 times a day, when you need it for headache.'],
    [{ route: oral, doseAndRate: dose(0.5, 'tablet'), timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd', when: ['HS'] } } }, 'Take 0.5 tablets by mouth, once a day, at bedtime.'],
    [{ doseAndRate: dose(1, 'tablet'), timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd', dayOfWeek: ['mon'] } } }, null],
    [{ doseAndRate: dose(1, 'tablet'), timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } }, site: { text: 'left arm' } }, null],
    [{ doseAndRate: dose(1, 'tablet') }, null],
    [{ timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } } }, null],
    [{ route: { text: 'by frobnicator' }, doseAndRate: dose(1, 'tablet'), timing: { code: { coding: [{ code: 'QD' }] } } }, null],
  ]
  for (const [dosage, line] of vectors) assert.equal(readDosage(dosage, 'en', say).line, line, JSON.stringify(dosage))
  assert.equal(readDosage(vectors[0]?.[0], 'es', words('es')).line, 'Tome 1 tableta por la boca, 2 veces al día.')
})

test('a dosage that is not understood is shown as it was written; without any, we say whom to ask', () => {
  assert.deepEqual(explain().dose, ['1 tab PO daily'])
  assert.deepEqual([explain({ dosageInstruction: undefined }).dose, explain({ dosageInstruction: undefined }).doseHelp], [[], 'No directions were sent to us. Ask us how to take this.'])
})

test('D16 outside a demo unreviewed Spanish gives way to English with one Spanish line', () => {
  const medicine = explain({}, { locale: 'es' })
  assert.deepEqual([medicine.locale, medicine.statusWords], ['en', 'On your list now'])
  assert.match(medicine.offer ?? '', /teléfono/)
  assert.equal(explain({}, { locale: 'es', demo: true }).statusWords, 'En su lista ahora')
})

test('a malformed medicine never throws', () => {
  const keys = ['status', 'intent', 'authoredOn', 'medicationReference', 'medicationCodeableConcept', 'dosageInstruction', 'dosage', 'timing', 'repeat', 'frequency', 'period', 'periodUnit', 'doseAndRate', 'doseQuantity', 'contained', 'reference', 'requester', 'reasonCode', 'effectivePeriod', 'value', 'unit', 'text', 'coding', 'code']
  const { thing } = fc.letrec<{ thing: unknown }>(tie => ({ thing: fc.oneof({ maxDepth: 5 }, fc.constantFrom('d', 'BID', 'tablet', '2026-01-01', 1, 1e300, null, true), fc.string({ unit: 'binary', maxLength: 20 }), fc.array(tie('thing'), { maxLength: 2 }), fc.dictionary(fc.constantFrom(...keys), tie('thing'), { maxKeys: 6 })) }))
  fc.assert(fc.property(thing, fc.dictionary(fc.constantFrom(...keys), thing), (whole, shaped) => {
    for (const resource of [whole, { ...shaped, resourceType: 'MedicationRequest', status: 'active' }]) {
      const medicine = explainMedicine(resource as MedicationRequest, options)
      assert.ok(medicine === null || (medicine.name !== '' && medicine.source !== '' && medicine.next !== ''))
    }
  }), { numRuns: 2000 })
})

const records = process.env.REAL_RECORDS ?? join(root, '../shared/data')

test('D15 real records: every medicine of Synthea is told', { skip: existsSync(records) ? false : `no records at ${records}` }, () => {
  const folder = join(records, 'fhir/synthea')
  let told = 0
  for (const file of readdirSync(folder)) {
    const bundle = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString()) as { entry: { resource: MedicationRequest }[] }
    for (const { resource } of bundle.entry) {
      if (resource.resourceType !== 'MedicationRequest') continue
      const medicine = explainMedicine(resource, options)
      assert.ok(medicine && medicine.date && medicine.name, JSON.stringify(resource))
      told++
    }
  }
  assert.ok(told > 100)
})
