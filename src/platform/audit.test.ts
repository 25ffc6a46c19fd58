import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { audit } from '#platform/audit.ts'
import { attempt, inTransaction, speakAs, sql } from '#platform/db.ts'
import { aHouse, ctxOf, patientActor, type TestHouse } from '#test/ctx.ts'

describe('what the audit log is told', () => {
  let t: TestHouse
  before(async () => { t = await aHouse() })
  after(() => t.close())
  const told = async (personId: string) => (await t.db.owner.query('select action, actor_kind, person_id, patient_id, kind, ids, detail from audit.event where person_id = $1 order by id', [personId])).rows

  test('goes with the commit, in the order in which it was told, as the one who told it', async () => {
    const [actor, ids] = [patientActor(randomUUID()), [randomUUID(), randomUUID()]]
    await inTransaction(ctxOf(t.house, actor), async tx => {
      await audit(tx, 'results.viewed', { patientId: actor.patientId, kind: 'result', ids })
      await audit(tx, 'record.viewed', { detail: { words: 'it’s \\ "quoted" \'; drop table audit.event; --' } })
    })
    const who = { actor_kind: 'patient', person_id: actor.personId }
    assert.deepEqual(await told(actor.personId), [
      { action: 'results.viewed', ...who, patient_id: actor.patientId, kind: 'result', ids, detail: {} },
      { action: 'record.viewed', ...who, patient_id: null, kind: null, ids: [], detail: { words: 'it’s \\ "quoted" \'; drop table audit.event; --' } },
    ])
  })
  test('is gone with a transaction or a part of one that was undone', async () => {
    const actor = patientActor(randomUUID())
    await assert.rejects(inTransaction(ctxOf(t.house, actor), async tx => { await audit(tx, 'results.viewed'); throw new Error('no') }), /^Error: no$/)
    await inTransaction(ctxOf(t.house, actor), async tx => {
      await audit(tx, 'notes.viewed')
      const outcome = await attempt(tx, async inner => {
        await audit(inner, 'results.viewed')
        await sql`insert into platform.rate_count values ('twice', 'x', now(), 1), ('twice', 'x', now(), 1)`.execute(inner.db.kysely)
      })
      assert.equal(outcome.ok, false)
    })
    assert.deepEqual((await told(actor.personId)).map(({ action }) => action), ['notes.viewed'])
  })
  test('that cannot be kept undoes what it was about', async () => {
    const actor = patientActor(randomUUID())
    await assert.rejects(inTransaction(ctxOf(t.house, actor), async tx => {
      await sql`insert into platform.rate_count values ('untold', ${actor.personId}, now(), 1)`.execute(tx.db.kysely)
      await audit(tx, 'not an action')
    }), { code: '23514' })
    assert.deepEqual((await t.db.owner.query("select from platform.rate_count where action = 'untold'")).rows, [])
  })
  test('speaks for nobody else: not when the actor says another’s name, and not for whom the transaction speaks later', async () => {
    const [one, other] = [patientActor(randomUUID()), patientActor(randomUUID())]
    await assert.rejects(inTransaction(ctxOf(t.house, one), tx => audit({ ...tx, actor: other }, 'results.viewed')), { code: '42501' })
    await inTransaction(ctxOf(t.house, one), async tx => {
      await audit(tx, 'results.viewed')
      await audit(await speakAs(tx, other), 'notes.viewed')
    })
    assert.deepEqual([...await told(one.personId), ...await told(other.personId)].map(({ action, person_id }) => [action, person_id]), [['results.viewed', one.personId], ['notes.viewed', other.personId]])
  })
})
