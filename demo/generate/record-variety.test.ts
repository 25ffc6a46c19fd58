import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiagnosticReport, DocumentReference, Observation, Resource } from '@medplum/fhirtypes'
import { generateOne, generatePatients, type Options } from './generate-records.ts'
import { DAY } from './practice-clock.ts'
import { only, resourcesOf } from './read-bundle.ts'

const now = new Date('2026-03-04T15:00:00Z')
const options: Options = { seed: 'tests', now }
const all = [...generatePatients({ patients: 200, ...options })].flatMap(resourcesOf)
const observations = only(all, 'Observation')

test('has every type that a portal shows and some that it only stores', () => {
  const types = new Set(all.map(one => one.resourceType))
  for (const type of ['Patient', 'Observation', 'DiagnosticReport', 'MedicationRequest', 'MedicationStatement', 'Medication', 'AllergyIntolerance', 'Condition', 'Immunization', 'Procedure', 'Encounter',
    'CarePlan', 'CareTeam', 'DocumentReference', 'Practitioner', 'Organization', 'Location', 'Appointment', 'Claim', 'Coverage', 'Goal', 'RelatedPerson'] as const) assert.ok(types.has(type), type)
})

test('has each status that a reader must not mistake for a fact', () => {
  const statuses = (type: Resource['resourceType']) => new Set(all.filter(one => one.resourceType === type).map(one => 'status' in one ? one.status : undefined))
  const has = (type: Resource['resourceType'], wanted: readonly string[]) => { for (const status of wanted) assert.ok(statuses(type).has(status as never), `${type} ${status}`) }
  has('Observation', ['final', 'preliminary', 'amended', 'corrected', 'cancelled', 'entered-in-error'])
  has('DiagnosticReport', ['final', 'partial', 'corrected', 'cancelled'])
  has('MedicationRequest', ['active', 'completed', 'stopped', 'on-hold', 'cancelled', 'entered-in-error'])
  has('MedicationStatement', ['active', 'stopped', 'not-taken'])
  has('Immunization', ['completed', 'not-done'])
  has('DocumentReference', ['current', 'superseded', 'entered-in-error'])
  has('Appointment', ['fulfilled', 'booked', 'cancelled', 'noshow'])
  for (const type of ['AllergyIntolerance', 'Condition'] as const)
    for (const state of ['refuted', 'entered-in-error']) assert.ok(only(all, type).some(one => one.verificationStatus?.coding?.[0]?.code === state), `${type} ${state}`)
})

test('has the values that displays stumble over', () => {
  const some = (what: string, is: (one: Observation) => boolean) => assert.ok(observations.some(is), what)
  some('less than', one => one.valueQuantity?.comparator === '<')
  some('more than', one => one.valueQuantity?.comparator === '>')
  some('only an upper bound', one => !!one.referenceRange?.[0]?.high && !one.referenceRange[0].low)
  some('only a lower bound', one => !!one.referenceRange?.[0]?.low && !one.referenceRange[0].high)
  some('no range', one => one.category?.[0]?.text === 'Laboratory' && !!one.valueQuantity && !one.referenceRange)
  some('critical', one => one.interpretation?.[0]?.coding?.[0]?.code === 'HH')
  some('no LOINC', one => !one.code.coding?.some(coding => coding.system === 'http://loinc.org'))
  some('a unit without a code', one => !!one.valueQuantity?.unit && !one.valueQuantity.code)
  some('words', one => one.valueString === 'Not Detected')
  some('two pressures', one => one.component?.length === 2)
})

test('labels what must not travel: therapy notes and everything of the recovery program', () => {
  const codes = (one: Resource) => one.meta?.security?.map(label => label.code) ?? []
  const therapy = only(all, 'DocumentReference').filter(one => one.type?.coding?.[0]?.code === '34788-0')
  assert.ok(therapy.length > 0 && therapy.every(one => codes(one).includes('PSYTHPN')))
  const recovery = resourcesOf(generateOne('substance-use-care', options))
  const told = recovery.filter(one => /opioid|buprenorphine|recovery visit/i.test(JSON.stringify(one)))
  for (const one of told) assert.ok(codes(one).includes('42CFRPart2'), `${one.resourceType} ${one.id} tells of the program without a label`)
  assert.ok(recovery.some(one => codes(one).length === 0 && one.resourceType === 'Observation'))
})

test('writes notes and reports that open: text, HTML and PDF, with words that real notes have', () => {
  const attachments = [...only(all, 'DocumentReference').flatMap((one: DocumentReference) => one.content.map(content => content.attachment)), ...only(all, 'DiagnosticReport').flatMap((one: DiagnosticReport) => one.presentedForm ?? [])]
  const read = attachments.map(({ contentType, data }) => ({ contentType, text: Buffer.from(data ?? '', 'base64').toString('utf8') }))
  for (const type of ['text/plain', 'text/html', 'application/pdf']) assert.ok(read.some(one => one.contentType === type), type)
  for (const one of read) if (one.contentType === 'application/pdf') assert.match(one.text, /^%PDF-1\.4[\s\S]+%%EOF\n$/)
  const words = read.map(one => one.text).join('\n')
  for (const word of ['noncompliant', 'denies', 'copied forward', 'c/o', 'poorly controlled', 'WNL']) assert.ok(words.toLowerCase().includes(word.toLowerCase()), word)
  assert.equal(words.match(/.{0,40}(\{[A-Z]?[a-z]+\}|undefined|NaN\b).{0,40}/)?.[0], undefined)
})

test('invents phones and mailboxes that reach nobody', () => {
  for (const patient of only(all, 'Patient')) for (const { system, value } of patient.telecom ?? [])
    assert.match(value ?? '', system === 'phone' ? /^\(\d{3}\) 555-01\d\d$/ : /^[a-z.0-9]+@example\.com$/)
})

test('covers all ages from newborn to ninety and many languages', () => {
  const patients = only(all, 'Patient')
  const ages = patients.map(one => (now.getTime() - Date.parse(one.birthDate ?? '')) / DAY / 365.25)
  assert.ok(Math.min(...ages) < 0.1 && Math.max(...ages) > 85 && Math.max(...ages) < 97)
  const languages = new Set(patients.map(one => one.communication?.[0]?.language.text))
  assert.ok(languages.has('English') && languages.has('Spanish') && languages.size >= 5)
})
