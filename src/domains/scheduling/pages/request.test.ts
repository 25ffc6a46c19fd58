import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { aPatientPerson, aStaffPerson, fieldIn } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, s: TestSchedule, ana: SignedIn, luis: SignedIn, desk: SignedIn
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  await house.db.owner.query("update scheduling.visit_type set approval = true where name_en = 'Check-up'")
  desk = await signedInAs(house, { personId: (await aStaffPerson(house, { roles: ['front-desk'] })).personId, roles: ['front-desk'] })
})
after(() => house.close())
beforeEach(async () => {
  house.setNow('2026-11-23T15:00:00Z')
  await clearVisits(house, 'work.task', 'work.task_step', 'work.page')
  ;[ana, luis] = [await aPatient('en'), await aPatient('es')]
})
const aPatient = async (locale: 'en' | 'es') => {
  const { personId, patientId } = await aPatientPerson(house, { locale })
  return signedInAs(house, { personId, actingFor: patientId, locale })
}
const later = async (iso: string) => {
  house.setNow(iso)
  await house.db.owner.query("update platform.session set seen_at = $1, absolute_until = $1::timestamptz + interval '1 hour'", [house.house.now()])
}
const here = '/portal/appointments'
const to = (answer: Response) => answer.headers.get('location') ?? ''
const read = async (who: SignedIn, path: string) => (await who.get(path)).text()
const at = (iso: string) => `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse(iso)}`
const keep = async (who: SignedIn, iso: string) => to(await who.post(`${here}/new/${s.typeIds['check-up']}`, { how: 'in-person', time: at(iso) }))
async function ask(who: SignedIn, iso = '2026-12-01T15:00:00Z'): Promise<string> {
  const asked = to(await who.post(await keep(who, iso), { reason: '', pays: 'insurance' }))
  assert.match(asked, /said=asked$/)
  return asked.replace(/\?.*/, '')
}
const consoleOf = (visit: string) => `/console/schedule/visits/${visit.split('/').at(-1)}`

describe('a visit that needs our yes', () => {
  test('says so before it is asked for, and until when we answer: weekday, date, time and zone', async () => {
    const held = await read(ana, await keep(ana, '2026-12-01T15:00:00Z'))
    assert.match(held, /We must say yes to this visit first/)
    assert.match(held, /confirm by Tuesday, November 24, 2026 at 9:00\sAM EST/)
    assert.match(held, /Ask for this time/)
    const visit = await ask(ana)
    const html = await read(ana, visit)
    assert.match(html, /We have your request[\s\S]*confirm by Tuesday, November 24, 2026 at 9:00\sAM EST/)
    assert.match(html, /Not confirmed yet/)
    assert.match(await read(ana, here), /confirm by Tuesday, November 24, 2026 at 9:00\sAM EST/)
    assert.match(await read(ana, `${visit}/visit.ics`), /STATUS:TENTATIVE/)
  })
  test('speaks Spanish', async () => {
    assert.match(await read(luis, await ask(luis)), /Sin confirmar[\s\S]*martes, 24 de noviembre de 2026, 9:00\sa\.m\. EST/)
  })
  test('that nobody answered in time says so, with whom to call, before its time and after', async () => {
    const visit = await ask(ana)
    await later('2026-11-24T14:00:00Z')
    const late = await read(ana, visit)
    assert.match(late, /We are late with our answer[\s\S]*still kept for you[\s\S]*Call \(802\) 555-0199/)
    await later('2026-12-01T15:10:00Z')
    assert.match(await read(ana, visit), /We did not answer in time/)
    assert.match(await read(desk, consoleOf(visit)), /We promised an answer by Tuesday, November 24/)
  })
  test('is confirmed at the desk with one button; a second page of it changes nothing', async () => {
    const visit = await ask(ana)
    const html = await read(desk, consoleOf(visit))
    assert.match(html, /They wait for your answer[\s\S]*answer by Tuesday, November 24, 2026 at 9:00\sAM EST/)
    const version = fieldIn(html, 'version')
    assert.equal(to(await desk.post(consoleOf(visit), { action: 'confirm', version })), `${consoleOf(visit)}?said=confirmed`)
    assert.equal(to(await desk.post(consoleOf(visit), { action: 'decline', reason: 'time', version })), `${consoleOf(visit)}?said=changed`)
    assert.doesNotMatch(await read(ana, visit), /Not confirmed yet|We have your request/)
    assert.doesNotMatch(await read(desk, consoleOf(visit)), /They wait for your answer/)
  })
  test('is declined with a reason that the patient reads, and the nearest times beside it', async () => {
    const visit = await ask(ana)
    assert.equal(to(await desk.post(consoleOf(visit), { action: 'decline', version: '1' })), `${consoleOf(visit)}?said=need-reason`)
    assert.equal(to(await desk.post(consoleOf(visit), { action: 'decline', reason: "x'; drop", version: '1' })), `${consoleOf(visit)}?said=need-reason`)
    assert.equal(to(await desk.post(consoleOf(visit), { action: 'decline', reason: 'time', version: '1' })), `${consoleOf(visit)}?said=declined`)
    const html = await read(ana, visit)
    assert.match(html, /We cannot keep this time/)
    assert.match(html, new RegExp(`action="${here}/new/${s.typeIds['check-up']}"[\\s\\S]*value="${at('2026-12-01T15:30:00Z')}"`))
    assert.doesNotMatch(html, new RegExp(at('2026-12-01T15:00:00Z')), 'not the one that was just declined')
    const held = to(await ana.post(`${here}/new/${s.typeIds['check-up']}`, { how: 'in-person', time: at('2026-12-01T15:30:00Z') }))
    assert.match(held, /\/held\//)
  })
  test('can be taken back after the cut-off, by who asked alone', async () => {
    const visit = await ask(ana, '2026-11-25T15:00:00Z')
    await later('2026-11-25T14:00:00Z')
    assert.equal((await luis.post(`${visit}/cancel`, { version: '1', reason: 'other' })).status, 404)
    const html = await read(ana, visit)
    assert.match(html, /Take back my request/)
    assert.doesNotMatch(html, /\/move"/)
    assert.equal(to(await ana.post(`${visit}/cancel`, { version: '1', reason: 'other' })), `${here}?said=cancelled`)
  })
})
