import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { inflesz, readingGrade } from '#platform/readability.ts'
import { root } from '#platform/root.ts'
import { allergens, reactions } from '../data/allergy-names.data.ts'
import { observationNames } from '../data/observation-names.data.ts'
import { chargedWords, hasChargedWord } from './find-charged-words.ts'
import { isFact, wasNotDone } from './judge-facts.ts'
import { cleanDisplay, namePlainly, plainNameRows, readTable } from './name-plainly.ts'

const snomed = (code: string, display?: string) => ({ coding: [{ system: 'http://snomed.info/sct', code, ...(display ? { display } : {}) }], ...(display ? { text: display } : {}) })
const icd = (code: string) => ({ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] })

test('D14 a plain, respectful name comes first and the coded one is the medical name', () => {
  assert.deepEqual(namePlainly(snomed('162864005', 'Body mass index 30+ - obesity (finding)'), 'en', 'condition'), { name: 'Body weight', medicalName: 'Body mass index 30+ - obesity', isKnown: true })
  assert.equal(namePlainly(snomed('44054006', 'Diabetes'), 'es', 'condition').name, 'Diabetes tipo 2')
  assert.equal(namePlainly(snomed('59621000'), 'en', 'condition').name, 'High blood pressure')
  assert.equal(namePlainly({ text: 'Otitis media' }, 'en', 'condition').name, 'Ear infection')
})

test('D14 ICD-10 codes find the nearest category, and procedure codes are not taken for them', () => {
  assert.equal(namePlainly(icd('E11.9'), 'en', 'condition').name, 'Type 2 diabetes')
  assert.equal(namePlainly(icd('E11.321'), 'en', 'condition').name, 'Eye changes from diabetes')
  assert.equal(namePlainly(icd('I10'), 'en', 'condition').name, 'High blood pressure')
  assert.equal(namePlainly(icd('F17210'), 'en', 'condition').name, 'Tobacco use')
  assert.equal(namePlainly({ coding: [{ system: 'http://www.cms.gov/Medicare/Coding/ICD10', code: 'F1020' }] }, 'en', 'procedure').isKnown, false)
})

test('D14 an unknown name is cleaned, and one that could hurt gives way', () => {
  assert.deepEqual(namePlainly(snomed('1', 'Frobnication of widget (disorder)'), 'en', 'condition'), { name: 'Frobnication of widget', medicalName: null, isKnown: false })
  const hurtful = namePlainly(snomed('2', 'Polysubstance abuse, noncompliant patient (disorder)'), 'en', 'condition')
  assert.deepEqual(hurtful, { name: 'A health matter', medicalName: 'Polysubstance abuse, noncompliant patient', isKnown: false })
  assert.equal(namePlainly(undefined, 'en', 'procedure').name, 'A procedure')
})

test('D14 no plain name hits the stigma lexicon, in either language', () => {
  const names = [...plainNameRows, ...readTable(allergens, 4).rows, ...readTable(reactions, 4).rows].flatMap(row => [row.en, row.es])
  names.push(...observationNames.flatMap(one => [one.en.name, one.es.name, one.en.meaning ?? '', one.es.meaning ?? '']))
  assert.ok(names.length > 600)
  for (const name of names) assert.deepEqual([name, chargedWords(name), hasChargedWord(name)], [name, [], false])
})

test('D9 D16 the plain names are plain', () => {
  assert.ok(readingGrade(plainNameRows.map(row => row.en).join('.\n')) <= 6)
  assert.ok(inflesz(plainNameRows.map(row => row.es).join('.\n')) >= 65)
})

test('D14 a name never throws', () => {
  fc.assert(fc.property(fc.anything(), concept => namePlainly(concept, 'en', 'visit').name.length > 0))
})

test('R21 mistakes, cancelled, refuted and superseded records are no facts; what was not done is said as such', () => {
  const cases: [object, boolean, boolean][] = [
    [{ resourceType: 'Observation', status: 'final' }, true, false],
    [{ resourceType: 'Observation', status: 'entered-in-error' }, false, false],
    [{ resourceType: 'Observation', status: 'cancelled' }, false, false],
    [{ resourceType: 'Condition', verificationStatus: { coding: [{ code: 'refuted' }] } }, false, false],
    [{ resourceType: 'Condition', verificationStatus: { coding: [{ code: 'confirmed' }] }, clinicalStatus: { coding: [{ code: 'resolved' }] } }, true, false],
    [{ resourceType: 'AllergyIntolerance', verificationStatus: { coding: [{ code: 'entered-in-error' }] } }, false, false],
    [{ resourceType: 'DocumentReference', status: 'superseded' }, false, false],
    [{ resourceType: 'DocumentReference', status: 'current', docStatus: 'preliminary' }, false, false],
    [{ resourceType: 'DocumentReference', status: 'current', docStatus: 'entered-in-error' }, false, false],
    [{ resourceType: 'Immunization', status: 'not-done' }, false, true],
    [{ resourceType: 'Procedure', status: 'not-done' }, false, true],
    [{ resourceType: 'MedicationStatement', status: 'not-taken' }, false, true],
    [{ resourceType: 'MedicationRequest', status: 'active', intent: 'proposal' }, false, false],
    [{ resourceType: 'MedicationRequest', status: 'active', intent: 'order' }, true, false],
    [{ resourceType: 'Goal', lifecycleStatus: 'cancelled' }, false, false],
    [{ resourceType: 'Encounter', status: 'finished' }, true, false],
  ]
  for (const [resource, fact, undone] of cases) assert.deepEqual([isFact(resource), wasNotDone(resource)], [fact, undone], JSON.stringify(resource))
  fc.assert(fc.property(fc.anything(), anything => typeof isFact(anything) === 'boolean' && typeof wasNotDone(anything) === 'boolean'))
})

const records = process.env.REAL_RECORDS ?? join(root, '../shared/data')

test('D14 real records: every condition, procedure and visit of Synthea has a plain name', { skip: existsSync(records) ? false : `no records at ${records}` }, () => {
  const folder = join(records, 'fhir/synthea')
  const missing = new Set<string>()
  for (const file of readdirSync(folder)) {
    const bundle = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString()) as { entry: { resource: { resourceType: string; code?: object; type?: object[]; reasonCode?: object[] } }[] }
    for (const { resource } of bundle.entry) {
      if (!['Condition', 'Procedure', 'Encounter'].includes(resource.resourceType)) continue
      for (const concept of [resource.resourceType === 'Encounter' ? resource.type?.[0] : resource.code, ...(resource.reasonCode ?? [])]) {
        if (concept && !namePlainly(concept, 'en', 'condition').isKnown) missing.add(JSON.stringify(concept))
      }
    }
  }
  assert.deepEqual([...missing], [])
  assert.equal(cleanDisplay('Viral sinusitis (disorder)'), 'Viral sinusitis')
})
