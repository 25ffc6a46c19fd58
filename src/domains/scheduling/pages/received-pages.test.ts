import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { bringRecords, fhir, grantSight } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, s: TestSchedule, desk: SignedIn, manager: SignedIn, clinician: SignedIn, ana: SignedIn, patient: string
const signIn = async (role: Role) => signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role], name: `A ${role}` })).personId, roles: [role] })
const visit = (id: string, start: string, more: Record<string, unknown> = {}) => ({
  resourceType: 'Appointment', id, status: 'booked', start, minutesDuration: 40, appointmentType: { text: 'Skin check' }, meta: { lastUpdated: '2026-11-20T10:00:00Z' },
  participant: [{ actor: { reference: 'Patient/p1' }, status: 'accepted' }, { actor: { display: 'Nell Harrow MD' }, status: 'accepted' }, { actor: { reference: 'Location/l1', display: 'Heron Street' }, status: 'accepted' }], ...more,
})
const bring = (source: string, ...things: { resourceType: string; id: string }[]) => bringRecords(house, source, [fhir.patient('p1', { identifier: [{ system: 'ehr', value: '100' }] }), ...things])
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  await house.db.owner.query("insert into records.feed (source, go_live_at, is_own_ehr) values ('ehr', '2026-11-01', true), ('lab', '2026-11-01', false)")
  patient = (await bring('ehr', visit('a1', '2026-12-01T14:30:00Z'), visit('a2', '2026-12-02T14:30:00Z', { status: 'cancelled' }), visit('a3', '2026-12-03T14:30:00Z', { status: 'entered-in-error' }),
    visit('a4', '2026-11-03T14:30:00Z', { status: 'fulfilled' }), visit('a5', '2026-12-04T14:30:00Z', { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] } }))).get('p1')!
  ;[desk, manager, clinician] = [await signIn('front-desk'), await signIn('manager'), await signIn('clinician')]
  const person = await aPatientPerson(house, { patientId: patient })
  await grantSight(house, { personId: person.personId, patientId: patient, source: 'self' })
  ana = await signedInAs(house, { personId: person.personId, actingFor: patient })
})
after(() => house.close())

const read = async (path: string, who: SignedIn = desk) => (await who.get(path)).text()
const schedule = (day: string, more = '') => read(`/console/schedule?day=${day}${more}`)

describe('a calendar that the EHR keeps', () => {
  test('the manager says who keeps it, among the systems that are our own EHR', async () => {
    const page = await read('/console/schedule/calendar', manager)
    assert.match(page, /value="ehr:ehr"/)
    assert.doesNotMatch(page, /ehr:lab/)
    assert.equal((await manager.post('/console/schedule/calendar', { keeper: 'ehr:lab' })).status, 422)
    assert.equal((await manager.post('/console/schedule/calendar', { keeper: '' })).status, 422)
    assert.equal((await clinician.post('/console/schedule/calendar', { keeper: 'ehr:ehr' })).status, 403)
    assert.doesNotMatch(await schedule('2026-12-01'), /Skin check/)
    assert.equal((await manager.post('/console/schedule/calendar', { keeper: 'ehr:ehr', reminds: 'yes' })).status, 303)
  })

  test('its visits stand in the day, the week and the list, marked, and can be read and not changed', async () => {
    const day = await schedule('2026-12-01')
    assert.match(day, /\/console\/schedule\/received\/[0-9a-f-]{36}"[^]*Ana Marlowe[^]*Skin check, from the EHR/)
    assert.match(await schedule('2026-12-01', `&view=week&who=${s.resourceIds['nell-harrow']}`), /Skin check, from the EHR/)
    assert.match(await schedule('2026-12-02', '&view=list'), /Skin check, from the EHR[^]*Cancelled/)
    assert.doesNotMatch(await schedule('2026-12-03', '&view=list'), /Skin check/)
    assert.match(await schedule('2026-12-04'), /Ana Marlowe[^]*A visit, from the EHR/)
    const [, path] = /(\/console\/schedule\/received\/[0-9a-f-]{36})/.exec(day)!
    const page = await read(path!)
    assert.match(page, /Skin check, 40 minutes[^]*Dr\. Nell Harrow[^]*Heron Street/)
    assert.doesNotMatch(page, /<form[^>]*method="post"(?![^>]*(sign-out|switch))[^>]*action="\/console\/schedule/)
    assert.match(await read(`/console/patients/${patient}`), /Skin check with Dr\. Nell Harrow, from the EHR/)
    assert.ok((await house.db.owner.query("select from audit.event where action = 'appointments.viewed' and patient_id = $1 and person_id = $2", [patient, desk.personId])).rows.length >= 5)
  })

  test('the patient sees them with all that they say; one that is restricted, was cancelled or never meant is not ahead', async () => {
    const page = await read('/portal/appointments', ana)
    assert.match(page, /Tuesday, December 1, 2026[^]*Skin check with Dr\. Nell Harrow\. In person at Heron Street\. To change it, call us\./)
    assert.doesNotMatch(page, /December 3|December 4/)
    assert.match(page, /Past visits[^]*December 2[^]*Cancelled/)
    assert.match(page, /Past visits[^]*November 3[^]*Done/)
    assert.match(await read('/portal', ana), /December 1, 2026/)
  })

  test('takes time from what can be booked here; a new time comes with the next message, and an older one changes nothing', async () => {
    const times = async () => read(`/portal/appointments/new/${s.typeIds['check-up']}?from=2026-12-01`, ana)
    assert.doesNotMatch(await times(), new RegExp(`\\.${Date.parse('2026-12-01T14:30:00Z')}"`))
    await bring('ehr', visit('a1', '2026-12-01T16:00:00Z', { meta: { lastUpdated: '2026-11-22T10:00:00Z' } }))
    await bring('ehr', visit('a1', '2026-12-01T19:00:00Z', { meta: { lastUpdated: '2026-11-21T10:00:00Z' } }))
    const html = await times()
    assert.match(html, new RegExp(`\\.${Date.parse('2026-12-01T14:30:00Z')}"`))
    for (const iso of ['2026-12-01T16:00:00Z', '2026-12-01T16:30:00Z']) assert.doesNotMatch(html, new RegExp(`\\.${Date.parse(iso)}"`), iso)
    assert.match(await schedule('2026-12-01'), /11:00/)
  })

  test('what another system sends shows to the patient alone', async () => {
    await bring('lab', visit('x1', '2026-12-08T14:30:00Z', { appointmentType: { text: 'Blood draw' } }))
    assert.match(await read('/portal/appointments', ana), /December 8[^]*Blood draw[^]*Planned in our other calendar/)
    assert.doesNotMatch(await schedule('2026-12-08'), /Blood draw/)
    await bring('lab', visit('x0', '2026-11-09T14:30:00Z', { appointmentType: { text: 'Old draw' } }))
    assert.doesNotMatch(await read('/portal/appointments', ana), /Old draw[^<]*Planned in our other calendar/, 'of what is over nothing can be changed')
    assert.match(await read('/portal/appointments', ana), /Old draw/)
  })
})

describe('the list to copy', () => {
  const here = '/console/schedule/copy'
  const book = (iso: string) => desk.post(`/console/schedule/book/${patient}`, { type: s.typeIds['check-up']!, how: 'in-person', time: `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse(iso)}`, reason: 'The <b>knee</b>', pays: 'insurance' })
  test('has all that is needed to book it there: who, when, what, why and how to reach them; late ones stand out', async () => {
    assert.match(await read(here), /Nothing is to be copied/)
    assert.equal((await book('2026-12-09T15:00:00Z')).status, 303)
    const html = await read(here)
    assert.match(html, /One thing, the oldest first[^]*Book it in the EHR[^]*Ana Marlowe, born Apr 17, 1972, number 100[^]*Wednesday, December 9, 2026[^]*Check-up, with Dr\. Nell Harrow[^]*The &lt;b&gt;knee&lt;\/b&gt;/)
    assert.match(html, /<button type="button" hidden=""[^>]*data-copy="Patient: Ana Marlowe[^"]*Our number: [0-9a-f-]{36}"/)
    assert.doesNotMatch(html, /Overdue/)
    await house.db.owner.query("update scheduling.copy_line set due_at = '2026-11-23T14:59:00Z'")
    assert.match(await read(here), /1 overdue[^]*Overdue since/)
  })
  test('a visit of theirs at another time is offered, and is the same from then on', async () => {
    await bring('ehr', visit('n1', '2026-12-10T18:00:00Z'))
    const html = await read(here)
    const [, id, other] = /name="visit" value="([0-9a-f-]{36})"[^]*?The EHR has a visit of theirs: (?:<!-- -->)?[^<]*December 10[^]*?value="([0-9a-f-]{36})" name="is"/.exec(html)!
    assert.match((await desk.post(here, { visit: id!, is: other! })).headers.get('location') ?? '', /said=matched/)
    assert.match(await read(`/console/schedule/visits/${id}`), /Thursday, December 10, 2026/)
    assert.match((await desk.post(here, { visit: id!, is: other! })).headers.get('location') ?? '', /said=changed/)
    assert.doesNotMatch(await read(here), /Book it in the EHR/)
    assert.equal((await read('/portal/appointments', ana)).match(/December 10/g)?.length, 1, 'one visit is shown once')
  })
  test('is ticked, once; rubbish does nothing', async () => {
    await book('2026-12-11T15:00:00Z')
    const [, id, version] = /name="visit" value="([0-9a-f-]{36})"[^]*?name="version" value="(\d+)"/.exec(await read(here))!
    for (const fields of [{ visit: 'x', version: '1' }, { visit: id!, version: '99' }, { visit: id!, version: '1e9' }, { visit: '00000000-0000-4000-8000-000000000000', version: '1' }] as Record<string, string>[]) assert.match((await desk.post(here, fields)).headers.get('location') ?? '', /said=changed/)
    assert.match((await desk.post(here, { visit: id!, version: version! })).headers.get('location') ?? '', /said=copied/)
    assert.match((await desk.post(here, { visit: id!, version: version! })).headers.get('location') ?? '', /said=changed/)
    assert.match(await read(here), /Nothing is to be copied/)
  })
})
