import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { addPatientPerson, letActForAsSystem } from '#accounts'
import { aPatientPerson, aStaffPerson, goodPassword } from '#test/people.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, s: TestSchedule, ana: SignedIn, cora: SignedIn, desk: SignedIn, anaId: string
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  anaId = (await bringRecords(house, 'ehr', [fhir.patient()])).get('p1')!
  ana = await signedInAs(house, { personId: (await aPatientPerson(house, { patientId: anaId })).personId, actingFor: anaId })
  const coraId = await addPatientPerson(house.system('accounts.command'), { name: 'Cora Lind', email: 'cora@patient.example', password: goodPassword, patientId: null, locale: 'en' })
  await letActForAsSystem(house.system('accounts.command'), { personId: coraId, patientId: anaId, basis: 'named-by-adult', endsAt: new Date('2027-01-01') })
  cora = await signedInAs(house, { personId: coraId, actingFor: anaId, actingAs: 'proxy' })
  desk = await signedInAs(house, { personId: (await aStaffPerson(house, { name: 'Dee Fields', roles: ['front-desk'] })).personId, roles: ['front-desk'] })
})
after(() => house.close())

const mine = '/portal/appointments'
const at = (iso: string) => `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse(iso)}`
const to = (answer: Response) => answer.headers.get('location') ?? ''
const text = async (who: SignedIn, path: string) => (await (await who.get(path)).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
async function book(who: SignedIn, iso: string): Promise<string> {
  const held = to(await who.post(`${mine}/new/${s.typeIds['check-up']}`, { how: 'in-person', time: at(iso) }))
  return to(await who.post(held, { reason: '', pays: 'insurance' })).replace(/\?.*/, '')
}

describe('whom a visit is for', () => {
  test('whoever looks after somebody reads it before they choose, with the way to another person; nobody else is asked', async () => {
    const own = await aPatientPerson(house, { name: 'Mara Bell' })
    await letActForAsSystem(house.system('accounts.command'), { personId: own.personId, patientId: anaId, basis: 'named-by-adult', endsAt: new Date('2027-01-01') })
    const mara = await signedInAs(house, { personId: own.personId, actingFor: anaId, actingAs: 'proxy' })
    assert.match(await text(mara, `${mine}/new`), /This visit is for Ana Marlowe\. Book for another person/)
    await mara.post('/portal/switch', { patient: own.patientId })
    assert.match(await text(mara, `${mine}/new`), /This visit is for Mara Bell\. Book for another person/)
    assert.match(await text(await signedInAs(house, { personId: own.personId, actingFor: anaId, actingAs: 'proxy', locale: 'es' }), `${mine}/new`), /Esta cita es para Ana Marlowe\. Pedir para otra persona/)
    assert.doesNotMatch(await text(ana, `${mine}/new`), /another person/)
  })
})

describe('who changed what', () => {
  test('what is done online is told to staff, by whom, with the old and the new time; what the desk does itself is not', async () => {
    assert.match(await text(desk, '/console/schedule/changes'), /Nothing was changed online/)
    assert.doesNotMatch(await text(desk, '/console/schedule'), /made online/)
    const visit = await book(ana, '2026-11-25T14:00:00Z')
    await cora.post(to(await cora.post(`${visit}/move`, { how: 'in-person', time: at('2026-11-25T16:00:00Z') })), {})
    await desk.post(`/console/schedule/visits/${visit.split('/').at(-1)}/move`, { how: 'in-person', time: at('2026-11-25T18:00:00Z'), version: '2' })
    await ana.post(`${visit}/cancel`, { reason: 'cost', version: '3' })
    const page = await text(desk, '/console/schedule/changes')
    assert.match(page, /Ana Marlowe Cancelled: The cost Wed, Nov 25, 1:00 PM EST Check-up with Dr\. Nell Harrow The patient, online .*Moved Wed, Nov 25, 11:00 AM EST .*Who looks after the patient, online .*Booked Wed, Nov 25, 9:00 AM EST/)
    assert.doesNotMatch(page, /Dee Fields|works here/)
    assert.match(await text(desk, '/console/schedule'), /3 changes were made online in the last day/)
    assert.ok((await house.db.owner.query("select from audit.event where action = 'appointments.viewed' and patient_id = $1 and person_id = $2", [anaId, desk.personId])).rows.length > 0)
    house.setNow('2026-12-08T15:00:01Z')
    const later = await signedInAs(house, { personId: desk.personId, roles: ['front-desk'] })
    assert.match(await text(later, '/console/schedule/changes'), /Nothing was changed online/)
    house.setNow('2026-11-23T15:00:00Z')
  })
  test('the patient reads it with the visit, and no name of who works here; of a visit that was only booked there is nothing to read', async () => {
    const visit = await book(ana, '2026-11-30T14:00:00Z')
    assert.doesNotMatch(await text(ana, visit), /What happened so far/)
    await cora.post(to(await cora.post(`${visit}/move`, { how: 'in-person', time: at('2026-11-30T16:00:00Z') })), {})
    await desk.post(`/console/schedule/visits/${visit.split('/').at(-1)}/move`, { how: 'in-person', time: at('2026-11-30T18:00:00Z'), version: '2' })
    const page = await text(ana, visit)
    assert.match(page, /What happened so far Booked: Monday, November 30, 2026 at 9:00 AM EST, by you .*Moved to Monday, November 30, 2026 at 11:00 AM EST, by someone who helps .*Moved to Monday, November 30, 2026 at 1:00 PM EST, by us/)
    assert.doesNotMatch(page, /Dee Fields|Cora/)
    assert.match(await text(cora, visit), /9:00 AM EST, by the patient .*11:00 AM EST, by you/)
  })
})
