import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Ctx, PatientActor, StaffActor } from '#platform/ctx.ts'
import { aHouse, ctxOf, patientActor, type TestHouse } from '#test/ctx.ts'
import { findHalfStates } from '#test/half-states.ts'
import { aDesk, aPatientPerson } from '#test/people.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { bookForPatient } from './book-for-patient.ts'
import { bookHeld } from './book-appointment.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { holdTime, sweepHolds } from './hold-time.ts'

let t: TestHouse, s: TestSchedule, people: Ctx<PatientActor>[], desk: Ctx<StaffActor>
before(async () => {
  t = await aHouse({ now: '2026-10-31T15:00:00Z' })
  s = await aSchedule(t)
  t.house.siteCache.isListening = true
  people = await Promise.all(Array.from({ length: 6 }, async () => { const { personId, patientId } = await aPatientPerson(t); return ctxOf(t.house, patientActor(patientId, personId)) }))
  desk = await aDesk(t)
})
after(() => t.close())

/** The same numbers for the same seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor((state / 2 ** 32) * below) }
}

const isWhole = async () => assert.deepEqual(await findHalfStates((text, values) => t.db.owner.query(text, values), t.house.now(), { hasClockJumped: true }), [])

test('a clock that jumps an hour back and forth, over the night in which clocks change, sells no time twice and leaves nothing half done', { timeout: 120_000 }, async () => {
  const pick = seeded(20261101)
  const holds: { who: Ctx<PatientActor>; id: string }[] = []
  const times = Array.from({ length: 6 }, (_, index) => new Date(Date.parse('2026-11-02T14:00:00Z') + index * 1_800_000))
  let [booked, ended, taken] = [0, 0, 0]
  for (let round = 0; round < 60; round++) {
    t.setNow(new Date(Date.parse('2026-10-31T23:00:00Z') + round * 480_000 + (pick(3) - 1) * 3_600_000))
    await Promise.all(people.map(async who => {
      const what = pick(10)
      if (what < 5) {
        const held = await holdTime(who, { patientId: who.actor.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: times[pick(times.length)]! })
        if (held.ok) holds.push({ who, id: held.id })
        else taken++
      } else if (what < 8 && holds.length > 0) {
        const { who: holder, id } = holds[pick(holds.length)]!
        const outcome = await bookHeld(holder, id, { reason: '', locale: 'en' })
        if (outcome.ok) booked++
        else ended++
      } else if (what === 8) {
        await sweepHolds(t.system('scheduling.sweep'))
      } else {
        const { rows: [visit] } = await t.db.owner.query("select id, version from scheduling.appointment where status = 'booked' limit 1")
        if (visit) await cancelAppointment(desk, visit.id, { reason: 'other', version: visit.version })
        else await bookForPatient(desk, { patientId: who.actor.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: times[pick(times.length)]!, reason: '' })
      }
    }))
    await isWhole()
  }
  assert.ok(booked > 5 && ended > 5 && taken > 5, `${booked} booked, ${ended} ended, ${taken} taken`)
})
