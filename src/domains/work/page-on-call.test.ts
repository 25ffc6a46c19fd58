import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { finishTask } from './change-task.ts'
import { callsAbout, listPages } from './list-pages.ts'
import { acknowledgePage, pageOnCall, recordCall, sendPages } from './page-on-call.ts'
import { addShift } from './plan-on-call.ts'

const night = Date.parse('2026-11-25T07:00:00Z')
const minute = 60_000

describe('a page to whoever is on call', () => {
  let t: TestHouse
  let ada: Ctx<StaffActor>, manager: Ctx<StaffActor>
  const emails: Record<string, string> = {}
  before(async () => {
    t = await aHouse({ now: new Date(night).toISOString() })
    await aPractice(t)
    const person = async (name: string, roles: StaffActor['roles']) => { const one = await aStaffPerson(t, { name, roles }); emails[name] = one.email; return ctxOf(t.house, staffActor(roles, one.personId)) }
    ada = await person('Ada', ['clinician'])
    await person('Ben', ['clinician'])
    await person('Desk', ['front-desk'])
    manager = await person('Mo', ['manager'])
    await addShift(manager, { personId: ada.actor.personId, name: 'Ada', phone: '802 555 0100', startsAt: new Date(night - 3_600_000), endsAt: new Date(night + 8 * 3_600_000) })
  })
  after(() => t.close())
  beforeEach(async () => { t.setNow(new Date(night)); await t.db.owner.query('update work.page set next_at = null'); await t.db.owner.query('delete from platform.mail') })

  const job = () => t.system('work.page')
  const page = (subject = randomUUID()) => inTransaction(t.system('records.import'), tx => pageOnCall(tx, { kind: 'critical-result', title: 'A result needs quick action', body: 'secretword', subject: { type: 'life', id: subject } }))
  const mailed = async () => (await t.db.owner.query<{ to_address: string }>('select to_address from platform.mail order by to_address')).rows.map(row => row.to_address)
  const open = () => inTransaction(ada, tx => listPages(tx, { isOpen: true }))
  const calls = (subject: string) => inTransaction(job(), tx => callsAbout(tx, { type: 'life', ids: [subject] }))
  const sorted = (...names: string[]) => names.map(name => emails[name]!).sort()

  test('R11 three times to the one on call, fifteen minutes apart, then to all clinicians and the manager', async () => {
    await page()
    for (let round = 0; round < 3; round++) {
      t.setNow(new Date(night + round * 15 * minute))
      assert.equal(await sendPages(job()), 1)
      assert.equal(await sendPages(job()), 0, 'the same minute sends nothing twice')
      assert.deepEqual(await mailed(), Array(round + 1).fill(emails.Ada))
    }
    t.setNow(new Date(night + 44 * minute + 59_000))
    assert.equal(await sendPages(job()), 0)
    t.setNow(new Date(night + 45 * minute))
    assert.equal(await sendPages(job()), 1)
    assert.deepEqual(await mailed(), [...Array(3).fill(emails.Ada), ...sorted('Ada', 'Ben', 'Mo')].sort())
  })

  test('R11 with nobody on call, to all at once', async () => {
    t.setNow(new Date(night + 12 * 3_600_000))
    await page()
    await sendPages(job())
    assert.deepEqual(await mailed(), sorted('Ada', 'Ben', 'Mo'))
  })

  test('R11 a mail says nothing of what it is about', async () => {
    await page()
    await sendPages(job())
    const { rows } = await t.db.owner.query('select * from platform.mail')
    assert.doesNotMatch(JSON.stringify(rows), /secretword|result/i)
  })

  test('R11+ whoever has seen it stops the paging; only a call that is written down ends it', async () => {
    const taskId = await page()
    await sendPages(job())
    assert.deepEqual(await acknowledgePage(ada, taskId), { ok: true })
    t.setNow(new Date(night + 60 * minute))
    assert.equal(await sendPages(job()), 0)
    assert.deepEqual(await finishTask(ada, taskId, 'done'), { ok: false, reason: 'needs-call' })
    assert.ok((await open()).some(one => one.taskId === taskId))
    assert.deepEqual(await recordCall(ada, taskId, { spokeWith: 'x', outcome: 'ok' }), { ok: false, reason: 'need-words' })
    assert.deepEqual(await recordCall(ada, taskId, { spokeWith: 'The patient', outcome: 'Goes to the hospital now.' }), { ok: true })
    assert.deepEqual(await recordCall(ada, taskId, { spokeWith: 'The patient', outcome: 'Goes to the hospital now.' }), { ok: false, reason: 'already-done' })
    assert.ok(!(await open()).some(one => one.taskId === taskId))
  })

  test('R11 the same subject pages once while it is open, and its call is found by it', async () => {
    const subject = randomUUID()
    const [one, two] = [await page(subject), await page(subject)]
    assert.equal(one, two)
    assert.equal((await calls(subject)).size, 0)
    await recordCall(ada, one, { spokeWith: 'The patient', outcome: 'Goes to the hospital now.' })
    assert.equal((await calls(subject)).get(subject)?.getTime(), night)
  })

  test('reading the list of pages is an event in the record of each who stands in it', async () => {
    const patientId = randomUUID()
    await inTransaction(t.system('records.import'), tx => pageOnCall(tx, { kind: 'critical-result', title: 'Call', body: '', patientId, subject: { type: 'life', id: randomUUID() } }))
    const seen = async () => (await t.db.owner.query("select person_id from audit.event where action = 'work.pages-listed' and patient_id = $1", [patientId])).rows
    assert.deepEqual(await seen(), [])
    await open()
    assert.deepEqual(await seen(), [{ person_id: ada.actor.personId }])
  })
})
