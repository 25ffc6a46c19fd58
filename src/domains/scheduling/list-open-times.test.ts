import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { firstAvailable, listFirstDays, listOpenTimes, nearestTimes } from './list-open-times.ts'
import { readVisitType } from './read-settings.ts'
import type { VisitType } from './shared.ts'

let t: TestHouse, s: TestSchedule, type: VisitType
before(async () => {
  t = await aHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(t)
  type = (await readVisitType(t.visitor(), s.typeIds.talk!))!
})
after(() => t.close())
const [from, to] = [new Date('2026-11-23T05:00:00Z'), new Date('2027-02-20T05:00:00Z')]
const said = (times: readonly { startsAt: Date; resourceId: string }[]) => times.map(time => `${time.startsAt.toISOString()} ${time.resourceId}`)

test('the first days are those of the whole list, also where they are far ahead', async () => {
  const all = await listOpenTimes(t.visitor(), { type, from, to, most: 100_000 })
  const days = [...Map.groupBy(all, time => time.startsAt.toISOString().slice(0, 10))]
  const { times, later } = await listFirstDays(t.visitor(), { type, from, to }, 5)
  assert.deepEqual([said(times), later], [said(days.slice(0, 5).flatMap(([, of]) => of)), days[5]![0]])
  assert.deepEqual(days.slice(0, 5).map(([day]) => day), ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-27', '2026-11-30'])
  for (const who of ['nell-harrow', 'ivo-marsh']) await t.db.owner.query("insert into scheduling.block (resource_id, starts_at, ends_at, kind) values ($1, '2026-11-01', '2027-01-20 05:00Z', 'leave')", [s.resourceIds[who]])
  const late = await listFirstDays(t.visitor(), { type, from, to }, 2)
  assert.deepEqual([[...new Set(late.times.map(time => time.startsAt.toISOString().slice(0, 10)))], late.later], [['2027-01-20', '2027-01-21'], '2027-01-22'])
  assert.deepEqual(await listFirstDays(t.visitor(), { type, from, to: new Date('2026-12-20T05:00:00Z') }, 2), { times: [], later: undefined })
  await t.db.owner.query('truncate scheduling.block')
})
test('whoever is free first stands once for each moment; one clinician alone keeps all of theirs', async () => {
  const all = await listOpenTimes(t.visitor(), { type, from, to: new Date('2026-11-25T05:00:00Z') })
  const first = firstAvailable(all)
  assert.equal(new Set(first.map(time => time.startsAt.getTime())).size, first.length)
  assert.ok(all.length > first.length)
  const own = await listOpenTimes(t.visitor(), { type, from, to: new Date('2026-11-25T05:00:00Z'), resourceId: s.resourceIds['ivo-marsh']! })
  assert.ok(own.length > 0 && own.every(time => time.resourceId === s.resourceIds['ivo-marsh']))
})
test('the nearest are on both sides, never in the past nor sooner than the lead time', async () => {
  const near = await nearestTimes(t.visitor(), { type }, new Date('2026-11-24T15:00:00Z'), 4)
  assert.deepEqual(near.map(time => time.startsAt.toISOString().slice(5, 16)), ['11-24T14:30', '11-24T14:45', '11-24T15:00', '11-24T15:15'])
  const soon = await nearestTimes(t.visitor(), { type }, new Date('2026-11-23T15:00:00Z'), 3)
  assert.deepEqual(soon.map(time => time.startsAt.toISOString().slice(5, 16)), ['11-23T18:00', '11-23T18:15', '11-23T18:30'])
})
