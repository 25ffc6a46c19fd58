import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { generatePatients } from '#demo/generate/generate-records.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { importBundles } from './import-bundles.ts'
import { importPaths } from './import-paths.ts'

const now = new Date('2026-11-23T15:00:00Z')
const realRecords = process.env.REAL_RECORDS ?? '../shared/data'

describe('importing records', () => {
  let t: TestHouse
  let folder: string
  let files = 0
  before(async () => { t = await aHouse(); folder = mkdtempSync(join(tmpdir(), 'rapport-import-')) })
  after(async () => { rmSync(folder, { recursive: true }); await t.close() })
  const ctx = () => t.system('records.import')
  const one = async <T>(sql: string, values: unknown[] = []): Promise<T> => (await t.db.owner.query(sql, values)).rows[0] as T
  const count = async (table: string, where = 'true') => Number((await one<{ n: string }>(`select count(*) as n from ${table} where ${where}`)).n)
  const put = (content: unknown, name = `f${++files}.json`) => {
    const path = join(folder, name)
    writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content))
    return path
  }
  const bring = (path: string, source: string) => importPaths(ctx(), { source, paths: [path] })
  const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, name: [{ given: ['Ana'], family: 'Sol' }], birthDate: '1972-04-17', gender: 'female', ...more })
  const glucose = (id: string, who: string, more: object = {}) => ({ resourceType: 'Observation', id, status: 'final', category: [{ coding: [{ code: 'laboratory' }] }], code: { coding: [{ system: 'http://loinc.org', code: '2345-7', display: 'Glucose' }] }, subject: { reference: who }, effectiveDateTime: '2026-11-01T09:00:00Z', ...more })

  test('invented patients: each resource accounted for, each result on its patient, each test in its report', async () => {
    const report = await importBundles(ctx(), { source: 'made', bundles: generatePatients({ patients: 26, seed: 1, now, style: 'mixed' }) })
    assert.deepEqual(report.unusable, [])
    assert.equal(report.waiting, 0)
    assert.equal(report.patients, 26)
    assert.ok(await count('records.result', 'report_id is not null') > 100)
    assert.equal(await count('records.result', "kind = 'report' and test_count > 0 and not exists (select from records.result t where t.report_id = records.result.id)"), 0)
    assert.equal(await count('records.result', "kind = 'test' and status in ('entered-in-error', 'cancelled') and (is_fact or visible_at is not null)"), 0)
    assert.equal(await count('audit.event', "action = 'records.imported'"), 26)
  })
  test('the same again changes nothing', async () => {
    const before = [await count('records.version'), await count('records.result'), await count('records.fact'), await count('records.patient'), await count('records.parked')]
    const report = await importBundles(ctx(), { source: 'made', bundles: generatePatients({ patients: 26, seed: 1, now, style: 'mixed' }) })
    assert.equal(report.newVersions, 0)
    assert.deepEqual([await count('records.version'), await count('records.result'), await count('records.fact'), await count('records.patient'), await count('records.parked')], before)
  })
  test('what others made: Synthea and HL7’s own examples, each read resource kept or parked with a reason', { skip: !existsSync(join(realRecords, 'fhir')) && `no records at ${realRecords}` }, async () => {
    const report = await importPaths(ctx(), { source: 'real', paths: [join(realRecords, 'fhir')] })
    const kept = await count('records.resource', "source = 'real'")
    const byType = [...report.byType.values()].reduce((sum, n) => sum + n, 0)
    assert.equal(report.read, byType + report.unusable.length)
    assert.ok(kept > 9_000 && kept <= byType, `${kept} kept of ${report.read} read`)
    assert.deepEqual(report.unusable.map(({ file, reason, sourceId }) => `${file} ${sourceId} ${reason}`), [])
    assert.deepEqual([...new Set(report.odd.map(({ reason }) => reason))], ['has a unit that UCUM does not know: “(score)”'])
    const again = await importPaths(ctx(), { source: 'real', paths: [join(realRecords, 'fhir')] })
    assert.equal(again.newVersions, 0)
  })
  test('an older version that comes late becomes history; the newest is what shows', async () => {
    const value = (n: number, at: string) => glucose('g1', 'Patient/p1', { valueQuantity: { value: n, unit: 'mg/dL' }, meta: { lastUpdated: at } })
    await bring(put([patient('p1'), value(120, '2026-11-02T00:00:00Z')].map(thing => JSON.stringify(thing)).join('\n'), 'a.ndjson'), 'late')
    await bring(put(value(99, '2026-11-01T00:00:00Z')), 'late')
    assert.equal((await one<{ value: string }>("select value from records.result r join records.resource x on x.id = r.resource_id where x.source = 'late'")).value, '120')
    await bring(put(value(130, '2026-11-03T00:00:00Z')), 'late')
    assert.equal((await one<{ value: string }>("select value from records.result r join records.resource x on x.id = r.resource_id where x.source = 'late'")).value, '130')
    assert.equal(await count('records.version v join records.resource r on r.id = v.resource_id', "r.source = 'late' and r.source_id = 'g1'"), 3)
  })
  test('references resolve across files in any order, by urn and by name', async () => {
    const uuid = '6f9619ff-8b86-d011-b42d-00cf4fc964ff'
    const early = await bring(put({ resourceType: 'Bundle', type: 'transaction', entry: [{ fullUrl: 'urn:uuid:aaaa0000-0000-4000-8000-000000000001', resource: glucose('o1', `urn:uuid:${uuid}`) }] }), 'order')
    assert.equal(early.waiting, 1)
    await bring(put({ resourceType: 'Bundle', entry: [{ fullUrl: `urn:uuid:${uuid}`, resource: patient('p9') }] }), 'order')
    assert.equal(await count('records.result r join records.resource x on x.id = r.resource_id', "x.source = 'order'"), 1)
  })
  test('a corrected entry-in-error stops showing at once', async () => {
    await bring(put([patient('p1'), glucose('e1', 'Patient/p1', { meta: { lastUpdated: '2026-11-01T00:00:00Z' } })].map(thing => JSON.stringify(thing)).join('\n'), 'b.ndjson'), 'error')
    const visible = () => one<{ is_fact: boolean; visible_at: Date | null }>("select is_fact, visible_at from records.result r join records.resource x on x.id = r.resource_id where x.source = 'error'")
    assert.ok((await visible()).visible_at)
    await bring(put(glucose('e1', 'Patient/p1', { status: 'entered-in-error', meta: { lastUpdated: '2026-11-02T00:00:00Z' } })), 'error')
    assert.deepEqual(await visible(), { is_fact: false, visible_at: null })
  })
  test('labels that we must not show, or do not know, are restricted', async () => {
    const labelled = (id: string, system: string, code: string) => glucose(id, 'Patient/p1', { meta: { security: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] } })
    await bring(put([patient('p1'), labelled('n', 'v3-Confidentiality', 'N'), labelled('r', 'v3-Confidentiality', 'R'), labelled('s', 'v3-ActCode', '42CFRPart2'), labelled('p', 'v3-ActCode', 'PSY'), labelled('x', 'made-up', 'WHO-KNOWS')].map(thing => JSON.stringify(thing)).join('\n'), 'c.ndjson'), 'labels')
    const { rows } = await t.db.owner.query("select x.source_id, r.is_restricted from records.result r join records.resource x on x.id = r.resource_id where x.source = 'labels' order by 1")
    assert.deepEqual(rows.map(row => [row.source_id, row.is_restricted]), [['n', false], ['p', true], ['r', true], ['s', true], ['x', true]])
  })
  test('bad input gets a line with file, position and resource, and everything good is in', async () => {
    const deep = JSON.parse('{"a":'.repeat(200) + '1' + '}'.repeat(200)) as object
    const lines = [
      JSON.stringify(patient('p1')), '{"resourceType":"Observation","id":"cut', 'not json at all', JSON.stringify({ resourceType: 'Observation', id: 'deep', extension: deep }),
      JSON.stringify(glucose('nul', 'Patient/p1', { note: [{ text: 'a\u0000b' }] })), '{"resourceType":"Observation","id":"half","note":[{"text":"\\ud800"}]}',
      JSON.stringify({ resourceType: 'Observation' }), JSON.stringify({ id: 'typeless' }), JSON.stringify(glucose('../../etc/passwd', 'Patient/p1')), JSON.stringify(glucose('when', 'Patient/p1', { effectiveDateTime: '0000-00-00' })),
      JSON.stringify({ resourceType: 'Observation', id: 'wrong', status: 7, code: 'x', subject: { reference: 'Patient/p1' }, valueQuantity: [] }), JSON.stringify(glucose('unit', 'Patient/p1', { valueQuantity: { value: Infinity, unit: '🜚/furlong' } })),
      JSON.stringify({ resourceType: 'Condition', id: 'script', subject: { reference: 'Patient/p1' }, text: { status: 'generated', div: '<div><script>alert(1)</script></div>' } }),
      JSON.stringify({ resourceType: 'Observation', id: 'ring', subject: { reference: 'Patient/p1' }, hasMember: [{ reference: 'Observation/ring' }], derivedFrom: [{ reference: 'Observation/ring' }] }),
      JSON.stringify({ resourceType: 'Observation', id: 'far', subject: { reference: 'Patient/p1' }, hasMember: [{ reference: 'Observation/near' }] }), JSON.stringify({ resourceType: 'Observation', id: 'near', subject: { reference: 'Patient/p1' }, derivedFrom: [{ reference: 'Observation/far' }] }),
      JSON.stringify(glucose('furlong', 'Patient/p1', { valueQuantity: { value: 7, unit: 'furlongs', system: 'http://unitsofmeasure.org', code: 'furlongs' } })), JSON.stringify(glucose('last', 'Patient/p1')),
    ]
    const report = await bring(put(lines.join('\n'), 'bad.ndjson'), 'bad')
    assert.deepEqual(report.unusable.map(({ sourceId, reason }) => [sourceId, reason]).sort(), [
      [null, 'has no id'], [null, 'is cut off before its end'], [null, 'is nested more than 100 levels deep'], [null, 'is not JSON'], [null, 'says no type of resource'],
      ['half', 'holds a character that cannot be stored'], ['nul', 'holds a character that cannot be stored'],
    ])
    assert.ok(report.unusable.every(({ file, position }) => file === 'bad.ndjson' && position > 0))
    assert.equal(report.read, lines.length)
    const { rows } = await t.db.owner.query("select source_id from records.resource where source = 'bad' order by 1")
    assert.deepEqual(rows.map(row => row.source_id), ['../../etc/passwd', 'far', 'furlong', 'last', 'near', 'p1', 'ring', 'script', 'unit', 'when', 'wrong'])
    assert.deepEqual(report.odd.map(({ fhirType, sourceId, reason }) => `${fhirType}/${sourceId} ${reason}`).sort(), [
      'Condition/script has a script in its narrative', 'Observation/../../etc/passwd has an id that looks like a path', 'Observation/furlong has a unit that UCUM does not know: “furlongs”',
      'Observation/near is part of itself, through what it refers to', 'Observation/ring is part of itself, through what it refers to', 'Observation/unit has a unit that UCUM does not know: “🜚/furlong”', 'Observation/when has a date in “effectiveDateTime” that no calendar has',
    ])
    assert.ok(report.odd.every(({ file, position }) => file === 'bad.ndjson' && position > 0))
    assert.equal(await count('records.parked', "source = 'bad' and is_kept and excerpt = ''"), 7)
    assert.equal(await count('records.parked', "source = 'bad' and not is_kept"), 7)
    await bring(put(lines.join('\n'), 'bad.ndjson'), 'bad')
    assert.equal(await count('records.parked', "source = 'bad'"), 14)
  })
  test('a zipped file that is damaged says so', async () => {
    const zipped = gzipSync(Buffer.from([1, 2, 3].map(n => JSON.stringify(patient(`z${n}`))).join('\n').repeat(500)))
    const report = await bring(put(zipped.subarray(0, zipped.length - 40), 'z.ndjson.gz'), 'zip')
    assert.ok(report.unusable.some(({ reason }) => reason === 'is cut off before its end'))
  })
})

describe('whose record is it', () => {
  let t: TestHouse
  before(async () => { t = await aHouse() })
  after(() => t.close())
  let n = 0
  const come = async (source: string, more: object) => {
    await importBundles(t.system('records.import'), { source, bundles: [{ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Patient', id: `p${++n}`, name: [{ given: ['Ana'], family: 'Sol' }], birthDate: '1972-04-17', gender: 'female', ...more } }] }] })
    const { rows } = await t.db.owner.query("select l.patient_id, l.why from records.source_patient l join records.resource r on r.id = l.resource_id where r.source = $1 and r.source_id = $2", [source, `p${n}`])
    return rows[0] as { patient_id: string; why: string }
  }
  const number = (value: string) => ({ identifier: [{ type: { coding: [{ code: 'MR' }] }, system: 'urn:clinic', value }] })
  const phone = (value: string) => ({ telecom: [{ system: 'phone', value }] })
  const questions = async () => Number((await t.db.owner.query('select count(*) as n from records.match_question')).rows[0].n)

  test('R1 number and birth date join; so do name, birth date, sex and phone', async () => {
    const first = await come('a', { ...number('77'), ...phone('(802) 555-0100') })
    assert.equal(first.why, 'new')
    assert.deepEqual(await come('b', { ...number('77'), name: [{ given: ['Anna'], family: 'Sol-Ruiz' }] }), { patient_id: first.patient_id, why: 'number-and-birth-date' })
    const third = await come('c', { ...phone('+1 802 555 0100'), name: [{ given: ['ANNA'], family: 'Sol-Ruíz' }] })
    assert.deepEqual(third, { patient_id: first.patient_id, why: 'name-birth-date-sex-phone' })
  })
  test('R1 a name alone, or with a birth date alone, never joins: it is a question with an owner and a due time', async () => {
    const before = await questions()
    const twin = await come('d', { name: [{ given: ['Anna'], family: 'Sol Ruiz' }] })
    assert.equal(twin.why, 'new')
    assert.equal(await questions(), before + 1)
    const { rows } = await t.db.owner.query("select pool, due_at > opened_at as has_clock from work.task where kind = 'uncertain-match'")
    assert.deepEqual(rows[0], { pool: 'front-desk', has_clock: true })
  })
  test('R1 the same number with another birth date is a question too', async () => {
    const before = await questions()
    assert.equal((await come('e', { ...number('77'), birthDate: '1999-01-01', name: [{ family: 'Else' }] })).why, 'new')
    assert.equal(await questions(), before + 1)
  })
  test('R1 of two thousand near twins none is joined to another', { timeout: 120_000 }, async () => {
    const entries = Array.from({ length: 2_000 }, (_, i) => ({ resource: { resourceType: 'Patient' as const, id: `twin${i}`, ...number(`T${i}`), name: [{ given: [i % 2 ? 'Maria' : 'María'], family: 'Twin' }], gender: 'female' as const, birthDate: `19${50 + (i % 50)}-0${1 + (i % 9)}-1${i % 10}` } }))
    await importBundles(t.system('records.import'), { source: 'twins', bundles: [{ resourceType: 'Bundle', type: 'collection', entry: entries }] })
    const { rows } = await t.db.owner.query("select count(distinct l.patient_id)::int as people from records.source_patient l join records.resource r on r.id = l.resource_id where r.source = 'twins'")
    assert.equal(rows[0].people, 2_000)
  })
})
