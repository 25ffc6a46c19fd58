import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { addPatientPerson, letActForAsSystem } from '#accounts'
import { askedField } from '#safety/shared'
import { aPatientPerson, aVisitor, fieldIn, goodPassword } from '#test/people.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, s: TestSchedule, ana: SignedIn, anaId: string
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
})
after(() => house.close())
beforeEach(async () => {
  house.setNow('2026-11-23T15:00:00Z')
  await clearVisits(house, 'work.task', 'work.task_step', 'work.page')
  const person = await aPatientPerson(house)
  anaId = person.patientId
  ana = await signedInAs(house, { personId: person.personId, actingFor: anaId })
})

const here = '/portal/appointments'
const timesOf = () => `${here}/new/${s.typeIds['check-up']}`
const at = (iso: string, who = 'nell-harrow') => `${s.resourceIds[who]}.${s.placeId}.${Date.parse(iso)}`
const nine = '2026-11-25T14:00:00Z'
const to = (answer: Response) => answer.headers.get('location') ?? ''
const keep = async (who: SignedIn, iso = nine) => to(await who.post(timesOf(), { how: 'in-person', time: at(iso) }))
const book = async (who: SignedIn, iso = nine): Promise<string> => to(await who.post(await keep(who, iso), { reason: '', pays: 'insurance' })).replace(/\?.*/, '')
const read = async (who: SignedIn, path: string) => (await who.get(path)).text()
const one = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows[0]

describe('booking without script', () => {
  test('goes from what one needs to a time, to one’s own words, to the visit; every time has weekday, date and zone', async () => {
    const types = await read(ana, `${here}/new`)
    assert.match(types, /Check-up/)
    assert.doesNotMatch(types, /Long visit/)
    const times = await read(ana, timesOf())
    assert.match(times, /Wednesday, November 25, 2026, <\/span>9:00\sAM EST/)
    assert.doesNotMatch(times, /November 26/, 'Thanksgiving')
    const held = await keep(ana)
    assert.match(held, /^\/portal\/appointments\/held\/[0-9a-f-]{36}$/)
    const confirm = await read(ana, held)
    assert.match(confirm, /Wednesday, November 25, 2026 at 9:00\sAM EST/)
    assert.match(confirm, /until 10:10\sAM EST/)
    assert.match(confirm, /move or cancel it here until Tuesday, November 24, 2026 at 9:00\sAM EST/)
    assert.match(confirm, /We read this in office hours/)
    assert.equal((await ana.post(held, { reason: 'My knee' })).status, 422)
    const booked = to(await ana.post(held, { reason: 'My knee', pays: 'insurance' }))
    assert.match(booked, /said=booked$/)
    const visit = await read(ana, booked)
    for (const words of [/Your visit is booked/, /My knee/, /Dr\. Nell Harrow/, /3 Heron Street/]) assert.match(visit, words)
    assert.match(await read(ana, here), /Wednesday, November 25, 2026 at 9:00\sAM EST/)
    assert.match(await read(ana, '/portal'), /Wednesday, November 25, 2026 at 9:00\sAM EST/)
  })
  test('speaks Spanish, with the zone', async () => {
    const { personId, patientId } = await aPatientPerson(house, { locale: 'es' })
    const luis = await signedInAs(house, { personId, actingFor: patientId, locale: 'es' })
    assert.match(await read(luis, await book(luis)), /miércoles, 25 de noviembre de 2026, 9:00\sa\.m\. EST/)
  })
  test('by phone says so, without an address', async () => {
    const held = to(await ana.post(`${here}/new/${s.typeIds.talk}`, { how: 'phone', time: at(nine, 'ivo-marsh') }))
    const visit = await read(ana, to(await ana.post(held, { reason: '', pays: 'unsure' })))
    assert.match(visit, /We call you at this time/)
    assert.match(visit, /Bring your list of medicines/)
    assert.doesNotMatch(visit, /3 Heron Street/)
  })
  test('a hundred copies of the form make one visit', async () => {
    const held = await keep(ana)
    const body = () => new URLSearchParams({ _once: 'a-key-of-one-form-only', reason: '', pays: 'insurance' })
    const answers = await Promise.all(Array.from({ length: 100 }, () => fetch(house.url + held, { method: 'POST', headers: { cookie: ana.cookie, origin: house.url }, body: body(), redirect: 'manual' })))
    assert.deepEqual([...new Set(answers.map(answer => `${answer.status} ${to(answer)}`))], [`303 ${held.replace('held/', '')}?said=booked`])
    assert.deepEqual(await one('select count(*)::int as visits, (select count(*)::int from scheduling.claim) as claims, (select count(*)::int from scheduling.appointment_step) as steps from scheduling.appointment'), { visits: 1, claims: 1, steps: 1 })
  })
  test('who comes second reads that it was just taken, with the nearest times as buttons', async () => {
    const { personId, patientId } = await aPatientPerson(house)
    const ben = await signedInAs(house, { personId, actingFor: patientId })
    await book(ana)
    const late = await ben.post(timesOf(), { how: 'in-person', time: at(nine) })
    const html = await late.text()
    assert.equal(late.status, 409)
    assert.match(html, /just taken/)
    assert.match(html, new RegExp(`value="${at('2026-11-25T14:30:00Z').replaceAll('.', '\\.')}"`))
    assert.doesNotMatch(html, new RegExp(at(nine).replaceAll('.', '\\.')))
  })
  test('after ten minutes nothing is booked, and it says so', async () => {
    const held = await keep(ana)
    house.setNow('2026-11-23T15:10:01Z')
    assert.match(await (await ana.post(held, { reason: '', pays: 'insurance' })).text(), /Nothing was booked/)
    assert.match(await read(ana, held), /We keep no time for you now[\s\S]*See my visits/)
    assert.deepEqual(await one('select count(*)::int as n from scheduling.appointment'), { n: 0 })
  })
  test('who goes back to the page of before comes to what was booked, and is never told that nothing was', async () => {
    const held = await keep(ana)
    const visit = to(await ana.post(held, { reason: '', pays: 'insurance' })).replace(/\?.*/, '')
    assert.equal(to(await ana.get(held)), visit)
    const moving = to(await ana.post(`${visit}/move`, { how: 'in-person', time: at('2026-11-25T16:00:00Z') }))
    await ana.post(moving, {})
    const back = await read(ana, moving)
    assert.match(back, /Your visits show what is booked/)
    assert.doesNotMatch(back, /Nothing was booked|free again/)
  })
  test('who pays for it is owed an estimate: work for billing with the time of the law, and no word of why they come', async () => {
    const held = to(await ana.post(timesOf(), { how: 'in-person', time: at('2026-12-08T14:00:00Z') }))
    await ana.post(held, { reason: 'A canary in the reason', pays: 'self' })
    const task = await one("select pool, due_at, title || body as words from work.task where kind = 'estimate'")
    assert.deepEqual([task.pool, task.due_at.toISOString()], ['billing', '2026-11-27T22:00:00.000Z'])
    assert.match(task.words, /\$120\.00/)
    assert.doesNotMatch(task.words, /canary|Check-up/)
  })
})

describe('words that may mean danger', () => {
  const danger = 'I have crushing chest pain and my left arm is numb'
  test('are answered before anything is booked; said to be now, they page whoever is on call', async () => {
    const held = await keep(ana)
    const asked = await ana.post(held, { reason: danger, pays: 'insurance' })
    const html = await asked.text()
    assert.equal(asked.status, 422)
    assert.match(html, /Call 911/)
    assert.match(html, /crushing chest pain/, 'what was typed is still there')
    assert.deepEqual(await one('select count(*)::int as n from scheduling.appointment'), { n: 0 })
    const sent = to(await ana.post(held, { reason: danger, pays: 'insurance', danger: 'send', [askedField]: fieldIn(html, askedField) }))
    assert.match(sent, /said=booked$/)
    assert.deepEqual(await one("select kind, patient_id, body like '%/console/schedule/visits/%' as there from work.task"), { kind: 'red-flag', patient_id: anaId, there: true })
  })
  test('said not to be now are booked and page nobody', async () => {
    const held = await keep(ana)
    const html = await (await ana.post(held, { reason: danger, pays: 'insurance' })).text()
    await ana.post(held, { reason: danger, pays: 'insurance', danger: 'not-now', [askedField]: fieldIn(html, askedField) })
    assert.deepEqual(await one('select (select count(*)::int from scheduling.appointment) as visits, (select count(*)::int from work.task) as tasks'), { visits: 1, tasks: 0 })
  })
})

describe('changing', () => {
  test('moving shows both times and keeps the old one until the button', async () => {
    const visit = await book(ana)
    assert.match(await read(ana, `${visit}/move`), /Your visit now: Wednesday, November 25, 2026 at 9:00\sAM EST/)
    const held = to(await ana.post(`${visit}/move`, { how: 'in-person', time: at('2026-11-27T15:00:00Z') }))
    assert.match(await read(ana, held), /Wednesday, November 25[\s\S]*Friday, November 27/)
    assert.match(await read(ana, visit), /Wednesday, November 25/)
    const moved = to(await ana.post(held, {}))
    assert.equal(moved, `${visit}?said=moved`)
    assert.match(await read(ana, moved), /Friday, November 27, 2026 at 10:00\sAM EST/)
  })
  test('cancelling asks why, once; an old page changes nothing', async () => {
    const visit = await book(ana)
    assert.equal((await ana.post(`${visit}/cancel`, { version: '1' })).status, 422)
    const version = fieldIn(await read(ana, `${visit}/cancel`), 'version')
    const held = to(await ana.post(`${visit}/move`, { how: 'in-person', time: at('2026-11-27T15:00:00Z') }))
    await ana.post(held, {})
    assert.equal(to(await ana.post(`${visit}/cancel`, { version, reason: 'better' })), `${visit}?said=changed`)
    assert.equal(to(await ana.post(`${visit}/cancel`, { version: '2', reason: 'better' })), `${here}?said=cancelled`)
    assert.deepEqual(await one('select status, (select count(*)::int from scheduling.claim) as claims from scheduling.appointment'), { status: 'cancelled', claims: 0 })
  })
  test('after the cut-off both are the telephone’s', async () => {
    const visit = await book(ana)
    house.setNow('2026-11-24T14:00:00Z')
    await house.db.owner.query('update platform.session set seen_at = $1, absolute_until = $1::timestamptz + interval \'1 hour\'', [house.house.now()])
    const html = await read(ana, visit)
    assert.match(html, /please call us/)
    assert.match(html, /Call \(802\) 555-0199/)
    assert.doesNotMatch(html, /\/cancel"/)
    for (const end of ['move', 'cancel']) assert.equal(to(await ana.get(`${visit}/${end}`)), visit)
    assert.equal(to(await ana.post(`${visit}/cancel`, { version: '1', reason: 'better' })), `${visit}?said=changed`)
  })
})

describe('whose it is', () => {
  test('a caregiver books, moves and cancels for whom they look after, and it says who did', async () => {
    const personId = await addPatientPerson(house.system('accounts.command'), { name: 'Cora', email: `${randomUUID()}@patient.example`, password: goodPassword, patientId: null, locale: 'en' })
    await letActForAsSystem(house.system('accounts.command'), { personId, patientId: anaId, basis: 'named-by-adult', endsAt: new Date('2027-05-01') })
    const cora = await signedInAs(house, { personId, actingFor: anaId, actingAs: 'proxy' })
    const visit = await book(cora)
    assert.match(await read(ana, visit), /Wednesday, November 25/)
    await cora.post(`${visit}/cancel`, { version: '1', reason: 'cannot-come' })
    assert.deepEqual((await house.db.owner.query('select step, by_kind, by_person from scheduling.appointment_step order by id')).rows, [{ step: 'booked', by_kind: 'proxy', by_person: personId }, { step: 'cancelled', by_kind: 'proxy', by_person: personId }])
  })
  test('another patient and a visitor find nothing, read or sent', async () => {
    const visit = await book(ana)
    const held = await keep(ana, '2026-11-27T15:00:00Z')
    const { personId, patientId } = await aPatientPerson(house)
    const ben = await signedInAs(house, { personId, actingFor: patientId })
    for (const path of [visit, `${visit}/move`, `${visit}/cancel`, `${visit}/visit.ics`]) assert.equal((await ben.get(path)).status, 404, path)
    assert.equal((await ben.post(`${visit}/cancel`, { version: '1', reason: 'better' })).status, 404)
    assert.equal((await ben.post(`${visit}/move`, { how: 'in-person', time: at('2026-11-27T16:00:00Z') })).status, 404)
    assert.match(await (await ben.post(held, { reason: '', pays: 'insurance' })).text(), /Nothing was booked/)
    assert.match(to(await aVisitor(house).get(visit)), /^\/sign-in/)
    assert.deepEqual(await one('select status, version from scheduling.appointment'), { status: 'booked', version: 1 })
  })
  test('a visit that another system sent stays shown beside ours', async () => {
    const ids = await bringRecords(house, `ehr-${randomUUID()}`, [fhir.patient(), { resourceType: 'Appointment', id: 'v1', status: 'booked', start: '2026-12-03T15:00:00Z', end: '2026-12-03T15:30:00Z', participant: [{ actor: { reference: 'Patient/p1' }, status: 'accepted' }] }] as never)
    const { personId, patientId } = await aPatientPerson(house, { patientId: ids.get('p1')! })
    const html = await read(await signedInAs(house, { personId, actingFor: patientId }), here)
    assert.match(html, /Thursday, December 3, 2026 at 10:00\sAM EST[\s\S]*our other calendar/)
  })
})

describe('what is typed into it', () => {
  test('nonsense is refused and harms nothing', async () => {
    for (const time of ['', 'x', `${randomUUID()}.${randomUUID()}.1`, `${'9'.repeat(36)}.${s.placeId}.1764079200000`, at('2026-11-25T14:07:00Z'), `${at(nine)}'`, `${s.resourceIds['nell-harrow']}.${s.placeId}.99999999999999`]) {
      assert.ok([404, 409, 422].includes((await ana.post(timesOf(), { how: 'in-person', time })).status), time)
    }
    assert.equal((await ana.post(timesOf(), { how: 'by-pigeon', time: at(nine) })).status, 422)
    assert.equal((await ana.get(`${here}/new/${randomUUID()}`)).status, 404)
    assert.equal((await ana.get(`${timesOf()}?from=2026-02-31&who=nobody&where='`)).status, 200)
    assert.equal((await ana.get(`${timesOf()}?from=9999-12-31`)).status, 200)
    assert.deepEqual(await one('select count(*)::int as n from scheduling.claim'), { n: 0 })
    const held = await keep(ana)
    assert.equal((await ana.post(held, { reason: 'a'.repeat(99_000), pays: 'insurance' })).status, 303)
    assert.deepEqual(await one('select length(reason) as n from scheduling.appointment'), { n: 2000 })
  })
})
