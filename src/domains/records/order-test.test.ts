import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Ctx, Role, StaffActor } from '#platform/ctx.ts'
import { Invalid, NotAllowed, NotFound } from '#platform/errors.ts'
import { inTransaction } from '#platform/db.ts'
import { mayActFor } from '#platform/scope.ts'
import { aHouse, ctxOf, patientActor, proxyActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, grantSight } from '#test/records.ts'
import { askAboutOrders } from './ask-about-orders.ts'
import { exportRecord } from './export-record.ts'
import { fileOrders } from './file-orders.ts'
import { keepExpectation, type ExpectationWish } from './keep-expectations.ts'
import { mergePatients, unmergePatients } from './merge-patients.ts'
import { endOrder, orderTest } from './order-test.ts'
import { readExpected, readOpenOrders } from './read-orders.ts'

const start = '2026-11-23T15:00:00Z'

describe('I ordered …', () => {
  let t: TestHouse, patientId = '', source = '', people = 0
  const staff = new Map<Role, Ctx<StaffActor>>()
  before(async () => {
    t = await aHouse({ now: start })
    await aPractice(t)
    for (const role of ['clinician', 'care-team', 'front-desk', 'billing', 'manager'] as const) staff.set(role, ctxOf(t.house, staffActor([role], (await aStaffPerson(t, { roles: [role] })).personId)))
  })
  after(() => t.close())
  const aPatient = async () => (await bringRecords(t, source = `ehr-${randomUUID().slice(0, 8)}`, [fhir.patient('p1', { birthDate: `19${10 + people++}-02-03` })])).get('p1')!
  beforeEach(async () => { t.setNow(start); patientId = await aPatient() })
  const by = (role: Role) => staff.get(role)!
  const place = (code = '2951-2', expectedOn = '', role: Role = 'clinician') => orderTest(by(role), { patientId, code, expectedOn })
  const rows = async (text: string, ...values: unknown[]) => (await t.db.owner.query(text, values)).rows
  const states = async () => (await rows("select coalesce(ended_because, 'open') as state from records.test_order where patient_id = $1 order by ordered_at, id", patientId)).map(row => row.state)
  const file = () => fileOrders(t.system('records.import'))
  const filed = () => rows("select body ->> 'status' as status, source, name, is_fact from records.fact where patient_id = $1 and kind = 'order'", patientId)

  test('a test from the list is waited for at once, in the name of who says so, and filed with the record; R20 its task is theirs', async () => {
    const kept = await place()
    assert.ok(kept.ok)
    const [row] = await rows('select ordered_by, expected_at, is_news, visible_at from records.test_order where id = $1', kept.id)
    assert.deepEqual(row, { ordered_by: by('clinician').actor.personId, expected_at: new Date('2026-12-02T15:00:00Z'), is_news: true, visible_at: new Date(start) })
    assert.deepEqual((await rows("select person_id from audit.event where action = 'orders.placed' and ids = array[$1::uuid]", kept.id)), [{ person_id: by('clinician').actor.personId }])
    assert.equal(await file(), 1)
    assert.equal(await file(), 0)
    assert.deepEqual(await filed(), [{ status: 'active', source: 'rapport', name: 'Sodium', is_fact: true }])
    assert.equal((await rows('select 1 from records.test_order where patient_id = $1', patientId)).length, 1, 'what is filed is this one, and not a second')
    t.setNow('2026-12-05T15:00:00Z')
    assert.equal(await askAboutOrders(t.system('records.tell')), 1)
    assert.deepEqual(await rows("select owner_id, pool from work.task where patient_id = $1", patientId), [{ owner_id: by('clinician').actor.personId, pool: 'clinician' }])
  })

  test('a result from anywhere answers it, and the record says that it is done', async () => {
    await place()
    await file()
    await bringRecords(t, source, [fhir.lab('r', '2951-2', 140, { effectiveDateTime: '2026-11-23T16:00:00Z' })])
    assert.deepEqual(await states(), ['result'])
    assert.equal(await file(), 1)
    assert.equal((await filed())[0].status, 'completed')
  })

  test('cancelled: its task is over, the record says so, and a second time is too late; one from elsewhere is only not missed here', async () => {
    const kept = await place()
    assert.ok(kept.ok)
    await file()
    t.setNow('2026-12-10T15:00:00Z')
    assert.equal(await askAboutOrders(t.system('records.tell')), 1)
    assert.deepEqual(await endOrder(by('care-team'), { patientId, id: kept.id }), { ok: true })
    assert.deepEqual(await endOrder(by('care-team'), { patientId, id: kept.id }), { ok: false, reason: 'over-already' })
    assert.deepEqual(await rows('select done_by, outcome from work.task where patient_id = $1', patientId), [{ done_by: by('care-team').actor.personId, outcome: 'Waited for no longer.' }])
    await file()
    assert.deepEqual([await states(), (await filed())[0].is_fact], [['cancelled'], false])
    await bringRecords(t, source, [{ resourceType: 'ServiceRequest', id: 'o', status: 'active', intent: 'order', subject: { reference: 'Patient/p1' }, authoredOn: '2026-12-09', code: { text: 'Odd' } } as never])
    const [other] = await rows("select id from records.test_order where patient_id = $1 and source <> 'rapport'", patientId)
    await endOrder(by('clinician'), { patientId, id: other.id })
    await bringRecords(t, source, [{ resourceType: 'ServiceRequest', id: 'o', status: 'active', intent: 'order', subject: { reference: 'Patient/p1' }, authoredOn: '2026-12-09', code: { text: 'Odd' }, note: [{ text: 'again' }], meta: { lastUpdated: '2026-12-10T16:00:00Z' } } as never])
    assert.deepEqual(await states(), ['cancelled', 'stopped'], 'what is sent again does not undo what staff said')
  })

  test('who may not: roles that do not treat, another patient’s order, what is no test, no day', async () => {
    for (const role of ['front-desk', 'billing', 'manager'] as const) {
      await assert.rejects(place('2951-2', '', role), NotAllowed, role)
      await assert.rejects(endOrder(by(role), { patientId, id: randomUUID() }), NotAllowed, role)
      await assert.rejects(inTransaction(by(role), tx => readOpenOrders(tx, 'open')), NotAllowed, role)
    }
    for (const code of ['', 'no such', "'; drop table records.test_order", 'x'.repeat(1_000_000)]) await assert.rejects(place(code), Invalid, code.slice(0, 20))
    for (const day of ['2026-11-22', '2028-01-01', '2026-02-31', 'soon', '1e3', '2026-12-01T00:00']) await assert.rejects(place('2951-2', day), Invalid, day)
    await assert.rejects(orderTest(by('clinician'), { patientId: randomUUID(), code: '2951-2', expectedOn: '' }), NotFound)
    const kept = await place()
    const mine = patientId
    patientId = await aPatient()
    await assert.rejects(endOrder(by('clinician'), { patientId, id: kept.ok ? kept.id : '' }), NotFound)
    patientId = mine
    assert.deepEqual(await states(), ['open'])
  })

  test('two tabs at once order it once; a day of one’s own counts to its end, where the practice is', async () => {
    await Promise.all(Array.from({ length: 8 }, () => t.house.pool.query('select pg_sleep(0.2)')))   // so that none waits for a connection
    const eight = await Promise.all(Array.from({ length: 8 }, (_, n) => place('718-7', '2026-12-01', n % 2 ? 'clinician' : 'care-team')))
    assert.equal(eight.filter(one => one.ok).length, 1)
    assert.deepEqual(await rows('select expected_at from records.test_order where patient_id = $1', patientId), [{ expected_at: new Date('2026-12-02T04:59:00Z') }])
    assert.ok((await place('718-7', '2026-11-23')).ok === false && (await place('4548-4', '2026-11-23')).ok, 'another test, today')
  })

  test('the practice’s own test, with its days; its result is found by the code that was given with it', async () => {
    const wish: ExpectationWish = { code: '99998-1', nameEn: 'Our breath test', nameEs: 'Prueba de aliento', looksEn: '', looksEs: '', prepareEn: 'Do not eat.', prepareEs: 'No coma.', days: '20' }
    assert.ok((await keepExpectation(by('manager'), wish, { isNew: true })).ok)
    assert.deepEqual(await keepExpectation(by('manager'), wish, { isNew: true }), { ok: false, reason: 'there-already' })
    assert.ok((await place('99998-1')).ok)
    assert.deepEqual(await rows('select expected_at from records.test_order where patient_id = $1', patientId), [{ expected_at: new Date('2026-12-20T15:00:00Z') }])
    await bringRecords(t, source, [fhir.lab('r', '99998-1', 1, { effectiveDateTime: '2026-11-23T16:00:00Z' })])
    assert.deepEqual(await states(), ['result'])
    for (const [name, value] of [['days', '0'], ['days', '91'], ['days', '1.5'], ['nameEn', ''], ['nameEs', ' '], ['prepareEs', 'x'.repeat(601)], ['code', 'a b']] as const) await assert.rejects(keepExpectation(by('manager'), { ...wish, [name]: value }, { isNew: name === 'code' }), Invalid, name)
    await assert.rejects(keepExpectation(by('front-desk'), wish, { isNew: false }), NotAllowed)
    await assert.rejects(keepExpectation(by('manager'), { ...wish, code: '11111-1' }, { isNew: false }), NotFound)
  })

  test('R17 the patient and who sees their results read what to expect; who sees the rest of the record alone, a stranger, and a sensitive order: nobody does', async () => {
    await place()
    const label = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'ETH' }] }
    await bringRecords(t, source, [{ resourceType: 'ServiceRequest', id: 'secret', status: 'active', intent: 'order', subject: { reference: 'Patient/p1' }, authoredOn: '2026-11-23', meta: label, code: { text: 'Secret' } } as never])
    const see = async (actor: ReturnType<typeof patientActor> | ReturnType<typeof proxyActor>) => {
      const told = await inTransaction(ctxOf(t.house, actor), async tx => readExpected(tx, await mayActFor(tx, patientId), { locale: 'en', demo: false })).catch((error: unknown) => (error instanceof NotFound ? 'nobody there' : Promise.reject(error as Error)))
      return typeof told === 'string' ? told : told.map(one => one.told.name)
    }
    const [own, helper, partly] = [patientActor(patientId), proxyActor(patientId), proxyActor(patientId)]
    await grantSight(t, { personId: own.personId, patientId, source: 'self' })
    await grantSight(t, { personId: helper.personId, patientId, source: 'proxy', endsAt: new Date('2027-01-01') })
    await grantSight(t, { personId: partly.personId, patientId, source: 'proxy', categories: ['identity', 'record'], endsAt: new Date('2027-01-01') })
    assert.deepEqual([await see(own), await see(helper), await see(partly)], [['Sodium'], ['Sodium'], []])
    assert.deepEqual(await see(patientActor(patientId)), [])
    await t.db.owner.query("update records.test_order set visible_at = '2026-11-24T00:00:00Z' where patient_id = $1", [patientId])
    assert.deepEqual(await see(own), [], 'not open yet')
  })

  test('on hold, over, or of the past it is not announced; the same test from two systems is one', async () => {
    await place()
    const order = (id: string, more: Record<string, unknown>) => ({ resourceType: 'ServiceRequest', id, status: 'active', intent: 'order', subject: { reference: 'Patient/p1' }, authoredOn: '2026-11-23T10:00:00Z', code: { coding: [{ system: 'http://loinc.org', code: '2951-2' }] }, ...more })
    await bringRecords(t, source, [order('same', {}), order('held', { status: 'on-hold', code: { text: 'Held' } }), order('old', { authoredOn: '2019-01-01', code: { text: 'Old' } }), order('over', { status: 'completed', code: { text: 'Over' } })] as never)
    const own = patientActor(patientId)
    await grantSight(t, { personId: own.personId, patientId, source: 'self' })
    assert.deepEqual((await inTransaction(ctxOf(t.house, own), async tx => readExpected(tx, await mayActFor(tx, patientId), { locale: 'en', demo: false }))).map(one => one.told.name), ['Sodium'])
  })

  test('in the patient’s copy; and with their record when two are joined, and back', async () => {
    await place()
    await file()
    const own = patientActor(patientId)
    await grantSight(t, { personId: own.personId, patientId, source: 'self' })
    const { items } = await inTransaction(ctxOf(t.house, own), async tx => exportRecord(tx, await mayActFor(tx, patientId), 'fhir'))
    assert.deepEqual(items.filter(({ kind }) => kind === 'order').map(({ body }) => (JSON.parse(body) as { resourceType: string; status: string }).status), ['active'])
    const [mine, other] = [patientId, await aPatient()]
    assert.ok((await mergePatients(by('front-desk'), { keep: other, merge: mine })).ok)
    const whose = async () => (await rows("select patient_id from records.test_order where source = 'rapport' and patient_id = any ($1)", [mine, other])).map(row => row.patient_id)
    assert.deepEqual(await whose(), [other])
    await unmergePatients(by('front-desk'), mine)
    assert.deepEqual(await whose(), [mine])
  })
})
