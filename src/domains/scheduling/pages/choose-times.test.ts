import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { preferenceChoices, whoFit, type Doer } from '../choose-clinician.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, s: TestSchedule, ana: SignedIn, anaId: string, luis: SignedIn, desk: SignedIn
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  desk = await signedInAs(house, { personId: (await aStaffPerson(house, { roles: ['front-desk'] })).personId, roles: ['front-desk'] })
  const patientId = (await bringRecords(house, 'ehr', [fhir.patient()])).get('p1')!
  const [en, es] = [await aPatientPerson(house, { patientId }), await aPatientPerson(house, { locale: 'es' })]
  anaId = en.patientId
  ana = await signedInAs(house, { personId: en.personId, actingFor: en.patientId })
  luis = await signedInAs(house, { personId: es.personId, actingFor: es.patientId, locale: 'es' })
})
after(() => house.close())
beforeEach(() => clearVisits(house, 'notices.choice'))

const here = '/portal/appointments'
const times = () => `${here}/new/${s.typeIds.talk}`
const read = async (who: SignedIn, path: string) => (await who.get(path)).text()
const offered = (html: string) => [...new Set([...html.matchAll(/value="([0-9a-f-]{36})\.[0-9a-f-]{36}\.\d+"/g)].map(found => found[1]))]
const [nell, ivo] = [() => s.resourceIds['nell-harrow']!, () => s.resourceIds['ivo-marsh']!]

describe('whom one sees', () => {
  const doers: Doer[] = [{ id: 'a', name: 'A', languages: ['en', 'es'], gender: 'woman' }, { id: 'b', name: 'B', languages: ['en'], gender: null }, { id: 'c', name: 'C', languages: ['en', 'fr'], gender: 'nonbinary' }]
  test('can be asked for by what some have and some have not', () => {
    assert.deepEqual(preferenceChoices(doers, 'en'), { languages: [{ value: 'fr', label: 'French' }, { value: 'es', label: 'Spanish' }], genders: ['woman', 'nonbinary'] })
    assert.deepEqual(preferenceChoices([doers[0]!], 'en'), { languages: [], genders: [] })
    assert.deepEqual([whoFit(doers, {}), whoFit(doers, { speaks: 'fr' }), whoFit(doers, { speaks: 'fr', gender: 'woman' })], [undefined, ['c'], []])
  })
  test('is whoever is free first, a named clinician, one who speaks a language, or a woman', async () => {
    assert.deepEqual(offered(await read(ana, times())), [nell()], 'at the same moment the first in the practice’s order')
    assert.deepEqual(offered(await read(ana, `${times()}?who=${ivo()}`)), [ivo()])
    assert.deepEqual(offered(await read(ana, `${times()}?speaks=es`)), [ivo()])
    assert.deepEqual(offered(await read(ana, `${times()}?gender=woman`)), [nell()])
    assert.match(await read(ana, `${times()}?speaks=es&gender=woman`), /No free time from that day on/)
    assert.match(await read(ana, times()), /<option value="es">Spanish<\/option>[\s\S]*<option value="woman">Woman<\/option>/)
    assert.match(await read(luis, times()), /Que hable[\s\S]*español[\s\S]*Mujer/)
    assert.match(await read(ana, `${times()}?speaks=es`), /href="[^"]*speaks=es[^"]*from=/, 'later days keep what was asked for')
  })
  test('what is none of the list is as if it were not asked', async () => {
    assert.deepEqual(offered(await read(ana, `${times()}?speaks=xx'&gender=dragon&who=`)), [nell()])
    assert.equal((await ana.get(`${times()}?speaks=${'a'.repeat(4_000)}`)).status, 200)
  })
  test('the desk asks the same', async () => {
    const book = `/console/schedule/book/${anaId}?type=${s.typeIds.talk}`
    assert.deepEqual(offered(await read(desk, `${book}&speaks=es`)), [ivo()])
    assert.deepEqual(offered(await read(desk, `${book}&gender=woman`)), [nell()])
  })
})

describe('a time', () => {
  const inZone = (zone: string) => house.db.owner.query("insert into notices.choice (patient_id, prefers, zone, set_at, set_by) values ($1, 'mail', $2, now(), gen_random_uuid())", [anaId, zone])
  test('stands on the clinic’s clock, and on the patient’s own where that is another', async () => {
    assert.doesNotMatch(await read(ana, times()), /PST/)
    await inZone('America/Los_Angeles')
    const html = await read(ana, times())
    assert.match(html, /Tuesday, November 24, 2026, <\/span>9:00\sAM EST<\/span><small>6:00\sAM PST<\/small>/)
    const held = (await ana.post(times(), { how: 'in-person', time: `${nell()}.${s.placeId}.${Date.parse('2026-11-24T14:00:00Z')}` })).headers.get('location')!
    assert.match(await read(ana, held), /Tuesday, November 24, 2026 at 9:00\sAM EST <span class="soft">\(6:00\sAM PST where you are\)/)
    const visit = (await ana.post(held, { reason: '', pays: 'insurance' })).headers.get('location')!
    for (const path of [visit, here]) assert.match(await read(ana, path), /9:00\sAM EST <span class="soft">\(6:00\sAM PST where you are\)/)
  })
  test('says the day, too, where that is another; and nothing twice where the clocks agree', async () => {
    await inZone('Pacific/Auckland')
    assert.match(await read(ana, times()), /9:00\sAM EST<\/span><small>Wed, Nov 25, 3:00\sAM/)
    await house.db.owner.query("update notices.choice set zone = 'America/Detroit'")
    assert.doesNotMatch(await read(ana, times()), /<small>/)
  })
})
