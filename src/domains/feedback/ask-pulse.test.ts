import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { inTransaction } from '#platform/db.ts'
import { NotAllowed } from '#platform/errors.ts'
import { mayActFor } from '#platform/scope.ts'
import { answerPulse, countPulse, drawPulse, monthOf, pulseFor } from './ask-pulse.ts'
import { aHouse, ctxOf, patientActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'

test('the pulse is a draw that can be done again: the same for the same person and month, one in five, each question alike', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), fc.uuid(), (seed, person) => drawPulse(seed, person, '2026-11-01') === drawPulse(seed, person, '2026-11-01')))
  const drawn = Array.from({ length: 5_000 }, (_, index) => drawPulse(7, `person-${index}`, '2026-11-01')).filter(question => question !== null)
  assert.ok(drawn.length > 900 && drawn.length < 1_100, String(drawn.length))
  for (const question of ['understood', 'worried', 'respected']) assert.ok(drawn.filter(one => one === question).length > 250)
})

describe('the one question after reading', { timeout: 60_000 }, () => {
  let house: TestHouse
  before(async () => { house = await aHouse() })
  after(() => house.close())

  /** Somebody who is drawn this month, or is not. */
  async function aReader(isDrawn: boolean) {
    const { rows } = await house.db.owner.query<{ seed: number }>('select seed from feedback.pulse_seed')
    for (;;) {
      const one = await aPatientPerson(house)
      if ((drawPulse(rows[0]!.seed, one.personId, monthOf(house.house.now())) !== null) === isDrawn) return ctxOf(house.house, patientActor(one.patientId, one.personId))
    }
  }
  const asked = (ctx: Awaited<ReturnType<typeof aReader>>) => inTransaction(ctx, tx => pulseFor(tx))

  test('is asked of who is drawn, at most once a month, and of nobody else', async () => {
    house.setNow('2026-11-23T15:00:00Z')
    const [drawn, other] = [await aReader(true), await aReader(false)]
    const question = await asked(drawn)
    assert.ok(question)
    for (const ctx of [drawn, drawn, other]) await answerPulse(ctx, await mayActFor(ctx, ctx.actor.patientId), { about: 'result', answer: 'yes' })
    assert.equal(await asked(drawn), null)
    const { rows } = await house.db.owner.query('select question, answer, about from feedback.pulse')
    assert.deepEqual(rows, [{ question, answer: 'yes', about: 'result' }])
  })

  test('is told as counts alone: fewer than eleven are hidden, and no role sees a row', async () => {
    const put = (question: string, answer: string, times: number) => house.db.owner.query(
      `insert into feedback.pulse (patient_id, person_id, month, about, question, answer, answered_at) select gen_random_uuid(), gen_random_uuid(), '2026-10-01', 'note', $1, $2, '2026-10-05' from generate_series(1, $3)`, [question, answer, times])
    await house.db.owner.query('delete from feedback.pulse')
    await put('respected', 'yes', 11)
    await put('respected', 'no', 10)
    const manager = ctxOf(house.house, staffActor(['manager'], (await aStaffPerson(house, { roles: ['manager'] })).personId))
    assert.deepEqual(await inTransaction(manager, tx => countPulse(tx)), [{ question: 'respected', answer: 'no', times: null }, { question: 'respected', answer: 'yes', times: 11 }])
    const desk = ctxOf(house.house, staffActor(['front-desk'], randomUUID()))
    await assert.rejects(inTransaction(desk, tx => countPulse(tx)), NotAllowed)
  })
})
