import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { aStaffPerson, fieldIn } from '#test/people.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, s: TestSchedule, desk: SignedIn, manager: SignedIn, ana: string
const signIn = async (role: Role) => signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role], name: `A ${role}` })).personId, roles: [role] })
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  ana = (await bringRecords(house, 'ehr', [fhir.patient()])).get('p1')!
  ;[desk, manager] = [await signIn('front-desk'), await signIn('manager')]
})
after(() => house.close())
beforeEach(async () => {
  house.setNow('2026-11-23T15:00:00Z')
  await clearVisits(house, 'scheduling.block', 'scheduling.special_day')
})

const here = '/console/schedule'
const at = (iso: string, who = 'nell-harrow') => `${s.resourceIds[who]}.${s.placeId}.${Date.parse(iso)}`
const to = (answer: Response) => answer.headers.get('location') ?? ''
const read = async (path: string, who = desk) => (await who.get(path)).text()
const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
const wish = (more: Record<string, string> = {}) => ({ type: s.typeIds['check-up']!, how: 'in-person', time: at('2026-11-24T14:00:00Z'), reason: 'The knee', pays: 'insurance', ...more })
async function book(more: Record<string, string> = {}): Promise<string> {
  const booked = to(await desk.post(`${here}/book/${ana}`, wish(more)))
  assert.match(booked, /\/visits\/[0-9a-f-]{36}\?said=booked$/)
  return booked.replace(/\?.*/, '')
}
/** Another time than one of the list: typed, with why. */
const typed = (more: Record<string, string> = {}) => ({ time: '', day: '2026-11-24', clock: '09:00', with: s.resourceIds['nell-harrow']!, place: s.placeId, because: 'Fever, must be seen', ...more })

describe('the day', () => {
  test('shows who comes when, in the column of whom they see, and what is free as a link', async () => {
    const visit = await book()
    const html = await read(`${here}?day=2026-11-24`)
    assert.match(html, /Tuesday, November 24, 2026/)
    assert.match(html, /One visit\. Times are EST\./)
    assert.match(html, new RegExp(`href="${visit}"[^]*9:00<span class="visit-half">\\sAM</span> (<!-- -->)?Ana Marlowe`))
    assert.match(html, new RegExp(`/console/schedule/book\\?with=${s.resourceIds['nell-harrow']}&amp;place=${s.placeId}&amp;at=${Date.parse('2026-11-24T14:30:00Z')}`))
    assert.match(await read(`${here}?day=2026-11-24&view=week&who=${s.resourceIds['nell-harrow']}`), /Week of Monday, November 23[\s\S]*Ana Marlowe/)
    assert.match(await read(`${here}?day=2026-11-24&view=list`), /9:00\sAM EST[\s\S]*Ana Marlowe[\s\S]*Check-up/)
    assert.doesNotMatch(await read(`${here}?day=2026-11-24&who=${s.resourceIds['ivo-marsh']}`), /Ana Marlowe/)
    assert.ok((await rows("select from audit.event where action = 'appointments.viewed' and patient_id = $1 and person_id = $2", ana, desk.personId)).length >= 3)
  })
  test('on a holiday nobody has hours, and on the day that clocks change all of it is there', async () => {
    assert.match(await read(`${here}?day=2026-11-26`), /Nobody has hours on this day/)
    assert.match(await read(`${here}?day=2027-03-15`), /Times are EDT/)
    assert.equal((await desk.get(`${here}?day=2026-02-31&view=nonsense&place='&who=1`)).status, 200)
  })
  test('a leave is kept free, and who is booked in it is told to whoever entered it', async () => {
    await book()
    const leave = `${here}/hours/${s.resourceIds['nell-harrow']}`
    assert.equal((await desk.post(leave, { action: 'block', 'block-day': '2026-11-24', 'block-end-day': '2026-11-23', kind: 'leave' })).status, 422)
    assert.match(to(await desk.post(leave, { action: 'block', 'block-day': '2026-11-24', 'block-end-day': '2026-11-25', kind: 'leave', note: 'A course' })), /said=saved/)
    assert.match(await read(leave), /One visit stands in time that is kept free/)
    assert.doesNotMatch(await read(leave, manager), /Ana|stands in time/)
    assert.match(await read(`${here}?day=2026-11-24`), /Kept free/)
    assert.equal((await desk.post(`${here}/book/${ana}`, wish({ time: at('2026-11-25T14:00:00Z') }))).status, 409)
  })
})

describe('booking at the desk', () => {
  test('goes from a name to a patient to a time; what is searched by stands in no address', async () => {
    const found = await (await desk.post(`${here}/book?at=${Date.parse('2026-11-24T14:00:00Z')}&with=${s.resourceIds['nell-harrow']}`, { name: 'Ana Marlowe', 'birth-date': '' })).text()
    assert.match(found, new RegExp(`href="/console/schedule/book/${ana}\\?at=\\d+&amp;with=`))
    const times = await read(`${here}/book/${ana}?type=${s.typeIds['check-up']}&from=2026-11-24`)
    assert.match(times, /Book a visit for Ana Marlowe/)
    assert.match(times, /Tuesday, November 24, 2026, <\/span>9:00\sAM EST/)
    const visit = await book()
    const html = await read(visit)
    for (const words of [/Ana Marlowe/, /The knee/, /Tuesday, November 24, 2026 at 9:00\sAM EST/, /Booked for[\s\S]*A front-desk/]) assert.match(html, words)
  })
  test('what is taken is refused with the nearest; beside it only with a reason, which stays', async () => {
    await book()
    const late = await desk.post(`${here}/book/${ana}`, wish())
    assert.equal(late.status, 409)
    assert.match(await late.text(), /That time is taken[\s\S]*9:30\sAM EST/)
    assert.equal((await desk.post(`${here}/book/${ana}`, wish(typed({ because: '' })))).status, 422)
    const extra = await book(typed())
    assert.match(await read(extra), /Extra, because[\s\S]*Fever, must be seen/)
    assert.deepEqual((await rows('select seat from scheduling.claim order by seat')).map(row => row.seat), [0, 1])
    assert.match(await read(`${here}?day=2026-11-24`), /Ana Marlowe[\s\S]*Ana Marlowe/)
  })
  test('Enter in a field presses no free time, and later days go on and on', async () => {
    const page = `${here}/book/${ana}?type=${s.typeIds.talk}&from=2026-11-24`
    const html = await read(page)
    const submits = html.match(/<button type="submit"[^>]*name="time"[^>]*>/g)!
    assert.match(submits[0]!, /value=""[^>]*hidden|hidden[^>]*value=""/, 'the first button that sends a time, which Enter presses')
    assert.equal((await desk.post(`${here}/book/${ana}`, wish({ time: '', because: 'Fever' }))).status, 422)
    const laterOf = (text: string) => /href="([^"]*)">Later days/.exec(text)![1]!.replaceAll('&amp;', '&')
    const [first, second] = [laterOf(html), laterOf(await read(laterOf(html)))]
    const dayOf = (path: string) => new URLSearchParams(path.split('?')[1]).getAll('from')
    assert.equal(dayOf(second).length, 1)
    assert.ok(dayOf(second)[0]! > dayOf(first)[0]!, `${dayOf(first)} to ${dayOf(second)}`)
  })
  test('a patient who is nobody, a time that is none and a type that is none are refused', async () => {
    assert.equal((await desk.post(`${here}/book/${randomUUID()}`, wish())).status, 404)
    assert.equal((await desk.post(`${here}/book/${ana}`, wish({ type: randomUUID() }))).status, 422)
    assert.equal((await desk.post(`${here}/book/${ana}`, wish(typed({ day: '2026-02-31', clock: '25:00', with: 'x', place: 'y' })))).status, 422)
    assert.equal((await desk.post(`${here}/book/${ana}`, wish({ time: at('2026-11-20T14:00:00Z') }))).status, 409)
    assert.deepEqual(await rows('select from scheduling.appointment'), [])
  })
})

describe('a visit', () => {
  test('is moved, marked, set back and cancelled; an old page changes nothing', async () => {
    const visit = await book()
    const version = fieldIn(await read(`${visit}/move`), 'version')
    assert.doesNotMatch(await read(visit), /They are here|They did not come|It is over/, 'a day ahead nobody has come or stayed away')
    assert.equal(to(await desk.post(`${visit}/move`, { how: 'in-person', time: at('2026-11-23T18:00:00Z'), version })), `${visit}?said=moved`)
    assert.equal(to(await desk.post(visit, { action: 'cancel', reason: 'practice', version })), `${visit}?said=changed`)
    assert.equal(to(await desk.post(visit, { action: 'no-show', version: '2' })), `${visit}?said=not-yet`)
    for (const [action, stays] of [['arrived', 'Arrived'], ['completed', 'It is too early'], ['reopened', 'Booked']] as const) {
      const now = fieldIn(await read(visit), 'version')
      assert.match(await read(to(await desk.post(visit, { action, version: now }))), new RegExp(stays))
    }
    assert.equal(to(await desk.post(visit, { action: 'cancel', reason: 'practice', version: fieldIn(await read(visit), 'version') })), `${visit}?said=cancelled`)
    assert.match(await read(visit), /Cancelled[\s\S]*We could not keep it/)
    assert.deepEqual(await rows('select from scheduling.claim'), [])
  })
})

describe('what can be booked', () => {
  const type = (more: Record<string, string> = {}) => ({
    'name-en': 'Ear check', 'name-es': 'Oído', 'words-en': '', 'words-es': '', 'prepare-en': '', 'prepare-es': '', duration: '15', before: '0', after: '5', align: '15', lead: '1', ahead: '30', cutoff: '12',
    modes: 'in-person', 'video-link': '', who: 'anyone', price: '80', look: '3', with: s.resourceIds['nell-harrow']!, ...more,
  })
  test('is set by the manager and the desk, field by field, and offered at once', async () => {
    const wrong = await manager.post(`${here}/types/new`, type({ 'name-en': '', duration: '2', price: 'much', modes: 'video', with: '' }))
    assert.equal(wrong.status, 422)
    for (const words of [/what patients call it/, /From 5 to 480/, /amount like 120/, /video room/, /Choose who does this visit/]) assert.match(await wrong.clone().text(), words)
    assert.equal(to(await manager.post(`${here}/types/new`, type())), `${here}/types?said=saved`)
    const [made] = await rows("select id, price_cents, lead_minutes from scheduling.visit_type where name_en = 'Ear check'")
    assert.deepEqual([made.price_cents, made.lead_minutes], [8_000, 60])
    assert.match(await read(`${here}/book/${ana}?type=${made.id}&from=2026-11-24`), /9:00\sAM EST/)
    await manager.post(`${here}/types/${made.id}`, type({ duration: '45' }))
    assert.match(await read(`${here}/types/${made.id}`, manager), /value="45"/)
    assert.equal(to(await manager.post(`${here}/types/${made.id}`, { action: 'close' })), `${here}/types?said=removed`)
    assert.equal((await manager.get(`${here}/types/${made.id}`)).status, 404)
    assert.ok((await rows("select from audit.event where action = 'schedule.planned' and $1 = any (ids)", made.id)).length >= 3)
  })
  test('hours of a week count at once; a plan for later ends the one before it', async () => {
    const week = `${here}/hours/${s.resourceIds['ivo-marsh']}`
    const tuesday = (starts: string, ends: string, more: Record<string, string> = {}) => ({ action: 'week', place: s.placeId, '2-1-starts': starts, '2-1-ends': ends, ...more })
    assert.equal((await manager.post(week, tuesday('09:00', '12:00', { '2-2-starts': '11:00', '2-2-ends': '13:00' }))).status, 422)
    assert.match(to(await manager.post(week, tuesday('13:00', '14:00'))), /said=saved/)
    assert.match(to(await manager.post(week, tuesday('15:00', '16:00', { 'from-day': '2026-12-08' }))), /said=saved/)
    assert.deepEqual(await rows('select starts_minute, from_day::text, until_day::text from scheduling.weekly_hours where resource_id = $1 order by starts_minute', s.resourceIds['ivo-marsh']),
      [{ starts_minute: 780, from_day: null, until_day: '2026-12-07' }, { starts_minute: 900, from_day: '2026-12-08', until_day: null }])
    const times = await read(`${here}/book/${ana}?type=${s.typeIds.talk}&with=${s.resourceIds['ivo-marsh']}&from=2026-11-24`)
    assert.match(times, /December 1, 2026, <\/span>1:00\sPM EST/)
    assert.match(times, /December 8, 2026, <\/span>3:00\sPM EST/)
    assert.doesNotMatch(times, /December 8, 2026, <\/span>1:00\sPM/)
    assert.match(to(await manager.post(week, { action: 'day', day: '2026-12-09', place: s.placeId, 'day-starts': '22:00', 'day-ends': '02:00' })), /said=saved/)
    assert.match(await read(`${here}/book/${ana}?type=${s.typeIds.talk}&with=${s.resourceIds['ivo-marsh']}&from=2026-12-09`), /December 10, 2026, <\/span>1:45\sAM EST/)
  })
  test('a special day of another’s cannot be removed, a room is added with its place', async () => {
    await manager.post(`${here}/hours/${s.resourceIds['ivo-marsh']}`, { action: 'day', day: '2026-12-15', place: '' })
    const [{ id }] = await rows('select id from scheduling.special_day') as [{ id: string }]
    assert.equal((await manager.post(`${here}/hours/${s.resourceIds['nell-harrow']}`, { action: 'remove-day', entry: id })).status, 404)
    assert.match(to(await manager.post(`${here}/hours/${s.resourceIds['ivo-marsh']}`, { action: 'remove-day', entry: id })), /said=removed/)
    assert.match(to(await manager.post(`${here}/hours`, { name: 'Room 2', kind: 'room', place: s.placeId })), /said=saved/)
    assert.equal((await manager.post(`${here}/hours`, { name: '', kind: 'room', place: 'x' })).status, 422)
  })
})
