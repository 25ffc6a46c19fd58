import assert from 'node:assert/strict'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { bookHeld, holdTime, type DeskWish } from '#scheduling'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aDesk, type TestPatient } from '#test/people.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'

type TimeWish = Parameters<typeof holdTime>[1]
/** Nothing is said with a booking. */
export const noWords = { reason: '', locale: 'en' as const }

/** Monday at ten in New York, with nothing booked. Each wish is for Tuesday at nine with Dr. Harrow, unless said. */
export class Bookings {
  readonly t: TestHouse
  readonly s: TestSchedule
  readonly desk: Ctx<StaffActor>
  constructor(t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>) { this.t = t; this.s = s; this.desk = desk }

  async begin(): Promise<void> {
    this.t.setNow('2026-11-23T15:00:00Z')
    await clearVisits(this.t)
  }

  wish(who: TestPatient, more: Partial<TimeWish> = {}): TimeWish {
    return { patientId: who.actor.patientId, visitTypeId: this.s.typeIds['check-up']!, mode: 'in-person', resourceId: this.s.resourceIds['nell-harrow']!, locationId: this.s.placeId, startsAt: new Date('2026-11-24T14:00:00Z'), ...more }
  }
  deskWish(who: TestPatient, more: Partial<DeskWish> = {}): DeskWish { return { ...this.wish(who), reason: '', ...more } }
  /** Kept and booked by the patient. */
  async book(who: TestPatient, more: Partial<TimeWish> = {}): Promise<string> {
    const held = await holdTime(who, this.wish(who, more))
    assert.ok(held.ok, JSON.stringify(held))
    const booked = await bookHeld(who, held.id, noWords)
    assert.ok(booked.ok)
    return booked.id
  }

  async rows(text: string, ...values: unknown[]) { return (await this.t.db.owner.query(text, values)).rows }
  async count(table: string): Promise<number> { return Number((await this.rows(`select count(*) from scheduling.${table}`))[0].count) }
  async steps(id: string): Promise<string[]> { return (await this.rows('select step from scheduling.appointment_step where appointment_id = $1 order by id', id)).map(row => row.step) }
  async visitOf(id: string) { return (await this.rows('select starts_at, status, version from scheduling.appointment where id = $1', id))[0] }
  /** Day and time of each that is taken. */
  async claims(): Promise<string[]> {
    return (await this.rows('select lower(during) as starts, expires_at from scheduling.claim order by 1')).map(row => `${row.starts.toISOString().slice(8, 16)}${row.expires_at ? ' held' : ''}`)
  }
}

export async function aCalendar(): Promise<Bookings> {
  const t = await aHouse()
  return new Bookings(t, await aSchedule(t), await aDesk(t))
}
