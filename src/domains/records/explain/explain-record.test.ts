import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { AllergyIntolerance, CarePlan, CareTeam, Condition, Encounter, Immunization, Observation, Procedure, Resource } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { root } from '#platform/root.ts'
import { explainAllergy } from './explain-allergy.ts'
import { explainCarePlan, explainCondition, explainProcedure, type RecordOptions } from './explain-condition.ts'
import { explainImmunization } from './explain-immunization.ts'
import { explainCareTeam, explainVisit } from './explain-visit.ts'
import { explainVitals } from './explain-vitals.ts'

const options: RecordOptions = { locale: 'en', now: new Date('2026-11-23T12:00:00Z') }
const as = <T>(value: object): T => value as unknown as T
const code = (value: string) => ({ coding: [{ code: value }] })

test('D14 a condition shows its plain name, medical name, how it stands, and doubt where there is some', () => {
  const condition = explainCondition(as<Condition>({ resourceType: 'Condition', clinicalStatus: code('active'), verificationStatus: code('provisional'), code: { text: 'Essential hypertension (disorder)' }, onsetDateTime: '2020-05', recorder: { display: 'Dr. Ada' }, recordedDate: '2020-05-04' }), options)
  assert.deepEqual([condition?.name, condition?.medicalName, condition?.group, condition?.statusWords, condition?.since?.words, condition?.writtenBy], ['High blood pressure', 'Essential hypertension', 'now', 'Now', 'May 2020', 'Dr. Ada'])
  assert.match(condition?.doubt ?? '', /Not sure yet/)
  assert.equal(explainCondition(as<Condition>({ resourceType: 'Condition', clinicalStatus: code('remission'), code: { text: 'Asthma' } }), options)?.group, 'past')
  assert.equal(explainCondition(as<Condition>({ resourceType: 'Condition', verificationStatus: code('refuted'), code: { text: 'Asthma' } }), options), null)
})

test('a procedure that was not done says so (R21)', () => {
  const procedure = explainProcedure(as<Procedure>({ resourceType: 'Procedure', status: 'not-done', code: { text: 'Colonoscopy' }, performedDateTime: '2026-01-02' }), options)
  assert.deepEqual([procedure?.name, procedure?.statusWords, procedure?.isDone], ['Look inside the colon (colonoscopy)', 'Not done', false])
  assert.equal(explainProcedure(as<Procedure>({ resourceType: 'Procedure', status: 'completed', code: { text: 'Colonoscopy' } }), options)?.statusWords, null)
  assert.equal(explainProcedure(as<Procedure>({ resourceType: 'Procedure', status: 'entered-in-error', code: { text: 'Colonoscopy' } }), options), null)
})

test('an allergy says to what, what it does, and how dangerous it is', () => {
  const allergy = explainAllergy(as<AllergyIntolerance>({
    resourceType: 'AllergyIntolerance', clinicalStatus: code('active'), verificationStatus: code('confirmed'), criticality: 'high', category: ['medication'], code: { text: 'sulfonamide antibacterial' },
    reaction: [{ manifestation: [{ text: 'skin rash' }], severity: 'mild' }],
  }), options)
  assert.deepEqual([allergy?.name, allergy?.danger, allergy?.reactions, allergy?.kinds], ['Sulfa medicines', 'This could be dangerous. Tell everyone who treats you.', [{ what: 'Rash', how: 'mild' }], ['Medicine']])
  const severe = explainAllergy(as<AllergyIntolerance>({ resourceType: 'AllergyIntolerance', code: { text: 'Allergy to frobnicate' }, criticality: 'low', reaction: [{ manifestation: [{ coding: [{ system: 'http://snomed.info/sct', code: '39579001' }] }] }] }), options)
  assert.deepEqual([severe?.name, severe?.isDangerous, severe?.danger], ['Frobnicate', true, 'This could be dangerous. Tell everyone who treats you.'])
  assert.equal(explainAllergy(as<AllergyIntolerance>({ resourceType: 'AllergyIntolerance', code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] } }), options)?.isNone, true)
  assert.equal(explainAllergy(as<AllergyIntolerance>({ resourceType: 'AllergyIntolerance', verificationStatus: code('refuted'), code: { text: 'x' } }), options), null)
})

test('a vaccine is named by what it protects from, and one not given says so (R21)', () => {
  const flu = { resourceType: 'Immunization', status: 'completed', vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '140', display: 'Influenza, seasonal, injectable, preservative free' }] }, occurrenceDateTime: '2026-10-05', protocolApplied: [{ doseNumberPositiveInt: 2, seriesDosesPositiveInt: 3 }] }
  const given = explainImmunization(as<Immunization>(flu), options)
  assert.deepEqual([given?.name, given?.statusWords, given?.dose, given?.isGiven], ['Flu', 'Given on October 5, 2026', 'Dose 2 of 3', true])
  const refused = explainImmunization(as<Immunization>({ ...flu, status: 'not-done', statusReason: code('PATOBJ') }), options)
  assert.deepEqual([refused?.statusWords, refused?.why, refused?.isGiven], ['Not given', 'You chose not to get it.', false])
  assert.equal(explainImmunization(as<Immunization>({ ...flu, status: 'entered-in-error' }), options), null)
})

test('a visit says what kind, why, when, with whom and where', () => {
  const visit = explainVisit(as<Encounter>({ resourceType: 'Encounter', status: 'finished', class: { code: 'EMER' }, type: [{ text: 'Emergency Encounter' }], reasonCode: [{ text: 'Appendicitis' }], period: { start: '2026-01-02T10:00:00-05:00', end: '2026-01-05T09:00:00-05:00' }, participant: [{ individual: { display: 'Dr. Ada' } }], serviceProvider: { display: 'Lakeside' } }), options)
  assert.deepEqual([visit?.name, visit?.reasons[0]?.name, visit?.start?.words, visit?.end?.words, visit?.withWhom, visit?.where], ['Emergency room visit', 'Appendix infection', 'January 2, 2026', 'January 5, 2026', ['Dr. Ada'], 'Lakeside'])
  assert.equal(explainVisit(as<Encounter>({ resourceType: 'Encounter', status: 'finished', class: { code: 'VR' } }), options)?.name, 'Video visit')
  assert.equal(explainVisit(as<Encounter>({ resourceType: 'Encounter', status: 'cancelled' }), options), null)
})

test('the care team lists people with plain roles, without the patient and without invented roles', () => {
  const team = explainCareTeam(as<CareTeam>({ resourceType: 'CareTeam', status: 'active', participant: [
    { role: [{ text: 'Cardiologist' }], member: { display: 'Ronald Bone, MD' } }, { role: [{ text: 'Patient' }], member: { reference: 'Patient/1', display: 'Amy' } },
    { role: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown', display: 'unknown' }] }], member: { display: 'Kathy Fielding' } }, { member: { display: 'Left, MD' }, period: { end: '2020-01-01' } },
  ] }), options)
  assert.deepEqual(team?.members, [{ name: 'Ronald Bone, MD', role: 'Heart doctor' }, { name: 'Kathy Fielding', role: null }])
})

test('a care plan says what is planned, and leaves out what was cancelled', () => {
  const plan = explainCarePlan(as<CarePlan>({ resourceType: 'CarePlan', status: 'active', category: [{ text: 'Diabetes self management plan' }], activity: [{ detail: { code: { text: 'Diabetic diet' }, status: 'in-progress' } }, { detail: { code: { text: 'Exercise therapy' }, status: 'completed' } }, { detail: { code: { text: 'x' }, status: 'cancelled' } }] }), options)
  assert.deepEqual([plan?.names[0]?.name, plan?.steps.map(step => [step.name.name, step.statusWords])], ['Plan for your diabetes', [['Food for diabetes', null], ['Exercise', 'Done']]])
})

test('vital signs: the newest leads, five of each are charted, blood pressure in two lines', () => {
  const pressure = (day: string, upper: number, lower: number): Observation => as<Observation>({
    resourceType: 'Observation', status: 'final', effectiveDateTime: day, code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] }, performer: [{ display: `Nurse ${day}` }],
    component: [{ code: { coding: [{ system: 'http://loinc.org', code: '8462-4' }] }, valueQuantity: { value: lower, unit: 'mm[Hg]' } }, { code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] }, valueQuantity: { value: upper, unit: 'mm[Hg]' } }],
  })
  const weight: Observation = as<Observation>({ resourceType: 'Observation', status: 'final', effectiveDateTime: '2026-01-01', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, valueQuantity: { value: 86.2, unit: 'kg' } })
  const vitals = explainVitals([weight, pressure('2026-01-01', 130, 80), pressure('2026-06-01', 128, 76)], options)
  assert.deepEqual(vitals.map(vital => vital.latest.value?.text), ['128/76 mmHg', '86.2 kg'])
  assert.deepEqual(vitals[0]?.charts.map(chart => [chart.name, chart.model.points.map(point => point.value)]), [['Upper number', ['130', '128']], ['Lower number', ['80', '76']]])
  assert.deepEqual(vitals[0]?.rows.map(row => row.value), ['128/76 mmHg', '130/80 mmHg'])
  assert.deepEqual(vitals[1]?.charts, [])
})

const tellers: Record<string, (resource: never, options: RecordOptions) => object | null> = { Condition: explainCondition, Procedure: explainProcedure, AllergyIntolerance: explainAllergy, Immunization: explainImmunization, Encounter: explainVisit, CareTeam: explainCareTeam, CarePlan: explainCarePlan }

test('a malformed record of any kind never throws, in either language', () => {
  const keys = ['status', 'clinicalStatus', 'verificationStatus', 'code', 'vaccineCode', 'coding', 'text', 'display', 'system', 'reaction', 'manifestation', 'severity', 'criticality', 'category', 'period', 'start', 'end', 'participant', 'member', 'individual', 'reference', 'role', 'type', 'class', 'reasonCode', 'protocolApplied', 'doseNumberPositiveInt', 'activity', 'detail', 'note', 'onsetDateTime', 'component', 'valueQuantity', 'value', 'unit']
  const { thing } = fc.letrec<{ thing: unknown }>(tie => ({ thing: fc.oneof({ maxDepth: 4 }, fc.constantFrom('active', 'completed', 'http://loinc.org', '85354-9', '8480-6', '140', '2026-01-01', 'constructor', 1, -0, null, true), fc.string({ unit: 'binary', maxLength: 20 }), fc.array(tie('thing'), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...keys), tie('thing'), { maxKeys: 6 })) }))
  fc.assert(fc.property(fc.dictionary(fc.constantFrom(...keys), thing), fc.constantFrom(...Object.keys(tellers)), fc.constantFrom('en', 'es'), (shaped, resourceType, locale) => {
    tellers[resourceType]?.({ ...shaped, resourceType } as never, { ...options, locale: locale as 'en' | 'es', demo: true })
    explainVitals([shaped, { ...shaped, status: 'final' }, shaped] as unknown as Observation[], { ...options, locale: locale as 'en' | 'es' })
  }), { numRuns: 2000 })
})

const records = process.env.REAL_RECORDS ?? join(root, '../shared/data')

test('real records: every kind is told, with a name', { skip: existsSync(records) ? false : `no records at ${records}` }, () => {
  const folder = join(records, 'fhir/synthea')
  const told: Record<string, number> = {}
  for (const file of readdirSync(folder)) {
    const bundle = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString()) as { entry: { resource: Resource }[] }
    for (const { resource } of bundle.entry) {
      const teller = tellers[resource.resourceType]
      if (!teller) continue
      for (const locale of ['en', 'es'] as const) assert.ok(teller(resource as never, { ...options, locale }), JSON.stringify(resource))
      told[resource.resourceType] = (told[resource.resourceType] ?? 0) + 1
    }
  }
  assert.ok((told.Condition ?? 0) > 200 && (told.Immunization ?? 0) > 400 && (told.CarePlan ?? 0) > 50)
})
