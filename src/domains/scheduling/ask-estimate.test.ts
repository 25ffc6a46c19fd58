import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { BusinessHours } from '#practice'
import { asksCost, businessDaysBetween, estimateDue, owingOf } from './ask-estimate.ts'

const office = [{ opens: 540, closes: 1080 }]
const place: BusinessHours = { hours: { 1: office, 2: office, 3: office, 4: office, 5: office }, exceptions: [], zone: 'America/New_York' }
const due = (now: string, startsAt: string, more: Partial<BusinessHours> = {}, isOnRequest = false) => estimateDue({ now: new Date(now), startsAt: new Date(startsAt), place: { ...place, ...more }, isOnRequest }).toISOString()
const closed = (...days: string[]) => ({ exceptions: days.map(day => ({ day, periods: [] })) })

describe('GF-1 by when an estimate is owed', () => {
  test('within three business days ten ahead, within one from three ahead', () => {
    assert.equal(due('2026-11-23T15:00:00Z', '2026-12-08T15:00:00Z'), '2026-11-27T22:00:00.000Z', 'ten business days: Thanksgiving is none')
    assert.equal(due('2026-11-23T15:00:00Z', '2026-12-07T15:00:00Z'), '2026-11-24T22:00:00.000Z', 'nine')
    assert.equal(due('2026-11-25T15:00:00Z', '2026-12-01T15:00:00Z'), '2026-11-27T22:00:00.000Z', 'three, over a holiday and a weekend')
    assert.equal(due('2026-08-08T15:00:00Z', '2026-08-24T15:00:00Z'), '2026-08-12T21:00:00.000Z', 'asked on a Saturday, in summer: eleven ahead')
  })
  test('counts every federal holiday, and the day on which one is kept', () => {
    for (const [day, name] of [['2026-01-19', 'King'], ['2026-02-16', 'Washington'], ['2026-05-25', 'Memorial'], ['2026-06-19', 'Juneteenth'], ['2026-07-03', 'Independence, on a Saturday'], ['2026-09-07', 'Labor'], ['2026-10-12', 'Columbus'], ['2026-11-11', 'Veterans'], ['2026-11-26', 'Thanksgiving'], ['2026-12-25', 'Christmas'], ['2027-01-01', 'New Year'], ['2022-12-26', 'Christmas, on a Sunday']] as const) {
      assert.equal(businessDaysBetween(new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10), day), 0, name)
    }
    assert.equal(due('2026-11-02T15:00:00Z', '2026-11-17T15:00:00Z'), '2026-11-05T22:00:00.000Z', 'ten: Veterans Day between them is none')
    assert.equal(due('2026-11-02T15:00:00Z', '2026-11-16T15:00:00Z'), '2026-11-03T22:00:00.000Z', 'nine')
  })
  test('is never later because the place is closed: days on which it is leave less time, and it is due while it is open', () => {
    assert.equal(due('2026-11-23T15:00:00Z', '2026-12-08T15:00:00Z', closed('2026-12-02')), '2026-11-24T22:00:00.000Z', 'nine on which it is open')
    assert.equal(due('2026-11-23T15:00:00Z', '2026-12-09T15:00:00Z', closed('2026-11-27')), '2026-11-25T22:00:00.000Z', 'closed on the third day: the last open day before')
    assert.equal(due('2026-11-23T15:00:00Z', '2026-12-08T15:00:00Z', { hours: { 1: [{ opens: 480, closes: 720 }], 2: [{ opens: 480, closes: 720 }], 3: office, 4: office, 5: [{ opens: 480, closes: 780 }] } }), '2026-11-27T18:00:00.000Z', 'when it closes, at one')
    assert.equal(due('2026-11-23T15:00:00Z', '2026-12-20T15:00:00Z', { hours: {} }), '2026-11-24T22:00:00.000Z', 'a place that is never open: as little time as there is')
  })
  test('who asks what it costs has it in three business days, and always before the visit', () => {
    assert.equal(due('2026-11-23T15:00:00Z', '2026-12-01T15:00:00Z', {}, true), '2026-11-27T22:00:00.000Z')
    assert.equal(due('2026-11-23T15:00:00Z', '2026-11-25T15:00:00Z', {}, true), '2026-11-25T15:00:00.000Z')
    assert.equal(due('2026-11-23T15:00:00Z', '2026-11-24T15:00:00Z'), '2026-11-24T15:00:00.000Z', 'sooner than the law asks: before the visit')
    assert.equal(due('2026-11-23T15:00:00Z', '2026-11-23T15:00:00Z'), '2026-11-23T15:01:00.000Z')
  })
  test('no closing of the place puts it off, whatever the days', () => {
    const start = Date.parse('2026-01-01T12:00:00Z')
    fc.assert(fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 40 }), fc.uniqueArray(fc.integer({ min: 1, max: 45 }), { maxLength: 12 }), (at, ahead, shut) => {
      const day = (offset: number) => new Date(start + (at + offset) * 86_400_000).toISOString()
      const days = shut.map(offset => day(offset).slice(0, 10))
      assert.ok(due(day(0), day(ahead), closed(...days)) <= due(day(0), day(ahead)), `${day(0)} ${ahead} ${days.join()}`)
    }))
  })
})

describe('GF-1 who is owed one', () => {
  test('who pays themselves, does not know, or asks what it costs', () => {
    assert.deepEqual([owingOf('self', ''), owingOf('unsure', ''), owingOf('insurance', 'My knee'), owingOf(undefined, ''), owingOf('insurance', 'My knee', '¿Cuánto cuesta?'), owingOf('insurance', 'How much is it?')], ['self', 'unsure', undefined, undefined, 'asked', 'asked'])
    assert.ok(!asksCost('My costume is ready and I was recharged'))
  })
})
