import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { quietUntil } from './quiet-hours.ts'

const zone = 'America/New_York'
const until = (at: string) => quietUntil(new Date(at), zone)?.toISOString()

describe('when news that may weigh is told', () => {
  test('R13 by day at once, not from eight in the evening to eight in the morning', () => {
    assert.equal(until('2026-11-24T15:00:00Z'), undefined)
    assert.equal(until('2026-11-25T00:59:00Z'), undefined)
    assert.equal(until('2026-11-25T01:00:00Z'), '2026-11-25T13:00:00.000Z')
    assert.equal(until('2026-11-25T12:59:00Z'), '2026-11-25T13:00:00.000Z')
    assert.equal(until('2026-11-25T13:00:00Z'), undefined)
  })
  test('R13 not from Friday at three to Monday at eight', () => {
    assert.equal(until('2026-11-27T19:59:00Z'), undefined)
    assert.equal(until('2026-11-27T20:00:00Z'), '2026-11-30T13:00:00.000Z')
    assert.equal(until('2026-11-28T17:00:00Z'), '2026-11-30T13:00:00.000Z')
    assert.equal(until('2026-11-30T04:00:00Z'), '2026-11-30T13:00:00.000Z')
  })
  test('R13 whenever it is, the wait ends within three days, at a time that is not quiet', () => {
    fc.assert(fc.property(fc.date({ min: new Date('2026-01-01'), max: new Date('2029-01-01'), noInvalidDate: true }), fc.constantFrom(zone, 'Pacific/Honolulu', 'Australia/Lord_Howe', 'America/Denver'), (now, where) => {
      const end = quietUntil(now, where)
      if (!end) return
      assert.ok(end > now && end.getTime() - now.getTime() <= 66 * 3_600_000)
      assert.equal(quietUntil(end, where), undefined)
    }))
  })
})
