import assert from 'node:assert/strict'
import { test } from 'node:test'
import { businessDaysBetween, estimateDue } from './ask-estimate.ts'

const zone = 'America/New_York'
const due = (now: string, startsAt: string) => estimateDue({ now: new Date(now), startsAt: new Date(startsAt), zone }).toISOString()

test('GF-1 an estimate is owed within three business days ten ahead, within one from three ahead', () => {
  assert.equal(due('2026-11-23T15:00:00Z', '2026-12-08T15:00:00Z'), '2026-11-27T22:00:00.000Z', 'ten business days: Thanksgiving is none')
  assert.equal(due('2026-11-23T15:00:00Z', '2026-12-07T15:00:00Z'), '2026-11-24T22:00:00.000Z', 'nine')
  assert.equal(due('2026-11-25T15:00:00Z', '2026-12-01T15:00:00Z'), '2026-11-27T22:00:00.000Z', 'three, over a holiday and a weekend')
})
test('GF-1 for a sooner visit it is owed before the visit', () => {
  assert.equal(due('2026-11-23T15:00:00Z', '2026-11-24T15:00:00Z'), '2026-11-24T15:00:00.000Z')
  assert.equal(due('2026-11-23T15:00:00Z', '2026-11-23T15:00:00Z'), '2026-11-23T15:01:00.000Z')
})
test('business days leave out weekends and federal holidays', () => {
  assert.equal(businessDaysBetween('2026-11-25', '2026-11-27'), 1)
  assert.equal(businessDaysBetween('2026-12-24', '2027-01-04'), 5)
})
