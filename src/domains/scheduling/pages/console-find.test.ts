import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { bringRecords, fhir } from '#test/records.ts'
import { aStaffPerson, fieldIn } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

const here = '/console/schedule'
let house: RunningHouse, s: TestSchedule, desk: SignedIn, manager: SignedIn, ana: string
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  ana = (await bringRecords(house, 'ehr', [fhir.patient()])).get('p1')!
  ;[desk, manager] = await Promise.all((['front-desk', 'manager'] as const).map(async role => signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role], name: `A ${role}` })).personId, roles: [role] }))) as [SignedIn, SignedIn]
})
after(() => house.close())
beforeEach(() => house.setNow('2026-11-23T15:00:00Z'))

const find = async (words: string, who = desk) => { const answer = await who.post(`${here}/find`, { words }); return { status: answer.status, html: await answer.text() } }
/** The times that are offered, as "day clock". */
const times = (html: string) => [...html.matchAll(/[?;]at=(\d+)/g)].map(([, at]) => new Date(Number(at)).toISOString().slice(0, 16))

describe('a free time by words', () => {
  test('leads to booking at that very time, with that clinician, for that visit', async () => {
    const { html } = await find('Tuesday morning, Dr Harrow, check-up')
    assert.deepEqual(times(html), ['2026-11-24T14:00', '2026-11-24T14:30', '2026-11-24T15:00', '2026-11-24T15:30', '2026-11-24T16:00', '2026-11-24T16:30'])
    const href = /href="(\/console\/schedule\/book\?[^"]+)"/.exec(html)![1]!.replaceAll('&amp;', '&')
    const booking = await (await desk.get(href.replace('/book?', `/book/${ana}?`))).text()
    const first = /value="([^"]+)" name="time"/.exec(booking)![1]!
    assert.equal(first, `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse('2026-11-24T14:00Z')}`)
    assert.match(booking, new RegExp(`name="type" value="${s.typeIds['check-up']}"`))
  })
  test('says what it took for what, in fields that can be changed', async () => {
    const { html } = await find('el martes por la tarde con Marsh o Harrow, seguimiento por teléfono, rodilla')
    assert.match(html, /Not understood: “rodilla”/)
    assert.equal(fieldIn(html, 'from'), '2026-11-24')
    assert.equal(fieldIn(html, 'after'), '12:00')
    assert.match(html, new RegExp(`<option value="${s.typeIds.talk}" selected`))
    assert.match(html, /<option value="phone" selected/)
    assert.ok(times(html).every(at => at >= '2026-11-24T17:00' && at < '2026-11-24T22:00') && times(html).length > 0)
    const changed = await (await desk.post(`${here}/find`, { action: 'fields', words: 'x', from: '2026-11-25', until: '2026-11-25', after: '09:00', before: '10:00', type: s.typeIds['check-up']!, with: s.resourceIds['nell-harrow']! })).text()
    assert.deepEqual(times(changed), ['2026-11-25T14:00', '2026-11-25T14:30'])
  })
  test('what can be read in two ways is offered the other way, too', async () => {
    const { html } = await find('next Tuesday, check-up')
    assert.match(html, /may also be Tuesday, November 24, 2026/)
    assert.ok(times(html).every(at => at.startsWith('2026-12-01')))
    assert.ok(times(await (await desk.post(`${here}/find`, { action: 'fields', from: '2026-12-01', until: '2026-12-01', day: '2026-11-24', type: s.typeIds['check-up']! })).text()).every(at => at.startsWith('2026-11-24')))
  })
  test('without a visit named takes the first that they do, and says so; nothing free is said', async () => {
    assert.match((await find('tomorrow')).html, /No kind of visit was said: these times are for “Check-up”/)
    assert.match((await find('Marsh tomorrow')).html, /these times are for “Follow-up”/)
    assert.match((await find('Sunday, check-up')).html, /No free time fits/)
    assert.match((await find('yesterday is not here')).html, /Not understood: “yesterday”/)
  })
  test('finds days and hours as the clock of the place tells them, over a change of the clocks', async () => {
    house.setNow('2027-03-12T15:00:00Z')   // the Friday before clocks go forward
    const later = await signedInAs(house, { personId: desk.personId, roles: ['front-desk'] })
    assert.deepEqual(times((await find('Monday at 9:00, check-up', later)).html), ['2027-03-15T13:00', '2027-03-15T13:30'])
  })
  test('stands in no address, is given back as text, and takes what nobody would type', async () => {
    const { status, html } = await find('<img src=x onerror=alert(1)> Ana Marlowe')
    assert.equal(status, 200)
    assert.doesNotMatch(html, /<img src=x/)
    assert.doesNotMatch(html, /[?&;](words|q)=/)
    for (const fields of [{ action: 'fields', from: '2026-02-31', until: 'x', after: '25:00', before: '08:00', with: "' or 1=1", type: 'x', place: '\u0000', weekday: '9' }, { words: 'next tuesday or '.repeat(5_000) }, { action: 'fields', from: '2199-12-31', until: '2001-01-01' }]) {
      assert.equal((await desk.post(`${here}/find`, fields as Record<string, string>)).status, 200)
    }
    assert.equal((await find('tomorrow', manager)).status, 403)
    assert.equal((await manager.get(`${here}/find`)).status, 403)
  })
})

describe('the week', () => {
  test('on the day that clocks change nine is nine: what is booked, what is free, and where it leads', async () => {
    house.setNow('2027-03-12T15:00:00Z')
    await house.db.owner.query("insert into scheduling.special_day (resource_id, day, location_id, starts_minute, ends_minute) values ($1, '2027-03-14', $2, 540, 720)", [s.resourceIds['nell-harrow'], s.placeId])
    const later = await signedInAs(house, { personId: desk.personId, roles: ['front-desk'] })
    await later.post(`${here}/book/${ana}`, { type: s.typeIds['check-up']!, how: 'in-person', time: `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse('2027-03-14T13:00Z')}`, reason: '', pays: 'unsure' })
    const html = (await (await later.get(`${here}?view=week&day=2027-03-14&who=${s.resourceIds['nell-harrow']}`)).text()).replaceAll('\u202f', ' ')
    assert.match(html, /9:00(<!-- -->)?<span class="visit-half">\sAM<\/span> (<!-- -->)?Ana Marlowe/)
    const links = [...html.matchAll(/book\?with=[^"]*at=(\d+)"[^>]*>(?:Free <span class="unseen">|<span class="free-clock">)([\d:]+ [AP]M)/g)].map(([, at, said]) => [new Date(Number(at)).toISOString().slice(0, 16), said])
    assert.ok(links.some(([at, said]) => at === '2027-03-14T13:30' && said === '9:30 AM'), JSON.stringify(links.filter(([at]) => at!.startsWith('2027-03-14'))))
    assert.match(html, /aria-current="date"[^>]*><a[^>]*>Friday, March 12/)
  })
})
