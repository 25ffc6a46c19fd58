import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { askAboutUnopened } from './ask-about-unopened.ts'

describe('a result that nobody opens', () => {
  let t: TestHouse
  before(async () => { t = await aHouse({ now: '2026-11-23T15:00:00Z' }); await aPractice(t) })
  after(() => t.close())
  const ask = () => askAboutUnopened(t.system('records.release'))
  const tasks = async () => (await t.db.owner.query("select title, patient_id, done_at from work.task where kind = 'unopened-result'")).rows

  test('R20 outside the range and unopened for seven days: somebody calls, once; in the range, opened, or of one who died: nobody does', async () => {
    const people = ['high', 'fine', 'read', 'dead'].map((id, index) => fhir.patient(id, { birthDate: `195${index}-02-03` }))
    const ids = await bringRecords(t, 'lab', [...people, fhir.lab('a', '2345-7', 190, range(70, 99, 'H'), 'high'), fhir.lab('b', '2345-7', 90, range(70, 99, 'N'), 'fine'), fhir.lab('c', '2345-7', 190, range(70, 99, 'H'), 'read'), fhir.lab('d', '2345-7', 190, range(70, 99, 'H'), 'dead')])
    await t.db.owner.query('update records.life set seen_at = now(), seen_by = gen_random_uuid() where patient_id = $1', [ids.get('read')])
    await t.db.owner.query('update records.patient set is_deceased = true where id = $1', [ids.get('dead')])
    t.setNow('2026-11-30T14:59:59Z')
    assert.equal(await ask(), 0)
    t.setNow('2026-11-30T15:00:00Z')
    assert.equal(await ask(), 1)
    assert.deepEqual((await tasks()).map(task => task.patient_id), [ids.get('high')])
    assert.doesNotMatch((await tasks())[0].title, /result|sugar|glucose/i)
    await t.db.owner.query("update work.task set done_at = now(), done_by = gen_random_uuid() where kind = 'unopened-result'")
    assert.equal(await ask(), 0, 'once for ever')
    assert.equal((await tasks()).length, 1)
  })
})
