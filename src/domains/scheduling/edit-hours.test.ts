import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { formatWhen } from '#platform/when.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aDesk } from '#test/people.ts'
import { smallPractice } from '#test/practice.ts'
import { aSchedule, smallSchedule, type TestSchedule } from '#test/schedule.ts'
import { addBlock } from './edit-hours.ts'
import { listOpenTimes } from './list-open-times.ts'
import { readVisitType } from './read-settings.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>
const heron = smallPractice.locations!['heron-street']!
const week = (opens: number, closes: number) => Object.fromEntries([1, 2, 3, 4, 5].map(day => [day, [{ opens: opens * 60, closes: closes * 60 }]]))
before(async () => {
  t = await aHouse({ now: '2026-10-26T14:00:00Z' })
  s = await aSchedule(t, { hours: { 'nell-harrow': { 'heron-street': week(9, 12) }, 'ivo-marsh': { 'mesa-road': week(9, 12) } }, types: { talk: smallSchedule.types.talk! }, rooms: {} },
    { exceptions: [], locations: { 'heron-street': heron, 'mesa-road': { ...heron, name: 'Mesa Road', zone: 'America/Phoenix' } } })
  desk = await aDesk(t)
})
after(() => t.close())
beforeEach(() => t.db.owner.query('truncate scheduling.block'))

/** What can be booked on a day with one of them, by the clock of the place. */
async function open(who: string, day: string): Promise<string[]> {
  const type = (await readVisitType(desk, s.typeIds.talk!))!
  const times = await listOpenTimes(desk, { type, resourceId: s.resourceIds[who]!, from: new Date(`${day}T00:00:00Z`), to: new Date(`${day}T23:59:00Z`) })
  return times.map(time => formatWhen(time.startsAt, time.zone, 'time').replace(/[\u202f\u00a0]/g, ' '))
}
const leave = (who: string, more: Record<string, string> = {}) => addBlock(desk, s.resourceIds[who]!, { 'block-day': '2026-11-02', 'block-time': '09:00', 'block-end-day': '2026-11-02', 'block-end-time': '11:00', kind: 'leave', note: '', ...more })

describe('leave', () => {
  test('is typed by the clock of where somebody works, on the day after clocks changed elsewhere too', async () => {
    assert.ok((await leave('ivo-marsh')).ok)
    assert.deepEqual(await open('ivo-marsh', '2026-11-02'), ['11:00 AM MST', '11:15 AM MST', '11:30 AM MST', '11:45 AM MST'])
    assert.equal((await open('nell-harrow', '2026-11-02')).length, 12)
  })
  test('counts at every place, by the clock of the one that was chosen', async () => {
    assert.ok((await leave('ivo-marsh', { place: s.locationIds['heron-street']! })).ok)
    assert.deepEqual((await open('ivo-marsh', '2026-11-02'))[0], '9:00 AM MST', 'nine to eleven in New York is seven to nine there')
  })
})
