import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, dayIn, formatDistance, formatWhen, instantAt, isClock, isDay, mondayOf, offsetOf } from '#platform/when.ts'

const chicago = 'America/Chicago'

test('a shown time names its weekday and its zone', () => {
  assert.match(formatWhen(new Date('2026-11-23T15:30:00Z'), chicago, 'moment'), /^Monday, November 23, 2026 at 9:30.AM CST$/)
  assert.match(formatWhen(new Date('2026-11-23T15:30:00Z'), chicago, 'moment', 'es'), /lunes, 23 de noviembre de 2026/)
})
test('a day is one that there is, and a time one of the clock', () => {
  assert.deepEqual(['2026-11-23', '2028-02-29', '0001-01-01', '9999-12-31'].filter(text => !isDay(text)), [])
  assert.deepEqual(['2026-02-31', '2027-02-29', '0000-01-01', '2026-99-99', '2026-1-1', '-271821-04-20', '2026-11-23T00:00', ''].filter(isDay), [])
  assert.deepEqual([['00:00', '23:59'].filter(text => !isClock(text)), ['24:00', '25:61', '7:30', '99:99', ''].filter(isClock)], [[], []])
})
test('the skipped hour moves forward, the doubled hour is the first', () => {
  assert.equal(instantAt('2026-03-08', '02:30', chicago).toISOString(), '2026-03-08T08:30:00.000Z')
  assert.equal(instantAt('2026-11-01', '01:30', chicago).toISOString(), '2026-11-01T06:30:00.000Z')
  assert.equal(instantAt('2026-11-01', '02:00', chicago).toISOString(), '2026-11-01T08:00:00.000Z')
})
test('days are counted on the calendar: over the end of a year, a leap day, a change of the clocks; a week begins on Monday', () => {
  assert.deepEqual([addDays('2026-12-31', 1), addDays('2028-02-28', 1), addDays('2028-03-01', -1), addDays('2026-03-07', 2), addDays('2026-11-23', 0)], ['2027-01-01', '2028-02-29', '2028-02-29', '2026-03-09', '2026-11-23'])
  assert.deepEqual(['2026-11-22', '2026-11-23', '2026-11-29', '2027-01-01'].map(mondayOf), ['2026-11-16', '2026-11-23', '2026-11-23', '2026-12-28'])
})
test('any instant, told as a wall clock and read back, is the same instant or the first of a doubled hour', () => {
  const zones = [chicago, 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Australia/Lord_Howe']
  fc.assert(fc.property(fc.constantFrom(...zones), fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2035-01-01T00:00:00Z'), noInvalidDate: true }), (zone, raw) => {
    const instant = new Date(Math.floor(raw.getTime() / 1_000) * 1_000)
    const wall = new Date(instant.getTime() + offsetOf(zone, instant)).toISOString()
    const back = instantAt(wall.slice(0, 10), wall.slice(11, 19), zone)
    assert.ok(back.getTime() <= instant.getTime() && instant.getTime() - back.getTime() <= 3_600_000)
    assert.equal(new Date(back.getTime() + offsetOf(zone, back)).toISOString(), wall)
  }), { numRuns: 2_000 })
})
test('the day of an instant is the day of the place', () => {
  assert.equal(dayIn(new Date('2026-11-23T03:00:00Z'), chicago), '2026-11-22')
})
test('the quick way to a day says what Intl says, in every zone, also on days when clocks change and before there were zones', () => {
  const changes = ['2026-03-08T07:59:59Z', '2026-03-08T08:00:00Z', '2026-11-01T05:59:59Z', '2026-11-01T06:00:00Z', '2026-11-01T04:30:00Z', '2011-12-30T09:59:59Z', '2011-12-30T10:00:00Z', '1883-11-18T17:00:00Z', '1931-04-26T07:30:00Z'].map(text => new Date(text))
  const same = (zone: string, instant: Date) => {
    const plain = new Intl.DateTimeFormat('en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', timeZone: zone })
    assert.equal(formatWhen(instant, zone, 'day'), plain.format(instant), `${zone} ${instant.toISOString()}`)
    assert.equal(dayIn(instant, zone), new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant), `${zone} ${instant.toISOString()}`)
  }
  const zones = Intl.supportedValuesOf('timeZone')
  for (const zone of zones) for (const instant of changes) same(zone, instant)
  fc.assert(fc.property(fc.constantFrom(...zones), fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true }), same), { numRuns: 2_000 })
})
test('distances are said in the largest whole unit', () => {
  const now = new Date('2026-11-23T15:00:00Z')
  assert.equal(formatDistance(new Date('2026-11-21T14:00:00Z'), now), '2 days ago')
  assert.equal(formatDistance(new Date('2026-11-23T18:10:00Z'), now), 'in 3 hours')
})
