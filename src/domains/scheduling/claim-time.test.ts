import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Ctx, PatientActor } from '#platform/ctx.ts'
import { aHouse, ctxOf, patientActor, type TestHouse } from '#test/ctx.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { bookHeld } from './book-appointment.ts'
import { holdTime, type TimeWish } from './hold-time.ts'

describe('many at once', { timeout: 180_000 }, () => {
  let t: TestHouse, s: TestSchedule, people: Ctx<PatientActor>[]
  before(async () => {
    t = await aHouse({ now: '2026-11-23T15:00:00Z' })
    s = await aSchedule(t)
    t.house.siteCache.isListening = true   // as in a house that runs: what the practice has set is kept
    people = Array.from({ length: 500 }, () => ctxOf(t.house, patientActor(randomUUID())))
    await t.db.owner.query(
      `insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at)
       select p.person, p.patient, 'appointments', v.verb, 'self', '2020-01-01' from unnest($1::uuid[], $2::uuid[]) as p (person, patient), unnest(array['see', 'change']) as v (verb)`,
      [people.map(one => one.actor.personId), people.map(one => one.actor.patientId)])
  })
  after(() => t.close())
  const wish = (who: Ctx<PatientActor>, more: Partial<TimeWish> = {}): TimeWish => ({
    patientId: who.actor.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: new Date('2026-11-24T14:00:00Z'), ...more,
  })
  /** On a machine that is busy with other things somebody may get no connection within five seconds: they ask again, as people do. */
  async function ask(who: Ctx<PatientActor>, more: Partial<TimeWish> = {}): ReturnType<typeof holdTime> {
    for (;;) {
      try { return await holdTime(who, wish(who, more)) } catch (error) { if (!/timeout exceeded when trying to connect/.test((error as Error).message)) throw error }
    }
  }
  const count = async (from: string) => Number((await t.db.owner.query(`select count(*) from scheduling.${from}`)).rows[0].count)

  test('500 want one time: one has it, 499 are told so with the nearest', async () => {
    const outcomes = await Promise.all(people.map(who => ask(who)))
    const won = outcomes.filter(one => one.ok)
    assert.equal(won.length, 1)
    for (const one of outcomes.filter(other => !other.ok)) assert.ok(one.reason === 'just-taken' && one.nearest.length === 6 && one.nearest.every(time => time.startsAt.getTime() !== Date.parse('2026-11-24T14:00:00Z')))
    assert.deepEqual([await count('claim'), await count('hold')], [1, 1])
    const winner = people[outcomes.findIndex(one => one.ok)]!
    const booked = await Promise.all(Array.from({ length: 20 }, () => bookHeld(winner, won[0]!.id, { reason: '', locale: 'en' })))
    assert.deepEqual([booked.every(one => one.ok), await count('appointment'), await count("claim where expires_at is null")], [true, 1, 1])
  })

  test('200 want visits that need one of two clinicians and the one room: nothing is there twice, and nobody waits in a ring', async () => {
    const times = ['14:00', '14:15', '14:30', '14:45'].map(clock => new Date(`2026-11-25T${clock}:00Z`))
    const outcomes = await Promise.all(people.slice(0, 200).map((who, index) => ask(who, { visitTypeId: s.typeIds.shot!, resourceId: s.resourceIds[index % 2 ? 'nell-harrow' : 'ivo-marsh']!, startsAt: times[index % 4]! })))
    assert.equal(outcomes.filter(one => one.ok).length, 4)
    assert.equal(await count("claim where lower(during) >= '2026-11-25T00:00Z'"), 8)
  })
})
