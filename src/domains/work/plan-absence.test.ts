import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { NotAllowed, NotFound } from '#platform/errors.ts'
import type { Role } from '#platform/ctx.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { finishTask, handOverTask, takeTask } from './change-task.ts'
import { listTasks } from './list-tasks.ts'
import { openTasksEach } from './open-task.ts'
import { addAbsence, endAbsence, listAbsences, setBackup } from './plan-absence.ts'
import { ownersAbout, settleOwners, subjectsOfOwn } from './settle-owners.ts'

const monday = '2026-11-23T15:00:00Z'
const at = (hours: number) => new Date(Date.parse(monday) + hours * 3_600_000)

describe('whose a result is while somebody is away', () => {
  let t: TestHouse
  type Person = Awaited<ReturnType<typeof person>>
  let ada: Person, ben: Person, cleo: Person, boss: Person
  const person = async (name: string, roles: readonly Role[]) => { const { personId } = await aStaffPerson(t, { name, roles }); return { id: personId, ctx: ctxOf(t.house, staffActor(roles, personId)) } }
  before(async () => {
    t = await aHouse({ now: monday })
    ada = await person('Ada Bell', ['clinician']); ben = await person('Ben Cole', ['clinician']); cleo = await person('Cleo Dunn', ['clinician']); boss = await person('Max Field', ['manager'])
    await setBackup(boss.ctx, cleo.id)
  })
  after(() => t.close())
  beforeEach(async () => {
    t.setNow(monday)
    await t.db.owner.query("update work.absence set ended_at = $1, ended_by = made_by where ended_at is null", [monday])
    await t.db.owner.query("update work.task set done_at = $1 where done_at is null", [monday])
  })

  /** A result that waits for somebody. */
  async function aReview(ownerId?: string, { hours = 40 } = {}): Promise<{ taskId: string; subject: string }> {
    const subject = randomUUID()
    await inTransaction(t.system('records.import'), tx => openTasksEach(tx, [{ kind: 'result-review', title: 'A result waits', pool: 'clinician', ownerId, patientId: randomUUID(), subject: { type: 'life', id: subject }, dueAt: new Date(t.house.now().getTime() + hours * 3_600_000) }]))
    return { subject, taskId: (await t.db.owner.query('select id from work.task where subject_id = $1', [subject])).rows[0].id }
  }
  const ownerOf = async ({ taskId }: { taskId: string }) => (await t.db.owner.query('select owner_id from work.task where id = $1', [taskId])).rows[0].owner_id as string | null
  const settle = () => settleOwners(t.system('work.owners'))
  const away = (who: Person, cover: Person, from: number, until: number, by = boss) => addAbsence(by.ctx, { personId: who.id, coverId: cover.id, startsAt: at(from), endsAt: at(until) })

  test('R15 what is hers, and what comes in, goes to who stands in, and what is untouched comes back', async () => {
    const before = await aReview(ada.id)
    assert.equal(await ownerOf(before), ada.id)
    assert.ok((await away(ada, ben, -1, 30)).ok)
    const during = await aReview(ada.id)
    assert.deepEqual([await ownerOf(before), await ownerOf(during)], [ben.id, ben.id])
    assert.deepEqual((await inTransaction(ben.ctx, tx => subjectsOfOwn(tx, 'result-review'))).sort(), [before.subject, during.subject].sort())
    await takeTask(ben.ctx, during.taskId)
    t.setNow(at(30))
    await settle()
    assert.deepEqual([await ownerOf(before), await ownerOf(during)], [ada.id, ben.id], 'what he took stays his')
    assert.deepEqual((await inTransaction(ada.ctx, tx => ownersAbout(tx, { kind: 'result-review', type: 'life', ids: [before.subject, during.subject] }))).get(during.subject), ben.id)
  })

  test('an absence ahead changes nothing until it begins; back early, it all comes back at once', async () => {
    const one = await aReview(ada.id)
    const planned = await away(ada, ben, 2, 30, ada)
    assert.ok(planned.ok)
    assert.equal(await ownerOf(one), ada.id)
    t.setNow(at(3))
    assert.equal(await settle(), 1)
    assert.equal(await settle(), 0)
    assert.equal(await ownerOf(one), ben.id)
    await endAbsence(ada.ctx, planned.id)
    assert.equal(await ownerOf(one), ada.id)
    await assert.rejects(endAbsence(ada.ctx, planned.id), NotFound)
    assert.equal((await t.db.owner.query("select count(*)::int as n from audit.event where action in ('work.absence-planned', 'work.absence-ended') and $1 = any (ids)", [planned.id])).rows[0].n, 2)
  })

  test('who stands in for who stands in; a circle, and a cover who has left, end with the backup clinician', async () => {
    const one = await aReview(ada.id)
    await away(ada, ben, -1, 30)
    await t.db.owner.query('insert into work.absence (person_id, cover_id, starts_at, ends_at, made_at, made_by) values ($1, $2, $3, $4, $3, $1)', [ben.id, cleo.id, at(-1), at(30)])
    await settle()
    assert.equal(await ownerOf(one), cleo.id)
    await t.db.owner.query('update work.absence set cover_id = $2 where person_id = $1 and ended_at is null', [ben.id, ada.id])
    await settle()
    assert.equal(await ownerOf(one), cleo.id)
  })

  test('a clinician plans for themselves and the manager for all; who treats nobody plans nothing', async () => {
    await assert.rejects(away(ben, cleo, 1, 2, ada), NotAllowed)
    const nurse = await person('Nia Orr', ['care-team'])
    const desk = await person('Dee Park', ['front-desk'])
    await assert.rejects(away(ada, ben, 1, 2, nurse), NotAllowed)
    await assert.rejects(inTransaction(desk.ctx, tx => listAbsences(tx)), NotAllowed)
    await assert.rejects(setBackup(ada.ctx, ada.id), NotAllowed)
    const reason = async (outcome: ReturnType<typeof away>) => { const said = await outcome; return said.ok ? 'ok' : said.reason }
    assert.equal(await reason(away(ada, ada, 1, 2)), 'same-person')
    assert.equal(await reason(away(ada, nurse, 1, 2)), 'no-cover')
    assert.equal(await reason(away(nurse, ada, 1, 2)), 'no-clinician')
    assert.equal(await reason(away(ada, ben, 2, 1)), 'bad-time')
    assert.equal(await reason(away(ada, ben, -3, -2)), 'bad-time')
    assert.equal(await reason(away(ada, ben, 1, 400 * 24)), 'bad-time')
    assert.equal(await reason(addAbsence(boss.ctx, { personId: ada.id, coverId: ben.id, startsAt: new Date(Number.NaN), endsAt: at(1) })), 'bad-time')
    assert.equal(await reason(away(ada, ben, 1, 5)), 'ok')
    assert.equal(await reason(away(ada, cleo, 4, 6)), 'overlaps')
    assert.equal(await reason(away(cleo, ada, 2, 3)), 'cover-away')
    assert.deepEqual(await setBackup(boss.ctx, nurse.id), { ok: false, reason: 'no-cover' })
  })

  test('two who plan the same absence at once: one of them hears that it stands', async () => {
    const outcomes = await Promise.all([away(ada, ben, 1, 5), away(ada, cleo, 2, 6, ada)])
    assert.deepEqual(outcomes.map(one => (one.ok ? 'ok' : one.reason)).sort(), ['ok', 'overlaps'])
  })

  test('R15 overdue: the backup clinician, and a day later the manager, in whose inbox it stands', async () => {
    const [one, urgent] = [await aReview(ada.id), await aReview(cleo.id, { hours: 1 })]
    t.setNow(at(1))
    await settle()
    assert.deepEqual([await ownerOf(one), [ada.id, ben.id].includes((await ownerOf(urgent))!)], [ada.id, true])
    t.setNow(at(2))
    await settle()
    assert.equal(await ownerOf(urgent), boss.id, 'a critical one an hour later')
    t.setNow(at(40))
    await settle()
    assert.equal(await ownerOf(one), cleo.id)
    assert.equal(await settle(), 0)
    t.setNow(at(64))
    await settle()
    assert.equal(await ownerOf(one), boss.id)
    assert.ok((await inTransaction(boss.ctx, tx => listTasks(tx, 'mine'))).some(task => task.id === one.taskId))
    assert.ok(!(await inTransaction(ada.ctx, tx => listTasks(tx, 'pool'))).some(task => task.id === one.taskId))
    await handOverTask(boss.ctx, one.taskId, 'clinician', 'Please look today.')
    assert.ok([ada.id, ben.id, cleo.id].includes((await ownerOf(one))!))
    assert.equal(await settle(), 0, 'and it stays where the manager gave it')
  })

  test('a result is finished by looking at it, and whoever gives it back gives it to somebody else', async () => {
    const one = await aReview(ada.id)
    assert.deepEqual(await finishTask(ada.ctx, one.taskId, 'done'), { ok: false, reason: 'needs-look' })
    await handOverTask(ada.ctx, one.taskId, 'clinician', '')
    assert.ok([ben.id, cleo.id].includes((await ownerOf(one))!))
  })
})
