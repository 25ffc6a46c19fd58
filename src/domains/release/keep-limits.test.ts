import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { Invalid, NotAllowed, NotFound } from '#platform/errors.ts'
import type { Role } from '#platform/ctx.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { addLimit, endLimit, isLoinc, limitsAt, readLimits, type Limit } from './keep-limits.ts'

const typed = (more: Record<string, string> = {}) => ({ loinc: '2823-3', name: 'Potassium', unit: 'mmol/L', low: '2.8', high: '6.2', from: '', until: '', ...more })

test('a LOINC code hangs together, or a slip is seen', () => {
  for (const code of ['2823-3', '2345-7', '718-7', '75622-1', '51990-0', '60567-5']) assert.ok(isLoinc(code), code)
  for (const code of ['2823-4', '2832-3', '2823', '2823-33', '-3', '', '28233', 'x-1']) assert.ok(!isLoinc(code), code)
})

test('D2+ by age at the time; one whose birth date is not known has only what counts for all', () => {
  const limit = (more: Partial<Limit>): Limit => ({ id: 'x', loinc: '1-8', name: 'T', unit: 'u', low: null, high: '1', fromYears: null, untilYears: null, ...more })
  const table = [limit({ high: '9' }), limit({ unit: 'v', fromYears: 18 }), limit({ unit: 'w', untilYears: 18 })]
  const units = (birthDate: string | null) => (limitsAt(table, birthDate, new Date('2026-11-23T15:00:00Z')).get('1-8') ?? []).map(row => row.unit)
  assert.deepEqual(units('2008-11-23'), ['u', 'v'], 'eighteen today')
  assert.deepEqual(units('2008-11-24'), ['u', 'w'], 'eighteen tomorrow')
  assert.deepEqual(units(null), ['u'])
})

describe('the practice’s own critical values', () => {
  let t: TestHouse
  before(async () => { t = await aHouse() })
  after(() => t.close())
  const as = async (role: Role) => ctxOf(t.house, staffActor([role], (await aStaffPerson(t, { roles: [role] })).personId))

  test('D2+ a clinician adds and takes out; the trail knows, and the row is kept', async () => {
    const ada = await as('clinician')
    assert.deepEqual(await inTransaction(ada, tx => readLimits(tx)), [], 'none comes along')
    assert.deepEqual(await addLimit(ada, typed()), { ok: true })
    assert.deepEqual(await addLimit(ada, typed({ high: '7' })), { ok: false, reason: 'there-already' })
    assert.deepEqual(await addLimit(ada, typed({ unit: 'MMOL/L', from: '3' })), { ok: false, reason: 'there-already' }, 'the ages meet')
    assert.deepEqual(await addLimit(ada, typed({ unit: 'mg/dL', low: '', high: '24.00' })), { ok: true })
    const kept = await inTransaction(ada, tx => readLimits(tx))
    assert.deepEqual(kept.map(({ unit, low, high }) => [unit, low, high]), [['mmol/L', '2.8', '6.2'], ['mg/dL', null, '24.00']].sort((a, b) => kept.findIndex(one => one.unit === a[0]) - kept.findIndex(one => one.unit === b[0])))
    await endLimit(ada, kept[0]!.id)
    await assert.rejects(endLimit(ada, kept[0]!.id), NotFound)
    await assert.rejects(endLimit(ada, randomUUID()), NotFound)
    const { rows } = await t.db.owner.query("select (select count(*)::int from release.critical_limit) as rows, (select count(*)::int from audit.event where action like 'release.limit-%') as events")
    assert.deepEqual(rows[0], { rows: 2, events: 3 })
  })

  test('who does not treat adds nothing', async () => {
    for (const role of ['care-team', 'manager', 'front-desk'] as const) await assert.rejects(addLimit(await as(role), typed()), NotAllowed)
  })

  test('each figure is looked at before it counts', async () => {
    const ada = await as('clinician')
    const wrong = async (more: Record<string, string>) => { try { await addLimit(ada, typed({ loinc: '718-7', ...more })); return [] } catch (error) { assert.ok(error instanceof Invalid); return Object.keys(error.problems) } }
    assert.deepEqual(await wrong({ loinc: '718-8' }), ['loinc'])
    assert.deepEqual(await wrong({ low: '', high: '' }), ['low'])
    assert.deepEqual(await wrong({ low: '7', high: '7' }), ['high'])
    assert.deepEqual(await wrong({ low: '9', high: '10.0' }), [], 'as numbers, not as letters')
    assert.deepEqual(await wrong({ low: '1e9' }), ['low'])
    assert.deepEqual(await wrong({ high: 'NaN' }), ['high'])
    assert.deepEqual(await wrong({ high: '99999999999' }), ['high'])
    assert.deepEqual(await wrong({ unit: ' ' }), ['unit'])
    assert.deepEqual(await wrong({ name: 'x'.repeat(1_000_000) }), ['name'])
    assert.deepEqual(await wrong({ from: '18', until: '18' }), ['until'])
    assert.deepEqual(await wrong({ from: '-1' }), ['from'])
  })
})
