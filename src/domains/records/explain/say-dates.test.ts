import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sayDay } from './say-dates.ts'

test('a date is said as exactly as it was sent, in both languages', () => {
  const vectors: [string, string, string][] = [['2026-12-01', 'December 1, 2026', '1 de diciembre de 2026'], ['2026-12', 'December 2026', 'diciembre de 2026'], ['2026', '2026', '2026'], ['1985-12-21T17:49:34+00:00', 'December 21, 1985', '21 de diciembre de 1985']]
  for (const [sent, en, es] of vectors) assert.deepEqual([sayDay(sent, 'en')?.words, sayDay(sent, 'es')?.words], [en, es])
  assert.deepEqual([sayDay('2026-12-01', 'en')?.short, sayDay('2026-12-01', 'es')?.short], ['Dec 1, 2026', '1 dic 2026'])
})

test('what is no date is not made into one', () => {
  for (const value of ['0000-00-00', '2026-02-30', '2026-13-01', '9999-99-99', 'yesterday', '', null, 5, {}, '2026-1-1']) assert.equal(sayDay(value, 'en'), null, String(value))
})

test('an instant falls on the day of the place, for any instant and zone', () => {
  const format = (zone: string) => new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: 'long', day: 'numeric' })
  const zones = ['America/New_York', 'America/Los_Angeles', 'Pacific/Honolulu', 'America/Phoenix', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC']
  const formats = new Map(zones.map(zone => [zone, format(zone)]))
  fc.assert(fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), fc.constantFrom(...zones), (date, zone) => {
    assert.equal(sayDay(date.toISOString(), 'en', zone)?.words, formats.get(zone)?.format(date))
  }), { numRuns: 2000 })
  assert.equal(sayDay('2026-11-20T23:30:00-08:00', 'en', 'America/New_York')?.words, 'November 21, 2026')
  assert.equal(sayDay('2026-11-20', 'en', 'Pacific/Auckland')?.words, 'November 20, 2026', 'a day without a time stays that day')
  assert.equal(sayDay('2026-11-20T10:00:00Z', 'en', 'Nowhere/Atall')?.words, 'November 20, 2026')
})
