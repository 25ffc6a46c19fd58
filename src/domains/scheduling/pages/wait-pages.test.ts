import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { aPatientPerson, aStaffPerson, aVisitor } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { offerTimes } from '../offer-times.ts'

let house: RunningHouse, s: TestSchedule, ana: SignedIn, ben: SignedIn, luz: SignedIn, desk: SignedIn, manager: SignedIn, anaId: string, luzId: string
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  const ids = await bringRecords(house, 'ehr', ['ana', 'ben', 'luz'].map(one => fhir.patient(one, { name: [{ given: [one[0]!.toUpperCase() + one.slice(1)], family: 'Marlowe' }], birthDate: '1972-04-17' })))
  const patient = async (one: string, locale: 'en' | 'es' = 'en') => {
    const { personId } = await aPatientPerson(house, { patientId: ids.get(one)!, locale })
    return signedInAs(house, { personId, actingFor: ids.get(one)!, locale })
  }
  ;[ana, ben, luz] = [await patient('ana'), await patient('ben'), await patient('luz', 'es')]
  ;[anaId, luzId] = [ids.get('ana')!, ids.get('luz')!]
  const staff = async (role: 'front-desk' | 'manager') => signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role] })).personId, roles: [role] })
  ;[desk, manager] = [await staff('front-desk'), await staff('manager')]
})
after(() => house.close())
/** Ana comes on Friday at nine, Ben at half past nine; until then only Wednesday at nine is free. */
beforeEach(async () => {
  await clearVisits(house, 'scheduling.wait_settings', 'scheduling.block', 'platform.mail')
  ;[anas, bens] = [await book(ana, '2026-11-27T14:00:00Z'), await book(ben, '2026-11-27T14:30:00Z')]
  const away = (from: string, to: string) => house.db.owner.query("insert into scheduling.block (resource_id, starts_at, ends_at, kind) values ($1, $2, $3, 'leave')", [s.resourceIds['nell-harrow'], from, to])
  await away('2026-11-23T00:00:00Z', '2026-11-25T14:00:00Z')
  await away('2026-11-25T14:30:00Z', '2026-11-27T14:00:00Z')
})

let anas: string, bens: string
const here = '/portal/appointments'
const to = (answer: Response) => answer.headers.get('location') ?? ''
/** With several ticks of one name. */
const send = (who: SignedIn, path: string, fields: Record<string, string | readonly string[]>) => aVisitor(house, who.cookie).post(path, fields)
const read = async (who: SignedIn, path: string) => (await who.get(path)).text()
const rows = async (text: string, ...values: unknown[]) => (await house.db.owner.query(text, values)).rows
const at = (iso: string) => `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse(iso)}`
async function book(who: SignedIn, iso: string): Promise<string> {
  const held = to(await who.post(`${here}/new/${s.typeIds['check-up']}`, { how: 'in-person', time: at(iso) }))
  return to(await who.post(held, { reason: '', pays: 'insurance' })).replace(/\?.*/, '')
}
const any = { days: ['1', '2', '3', '4', '5'], parts: ['morning', 'afternoon'], until: '' }
const look = () => offerTimes(house.system('scheduling.wait'))
/** Ana and Ben wait and were offered Wednesday at nine. */
async function bothWait(): Promise<[string, string]> {
  assert.equal(to(await send(ana, `${anas}/wait`, any)), `${anas}?said=waits`)
  assert.equal(to(await send(ben, `${bens}/wait`, any)), `${bens}?said=waits`)
  assert.equal((await look()).told, 2)
  const of = async (visit: string) => `${here}/offers/${(await rows('select o.id from scheduling.wait_offer o join scheduling.wait w on w.id = o.wait_id where w.appointment_id = $1', visit.split('/').at(-1)))[0].id}`
  return [await of(anas), await of(bens)]
}

describe('whoever has a visit', () => {
  test('says which earlier times would suit them, changes it and stops it; it shows with the visit', async () => {
    assert.match(await read(ana, anas), /Tell me of an earlier time/)
    const form = await read(ana, `${anas}/wait`)
    assert.match(form, /Your visit now: Friday, November 27, 2026 at 9:00\sAM EST/)
    assert.match(form, /There are earlier times free right now/)
    for (const [wrong, words] of [[{ ...any, days: [] }, /Choose at least one day/], [{ ...any, parts: 'night' }, /Choose at least one/], [{ ...any, until: '2026-11-22' }, /Choose a day from today on/], [{ ...any, until: 'x'.repeat(90_000) }, /Choose a day/]] as const) {
      const answer = await send(ana, `${anas}/wait`, wrong)
      assert.equal(answer.status, 422)
      assert.match(await answer.text(), words)
    }
    await send(ana, `${anas}/wait`, { days: ['3', '9', "'"], parts: ['morning'], until: '', who: "'; drop", where: '../..' })
    assert.deepEqual(await rows('select weekdays, parts, resource_id, location_id, until_day, since from scheduling.wait'), [{ weekdays: [3], parts: ['morning'], resource_id: null, location_id: null, until_day: null, since: house.house.now() }])
    assert.match(await read(ana, `${anas}?said=waits`), /We will tell you when an earlier time comes free[\s\S]*Change or stop this/)
    assert.match(await read(ana, here), /You wait for a time/)
    await send(ana, `${anas}/wait`, { ...any, days: ['1', '3'] })
    assert.deepEqual(await rows('select weekdays, ended_at from scheduling.wait'), [{ weekdays: [1, 3], ended_at: null }])
    assert.equal(to(await ana.post(`${anas}/wait`, { action: 'leave' })), `${here}?said=left`)
    assert.deepEqual(await rows('select ended_why from scheduling.wait'), [{ ended_why: 'left' }])
    assert.equal((await ana.get(`${anas}?said=constructor`)).status, 200)
  })
  test('is offered a time behind sign-in; looking changes nothing; the first yes has it, and the other reads the nearest times', async () => {
    assert.doesNotMatch(await read(ana, '/portal'), /A time is free for you/)
    const [hers, his] = await bothWait()
    assert.match(await read(ana, '/portal'), new RegExp(`href="${hers}">A time is free for you`), 'the first page says so')
    assert.match(to(await aVisitor(house).get(hers)), /^\/sign-in/)
    assert.match(await read(ana, here), /An earlier time for you[\s\S]*Wednesday, November 25, 2026 at 9:00\sAM EST/)
    for (let twice = 0; twice < 2; twice++) {
      const page = await read(ana, hers)
      for (const words of [/Wednesday, November 25, 2026 at 9:00\sAM EST/, /Friday, November 27, 2026 at 9:00\sAM EST/, /The first who says yes has it/, /Yes, move my visit/]) assert.match(page, words)
    }
    assert.deepEqual(await rows('select ended_why from scheduling.wait_offer'), [{ ended_why: null }, { ended_why: null }])
    assert.match(to(await ben.post(his, { action: 'yes' })), new RegExp(`^${bens}\\?said=moved$`))
    const late = await ana.post(hers, { action: 'yes' })
    assert.equal(late.status, 409)
    assert.match(await late.text(), /just taken/)
    assert.match(await read(ana, hers), /just taken[\s\S]*My visits/, 'before the job has come by')
    assert.match(await read(ana, anas), /Friday, November 27/)
    assert.equal(to(await ben.get(his)), bens)
    assert.equal(to(await ben.post(his, { action: 'yes' })), `${bens}?said=moved`, 'a second tap')
  })
  test('says no and goes on waiting', async () => {
    const [hers] = await bothWait()
    assert.equal(to(await ana.post(hers, { action: 'no' })), `${here}?said=declined`)
    assert.match(await read(ana, hers), /You said no to this time/)
    assert.match(await read(ana, here), /You wait for a time/)
    assert.equal((await ana.post(hers, { action: 'yes' })).status, 409)
  })
  test('finds nothing of another’s, read or sent', async () => {
    const [hers] = await bothWait()
    for (const path of [hers, `${anas}/wait`]) {
      assert.equal((await ben.get(path)).status, 404, path)
      for (const action of ['yes', 'no', 'leave']) assert.equal((await send(ben, path, { ...any, action })).status, 404, path)
    }
    assert.deepEqual(await rows('select ended_at from scheduling.wait union all select ended_at from scheduling.wait_offer'), Array.from({ length: 4 }, () => ({ ended_at: null })))
  })
  test('reads that an offer is over when its hours or its visit are', async () => {
    const [hers, his] = await bothWait()
    await ana.post(`${anas}/cancel`, { reason: 'better', version: '1' })
    assert.match(await read(ana, hers), /This offer is over[\s\S]*Your visits have changed/)
    await house.db.owner.query("update scheduling.wait_offer set expires_at = '2026-11-23T14:59:00Z'")
    assert.match(await read(ben, his), /This offer is over[\s\S]*Nothing was changed/)
    assert.equal((await ben.post(his, { action: 'yes' })).status, 409)
  })
})

describe('the desk', () => {
  const list = '/console/schedule/waitlist'
  test('sees who waits, puts somebody on the list without a visit, who reads it in Spanish and books', async () => {
    await bothWait()
    assert.match(await read(desk, list), /Ana Marlowe[\s\S]*Monday to Friday, mornings and afternoons[\s\S]*Asked now/)
    assert.equal((await send(desk, `${list}/new/${luzId}`, { what: `type ${s.typeIds['check-up']}`, ...any })).status, 422, 'a last day is needed')
    const put = to(await send(desk, `${list}/new/${luzId}`, { what: `type ${s.typeIds['check-up']}`, how: 'in-person', rank: '2', reason: 'Zq-why', ...any, until: '2026-12-24' }))
    assert.match(put, /\?said=waits$/)
    await house.db.owner.query('update scheduling.wait_settings set group_size = 5')
    await look()
    const [{ id }] = await rows('select id from scheduling.wait_offer where patient_id = $1', luzId)
    const page = await read(luz, `${here}/offers/${id}`)
    assert.match(page, /miércoles, 25 de noviembre de 2026, 9:00\sa\.m\. EST[\s\S]*Sí, quiero esta hora/)
    assert.doesNotMatch(page, /Zq-why/)
    assert.equal((await luz.post(`${here}/offers/${id}`, { action: 'yes' })).status, 422, 'who pays?')
    assert.match(to(await luz.post(`${here}/offers/${id}`, { action: 'yes', pays: 'insurance' })), /said=booked$/)
    assert.match(await read(desk, put.replace(/\?.*/, '')), /Has an earlier time[\s\S]*They took it/)
    await look()
    const [{ id: anasWait }] = await rows('select id from scheduling.wait where patient_id = $1', anaId)
    assert.match(await read(desk, `${list}/${anasWait}`), /Somebody else has it, or it is no longer free/)
  })
  test('says who comes first, and takes somebody off; one of a visit is the same as theirs', async () => {
    const visit = anas.split('/').at(-1)!
    const put = to(await send(desk, `${list}/new/${anaId}`, { what: `visit ${visit}`, ...any })).replace(/\?.*/, '')
    assert.equal(to(await send(ana, `${anas}/wait`, any)), `${anas}?said=waits`)
    assert.equal((await rows('select from scheduling.wait')).length, 1)
    await desk.post(put, { action: 'rank', rank: '2' })
    assert.deepEqual(await rows('select priority from scheduling.wait'), [{ priority: 2 }])
    assert.equal(to(await send(ana, `${anas}/wait`, any)), `${anas}?said=waits`)
    assert.deepEqual(await rows('select priority from scheduling.wait'), [{ priority: 2 }], 'who changes their wishes keeps their turn')
    await desk.post(put, { action: 'end' })
    assert.deepEqual(await rows('select ended_why from scheduling.wait'), [{ ended_why: 'desk' }])
  })
  test('sets nothing; the manager does, within bounds', async () => {
    const settings = `${list}/settings`
    assert.equal((await desk.post(settings, { 'group-size': '1' })).status, 403)
    const good = { 'is-on': 'yes', 'group-size': '5', gap: '15', answer: '12', stop: '6', cutoff: '3', from: '09:00', to: '18:30' }
    for (const [field, value] of Object.entries({ 'group-size': '0', gap: '4', answer: '1e9', stop: '-1', cutoff: '7', from: '25:00', to: '09:30' })) assert.equal((await manager.post(settings, { ...good, [field]: value })).status, 422, field)
    assert.equal(to(await manager.post(settings, good)), `${settings}?said=saved`)
    assert.deepEqual(await rows('select is_on, group_size, gap_minutes, answer_hours, stop_minutes, cutoff_minutes, from_minute, to_minute from scheduling.wait_settings'),
      [{ is_on: true, group_size: 5, gap_minutes: 15, answer_hours: 12, stop_minutes: 360, cutoff_minutes: 180, from_minute: 540, to_minute: 1110 }])
    assert.match(await read(manager, settings), /value="18:30"/)
  })
})
