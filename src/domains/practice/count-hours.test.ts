import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addBusinessMinutes, businessMinutesBetween, isOpenAt, nextChange, periodProblem, periodsOn } from './count-hours.ts'
import type { ExceptionDay, Period, WeekHours } from './shared.ts'

const h = (opens: number, closes: number): Period => ({ opens: opens * 60, closes: closes * 60 })
const office: WeekHours = { 1: [h(8, 12), h(13, 17)], 2: [h(8, 17)], 3: [h(8, 17)], 4: [h(8, 17)], 5: [h(8, 13)] }
const zone = 'America/New_York'
const at = (iso: string) => new Date(iso)

test('is open on Monday morning, closed at lunch, open after it', () => {
  assert.equal(isOpenAt(office, [], zone, at('2026-11-23T13:00:00Z')), true)      // 8:00
  assert.equal(isOpenAt(office, [], zone, at('2026-11-23T12:59:59Z')), false)
  assert.equal(isOpenAt(office, [], zone, at('2026-11-23T17:00:00Z')), false)     // noon, closing minute
  assert.equal(isOpenAt(office, [], zone, at('2026-11-23T18:00:00Z')), true)
})

test('a holiday closes the day, and a short day has its own hours', () => {
  const days: ExceptionDay[] = [{ day: '2026-11-26', periods: [] }, { day: '2026-12-24', periods: [h(9, 12)] }]
  assert.equal(isOpenAt(office, days, zone, at('2026-11-26T15:00:00Z')), false)
  assert.equal(isOpenAt(office, days, zone, at('2026-12-24T13:30:00Z')), false)
  assert.equal(isOpenAt(office, days, zone, at('2026-12-24T14:30:00Z')), true)
  assert.deepEqual(periodsOn('2026-12-24', office, days), [h(9, 12)])
})

test('the next change is the lunch break, then the holiday is stepped over', () => {
  const days: ExceptionDay[] = [{ day: '2026-11-26', periods: [] }]
  assert.deepEqual(nextChange(office, days, zone, at('2026-11-23T14:00:00Z')), { at: at('2026-11-23T17:00:00Z'), opens: false })
  assert.deepEqual(nextChange(office, days, zone, at('2026-11-25T23:00:00Z')), { at: at('2026-11-27T13:00:00Z'), opens: true })
})

test('a place that never opens, or never closes, has no next change', () => {
  const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map(day => [day, [h(0, 24)]])) as WeekHours
  assert.equal(nextChange({}, [], zone, at('2026-11-23T14:00:00Z')), undefined)
  assert.equal(nextChange(always, [], zone, at('2026-11-23T14:00:00Z')), undefined)
  assert.equal(isOpenAt(always, [], zone, at('2026-11-23T05:00:00Z')), true)
  assert.equal(addBusinessMinutes(at('2026-11-23T14:00:00Z'), 60, {}, [], zone), undefined)
})

test('hours that touch at midnight are one stretch', () => {
  const night: WeekHours = { 1: [h(20, 24)], 2: [h(0, 4)] }
  assert.deepEqual(nextChange(night, [], zone, at('2026-11-24T02:00:00Z')), { at: at('2026-11-24T09:00:00Z'), opens: false })
})

test('eight business hours from Friday noon end on Monday afternoon, lunch not counted', () => {
  assert.deepEqual(addBusinessMinutes(at('2026-11-20T17:00:00Z'), 480, office, [], zone), at('2026-11-23T21:00:00Z'))
})

test('the spring change takes an hour, the autumn change gives one', () => {
  const nights: WeekHours = { 7: [h(0, 6)] }
  assert.equal(businessMinutesBetween(at('2026-03-08T00:00:00Z'), at('2026-03-09T00:00:00Z'), nights, [], zone), 300)
  assert.equal(businessMinutesBetween(at('2026-11-01T00:00:00Z'), at('2026-11-02T00:00:00Z'), nights, [], zone), 420)
  assert.equal(businessMinutesBetween(at('2026-06-07T00:00:00Z'), at('2026-06-08T00:00:00Z'), nights, [], zone), 360)
})

test('opening at half past two on the morning that has none opens an hour later', () => {
  const early: WeekHours = { 7: [{ opens: 150, closes: 300 }] }
  assert.deepEqual(nextChange(early, [], zone, at('2026-03-08T05:00:00Z')), { at: at('2026-03-08T07:30:00Z'), opens: true })
})

test('says what is wrong with the periods of a day', () => {
  assert.equal(periodProblem([h(8, 12), h(12, 17)]), undefined)
  assert.equal(periodProblem([h(13, 17), h(8, 14)]), 'overlap')
  assert.equal(periodProblem([{ opens: 600, closes: 600 }]), 'upside-down')
})

// Hours of every shape, zones that change their clocks at odd times, instants around the changes.
const zones = fc.constantFrom('America/New_York', 'America/Havana', 'Australia/Lord_Howe', 'Asia/Beirut', 'Pacific/Apia', 'Europe/Dublin', 'America/Asuncion', 'UTC', 'Asia/Kathmandu')
const period = fc.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 48 })).map(([from, length]): Period => ({ opens: from * 15, closes: Math.min(1440, (from + length) * 15) }))
const dayPeriods = fc.array(period, { maxLength: 3 }).map(periods => periods.filter((one, index) => !periodProblem([...periods.slice(0, index), one])))
  .filter(periods => !periodProblem(periods))
const week = fc.record({ 1: dayPeriods, 2: dayPeriods, 3: dayPeriods, 4: dayPeriods, 5: dayPeriods, 6: dayPeriods, 7: dayPeriods }, { requiredKeys: [] }) as fc.Arbitrary<WeekHours>
const instant = fc.date({ min: new Date('2024-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }).map(date => new Date(Math.floor(date.getTime() / 60_000) * 60_000))

test('nothing changes before the next change, and everything does at it', () => {
  fc.assert(fc.property(week, zones, instant, (hours, where, now) => {
    const next = nextChange(hours, [], where, now)
    const isOpen = isOpenAt(hours, [], where, now)
    if (!next) return
    assert.ok(next.at > now)
    assert.equal(next.opens, !isOpen)
    assert.equal(isOpenAt(hours, [], where, next.at), next.opens)
    const gap = next.at.getTime() - now.getTime()
    for (const part of [0.1, 0.5, 0.9, 0.999]) assert.equal(isOpenAt(hours, [], where, new Date(now.getTime() + gap * part)), isOpen)
  }), { numRuns: 300 })
})

test('added minutes are exactly the minutes that pass while it is open', () => {
  fc.assert(fc.property(week, zones, instant, fc.integer({ min: 1, max: 5_000 }), (hours, where, start, minutes) => {
    const end = addBusinessMinutes(start, minutes, hours, [], where)
    if (!end) return
    assert.ok(end > start)
    assert.ok(Math.abs(businessMinutesBetween(start, end, hours, [], where) - minutes) < 1e-6)
    assert.equal(isOpenAt(hours, [], where, new Date(end.getTime() - 1)), true)
  }), { numRuns: 300 })
})
