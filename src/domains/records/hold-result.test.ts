import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotAllowed, NotFound } from '#platform/errors.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { aRunningHouse } from '#test/running.ts'
import { signedInAs } from '#test/signed-in.ts'
import { endHold, holdResult } from './hold-result.ts'
import { openDue } from './open-due.ts'

const monday = '2026-11-23T15:00:00Z'
const words = 'She has told me of a plan to end her life if the cancer is back; I see her at four.'

describe('holding one result back for safety', () => {
  let t: TestHouse
  let ada: Ctx<StaffActor>, desk: Ctx<StaffActor>
  let count = 0
  before(async () => {
    t = await aHouse({ now: monday })
    await aPractice(t)
    const as = async (role: 'clinician' | 'care-team') => ctxOf(t.house, staffActor([role], (await aStaffPerson(t, { roles: [role] })).personId))
    ;[ada, desk] = [await as('clinician'), await as('care-team')]
  })
  after(() => t.close())
  beforeEach(() => t.setNow(monday))

  /** A result that its patient asked to wait with: not open yet. */
  async function aWaiting(): Promise<{ lifeId: string; patientId: string }> {
    const id = `h${++count}`
    const people = await bringRecords(t, `lab-${count}`, [fhir.patient(id, { birthDate: `19${40 + count}-05-06` })])
    const patientId = people.get(id)!
    await t.db.owner.query("insert into release.agreement (patient_id, category, condition, longest_days, made_at, made_by, channel, words_shown) values ($1, 'routine', 'until-review', 3, $2, gen_random_uuid(), 'portal', 'The words that were shown.')", [patientId, monday])
    await bringRecords(t, `lab-${count}`, [fhir.lab('a', '2345-7', 90, range(70, 99, 'N'), id)])
    return { patientId, lifeId: (await t.db.owner.query('select id from records.life where patient_id = $1', [patientId])).rows[0].id }
  }
  const life = async (id: string) => (await t.db.owner.query('select * from records.life where id = $1', [id])).rows[0]
  const finding = (more: object = {}) => ({ danger: 'life', words, knowsPatient: true, days: 7, ...more })

  test('R9 for life or safety, in twenty letters or more, by a clinician who knows the patient: seven days at most', async () => {
    const { lifeId } = await aWaiting()
    assert.deepEqual(await holdResult(ada, lifeId, finding({ danger: 'distress' })), { ok: false, reason: 'distress' })
    assert.deepEqual(await holdResult(ada, lifeId, finding({ danger: 'abnormal' })), { ok: false, reason: 'no-danger' })
    assert.deepEqual(await holdResult(ada, lifeId, finding({ words: 'Too upsetting.' })), { ok: false, reason: 'few-words' })
    assert.deepEqual(await holdResult(ada, lifeId, finding({ knowsPatient: false })), { ok: false, reason: 'not-attested' })
    await assert.rejects(holdResult(desk, lifeId, finding()), NotAllowed)
    assert.deepEqual(await holdResult(ada, lifeId, finding({ days: 90 })), { ok: true, until: new Date('2026-11-30T15:00:00Z') })
    assert.deepEqual(await holdResult(ada, lifeId, finding()), { ok: false, reason: 'already' })
    assert.equal((await life(lifeId)).held_by, 'harm')
    await assert.rejects(holdResult(ada, randomUUID(), finding()), NotFound)
  })
  test('R9 it ends by itself', async () => {
    const { lifeId } = await aWaiting()
    await holdResult(ada, lifeId, finding({ days: 7 }))
    t.setNow('2026-11-30T15:00:00Z')
    assert.ok(await openDue(t.system('records.release')) >= 1)
    assert.ok((await life(lifeId)).released_at)
  })
  test('R9 when the danger is over, what else holds it counts again', async () => {
    const { lifeId } = await aWaiting()
    const before = await life(lifeId)
    await holdResult(ada, lifeId, finding())
    await endHold(ada, lifeId)
    const now = await life(lifeId)
    assert.equal(now.held_by, 'patient')
    assert.deepEqual(now.opens_at, before.opens_at)
    await assert.rejects(endHold(ada, lifeId), NotFound)
  })
  test('R9 what is open is not taken back', async () => {
    const { lifeId } = await aWaiting()
    await t.db.owner.query('update records.life set released_at = now() where id = $1', [lifeId])
    assert.deepEqual(await holdResult(ada, lifeId, finding()), { ok: false, reason: 'open-already' })
  })
  test('R6 the database takes no fourth kind of hold, and no distress', async () => {
    const { lifeId, patientId } = await aWaiting()
    await assert.rejects(t.db.owner.query("update records.life set held_by = 'until-reviewed' where id = $1", [lifeId]), { code: '23514' })
    await assert.rejects(t.db.owner.query("insert into release.finding (patient_id, life_id, danger, words, knows_patient, found_at, found_by, until) values ($1, $2, 'distress', $3, true, now(), gen_random_uuid(), now() + interval '1 day')", [patientId, lifeId, words]), { code: '23514' })
    await assert.rejects(t.db.owner.query("insert into release.agreement (patient_id, category, condition, longest_days, made_at, made_by, channel, words_shown) values ($1, 'genetic', 'until-review', 15, now(), gen_random_uuid(), 'portal', 'The words that were shown.')", [patientId]), { code: '23514' })
  })
  test('R10 a rule for the whole practice is refused with the reason: 422', async () => {
    const house = await aRunningHouse({ now: monday })
    try {
      const manager = await signedInAs(house, { roles: ['manager'], personId: (await aStaffPerson(house, { roles: ['manager'] })).personId })
      for (const wanted of ['after-review', 'after-days', 'hold-abnormal', '']) {
        const answer = await manager.post('/console/release', { default: wanted })
        assert.equal(answer.status, 422, wanted)
        assert.match(await answer.text(), /likely information blocking/)
      }
      assert.equal((await manager.post('/console/release', { default: 'at-once' })).status, 200)
    } finally { await house.close() }
  })
})
