import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { chooseOffers, fits, isTellingTime, isWished, overlap, partOf, type FreeTime, type MadeOffer, type Waiter } from './choose-offers.ts'
import type { WaitSettings } from './keep-wait-settings.ts'
import { dayParts, mostOpenOffers } from './shared.ts'

const minute = 60_000
const settings: WaitSettings = { isOn: true, groupSize: 3, gapMinutes: 30, answerHours: 24, stopMinutes: 240, cutoffMinutes: 120, fromMinute: 480, toMinute: 1_200 }
const now = new Date('2026-11-23T15:00:00Z')
const zone = 'America/New_York'
const after = (minutes: number) => new Date(now.getTime() + minutes * minute)

/** Quarters of an hour from now, from this afternoon to the day after tomorrow: few, so that people and times meet. */
const quarter = fc.constantFrom(12, 18, 19, 20, 22, 24, 40, 96, 97, 100, 190)
const time = fc.record({ start: quarter, length: fc.constantFrom(15, 30, 60), who: fc.constantFrom('a', 'b'), type: fc.constantFrom('x', 'y') })
  .map(({ start, length, who, type }): FreeTime => ({ startsAt: after(start * 15), endsAt: after(start * 15 + length), resourceId: who, locationId: 'here', zone, visitTypeId: type }))
const made = fc.record({ time, ago: fc.integer({ min: 0, max: 120 }), round: fc.integer({ min: 1, max: 5 }), isOpen: fc.boolean() })
  .map(({ time: of, ago, round, isOpen }): MadeOffer => ({ ...of, offeredAt: after(-ago), round, isOpen }))
const waiter = fc.record({
  patient: fc.integer({ min: 0, max: 8 }), visitTypeId: fc.constantFrom('x', 'y'), before: fc.option(fc.constantFrom(21, 60, 120, 400), { freq: 2 }), priority: fc.integer({ min: 0, max: 2 }), since: fc.integer({ min: 1, max: 9 }),
  openOffers: fc.integer({ min: 0, max: 4 }), lastOffered: fc.option(fc.integer({ min: 0, max: 60 }), { freq: 1 }), resourceId: fc.option(fc.constantFrom('a', 'b'), { freq: 1 }), weekdays: fc.subarray([1, 2, 3], { minLength: 1 }),
  parts: fc.subarray([...dayParts], { minLength: 1 }), heard: fc.array(quarter, { maxLength: 3 }), busy: fc.array(time, { maxLength: 2 }), zone: fc.constantFrom(zone, zone, 'Pacific/Honolulu', 'Europe/Madrid'), untilDay: fc.option(fc.constantFrom('2026-11-23', '2026-11-24', '2026-12-01'), { freq: 1 }),
}).map(({ patient, before, since, lastOffered, heard, ...of }, ): Omit<Waiter, 'id'> => ({
  ...of, patientId: `p${patient}`, locationId: null, before: before === null ? null : after(before * 15), cutoffAt: before === null ? null : after(Math.max(5, before * 15 - 600)), since: after(-since * 60), lastOfferedAt: lastOffered === null ? null : after(-lastOffered),
  heard: new Set(heard.map(at => after(at * 15).getTime())),
}))
const byTurn = (a: Waiter, b: Waiter) => b.priority - a.priority || a.openOffers - b.openOffers || a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : 1)

describe('who hears of which time', () => {
  test('whatever waits and is free: only what fits, once each, no group too large, nobody passed over', () => {
    fc.assert(fc.property(fc.array(waiter, { maxLength: 20 }), fc.array(time, { maxLength: 8 }), fc.array(made, { maxLength: 8 }), fc.integer({ min: 1, max: 4 }), (some, free, before, groupSize) => {
      const waiters = some.map((one, index): Waiter => ({ ...one, id: `w${String(index).padStart(2, '0')}` }))
      const offers = chooseOffers({ now, practiceZone: zone, settings: { ...settings, groupSize }, waiters, free, made: before })
      const who = new Map(waiters.map(one => [one.id, one]))
      const open = before.filter(one => one.isOpen && one.offeredAt.getTime() + settings.gapMinutes * minute > now.getTime())
      const room = (of: FreeTime, given: readonly (typeof offers)[number][]) => groupSize - open.filter(one => one.resourceId === of.resourceId && overlap(one, of)).length - given.filter(one => one.time.resourceId === of.resourceId && overlap(one.time, of)).length
      assert.equal(new Set(offers.map(offer => who.get(offer.waitId)!.patientId)).size, offers.length, 'a person hears of one time at once')
      for (const [index, { waitId, time: of, expiresAt }] of offers.entries()) {
        const one = who.get(waitId)!
        assert.ok(fits(one, of) && isWished(one, of) && (one.before === null || of.startsAt < one.before) && !one.busy.some(visit => overlap(visit, of)) && !one.heard.has(of.startsAt.getTime()))
        assert.ok(isTellingTime(now, one.zone, settings) && one.openOffers < mostOpenOffers && of.startsAt.getTime() > now.getTime() + settings.stopMinutes * minute)
        assert.ok(room(of, offers.slice(0, index)) > 0, 'the group has room')
        assert.ok(expiresAt.getTime() <= of.startsAt.getTime() - settings.cutoffMinutes * minute && expiresAt <= after(24 * 60) && (one.cutoffAt === null || expiresAt <= one.cutoffAt))
      }
      const heard = new Set(offers.map(offer => who.get(offer.waitId)!.patientId))
      for (const one of waiters) {
        if (heard.has(one.patientId) || one.openOffers >= mostOpenOffers || !isTellingTime(now, one.zone, settings) || (one.lastOfferedAt && one.lastOfferedAt.getTime() + settings.gapMinutes * minute > now.getTime())) continue
        const later = offers.filter(offer => byTurn(one, who.get(offer.waitId)!) < 0 && fits(one, offer.time))
        for (const offer of later) assert.ok(room(offer.time, offers.slice(0, offers.indexOf(offer))) <= 0, 'somebody who comes later got what would have suited one who got nothing')
        for (const of of free) if (fits(one, of) && of.startsAt.getTime() > now.getTime() + settings.stopMinutes * minute) assert.ok(room(of, offers) <= 0, 'something was left that would have suited')
      }
    }), { numRuns: 400, seed: Number(process.env.TEST_SEED ?? 20261123) })
  })
  test('a time fits up to the last day, at the place and with whom somebody wants, before their visit, beside no other and not twice', () => {
    const of: FreeTime = { startsAt: new Date('2026-11-24T15:00:00Z'), endsAt: new Date('2026-11-24T15:30:00Z'), resourceId: 'a', locationId: 'here', zone, visitTypeId: 'x' }
    const wish = { visitTypeId: 'x', before: null, heard: new Set<number>(), busy: [], resourceId: null, locationId: null, weekdays: [2], parts: ['morning' as const], untilDay: null }
    const visit = (startsAt: string, endsAt: string) => ({ busy: [{ startsAt: new Date(`2026-11-24T${startsAt}:00Z`), endsAt: new Date(`2026-11-24T${endsAt}:00Z`) }] })
    for (const [more, isFitting] of [
      [{}, true], [{ visitTypeId: 'y' }, false], [{ untilDay: '2026-11-24' }, true], [{ untilDay: '2026-11-23' }, false], [{ resourceId: 'a' }, true], [{ resourceId: 'b' }, false], [{ locationId: 'here' }, true], [{ locationId: 'there' }, false],
      [{ before: new Date('2026-11-24T15:00:01Z') }, true], [{ before: of.startsAt }, false], [{ heard: new Set([of.startsAt.getTime()]) }, false],
      [visit('14:30', '15:00'), true], [visit('15:30', '16:00'), true], [visit('14:30', '15:01'), false], [visit('15:29', '16:00'), false],
    ] as const) assert.equal(fits({ ...wish, ...more }, of), isFitting, JSON.stringify(more))
  })
  test('groups of one time are numbered: who comes into one that has room has its number, the next has the next', () => {
    const of: FreeTime = { startsAt: after(2_880), endsAt: after(2_910), resourceId: 'a', locationId: 'here', zone, visitTypeId: 'x' }
    const one: Waiter = { id: 'w', patientId: 'p', visitTypeId: 'x', before: null, cutoffAt: null, priority: 0, since: now, zone, openOffers: 0, lastOfferedAt: null, heard: new Set(), busy: [], resourceId: null, locationId: null, weekdays: [1, 2, 3, 4, 5, 6, 7], parts: dayParts, untilDay: null }
    const rounds = (...before: Partial<MadeOffer>[]) => chooseOffers({ now, practiceZone: zone, settings, waiters: [one], free: [of], made: before.map(more => ({ ...of, offeredAt: now, round: 1, isOpen: true, ...more })) }).map(offer => offer.round)
    assert.deepEqual([rounds(), rounds({}, {}), rounds({ offeredAt: after(-29), round: 4 }), rounds({ offeredAt: after(-30), round: 4 }), rounds({ round: 1, isOpen: false }, { round: 2, isOpen: false }), rounds({}, {}, {}), rounds({ resourceId: 'b', round: 7 })], [[1], [1], [4], [5], [3], [], [1]])
  })
  test('nobody, when it is switched off or night where the practice is', () => {
    const one: Waiter = { id: 'w', patientId: 'p', visitTypeId: 'x', before: null, cutoffAt: null, priority: 0, since: now, zone, openOffers: 0, lastOfferedAt: null, heard: new Set(), busy: [], resourceId: null, locationId: null, weekdays: [1, 2, 3, 4, 5, 6, 7], parts: dayParts, untilDay: null }
    const free: FreeTime[] = [{ startsAt: after(2_880), endsAt: after(2_910), resourceId: 'a', locationId: 'here', zone, visitTypeId: 'x' }]
    const count = (at: Date, more: Partial<WaitSettings> = {}) => chooseOffers({ now: at, practiceZone: zone, settings: { ...settings, ...more }, waiters: [one], free, made: [] }).length
    assert.deepEqual([count(now), count(now, { isOn: false }), count(new Date('2026-11-24T01:00:00Z')), count(new Date('2026-11-24T12:59:59Z')), count(new Date('2026-11-24T13:00:00Z'))], [1, 0, 0, 0, 1])
  })
})

describe('clocks', () => {
  test('parts of a day and hours of telling are those of the wall, on the days on which it changes, too', () => {
    for (const [at, part, isTold] of [
      ['2026-03-08T06:59:00Z', 'morning', false], ['2026-03-08T11:59:00Z', 'morning', false], ['2026-03-08T12:00:00Z', 'morning', true], ['2026-03-08T15:59:00Z', 'morning', true], ['2026-03-08T16:00:00Z', 'afternoon', true], ['2026-03-08T21:00:00Z', 'evening', true], ['2026-03-09T00:00:00Z', 'evening', false],
      ['2026-11-01T05:30:00Z', 'morning', false], ['2026-11-01T06:30:00Z', 'morning', false], ['2026-11-01T12:59:00Z', 'morning', false], ['2026-11-01T13:00:00Z', 'morning', true], ['2026-11-01T17:00:00Z', 'afternoon', true], ['2026-11-01T22:00:00Z', 'evening', true], ['2026-11-02T01:00:00Z', 'evening', false],
    ] as const) assert.deepEqual([partOf(new Date(at), zone), isTellingTime(new Date(at), zone, settings)], [part, isTold], at)
  })
  test('days are those of the place: Sunday evening in Los Angeles is Monday elsewhere', () => {
    const of = (at: string, place: string) => [1, 2, 3, 4, 5, 6, 7].find(day => isWished({ resourceId: null, locationId: null, weekdays: [day], parts: dayParts, untilDay: null }, { startsAt: new Date(at), endsAt: new Date(at), resourceId: '', locationId: '', zone: place }))
    assert.deepEqual([of('2026-11-02T05:00:00Z', 'America/Los_Angeles'), of('2026-11-02T05:00:00Z', 'Europe/Madrid'), of('2026-11-02T05:00:00Z', 'Pacific/Kiritimati')], [7, 1, 1])
  })
})
