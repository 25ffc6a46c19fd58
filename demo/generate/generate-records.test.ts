import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateOne, generatePatients, storyNames, type Options } from './generate-records.ts'
import { DAY } from './practice-clock.ts'
import { only, referencesIn, resourcesOf } from './read-bundle.ts'
import { storyOfPlace } from './stories/all-stories.ts'

const now = new Date('2026-03-04T15:00:00Z')
const options: Options = { seed: 'tests', now }
const many = [...generatePatients({ patients: 200, style: 'mixed', ...options })]
const all = many.flatMap(resourcesOf)
const observations = only(all, 'Observation')

test('gives the same records for the same seed and clock, and others for another seed', () => {
  const text = (seed: string) => JSON.stringify([...generatePatients({ patients: 12, seed, now })])
  assert.equal(text('a'), text('a'))
  assert.notEqual(text('a'), text('b'))
})

test('gives patient number n the same whatever number was asked for', () => {
  const [, , third] = generatePatients({ patients: 3, ...options })
  const [, , same] = generatePatients({ patients: 50, ...options })
  assert.deepEqual(third, same)
})

test('gives no two patients the same identifier or record number', () => {
  const patients = only(all, 'Patient')
  assert.equal(new Set(patients.map(one => one.id)).size, patients.length)
  assert.equal(new Set(patients.map(one => one.identifier?.[0]?.value)).size, patients.length)
})

test('writes every reference so that it resolves inside its own Bundle', () => {
  for (const bundle of many) {
    const known = new Set(bundle.entry?.flatMap(({ fullUrl, resource }) => [fullUrl, `${resource?.resourceType}/${resource?.id}`]))
    for (const reference of referencesIn(bundle.entry)) assert.ok(known.has(reference), `${reference} is nowhere in ${bundle.id}`)
  }
})

test('writes collections with relative references and transactions with urn:uuid, by turns', () => {
  for (const bundle of many) {
    const prefix = bundle.type === 'transaction' ? 'urn:uuid:' : /^[A-Z]\w+\//
    for (const reference of referencesIn(bundle.entry)) assert.ok(typeof prefix === 'string' ? reference.startsWith(prefix) : prefix.test(reference), reference)
    if (bundle.type === 'transaction') for (const entry of bundle.entry ?? []) assert.equal(entry.request?.url, entry.resource?.resourceType)
  }
  assert.deepEqual(new Set(many.map(bundle => bundle.type)), new Set(['collection', 'transaction']))
})

test('gives every Observation a status, a code, a subject, and a value or the reason why there is none', () => {
  for (const one of observations) {
    assert.ok(one.status && one.code.text && one.subject?.reference && one.effectiveDateTime, JSON.stringify(one))
    const said = [one.valueQuantity, one.valueString, one.valueCodeableConcept, one.component, one.hasMember, one.dataAbsentReason].filter(value => value !== undefined)
    assert.equal(said.length, 1, JSON.stringify(one))
    if (one.valueQuantity) assert.ok(Number.isFinite(one.valueQuantity.value), JSON.stringify(one))
  }
})

test('flags a number exactly when it lies outside the range printed beside it', () => {
  let flagged = 0
  for (const one of observations) {
    const [range] = one.referenceRange ?? [], { value, comparator, unit } = one.valueQuantity ?? {}
    if (!range || value === undefined || (!range.low && !range.high)) continue
    const { low, high } = range
    const isBelow = comparator !== '>' && low?.value !== undefined && (value < low.value || (comparator === '<' && value <= low.value))
    const isAbove = comparator !== '<' && high?.value !== undefined && (value > high.value || (comparator === '>' && value >= high.value))
    const flag = one.interpretation?.[0]?.coding?.[0]?.code ?? 'N'
    assert.ok((isBelow ? ['L', 'LL'] : isAbove ? ['H', 'HH'] : ['N']).includes(flag), `${one.code.text} ${comparator ?? ''}${value} [${low?.value}, ${high?.value}] is not ${flag}`)
    assert.ok(unit === undefined || [low, high].every(bound => !bound?.unit || bound.unit === unit))
    if (flag !== 'N') flagged++
  }
  assert.ok(flagged > 500)
})

test('has an entry in the last week for all but those who have not been seen, and none from tomorrow but appointments', () => {
  many.forEach((bundle, place) => {
    const story = storyOfPlace[place % storyOfPlace.length] as string
    const times = resourcesOf(bundle).map(one => Date.parse(one.meta?.lastUpdated ?? ''))
    assert.ok(times.every(time => time <= now.getTime()), story)
    const cared = only(resourcesOf(bundle), 'Observation').map(one => Date.parse(one.effectiveDateTime ?? ''))
    assert.ok(cared.every(time => time <= now.getTime()), story)
    if (story === 'new-patient') return assert.equal(cared.length, 0)
    assert.equal(Math.max(...cared) > now.getTime() - 7 * DAY, story !== 'not-seen-for-years', story)
  })
})

test('holds those promises at any hour and weekday', () => {
  for (let hour = 0; hour < 14 * 24; hour += 7) {
    const clock = new Date(Date.UTC(2026, 9, 25, hour))
    for (const story of ['type-2-diabetes', 'newborn', 'corrected-results'] as const) {
      const resources = resourcesOf(generateOne(story, { seed: hour, now: clock }))
      const newest = Math.max(...only(resources, 'Observation').map(one => Date.parse(one.effectiveDateTime ?? '')))
      assert.ok(newest > clock.getTime() - 7 * DAY, `${story} at ${clock.toISOString()}`)
      for (const one of resources) assert.ok(Date.parse(one.meta?.lastUpdated ?? '') <= clock.getTime(), `${story} at ${clock.toISOString()}: ${one.resourceType} ${one.meta?.lastUpdated}`)
      for (const one of only(resources, 'DiagnosticReport')) assert.ok(Date.parse(one.issued ?? '') <= clock.getTime())
    }
  }
})

test('writes nothing about a patient before the day of birth', () => {
  for (const bundle of many) {
    const born = only(resourcesOf(bundle), 'Patient')[0]?.birthDate as string
    for (const one of [...only(resourcesOf(bundle), 'Observation'), ...only(resourcesOf(bundle), 'Immunization')]) {
      const day = ('effectiveDateTime' in one ? one.effectiveDateTime : 'occurrenceDateTime' in one ? one.occurrenceDateTime : undefined) ?? ''
      assert.ok(day.slice(0, 10) >= born, `${one.resourceType} of ${day}, born ${born}`)
    }
  }
})

test('tells every story within forty patients, so within two hundred too', () => {
  assert.equal(storyOfPlace.length, 40)
  assert.deepEqual(new Set(storyOfPlace), new Set(storyNames))
})

test('keeps both versions of a corrected result in a collection, the newest alone in a transaction', () => {
  const versions = (style: 'collection' | 'transaction') => only(resourcesOf(generateOne('corrected-results', { ...options, style })), 'Observation').filter(one => one.meta?.versionId)
  const [a, b, ...none] = versions('collection')
  assert.ok(a && b && none.length === 0)
  assert.equal(a.id, b.id)
  assert.deepEqual(new Set([a.meta?.versionId, b.meta?.versionId]), new Set(['1', '2']))
  assert.deepEqual(versions('transaction').map(one => one.meta?.versionId), ['2'])
})

test('makes a person to order', () => {
  const wish = { given: 'Marisol', family: 'Valdemora', birthDate: '1971-05-09', sex: 'female', email: 'marisol@example.com', language: 'es', recordNumber: 'KFM-1' } as const
  const [patient] = only(resourcesOf(generateOne('type-2-diabetes', { ...options, wish })), 'Patient')
  assert.equal(patient?.name?.[0]?.text, 'Marisol Valdemora')
  assert.equal(patient?.birthDate, '1971-05-09')
  assert.equal(patient?.communication?.[0]?.language.coding?.[0]?.code, 'es')
  assert.equal(patient?.identifier?.[0]?.value, 'KFM-1')
  assert.ok(patient?.telecom?.some(one => one.value === 'marisol@example.com'))
})

test('meets the number of Observations asked for, on average, within a tenth', t => {
  const began = performance.now()
  let observed = 0, resources = 0
  for (const bundle of generatePatients({ patients: 800, ...options, observationsPerPatient: 100 })) {
    resources += bundle.entry?.length ?? 0
    observed += only(resourcesOf(bundle), 'Observation').length
  }
  t.diagnostic(`${Math.round(resources / (performance.now() - began) * 1000).toLocaleString('en')} resources a second`)
  assert.ok(Math.abs(observed / 800 - 100) < 10, `${observed / 800} on average`)
})
