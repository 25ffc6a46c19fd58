import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, s: TestSchedule, manager: SignedIn
const signIn = async (role: Role) => signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role], name: `A ${role}` })).personId, roles: [role] })
const here = '/console/schedule/measures'
const read = async (query = '', who = manager) => (await who.get(`${here}${query}`)).text()
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  manager = await signIn('manager')
})
after(() => house.close())

describe('how the schedule does', () => {
  test('says when nothing is there yet, and what will be', async () => assert.match(await read(), /No visits in these weeks[\s\S]*Nobody has looked yet/))

  test('draws each figure with its words, its mean and its table beside it', async () => {
    await house.db.owner.query(`insert into scheduling.day_measure select day, $1, $2, 12, 3, 1, 12, 2, 4, 24 from generate_series(timestamp '2026-09-01', timestamp '2026-11-22', interval '7 days') as day`, [s.resourceIds['nell-harrow'], s.typeIds['check-up']])
    await house.db.owner.query("insert into scheduling.day_measure values ('2026-11-17', $1, $2, 7, 3, 0, 0, 0, 0, 10)", [s.resourceIds['ivo-marsh'], s.typeIds.talk])
    await house.db.owner.query("insert into scheduling.day_refill select day, 12, 3, 1 from generate_series(timestamp '2026-09-01', timestamp '2026-11-22', interval '7 days') as day")
    await house.db.owner.query("insert into scheduling.third_open values ('2026-11-16', $1, $2, 4), ('2026-11-20', $1, $2, 2), ('2026-11-23', $1, $2, 1), ('2026-11-23', $3, $4, null)", [s.resourceIds['nell-harrow'], s.typeIds['check-up'], s.resourceIds['ivo-marsh'], s.typeIds.talk])
    const html = await read()
    assert.match(html, /13 whole weeks, from Monday, August 24, 2026 to Sunday, November 22, 2026/)
    assert.match(html, /role="img" aria-labelledby="(\S+) (\S+)"><title id="\1">Did not come, by week<\/title><desc id="\2">Over all these weeks 20\.5 % of the visits were missed: 39 of 190\./)
    assert.match(html, /Over all these weeks 25 % of the times that were let go were filled: 36 of 144\./)
    assert.match(html, /Over all these weeks 13\.9 % of the visits were booked online: 48 of 346\./)
    assert.equal(html.match(/<svg class="chart-drawing"/g)?.length, 4)
    assert.equal(html.match(/<figure class="chart chart-beside">/g)?.length, html.match(/<div class="table-scrolls"/g)?.length)
    assert.match(html, /Striped: fewer than 11 visits, too few to say\./)
    assert.match(html, /Third next time on Monday, November 23, 2026/)
    assert.match(html, /Dr\. Nell Harrow<\/th>[\s\S]{0,80}Check-up[\s\S]{0,80}1 day[\s\S]{0,80}2 days/)
    assert.match(html, /Ivo Marsh<\/th>[\s\S]{0,80}Follow-up[\s\S]{0,80}None in 180 days/)
  })

  test('says nothing of a clinician or a kind of visit of which there were ten', async () => {
    const html = await read()
    assert.match(html, /Ivo Marsh<\/th><td[^>]*>Fewer than 11<\/td><td[^>]*>Fewer than 11<\/td>/)
    assert.match(html, /Follow-up<\/th><td[^>]*>Fewer than 11<\/td>/)
    assert.match(html, /Dr\. Nell Harrow<\/th><td[^>]*>20 %<\/td><td[^>]*>180<\/td>/)
  })

  test('lets one choose how many weeks by a link, and takes no other number', async () => {
    assert.match(await read('?weeks=52'), /52 whole weeks, from Monday, November 24, 2025/)
    assert.match(await read('?weeks=26'), new RegExp(`href="${here}\\?weeks=26"[^>]*aria-current="page"|aria-current="page"[^>]*href="${here.replaceAll('/', '\\/')}\\?weeks=26"`))
    for (const wrong of ['0', '-1', '9'.repeat(400), "13'--", '26.0']) assert.match(await read(`?weeks=${encodeURIComponent(wrong)}`), /13 whole weeks/)
  })

  test('is for those who plan the schedule, and names no patient', async () => {
    assert.equal((await (await signIn('front-desk')).get(here)).status, 200)
    for (const role of ['clinician', 'care-team', 'billing', 'editor'] as const) assert.notEqual((await (await signIn(role)).get(here)).status, 200, role)
  })
})
