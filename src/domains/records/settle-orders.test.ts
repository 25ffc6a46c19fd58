import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { askAboutOrders } from './ask-about-orders.ts'
import { setGoLive } from './set-go-live.ts'
import { withdrawResources } from './withdraw-resources.ts'

const start = '2026-11-23T15:00:00Z'
const order = (id: string, code: string, more: Record<string, unknown> = {}, who = 'p1') => ({
  resourceType: 'ServiceRequest', id, status: 'active', intent: 'order', subject: { reference: `Patient/${who}` }, authoredOn: '2026-11-22T14:00:00Z', meta: { lastUpdated: '2026-11-22T14:00:00Z' },
  code: { coding: [{ system: 'http://loinc.org', code }], text: `ORDER ${code}` }, requester: { display: 'Dr. Ada Okafor' }, ...more,
})
const later = (lastUpdated: string) => ({ meta: { lastUpdated } })

describe('R20 what was ordered, until its result is here', () => {
  let t: TestHouse, source = '', patientId = ''
  before(async () => { t = await aHouse({ now: start }); await aPractice(t) })
  after(() => t.close())
  const begin = async () => {
    t.setNow(start)
    source = `ehr-${randomUUID().slice(0, 8)}`
    patientId = (await bringRecords(t, source, [fhir.patient('p1', { birthDate: `19${10 + people++}-02-03` })])).get('p1')!
  }
  let people = 0
  const bring = (...things: { resourceType: string; id: string }[]) => bringRecords(t, source, things)
  const rows = async <T>(text: string, ...values: unknown[]) => (await t.db.owner.query(text, values)).rows as T[]
  const orders = () => rows<{ id: string; ended_because: string | null; expected_at: Date; asked_at: Date | null; is_on_hold: boolean; ordered_by: string | null; ordered_by_name: string }>('select * from records.test_order where patient_id = $1 order by ordered_at, id', patientId)
  const states = async () => (await orders()).map(one => one.ended_because ?? (one.is_on_hold ? 'on-hold' : 'open'))
  const tasks = () => rows<{ id: string; pool: string; owner_id: string | null; title: string; done_at: Date | null; done_by: string | null; outcome: string | null }>("select * from work.task where patient_id = $1 and kind = 'order-overdue' order by opened_at", patientId)
  const askOn = (now: string) => { t.setNow(now); return askAboutOrders(t.system('records.tell')) }
  // 22 November, a week to go for it, two days in the laboratory: 1 December, and three days more.
  const missed = '2026-12-04T14:00:00Z'

  test('no result three days after it was expected: one task, which says nothing of the test; the result closes it', async () => {
    await begin()
    await bring(order('o', '2951-2'))
    assert.equal((await orders())[0]!.expected_at.toISOString(), '2026-12-01T14:00:00.000Z')
    assert.equal(await askOn('2026-12-04T13:59:59Z'), 0)
    assert.equal(await askOn(missed), 1)
    assert.equal(await askOn('2026-12-20T14:00:00Z'), 0, 'once for ever')
    const [task] = await tasks()
    assert.doesNotMatch(task!.title, /sodium|2951|ORDER 2/i)
    await bring(fhir.lab('r', '2951-2', 140, { effectiveDateTime: '2026-12-19T14:00:00Z', issued: '2026-12-20T09:00:00Z' }))
    const [done] = await tasks()
    assert.ok(done!.done_at)
    assert.deepEqual([done!.done_by, done!.outcome, await states()], [null, 'The result came.', ['result']])
  })

  test('an order fact of the record, and a row for what is waited for; states are followed, and a late old version changes nothing', async () => {
    await begin()
    await bring(order('o', '2951-2'))
    assert.deepEqual(await rows('select kind, code, status, is_fact from records.fact where patient_id = $1', patientId), [{ kind: 'order', code: '2951-2', status: 'active', is_fact: true }])
    for (const [status, want, day] of [['on-hold', 'on-hold', 23], ['active', 'open', 24], ['revoked', 'cancelled', 25], ['active', 'open', 26], ['completed', 'completed', 27], ['entered-in-error', 'cancelled', 28]] as const) {
      await bring(order('o', '2951-2', { status, ...later(`2026-11-${day}T14:00:00Z`) }))
      assert.deepEqual(await states(), [want], status)
    }
    await bring(order('o', '2951-2', { status: 'active', note: [{ text: 'an old one' }], ...later('2026-11-24T10:00:00Z') }))
    assert.deepEqual(await states(), ['cancelled'])
    assert.equal(await askOn(missed), 0)
  })

  test('cancelled or put on hold, it asks nobody; a task that stands is over with it', async () => {
    await begin()
    await bring(order('a', '2951-2'), order('b', '2823-3'), order('c', '718-7', { status: 'on-hold' }))
    assert.equal(await askOn(missed), 2)
    await bring(order('a', '2951-2', { status: 'revoked', ...later('2026-12-04T15:00:00Z') }))
    assert.deepEqual((await tasks()).map(task => task.outcome).sort(), ['The order is over.', null].sort())
    assert.deepEqual(await states(), ['cancelled', 'open', 'on-hold'])
  })

  test('whatever comes first: a result before its order, an unfinished one, one that is withdrawn', async () => {
    await begin()
    await bring(fhir.lab('r', '2951-2', 140, { effectiveDateTime: '2026-11-22T16:00:00Z' }))
    await bring(order('o', '2951-2'))
    assert.deepEqual(await states(), ['result'])
    await bring(order('o2', '2823-3'), fhir.lab('r2', '2823-3', 4, { status: 'preliminary', effectiveDateTime: '2026-11-22T16:00:00Z' }))
    assert.deepEqual(await states(), ['result', 'open'])
    await bring(fhir.lab('r2', '2823-3', 4, { effectiveDateTime: '2026-11-22T16:00:00Z', ...later('2026-11-23T10:00:00Z') }))
    assert.deepEqual(await states(), ['result', 'result'])
    await bring(fhir.lab('r2', '2823-3', 4, { status: 'entered-in-error', effectiveDateTime: '2026-11-22T16:00:00Z', ...later('2026-11-23T11:00:00Z') }))
    assert.deepEqual(await states(), ['result', 'open'], 'it is missed again')
    assert.equal(await askOn(missed), 1)
  })

  test('what its source deletes: an order is over, and what a deleted result answered is missed again', async () => {
    await begin()
    await bring(order('gone', '718-7'), order('o', '2951-2'), fhir.lab('r', '2951-2', 140, { effectiveDateTime: '2026-11-22T16:00:00Z' }))
    assert.deepEqual(await states(), ['open', 'result'])
    assert.equal(await askOn(missed), 1)
    await withdrawResources(t.system('records.import'), source, [{ fhirType: 'ServiceRequest', sourceId: 'gone' }, { fhirType: 'Observation', sourceId: 'r' }])
    assert.deepEqual(await states(), ['cancelled', 'open'])
    assert.deepEqual((await tasks()).map(task => task.outcome), ['Its source deleted it.'])
    assert.equal(await askOn(missed), 1)
  })

  test('by reference and by number, and of nobody else', async () => {
    await begin()
    const ids = await bring(fhir.patient('p2', { birthDate: '1931-02-03' }), order('o', '2951-2', { identifier: [{ type: { coding: [{ code: 'PLAC' }] }, value: 'P1' }] }))
    await bringRecords(t, `lab-${source}`, [fhir.patient('x', { birthDate: '1932-02-03' }), { ...fhir.report('r', [], { code: { text: 'Something' }, identifier: [{ value: 'P1' }] }, 'x') }])
    assert.deepEqual(await states(), ['open'], 'the same number of another patient')
    await bring({ ...fhir.report('r', [], { code: { text: 'Something' }, basedOn: [{ reference: 'ServiceRequest/o' }] }) })
    assert.deepEqual(await states(), ['result'])
    assert.ok(ids.get('p2'))
  })

  test('done, says the record system, before its result is here: the result is still its own, and not the next order’s', async () => {
    await begin()
    await bring(order('now', '2951-2', { occurrenceDateTime: '2026-11-23' }), order('later', '2951-2', { authoredOn: '2026-11-22T14:05:00Z', occurrenceDateTime: '2027-02-20' }))
    await bring(order('now', '2951-2', { status: 'completed', ...later('2026-11-23T15:00:00Z') }))
    await bring(fhir.lab('r', '2951-2', 140, { effectiveDateTime: '2026-11-23T14:00:00Z' }))
    assert.deepEqual(await states(), ['result', 'open'])
    await bring(fhir.lab('r', '2951-2', 141, { status: 'corrected', effectiveDateTime: '2026-11-23T14:00:00Z', ...later('2026-11-23T16:00:00Z') }))
    assert.deepEqual(await states(), ['result', 'open'], 'nor is its correction')
  })

  test('an order that turns out to be another’s is waited for there, and here no longer', async () => {
    await begin()
    await bring(fhir.patient('p2', { birthDate: '1933-02-03' }), order('o', '2951-2'))
    assert.equal(await askOn(missed), 1)
    const ids = await bring(order('o', '2951-2', { subject: { reference: 'Patient/p2' }, ...later('2026-12-04T15:00:00Z') }))
    assert.deepEqual(await states(), ['cancelled'])
    assert.ok((await tasks())[0]!.done_at)
    assert.equal((await rows('select 1 from records.test_order where patient_id = $1 and ended_at is null', ids.get('p2'))).length, 1)
  })

  test('R4+ history asks nobody: what is older than two weeks, or from before the source went live', async () => {
    await begin()
    await inTransaction(t.system('records.import'), tx => setGoLive(tx, { source, goLiveAt: new Date('2026-11-22T00:00:00Z') }))
    await bring(order('live', '2951-2'), order('before', '2823-3', { authoredOn: '2026-11-21T14:00:00Z' }), order('old', '718-7', { authoredOn: '2019-03-01' }), order('ended', '4548-4', { status: 'completed' }), order('planned', '3016-3', { authoredOn: '2026-09-01', occurrenceDateTime: '2026-12-10' }))
    assert.deepEqual((await rows<{ code: string; is_news: boolean }>('select code, is_news from records.test_order where patient_id = $1 order by code', patientId)), [{ code: '2823-3', is_news: false }, { code: '2951-2', is_news: true }, { code: '3016-3', is_news: false }])
    await askOn('2027-03-01T14:00:00Z')
    assert.equal((await tasks()).length, 1)
  })

  test('a referral is no test; a planned day counts; who has died is not asked about', async () => {
    await begin()
    await bring(order('o', '2951-2', { occurrenceDateTime: '2026-12-20' }), order('ref', 'x', { category: [{ coding: [{ code: '3457005' }] }], code: { text: 'To a specialist' } }))
    assert.deepEqual((await orders()).map(one => one.expected_at.toISOString()), ['2026-12-22T12:00:00.000Z'])
    await t.db.owner.query('update records.patient set is_deceased = true where id = $1', [patientId])
    assert.equal(await askOn('2027-01-20T14:00:00Z'), 0)
  })

  test('the task is for who ordered; for who stands in while they are away; where they have left, for their pool', async () => {
    const { personId } = await aStaffPerson(t, { roles: ['clinician'] })
    const cover = (await aStaffPerson(t, { roles: ['clinician'] })).personId
    await t.db.owner.query("update practice.clinician set person_id = $1, npi = '1234567893' where slug = 'nell-harrow'", [personId])
    for (const [isThere, isAway] of [[true, false], [true, true], [false, false]]) {
      if (isAway) await t.db.owner.query("insert into work.absence (person_id, cover_id, starts_at, ends_at, made_at, made_by) values ($1, $2, '2026-12-01', '2026-12-20', '2026-11-20', $2)", [personId, cover])
      await begin()
      const npi = { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' }
      await bring({ resourceType: 'Practitioner', id: 'dr', name: [{ text: 'N. Harrow' }], identifier: [npi] } as never, order('o', '2951-2', { requester: isThere ? { reference: 'Practitioner/dr' } : { display: 'Somebody', identifier: npi } }))
      assert.deepEqual((await orders()).map(one => one.ordered_by), [personId])
      if (!isThere) await t.db.owner.query('update accounts.person set disabled_at = now() where id = $1', [personId])
      assert.equal(await askOn(missed), 1)
      assert.deepEqual((await tasks()).map(task => [task.pool, task.owner_id]), [['clinician', isAway ? cover : isThere ? personId : null]])
    }
  })
})
