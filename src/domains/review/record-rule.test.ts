import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { NotAllowed, NotFound } from '#platform/errors.ts'
import type { Role } from '#platform/ctx.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { dropTemplate, keepTemplate, listTemplates } from './keep-templates.ts'
import { endRule, longestRuleDays, recordRule, ruleFor, standingRules } from './record-rule.ts'

const monday = '2026-11-23T15:00:00Z'
const words = 'Normal counts and sugar of my patients, with a line that all is well.'

describe('what the care team may answer, and how comments begin', () => {
  let t: TestHouse
  type Somebody = Awaited<ReturnType<typeof as>>
  let ada: Somebody, nurse: Somebody, desk: Somebody
  const as = async (role: Role) => ctxOf(t.house, staffActor([role], (await aStaffPerson(t, { roles: [role] })).personId))
  before(async () => { t = await aHouse({ now: monday }); [ada, nurse, desk] = [await as('clinician'), await as('care-team'), await as('front-desk')] })
  after(() => t.close())
  beforeEach(() => t.setNow(monday))
  const rule = (category: string, who = nurse) => inTransaction(who, tx => ruleFor(tx, category))
  const events = async (action: string) => (await t.db.owner.query('select count(*)::int as n from audit.event where action = $1', [action])).rows[0].n as number

  test('R15 a clinician records it, in words, for kinds of result that may be normal; it stands until it ends', async () => {
    assert.equal(await rule('routine'), undefined)
    const recorded = await recordRule(ada, { of: ['routine', 'imaging', 'genetic', 'tissue', 'notes', 'whatever'], words, days: 30 })
    assert.ok(recorded.ok)
    const stands = await rule('routine')
    assert.deepEqual([stands!.categories, stands!.recordedBy, stands!.until.toISOString()], [['routine', 'imaging'], ada.actor.personId, '2026-12-23T15:00:00.000Z'])
    for (const grave of ['genetic', 'tissue', 'notes', 'pregnancy']) assert.equal(await rule(grave), undefined, grave)
    t.setNow('2026-12-23T15:00:01Z')
    assert.equal(await rule('routine'), undefined, 'its time is over')
    t.setNow(monday)
    await endRule(ada, recorded.id)
    assert.equal(await rule('routine'), undefined)
    await assert.rejects(endRule(ada, recorded.id), NotFound)
    assert.deepEqual([await events('review.rule-recorded'), await events('review.rule-ended')], [1, 1])
  })

  test('a year at the most, whatever was typed; without a kind or without words nothing', async () => {
    for (const days of [100_000, 400, Number.NaN, -5]) {
      const made = await recordRule(ada, { of: ['routine'], words, days })
      assert.ok(made.ok)
      const { rows } = await t.db.owner.query("select extract(epoch from until - recorded_at) / 86400 as days from review.standing_rule where id = $1", [made.id])
      assert.ok(Number(rows[0].days) >= 1 && Number(rows[0].days) <= longestRuleDays, `${days}`)
      await endRule(ada, made.id)
    }
    assert.deepEqual(await recordRule(ada, { of: ['tissue'], words, days: 30 }), { ok: false, reason: 'no-category' })
    assert.deepEqual(await recordRule(ada, { of: ['routine'], words: ' all of it ', days: 30 }), { ok: false, reason: 'few-words' })
    assert.deepEqual(await inTransaction(ada, tx => standingRules(tx)), [])
  })

  test('the care team records and ends none, and who does not treat sees none', async () => {
    await assert.rejects(recordRule(nurse, { of: ['routine'], words, days: 30 }), NotAllowed)
    const made = await recordRule(ada, { of: ['routine'], words, days: 30 })
    assert.ok(made.ok)
    await assert.rejects(endRule(nurse, made.id), NotAllowed)
    await assert.rejects(rule('routine', desk), NotAllowed)
    assert.equal((await rule('routine'))!.id, made.id)
    await endRule(ada, made.id)
  })

  test('a beginning is added, changed and taken out by those who treat, each time an event', async () => {
    const all = () => inTransaction(nurse, tx => listTemplates(tx))
    const before = await all()
    assert.ok(before.length >= 4 && before.every(one => one.en.includes('__') && one.es.includes('__')))
    assert.deepEqual(await keepTemplate(nurse, { name: ' Sugar ', en: 'Your sugar is __.', es: '' }), { ok: true })
    const added = (await all()).at(-1)!
    assert.deepEqual([added.name, added.en, added.es], ['Sugar', 'Your sugar is __.', ''])
    assert.deepEqual(await keepTemplate(ada, { id: added.id, name: 'Sugar', en: 'Your sugar is well: __.', es: 'Su azúcar está bien: __.' }), { ok: true })
    assert.equal((await all()).at(-1)!.en, 'Your sugar is well: __.')
    assert.equal((await all()).length, before.length + 1)
    await dropTemplate(nurse, added.id)
    assert.deepEqual(await all(), before)
    assert.deepEqual([await events('review.template-kept'), await events('review.template-dropped')], [2, 1])
  })

  test('a beginning without words, or too long, is refused; one that is not there is not found; sixty are the most', async () => {
    assert.deepEqual(await keepTemplate(ada, { name: ' ', en: 'Words', es: '' }), { ok: false, reason: 'no-words' })
    assert.deepEqual(await keepTemplate(ada, { name: 'Name', en: ' ', es: 'Palabras' }), { ok: false, reason: 'no-words' })
    assert.deepEqual(await keepTemplate(ada, { name: 'Name', en: 'x'.repeat(1_000_000), es: '' }), { ok: false, reason: 'too-long' })
    assert.deepEqual(await keepTemplate(ada, { name: 'Name', en: 'Words', es: 'x'.repeat(2_001) }), { ok: false, reason: 'too-long' })
    await assert.rejects(keepTemplate(ada, { id: randomUUID(), name: 'Name', en: 'Words', es: '' }), NotFound)
    await assert.rejects(keepTemplate(desk, { name: 'Name', en: 'Words', es: '' }), NotAllowed)
    await assert.rejects(dropTemplate(ada, randomUUID()), NotFound)
    await t.db.owner.query("insert into review.template (place, name, en, changed_at) select n, 'Filler', 'Words', now() from generate_series(100, 170) as n")
    assert.deepEqual(await keepTemplate(ada, { name: 'Name', en: 'Words', es: '' }), { ok: false, reason: 'too-many' })
  })
})
