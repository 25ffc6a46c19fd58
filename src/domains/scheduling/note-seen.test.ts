import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { aStaffPerson } from '#test/people.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, s: TestSchedule, desk: SignedIn, other: SignedIn, ana: string, bo: string
const signIn = async (name: string) => signedInAs(house, { personId: (await aStaffPerson(house, { roles: ['front-desk'], name })).personId, roles: ['front-desk'] })
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  const patients = await bringRecords(house, 'ehr', [fhir.patient(), fhir.patient('p2', { name: [{ given: ['Bo'], family: 'Reed' }], birthDate: '1970-02-02' })])
  ;[ana, bo] = [patients.get('p1')!, patients.get('p2')!]
})
after(() => house.close())
beforeEach(async () => {
  house.setNow('2026-11-23T15:00:00Z')
  await clearVisits(house)
  ;[desk, other] = [await signIn('A desk'), await signIn('Another desk')]
})

const page = '/console/schedule?day=2026-11-24'
async function book(patient: string, clock: string): Promise<string> {
  const time = `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse(`2026-11-24T${clock}:00Z`)}`
  const booked = await other.post(`/console/schedule/book/${patient}`, { type: s.typeIds['check-up']!, how: 'in-person', time, reason: '', pays: 'insurance' })
  assert.match(booked.headers.get('location')!, /said=booked/)
  return booked.headers.get('location')!.replace(/\?.*/, '')
}
const reads = async (patient: string, who = desk) => (await house.db.owner.query("select from audit.event where action = 'appointments.viewed' and patient_id = $1 and person_id = $2", [patient, who.personId])).rowCount
const refresh = async (who = desk, at = page) => { const answer = await fetch(house.url + at, { headers: { cookie: who.cookie, 'rapport-live': 'yes' } }); assert.equal(answer.status, 200); await answer.text() }

describe('a schedule that reads itself again', () => {
  test('writes what it goes on showing once in a quarter of an hour, and each reading by hand', async () => {
    await book(ana, '14:00')
    await desk.get(page)
    for (let times = 0; times < 5; times++) await refresh()
    assert.equal(await reads(ana), 1)
    await desk.get(page)
    assert.equal(await reads(ana), 2)
    house.setNow('2026-11-23T15:14:59Z')
    await desk.get('/console/schedule?day=2026-11-25')   // another page keeps the session alive; this one reads itself
    await refresh()
    assert.equal(await reads(ana), 2)
    house.setNow('2026-11-23T15:15:00Z')
    for (let times = 0; times < 3; times++) await refresh()
    assert.equal(await reads(ana), 3)
  })
  test('writes at once who is new in it, and of whom anything shows that did not', async () => {
    const visit = await book(ana, '14:00')
    await desk.get(page)
    await book(bo, '15:00')
    await refresh()
    assert.deepEqual([await reads(ana), await reads(bo)], [1, 1])
    const version = /name="version" value="(\d+)"/.exec(await (await other.get(`${visit}/move`)).text())![1]!
    assert.equal((await other.post(`${visit}/move`, { how: 'in-person', time: `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse('2026-11-24T16:00:00Z')}`, version })).status, 303)
    await refresh()
    assert.deepEqual([await reads(ana), await reads(bo)], [2, 1])
    await house.db.owner.query("update scheduling.appointment set said_coming_at = '2026-11-23T15:00:00Z', said_coming_how = 'desk' where patient_id = $1", [bo])
    await refresh()
    assert.deepEqual([await reads(ana), await reads(bo)], [2, 2])
  })
  test('who only says that a page read itself hides nothing: another page, another session and a first reading are written', async () => {
    await book(ana, '14:00')
    await refresh()
    assert.equal(await reads(ana), 1, 'the first')
    await refresh(desk, `${page}&view=week`)
    assert.equal(await reads(ana), 2, 'another stretch of time')
    const second = await signedInAs(house, { personId: desk.personId, roles: ['front-desk'] })
    await refresh(second)
    assert.equal(await reads(ana), 3, 'another session')
    const third = await signIn('A third desk')
    await refresh(third)
    assert.equal(await reads(ana, third), 1, 'another person')
  })
})
