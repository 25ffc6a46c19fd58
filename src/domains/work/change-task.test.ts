import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Ctx, Role, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { NotAllowed, NotFound } from '#platform/errors.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { finishTask, handOverTask, snoozeTask, takeTask } from './change-task.ts'
import { escalateTasks } from './escalate-tasks.ts'
import { countTasks, listTasks, readTask, type TaskList } from './list-tasks.ts'
import { openTask } from './open-task.ts'
import { addShift, listShifts, removeShift } from './plan-on-call.ts'

/** A Monday, ten in the morning in New York; the place is open from eight to five. */
const monday = Date.parse('2026-11-23T15:00:00Z')
const hour = 3_600_000
let t: TestHouse
let robin: Ctx<StaffActor>, sam: Ctx<StaffActor>, nurse: Ctx<StaffActor>, manager: Ctx<StaffActor>
before(async () => {
  t = await aHouse()
  await aPractice(t)
  const works = async (name: string, ...roles: Role[]) => ctxOf(t.house, staffActor(roles, (await aStaffPerson(t, { name, roles })).personId))
  robin = await works('Robin', 'front-desk')
  sam = await works('Sam', 'front-desk')
  nurse = await works('Nora', 'care-team')
  manager = await works('Mo', 'manager')
})
after(() => t.close())
beforeEach(async () => { t.setNow(new Date(monday)); await t.db.owner.query('truncate work.task cascade') })
const later = (hours: number) => t.setNow(new Date(monday + hours * hour))
const opened = (more: object = {}) => inTransaction(t.visitor(), tx => openTask(tx, { kind: 'contact', title: 'A question', pool: 'front-desk', dueInBusinessMinutes: 8 * 60, ...more }))
const ids = async (who: Ctx<StaffActor>, list: TaskList) => (await inTransaction(who, tx => listTasks(tx, list))).map(({ id }) => id)
const read = async (id: string) => (await inTransaction(robin, tx => readTask(tx, id)))!

describe('a piece of work', () => {
  test('has a pool and a due time in open hours from its first second, and is one about its subject', async () => {
    const subject = { type: 'letter', id: randomUUID() }
    const [id, again] = [await opened({ subject }), await opened({ subject })]
    assert.equal(again, id)
    const { dueAt, pool, ownerId, isEscalated } = await read(id)
    assert.deepEqual([dueAt.toISOString(), pool, ownerId, isEscalated], ['2026-11-24T14:00:00.000Z', 'front-desk', null, false])   // seven hours on Monday, one on Tuesday
    assert.deepEqual([await ids(robin, 'pool'), await ids(nurse, 'pool')], [[id], []])
  })
  test('belongs to who takes it first; the other is told, and it leaves the pool', async () => {
    const id = await opened()
    const both = await Promise.all([takeTask(robin, id), takeTask(sam, id)])
    assert.deepEqual(both.map(one => ('reason' in one ? one.reason : 'ok')).sort(), ['ok', 'taken-by-another'])
    const [mine, theirs] = 'reason' in both[0]! ? [sam, robin] : [robin, sam]
    assert.deepEqual([await ids(mine, 'mine'), await ids(theirs, 'mine'), await ids(theirs, 'pool')], [[id], [], []])
    assert.deepEqual(await inTransaction(mine, countTasks), { mine: 1, pool: 0, overdue: 0 })
  })
  test('handed over is free for the other pool, with the reason in its history', async () => {
    const id = await opened()
    await takeTask(robin, id)
    assert.ok((await handOverTask(robin, id, 'care-team', 'About a medicine.')).ok)
    assert.deepEqual([await ids(robin, 'mine'), await ids(nurse, 'pool')], [[], [id]])
    assert.deepEqual((await read(id)).steps.map(({ step, note, by }) => [step, note, by]).slice(-2), [['taken', '', robin.actor.personId], ['handed-over', 'About a medicine.', robin.actor.personId]])
  })
  test('put off is out of sight until then, a month at most, and due when it was due', async () => {
    const id = await opened()
    const { dueAt } = await read(id)
    for (const wrong of [0, -1, 30 * 24 + 1]) assert.deepEqual(await snoozeTask(robin, id, new Date(monday + wrong * hour)), { ok: false, reason: 'bad-time' })
    assert.ok((await snoozeTask(robin, id, new Date(monday + 48 * hour))).ok)
    assert.deepEqual([await ids(robin, 'mine'), await ids(robin, 'snoozed'), (await read(id)).dueAt], [[], [id], dueAt])
    assert.deepEqual(await snoozeTask(sam, id, new Date(monday + 72 * hour)), { ok: false, reason: 'taken-by-another' })
    later(48)
    assert.deepEqual([await ids(robin, 'mine'), await ids(robin, 'overdue')], [[id], [id]])
  })
  test('is done once, and then nobody changes it', async () => {
    const id = await opened()
    const both = await Promise.all([finishTask(robin, id, 'Called back.'), finishTask(sam, id, 'Wrote back.')])
    assert.equal(both.filter(({ ok }) => ok).length, 1)
    for (const change of [takeTask(nurse, id), handOverTask(nurse, id, 'billing', ''), snoozeTask(nurse, id, new Date(monday + hour)), finishTask(nurse, id, '')]) assert.deepEqual(await change, { ok: false, reason: 'already-done' })
    assert.equal((await read(id)).steps.filter(({ step }) => step === 'done').length, 1)
    assert.equal((await t.db.owner.query("select from audit.event where action = 'work.done' and $1 = any (ids)", [id])).rowCount, 1)
  })
  test('that is past due goes to the manager, once, and stays with whom it is; put off or not', async () => {
    const [late, putOff, done, young] = [await opened(), await opened(), await opened(), await opened({ dueAt: new Date(monday + 96 * hour) })]
    await takeTask(robin, late)
    await snoozeTask(robin, putOff, new Date(monday + 200 * hour))
    await finishTask(robin, done, '')
    const escalate = () => escalateTasks(t.system('work.escalate'))
    assert.equal(await escalate(), 0)
    later(24)
    assert.equal(await escalate(), 2)
    assert.equal(await escalate(), 0)
    assert.deepEqual([(await read(late)).isEscalated, (await read(putOff)).isEscalated, (await read(done)).isEscalated, (await read(young)).isEscalated], [true, true, false, false])
    assert.deepEqual((await ids(manager, 'overdue')).sort(), [late, putOff].sort())
    assert.equal((await read(late)).ownerId, robin.actor.personId)
    const free = await opened({ dueAt: new Date(monday + 25 * hour) })
    assert.ok(!(await ids(manager, 'pool')).includes(free))
    later(26)
    await escalate()
    assert.ok((await ids(manager, 'pool')).includes(free))
  })
  test('that is not there is not found', async () => {
    await assert.rejects(takeTask(robin, randomUUID()), NotFound)
    assert.equal(await inTransaction(robin, tx => readTask(tx, randomUUID())), undefined)
  })
})

describe('who is on call', () => {
  const shift = (from: number, to: number) => ({ personId: nurse.actor.personId, name: 'Nora', phone: '802 555 0142', startsAt: new Date(monday + from * hour), endsAt: new Date(monday + to * hour) })
  test('is planned by the manager alone, one at a time, and seen by all who work here', async () => {
    const first = await addShift(manager, shift(0, 12))
    assert.ok(first.ok)
    assert.deepEqual(await addShift(manager, shift(11, 20)), { ok: false, reason: 'overlaps' })
    assert.deepEqual(await addShift(manager, shift(5, 5)), { ok: false, reason: 'bad-time' })
    assert.ok((await addShift(manager, shift(12, 24))).ok, 'one begins when the other ends')
    await assert.rejects(addShift(robin, shift(30, 40)), NotAllowed)
    await assert.rejects(removeShift(robin, first.id), NotAllowed)
    assert.deepEqual((await inTransaction(robin, listShifts)).map(({ name, phone }) => [name, phone]), [['Nora', '802 555 0142'], ['Nora', '802 555 0142']])
    later(12)
    assert.equal((await inTransaction(robin, listShifts)).length, 1)
    await removeShift(manager, first.id)
    await assert.rejects(removeShift(manager, first.id), NotFound)
  })
})
