import assert from 'node:assert/strict'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { bookForPatient, joinWaitlist, offerTimes } from '#scheduling'
import { addBlock } from '#root/domains/scheduling/edit-hours.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aDesk, aPatient, type TestPatient } from '#test/people.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'

/** Wednesday at nine in New York. */
export const nine = '2026-11-25T14:00:00Z'
/** Any time of these two weeks will do. */
export const anything = { resourceId: null, locationId: null, weekdays: [1, 2, 3, 4, 5], parts: ['morning', 'afternoon', 'evening'] as const, untilDay: '2026-12-04' }
type Wishes = Parameters<typeof joinWaitlist>[2]
export type Waiter = TestPatient & { visit: string; wait: string }

/** Monday at ten in New York. Nobody is there in this week and the next: each time that is free is one that a test frees. */
export class FullCalendar {
  readonly t: TestHouse
  readonly s: TestSchedule
  readonly desk: Ctx<StaffActor>
  /** Dr. Harrow's leave. */
  full = ''
  constructor(t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>) { this.t = t; this.s = s; this.desk = desk }

  async begin(): Promise<void> {
    this.t.setNow('2026-11-23T15:00:00Z')
    await clearVisits(this.t, 'scheduling.wait_settings', 'scheduling.block', 'platform.mail', 'notices.silence', 'notices.choice')
    await this.rows('insert into scheduling.wait_settings default values')
    const ids: string[] = []
    for (const who of ['nell-harrow', 'ivo-marsh']) {
      const added = await addBlock(this.desk, this.s.resourceIds[who]!, { 'block-day': '2026-11-23', 'block-end-day': '2026-12-05', kind: 'leave', note: '' })
      assert.ok(added.ok)
      ids.push(added.id)
    }
    this.full = ids[0]!
  }

  async rows(text: string, ...values: unknown[]) { return (await this.t.db.owner.query(text, values)).rows }
  later(minutes: number): void { this.t.setNow(new Date(this.t.house.now().getTime() + minutes * 60_000)) }
  /** The job that looks at how the calendar is. */
  run() { return offerTimes(this.t.system('scheduling.wait')) }
  offers() { return this.rows('select id, patient_id, starts_at, round, ended_why, told_at from scheduling.wait_offer order by offered_at, starts_at, id') }

  async visitOf(who: TestPatient, iso: string, type = 'check-up', doer = 'nell-harrow'): Promise<string> {
    const booked = await bookForPatient(this.desk, { patientId: who.actor.patientId, visitTypeId: this.s.typeIds[type]!, mode: 'in-person', resourceId: this.s.resourceIds[doer]!, locationId: this.s.placeId, startsAt: new Date(iso), reason: 'Zq-canary' })
    assert.ok(booked.ok, JSON.stringify(booked))
    return booked.id
  }
  /** Somebody with a visit in December who wants to come earlier. */
  async aWaiter(iso = '2026-12-08T14:00:00Z', wishes: Partial<Wishes> = {}): Promise<Waiter> {
    const who = await aPatient(this.t)
    const visit = await this.visitOf(who, iso)
    const joined = await joinWaitlist(who, visit, { ...anything, ...wishes })
    assert.ok(joined.ok)
    return { ...who, visit, wait: joined.id }
  }
  /** Half an hour of Dr. Harrow comes free. */
  async aTimeComesFree(iso = nine): Promise<void> {
    await this.rows('delete from scheduling.block b using scheduling.block f where f.id = $1 and b.resource_id = f.resource_id and b.id <> f.id', this.full)
    await this.rows('update scheduling.block set ends_at = $2 where id = $1', this.full, iso)
    await this.rows("insert into scheduling.block (resource_id, starts_at, ends_at, kind) select resource_id, $2::timestamptz + interval '30 minutes', '2026-12-05', 'leave' from scheduling.block where id = $1", this.full, iso)
  }
}

export async function aFullCalendar(): Promise<FullCalendar> {
  const t = await aHouse()
  return new FullCalendar(t, await aSchedule(t), await aDesk(t))
}
