import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { Observation } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { root } from '#platform/root.ts'
import { explainObservation } from './explain-observation.ts'
import { parseKeepingDigits } from './keep-digits.ts'
import { pastValueOf } from './show-history.ts'

const now = new Date('2026-11-23T12:00:00Z')

/** FHIR-shaped rubbish: the right keys in the right places, with anything in them. */
const keys = ['status', 'code', 'coding', 'system', 'display', 'text', 'value', 'unit', 'comparator', 'valueQuantity', 'valueString', 'valueCodeableConcept', 'valueRange', 'valueRatio', 'valueBoolean', 'valueInteger', 'valueSampledData', 'valuePeriod', 'component', 'referenceRange', 'low', 'high', 'age', 'appliesTo', 'type', 'interpretation', 'dataAbsentReason', 'category', 'performer', 'note', 'effectiveDateTime', 'issued', 'hasMember', 'numerator', 'denominator', '__proto__', 'constructor', 'toString']
const leaf = fc.oneof(
  fc.constantFrom('final', 'http://loinc.org', '2823-3', '44261-6', '72166-2', '78012-2', '85354-9', '2026-11-20', '0000-00-00', '9999-99-99', '5.4', '1e999', '-0', '<5', 'mmol/L', '__proto__', 'constructor', 'HH', '{INR}', '', ' '),
  fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('9'.repeat(500)),
)
const { rubbish } = fc.letrec<{ rubbish: unknown }>(tie => ({
  rubbish: fc.oneof({ maxDepth: 6, withCrossShrink: true }, leaf, fc.array(tie('rubbish'), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...keys), tie('rubbish'), { maxKeys: 7, noNullPrototype: true })),
}))

test('a malformed Observation never throws, and shows words or nothing', () => {
  fc.assert(fc.property(rubbish, fc.dictionary(fc.constantFrom(...keys), rubbish, { maxKeys: 12, noNullPrototype: true }), fc.constantFrom('en', 'es'), (whole, shaped, locale) => {
    for (const resource of [whole, shaped, { ...shaped, status: 'final' }, { ...shaped, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] } }]) {
      const result = explainObservation(resource as Observation, { locale: locale as 'en' | 'es', now, demo: true, patient: { birthDate: '1980-02-30', sex: 'female' }, before: whole, isHistory: true })
      assert.ok(result === null || (result.name.length > 0 && result.headline.text.length > 0))
      pastValueOf(resource, { locale: 'en' })
    }
  }), { numRuns: 3000 })
})

test('any JSON at all is read without falling over', () => {
  fc.assert(fc.property(fc.json(), text => {
    explainObservation(parseKeepingDigits(text) as Observation, { locale: 'en', now })
  }), { numRuns: 1000 })
})

test('keeping digits changes nothing but the digits that a number would lose', () => {
  const numeric = (_key: string, value: unknown) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value)
  fc.assert(fc.property(fc.json({ noUnicodeString: false }), text => {
    assert.deepEqual(JSON.parse(JSON.stringify(parseKeepingDigits(text)), numeric), JSON.parse(JSON.stringify(JSON.parse(text)), numeric))
  }))
  assert.deepEqual(parseKeepingDigits('{"a":5.40,"b":[1.0,2],"c":"x 5.40","d":12345678901234567890}'), { a: '5.40', b: ['1.0', 2], c: 'x 5.40', d: '12345678901234567890' })
})

const records = process.env.REAL_RECORDS ?? join(root, '../shared/data')

function observations(): Observation[] {
  const found: Observation[] = []
  const synthea = join(records, 'fhir/synthea')
  for (const file of readdirSync(synthea)) {
    const bundle = JSON.parse(gunzipSync(readFileSync(join(synthea, file))).toString()) as { entry: { resource: Observation }[] }
    for (const { resource } of bundle.entry) if (resource.resourceType === 'Observation') found.push(resource)
  }
  const core = join(records, 'fhir/us-core-6.1.0-examples')
  for (const file of readdirSync(core)) if (file.startsWith('Observation')) found.push(JSON.parse(readFileSync(join(core, file), 'utf8')) as Observation)
  return found
}

test('real records: every Observation is told, nine in ten in plain words, 20,000 a second or more', { skip: existsSync(records) ? false : `no records at ${records}` }, context => {
  const all = observations()
  const results = all.map(resource => explainObservation(resource, { locale: 'en', now }))
  assert.ok(results.every(result => result !== null && result.headline.text !== ''))
  assert.ok(results.filter(result => result?.isKnown).length / all.length > 0.9)
  const rate = (turn: (index: number) => void): number => {
    const started = process.cpuUsage()                          // time of the processor: other work on the machine does not count
    let told = 0
    for (let round = 0; round < 60; round++) for (let index = 0; index < 500; index++) turn(told++)
    const { user, system } = process.cpuUsage(started)
    return Math.round((told / (user + system)) * 1_000_000)
  }
  const each = rate(index => explainObservation(all[index % all.length] as Observation, { locale: 'en', now, zone: 'America/New_York' }))
  const past = all.map(one => pastValueOf(one, { locale: 'en' })).filter(value => value !== null).slice(0, 4)
  const ranged = all.filter(one => one.referenceRange && one.valueQuantity)
  const drawn = rate(index => explainObservation(ranged[index % ranged.length] as Observation, { locale: 'en', now, zone: 'America/New_York', past }))
  context.diagnostic(`${each.toLocaleString('en')} observations explained a second; ${drawn.toLocaleString('en')} with a number line and four earlier values`)
  assert.ok(each >= 20_000, `${each} a second`)
})
