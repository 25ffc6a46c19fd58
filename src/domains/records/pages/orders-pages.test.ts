import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, grantSight } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

const order = (id: string, code: string, more: Record<string, unknown> = {}) => ({ resourceType: 'ServiceRequest', id, status: 'active', intent: 'order', subject: { reference: 'Patient/p1' }, authoredOn: '2026-11-20T10:00:00Z', requester: { display: 'Dr. Nell Harrow' }, code: { coding: [{ system: 'http://loinc.org', code }], text: `LAB ${code}` }, ...more })

describe('the pages of what was ordered', { timeout: 120_000 }, () => {
  let house: RunningHouse, patientId = '', ana: SignedIn
  const staff = new Map<Role, SignedIn>()
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    patientId = (await bringRecords(house, 'ehr', [fhir.patient('p1'), order('late', '2823-3', { authoredOn: '2026-11-09T16:00:00Z' }), order('odd', '99999-9')] as never)).get('p1')!
    const personId = randomUUID()
    await grantSight(house, { personId, patientId, source: 'self' })
    ana = await signedInAs(house, { personId, actingFor: patientId })
    for (const role of ['clinician', 'care-team', 'front-desk', 'billing', 'manager'] as const) {
      const person = await aStaffPerson(house, { roles: [role], name: `Works As ${role}` })
      staff.set(role, await signedInAs(house, { personId: person.personId, roles: [role], name: `Works As ${role}` }))
    }
  })
  after(() => house.close())
  const read = async (who: SignedIn, path: string) => (await who.get(path)).text()
  const at = (path = '') => `/console/patients/${patientId}${path}`

  test('one tap on the patient’s page orders it; the patient reads what to expect; cancelled, it is gone from their page', async () => {
    const page = await read(staff.get('care-team')!, at())
    assert.match(page, /Ordered, without a result[\s\S]*Potassium[\s\S]*I ordered: Blood cell count/)
    const answer = await staff.get('care-team')!.post(at('/orders'), { code: '58410-2' })
    assert.equal(answer.headers.get('location'), at('/orders?said=ordered'))
    assert.match(await read(staff.get('clinician')!, at('/orders')), /Blood cell count[\s\S]*by Works As care-team[\s\S]*Counts the cells in your blood/)
    const portal = await read(ana, '/portal/results')
    assert.match(portal, /What to expect[\s\S]*Blood cell count[\s\S]*Counts the cells in your blood[\s\S]*eat and drink as you always do[\s\S]*2 days after the test[\s\S]*we call you right away/)
    const [{ id }] = (await house.db.owner.query("select id from records.test_order where code = '58410-2'")).rows
    assert.equal((await staff.get('clinician')!.post(at('/orders'), { end: id })).status, 303)
    assert.equal((await staff.get('clinician')!.post(at('/orders'), { end: id })).status, 409)
    assert.doesNotMatch(await read(ana, '/portal/results'), /Blood cell count/)
    assert.match(await read(staff.get('clinician')!, at('/orders')), /Cancelled/)
  })

  test('a late one says so and gives the telephone; of one without words it says to ask', async () => {
    assert.match(await read(ana, '/portal'), /<a href="\/portal\/results">2 tests were ordered for you\. See what to expect\.<\/a>/)
    const portal = await read(ana, '/portal/results')
    assert.match(portal, /not here yet\. Your care team looks into it\.<\/strong> You can also call us: <a href="tel:/)
    assert.match(portal, /LAB 99999-9[\s\S]*We have no plain words for this test yet[\s\S]*Ask us how to get ready/i)
    assert.doesNotMatch(await read(ana, '/portal/results?before=undated&id=00000000-0000-4000-8000-000000000000'), /What to expect/)
  })

  test('the copy on one page names what is waited for', async () => {
    assert.match(await (await ana.post('/portal/download', { as: 'html' })).text(), /Tests ordered, not here yet[\s\S]*Potassium[\s\S]*Dr\. Nell Harrow/)
  })

  test('in Spanish, outside a demo, the advice stays English and offers a call', async () => {
    const es = await signedInAs(house, { personId: ana.personId, actingFor: patientId, locale: 'es' })
    assert.match(await read(es, '/portal/results'), /Qué puede esperar[\s\S]*Potasio[\s\S]*<span lang="en">[\s\S]*class="rec-offer" lang="es"/)
  })

  test('the list: what is missed first; those who treat, and nobody else; each look is an event of the patient', async () => {
    assert.match(await read(staff.get('clinician')!, '/console/orders'), /No result yet/)
    assert.match(await read(staff.get('clinician')!, '/console/orders?list=open'), /Ana Marlowe: Potassium[\s\S]*LAB 99999-9/i)
    const seen = async () => Number((await house.db.owner.query("select count(*) from audit.event where action = 'orders.viewed' and patient_id = $1 and person_id = $2", [patientId, staff.get('clinician')!.personId])).rows[0].count)
    const before = await seen()
    await read(staff.get('clinician')!, '/console/orders?list=open')
    assert.equal(await seen(), before + 1)
    for (const role of ['front-desk', 'billing', 'manager'] as const) {
      for (const path of ['/console/orders', at('/orders')]) assert.equal((await staff.get(role)!.get(path)).status, 403, `${role} ${path}`)
      assert.equal((await staff.get(role)!.post(at('/orders'), { code: '58410-2' })).status, 403, role)
      assert.doesNotMatch(await read(staff.get(role)!, at()), /Potassium|Ordered, without/, role)
    }
  })

  test('what is no test, no day or no order is said beside the field, and what was typed stays', async () => {
    const send = (fields: Record<string, string>) => staff.get('clinician')!.post(at('/orders'), fields)
    const bad = await send({ code: '2951-2', 'expected-on': '2020-01-01' })
    assert.equal(bad.status, 422)
    assert.match(await bad.text(), /A day from today on[\s\S]*<option value="2951-2" selected="">/)
    assert.equal((await send({ code: 'x'.repeat(9_000) })).status, 422)
    for (const end of ['x', randomUUID()]) assert.equal((await send({ end })).status, 404)
    assert.equal((await staff.get('clinician')!.get(`/console/patients/${randomUUID()}/orders`)).status, 404)
    assert.equal((await send({ code: '2951-2' })).status, 303)
    assert.equal((await send({ code: '2951-2' })).status, 409)
  })

  test('the practice makes the words its own, in both languages, and takes them back', async () => {
    const manager = staff.get('manager')!
    const form = await read(manager, '/console/what-to-expect?test=2951-2')
    assert.match(form, /value="Sodium"[\s\S]*value="Sodio"/)
    const words = { code: '2951-2', nameEn: 'Salt check', nameEs: 'Prueba de sal', looksEn: 'Looks at salt.', looksEs: 'Mira la sal.', prepareEn: 'Bring your hat.', prepareEs: 'Traiga su gorro.', days: '4' }
    assert.equal((await manager.post('/console/what-to-expect', words)).headers.get('location'), '/console/what-to-expect?said=kept')
    assert.match(await read(ana, '/portal/results'), /Salt check[\s\S]*Bring your hat/)
    const es = await signedInAs(house, { personId: ana.personId, actingFor: patientId, locale: 'es' })
    assert.match(await read(es, '/portal/results'), /Prueba de sal[\s\S]*<span>Traiga su gorro|Prueba de sal[\s\S]*Traiga su gorro/)
    const wrong = await manager.post('/console/what-to-expect', { ...words, days: '1000', prepareEs: '' })
    assert.equal(wrong.status, 422)
    assert.match(await wrong.text(), /value="Salt check"[\s\S]*Whole days, 1 to 90/)
    assert.equal((await manager.post('/console/what-to-expect', { ...words, 'is-new': 'yes' })).status, 409)
    assert.equal((await manager.post('/console/what-to-expect', { drop: '2951-2' })).status, 303)
    assert.equal((await manager.post('/console/what-to-expect', { drop: '2951-2' })).status, 404)
    assert.match(await read(ana, '/portal/results'), /Sodium/)
    assert.match((await manager.post('/console/what-to-expect', { ...words, looksEn: 'Notwithstanding physiological homeostasis, comprehensive pharmacological intervention necessitates determination.' })).headers.get('location')!, /said=hard/)
    for (const role of ['front-desk', 'billing'] as const) assert.equal((await staff.get(role)!.post('/console/what-to-expect', words)).status, 403, role)
    assert.equal((await manager.get('/console/what-to-expect?test=nothing')).status, 404)
  })
})
