import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { localDate, localTime, officeTime } from './practice-clock.ts'

const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'medium' })
const instants = fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2040, 0) })

test('tells the time of New York as the machine knows it, summer and winter', () => {
  fc.assert(fc.property(instants, at => {
    const local = localTime(at)
    assert.equal(local.slice(0, 19).replace('T', ' '), shown.format(at))
    assert.equal(Date.parse(local), Math.floor(at / 1000) * 1000)
    assert.equal(localDate(at), local.slice(0, 10))
  }))
})

test('moves a weekend to the Friday before, and keeps the hour asked for', () => {
  fc.assert(fc.property(instants, fc.integer({ min: 8, max: 16 }), (at, hour) => {
    const local = localTime(officeTime(at, hour, 30))
    assert.equal(local.slice(11, 16), `${String(hour).padStart(2, '0')}:30`)
    const weekday = new Date(`${local.slice(0, 10)}T12:00:00Z`).getUTCDay()
    assert.ok(weekday >= 1 && weekday <= 5)
  }))
})
