import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import pg from 'pg'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { openDue } from './open-due.ts'

/** A Monday morning in New York. */
const monday = '2026-11-23T15:00:00Z'
type Life = { id: string; bearing: string; tier: number; category: string; opens_at: Date | null; held_by: string | null; reply_by: Date | null; released_at: Date | null; told_at: Date | null; citation: string | null }

describe('what becomes of a result when it arrives', () => {
  let t: TestHouse
  let count = 0
  before(async () => { t = await aHouse({ now: monday }); await aPractice(t) })
  after(() => t.close())
  beforeEach(() => t.setNow(monday))

  const source = () => `lab-${++count}`
  const lives = async (patientId: string): Promise<Life[]> => (await t.db.owner.query('select * from records.life where patient_id = $1 order by arrived_at, id', [patientId])).rows
  const tasks = async (patientId: string, kind: string) => (await t.db.owner.query('select * from work.task where patient_id = $1 and kind = $2', [patientId, kind])).rows
  const jobs = async (name: string) => {
    const admin = new pg.Client({ connectionString: t.db.superUrl })
    await admin.connect()
    try { return Number((await admin.query('select count(*) as n from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id where k.identifier = $1', [name])).rows[0].n) } finally { await admin.end() }
  }
  const someone = (id: string) => fhir.patient(id, { birthDate: `19${String(60 + count).padStart(2, '0')}-04-17`, identifier: [{ system: 'urn:mrn', value: `${id}-${count}` }] })
  const bring = async (things: object[], from = source()) => { const id = `p${count}`; const people = await bringRecords(t, from, [someone(id), ...things.map(thing => ({ ...thing, subject: { reference: `Patient/${id}` } }))] as never); return people.get(id)! }

  test('R4 with nothing that holds it, it is open from the moment it arrives', async () => {
    const patientId = await bring([fhir.lab('a', '2345-7', 90, range(70, 99, 'N'))])
    const [life] = await lives(patientId)
    assert.equal(life!.opens_at!.toISOString(), new Date(monday).toISOString())
    assert.equal(life!.held_by, null)
    assert.ok(life!.released_at)
  })

  test('R15 a task with a clock: normal in five days of business, abnormal in three, what may change a life in one', async () => {
    const normal = await bring([fhir.lab('a', '2345-7', 90, range(70, 99, 'N'))])
    const abnormal = await bring([fhir.lab('a', '2345-7', 140, range(70, 99, 'H'))])
    const grave = await bring([fhir.lab('a', '75622-1', 1, { valueQuantity: undefined, valueString: 'Detected', interpretation: [{ coding: [{ code: 'A' }] }] })])
    const due = async (patientId: string) => (await tasks(patientId, 'result-review'))[0].due_at.getTime()
    const hours = async (patientId: string) => ((await lives(patientId))[0]!.reply_by!.getTime() - Date.parse(monday)) / 3_600_000
    assert.equal((await lives(normal))[0]!.bearing, 'normal')
    assert.equal((await lives(abnormal))[0]!.bearing, 'abnormal')
    assert.equal((await lives(grave))[0]!.tier, 2)
    assert.ok(await due(grave) < await due(abnormal) && await due(abnormal) < await due(normal))
    assert.ok(await hours(grave) >= 8 && await hours(grave) <= 30, String(await hours(grave)))
    assert.equal((await tasks(normal, 'result-review'))[0].title.includes('glucose'), false)
  })

  test('R5 a report is as grave as the gravest of its tests, and speaks for them: one row, one task', async () => {
    const patientId = await bring([fhir.report('r', ['a', 'b']), fhir.lab('a', '2345-7', 140, range(70, 99, 'H')), fhir.lab('b', '2951-2', 140, range(135, 145, 'N'))])
    const all = await lives(patientId)
    assert.equal(all.length, 1)
    assert.equal(all[0]!.bearing, 'abnormal')
    assert.equal((await tasks(patientId, 'result-review')).length, 1)
  })

  test('R11 a critical value pages, also before it is finished, and opens all the same', async () => {
    const patientId = await bring([fhir.lab('a', '2823-3', 7.1, { ...range(3.5, 5.1, 'H'), interpretation: [{ coding: [{ code: 'HH' }] }], status: 'preliminary' })])
    const pages = await tasks(patientId, 'critical-result')
    assert.equal(pages.length, 1)
    assert.equal((await t.db.owner.query('select count(*)::int as n from work.page where task_id = $1', [pages[0].id])).rows[0].n, 1)
    assert.equal((await lives(patientId))[0]!.bearing, 'critical')
    assert.equal((await tasks(patientId, 'result-review')).length, 0, 'an unfinished result is not reviewed yet')
    assert.ok((await lives(patientId))[0]!.released_at)
  })

  test('R11 the same critical value, sent again as final, pages no second time', async () => {
    const from = source()
    const critical = (status: string) => [fhir.lab('a', '2823-3', 7.1, { ...range(3.5, 5.1, 'H'), interpretation: [{ coding: [{ code: 'HH' }] }], status })]
    const patientId = await bring(critical('preliminary'), from)
    await bringRecords(t, from, [fhir.lab('a', '2823-3', 7.1, { ...range(3.5, 5.1, 'H'), interpretation: [{ coding: [{ code: 'HH' }] }], status: 'final' }, `p${count}`)])
    assert.equal((await tasks(patientId, 'critical-result')).length, 1)
    assert.equal((await tasks(patientId, 'result-review')).length, 1)
  })

  test('R4+ history is not news: older than 14 days, or before the feed went live, nobody is asked, told or paged', async () => {
    const before = await jobs('records.tell')
    const old = { effectiveDateTime: '2026-11-08T14:00:00Z', issued: '2026-11-08T15:00:00Z' }
    const patientId = await bring([fhir.lab('a', '2823-3', 7.1, { ...old, interpretation: [{ coding: [{ code: 'HH' }] }] })])
    assert.deepEqual(await lives(patientId), [])
    const from = source()
    await t.db.owner.query('insert into records.feed (source, go_live_at) values ($1, $2)', [from, '2026-11-22T00:00:00Z'])
    const other = await bring([fhir.lab('a', '2823-3', 7.1, { interpretation: [{ coding: [{ code: 'HH' }] }] })], from)
    assert.deepEqual(await lives(other), [])
    assert.equal((await t.db.owner.query('select count(*)::int as n from records.result where patient_id = $1 and visible_at <= $2', [other, monday])).rows[0].n, 1, 'and it is shown')
    assert.deepEqual([...await tasks(other, 'critical-result'), ...await tasks(patientId, 'critical-result'), ...await tasks(other, 'result-review')], [])
    assert.equal(await jobs('records.tell'), before)
  })

  test('R7 pathology in Texas stays closed until the third day begins, tests and all, and then opens by itself', async () => {
    await t.db.owner.query("update practice.location set region = 'TX', zone = 'America/Chicago'")
    await t.db.owner.query('update platform.content_version set version = version + 1')
    const final = { effectiveDateTime: '2026-11-20T14:00:00Z', issued: '2026-11-20T22:10:00Z' }
    const patientId = await bring([fhir.report('r', ['a'], { ...final, code: { coding: [{ system: 'http://loinc.org', code: '60567-5' }], text: 'SURGICAL PATHOLOGY' } }), fhir.lab('a', '22637-3', 1, { ...final, valueQuantity: undefined, valueString: 'Benign' })])
    t.setNow('2026-11-21T15:00:00Z')
    const early = await bring([fhir.report('r', ['a'], { ...final, code: { coding: [{ system: 'http://loinc.org', code: '60567-5' }], text: 'SURGICAL PATHOLOGY' } }), fhir.lab('a', '22637-3', 1, { ...final, valueQuantity: undefined, valueString: 'Benign' })])
    assert.equal((await lives(patientId))[0]!.held_by, null, 'the third day has begun when it arrives')
    const [life] = await lives(early)
    assert.equal(life!.held_by, 'state-law')
    assert.equal(life!.citation, 'Tex. Occ. Code 159.0062')
    assert.equal(life!.opens_at!.toISOString(), '2026-11-23T06:00:00.000Z')
    const open = async (at: string) => (await t.db.owner.query('select count(*)::int as n from records.result where patient_id = $1 and visible_at <= $2', [early, at])).rows[0].n
    assert.equal(await open('2026-11-23T05:59:59Z'), 0)
    assert.equal(await open('2026-11-23T06:00:00Z'), 2)
    t.setNow('2026-11-23T06:00:30Z')
    assert.equal(await openDue(t.system('records.release')), 1)
    assert.equal(await openDue(t.system('records.release')), 0)
  })

  test('R21 what is restricted, or no longer so, is never open, and costs nothing else its place', async () => {
    const patientId = await bring([fhir.lab('a', '2345-7', 90, { ...range(70, 99, 'N'), meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'ETH' }] } }), fhir.lab('b', '2345-7', 91, range(70, 99, 'N'))])
    const all = await lives(patientId)
    assert.deepEqual(all.map(life => life.opens_at === null).sort(), [false, true])
    assert.equal(Number((await t.db.owner.query('select count(*) as n from records.parked')).rows[0].n), 0)
  })

  test('R16 a corrected result whose meaning changed is told and reviewed anew; one that means the same is not', async () => {
    await t.db.owner.query("update practice.location set region = 'VT'")
    const from = source()
    const patientId = await bring([fhir.lab('a', '2345-7', 90, range(70, 99, 'N'))], from)
    await t.db.owner.query("update records.life set told_at = now(), reviewed_at = now(), reviewed_as = 'clinician', reviewed_by = gen_random_uuid() where patient_id = $1", [patientId])
    const again = (value: number, flag: 'N' | 'H') => bringRecords(t, from, [fhir.lab('a', '2345-7', value, { ...range(70, 99, flag), status: 'corrected' }, `p${count}`)])
    await again(91, 'N')
    assert.ok((await lives(patientId))[0]!.told_at)
    await again(191, 'H')
    const [life] = await lives(patientId)
    assert.equal(life!.told_at, null)
    assert.equal(life!.bearing, 'abnormal')
  })
})
