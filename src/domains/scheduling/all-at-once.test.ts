import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aDesk, aPatient, type TestPatient } from '#test/people.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { acceptOffer, declineOffer } from './answer-offer.ts'
import { answerRequest, settleWork } from './answer-request.ts'
import { bookHeld } from './book-appointment.ts'
import { bookForPatient, moveForPatient } from './book-for-patient.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { endCopying, tickCopied } from './copy-line.ts'
import { holdTime, sweepHolds } from './hold-time.ts'
import { matchReceived } from './join-received.ts'
import { joinWaitlist, leaveWaitlist } from './join-waitlist.ts'
import { keepCalendar } from './keep-calendar.ts'
import { keepReceived } from './keep-received.ts'
import { offerTimes } from './offer-times.ts'
import { sayComing } from './say-coming.ts'
import { settleKeeper } from './settle-keeper.ts'
import type { ReceivedStatus } from './shared.ts'

const most = Number(process.env.MANY ?? 500)
const halfHour = 1_800_000
const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(Math.random() * list.length)]
const often = (share: number): boolean => Math.random() < share
type Visit = { id: string; patient_id: string; version: number; status: string }
type Act = (visit: Visit, who: TestPatient) => Promise<unknown>

/** Four people, two clinicians, a few days: everybody is in everybody’s way. */
class Crowd {
  readonly t: TestHouse
  readonly s: TestSchedule
  readonly desk: Ctx<StaffActor>
  readonly people: readonly TestPatient[]
  readonly queue: pg.Client
  readonly #records = Array.from({ length: 6 }, () => randomUUID())
  readonly #starts = Array.from({ length: 24 }, (_, i) => new Date(Date.parse('2026-12-01T14:00:00Z') + Math.floor(i / 6) * 86_400_000 + (i % 6) * halfHour))
  constructor(t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>, people: readonly TestPatient[], queue: pg.Client) { this.t = t; this.s = s; this.desk = desk; this.people = people; this.queue = queue }

  async rows(query: string, ...values: unknown[]) { return (await this.t.db.owner.query(query, values)).rows }
  #time() { return { resourceId: this.s.resourceIds[pick(['nell-harrow', 'ivo-marsh'])!]!, locationId: this.s.placeId, mode: 'in-person' as const, startsAt: pick(this.#starts)! } }

  async #take(who: TestPatient, moves?: string): Promise<unknown> {
    const held = await holdTime(who, { patientId: who.actor.patientId, visitTypeId: this.s.typeIds['check-up']!, ...this.#time(), ...(moves && { moves }) })
    return held.ok && bookHeld(who, held.id, { reason: '', locale: 'en', pays: 'self' })
  }
  async #hear(patientId: string, visit: Visit | undefined): Promise<void> {
    const at = pick(this.#starts)!
    const one = { recordId: pick(this.#records)!, sourcePatient: randomUUID(), patientId, startsAt: at, endsAt: new Date(at.getTime() + halfHour), status: pick<ReceivedStatus>(['booked', 'booked', 'cancelled', 'requested', 'gone'])!, clinicianIds: [this.s.clinicianIds[pick(['nell-harrow', 'ivo-marsh'])!]!], withName: '', placeNames: ['Heron Street'], what: '', numbers: visit && often(0.3) ? [visit.id] : [], isRestricted: false }
    await inTransaction(this.t.system('records.import'), tx => keepReceived(tx, { source: 'ehr', recordIds: [one.recordId], sent: [one] }))
  }
  /** What waits to be done after visits that were changed. */
  async settle(): Promise<void> {
    const { rows } = await this.queue.query("with taken as (delete from graphile_worker._private_jobs j using graphile_worker._private_tasks k where k.id = j.task_id and k.identifier in ('scheduling.settle', 'scheduling.copied') returning j.id, k.identifier, j.payload) select identifier, payload from taken order by id")
    for (const { identifier, payload } of rows) await (identifier === 'scheduling.copied' ? endCopying(this.t.system('scheduling.copied'), payload.appointmentId) : payload.appointmentId ? settleWork(this.t.system('scheduling.settle'), payload) : settleKeeper(this.t.system('scheduling.settle')))
  }
  async #answerOffer(): Promise<void> {
    const [offer] = await this.rows('select id, patient_id from scheduling.wait_offer where ended_at is null order by random() limit 1')
    if (offer) await (often(0.8) ? acceptOffer : declineOffer)(this.people.find(one => one.actor.patientId === offer.patient_id)!, offer.id)
  }
  async #leave(): Promise<void> {
    const [wait] = await this.rows('select id, patient_id from scheduling.wait where ended_at is null order by random() limit 1')
    if (wait && often(0.5)) await leaveWaitlist(this.people.find(one => one.actor.patientId === wait.patient_id)!, wait.id)
  }
  async #offer(): Promise<void> {
    this.t.setNow(new Date(this.t.house.now().getTime() + 60_000))
    await offerTimes(this.t.system('scheduling.wait'))
  }

  readonly #onVisits: readonly Act[] = [
    ({ id }, who) => this.#take(who, id),
    ({ id }, who) => joinWaitlist(who, id, { resourceId: null, locationId: null, weekdays: [1, 2, 3, 4, 5], parts: ['morning', 'afternoon', 'evening'], untilDay: '2026-12-10' }),
    ({ id, version }, who) => sayComing(who, id, { version }),
    async ({ id, version }, who) => { if (often(0.3)) await (often(0.5) ? cancelAppointment(this.desk, id, { reason: 'other', version }) : cancelAppointment(who, id, { reason: 'other', version })) },
    ({ id, version }) => moveForPatient(this.desk, id, { version, ...this.#time() }),
    async ({ id, version, status }) => { if (status === 'requested') await answerRequest(this.desk, id, often(0.5) ? { version, answer: 'confirm' } : { version, answer: 'decline', reason: 'time' }) },
    ({ id, version }) => tickCopied(this.desk, id, version),
    async ({ id }) => { const [received] = await this.rows('select id from scheduling.received order by random() limit 1'); if (received) await matchReceived(this.desk, id, received.id) },
  ]
  readonly #others: readonly ((who: TestPatient, visit: Visit | undefined) => Promise<unknown>)[] = [
    who => this.#take(who), who => this.#take(who), (who, visit) => this.#hear(who.actor.patientId, visit), (who, visit) => this.#hear(who.actor.patientId, visit), () => this.#answerOffer(), () => this.#answerOffer(), () => this.#leave(), () => this.#offer(), () => this.#offer(), () => this.settle(),
    () => sweepHolds(this.t.system('scheduling.sweep')), who => bookForPatient(this.desk, { patientId: who.actor.patientId, visitTypeId: this.s.typeIds['check-up']!, reason: '', ...this.#time(), ...(often(0.3) && { extraSeatBecause: 'They asked' }) }),
  ]

  /** Eight hands at once; what any of them throws is a fault. */
  async act(): Promise<void> {
    let left = most
    await Promise.all(Array.from({ length: 8 }, async () => {
      while (left-- > 0) {
        const [visit] = await this.rows('select id, patient_id, version, status from scheduling.appointment order by random() limit 1') as Visit[]
        if (visit && often(0.5)) await pick(this.#onVisits)!(visit, this.people.find(one => one.actor.patientId === visit.patient_id)!)
        else await pick(this.#others)!(pick(this.people)!, visit)
      }
    }))
    for (let rounds = 0; rounds < 3; rounds++) await this.settle()
  }
}

/** Each finds what must not be. */
const wrong: Readonly<Record<string, string>> = {
  'a visit without its time': "select from scheduling.appointment a where status in ('requested', 'booked') and not exists (select from scheduling.claim c where c.booking_id = a.id and c.resource_id = a.resource_id and c.during @> a.starts_at)",
  'a time of no visit': "select from scheduling.claim c where not exists (select from scheduling.appointment a where a.id = c.booking_id and a.status <> 'cancelled') and not exists (select from scheduling.hold h where h.id = c.booking_id)",
  'two visits of one clinician at once, with no reason': 'select from scheduling.claim c join scheduling.claim d on d.resource_id = c.resource_id and d.id > c.id and d.during && c.during and d.seat = c.seat',
  'an offer to nobody who waits': 'select from scheduling.wait_offer o join scheduling.wait w on w.id = o.wait_id where o.ended_at is null and w.ended_at is not null',
  'a request that is nobody’s to answer': "select from scheduling.appointment a where status = 'requested' and not exists (select from work.task t where t.subject_id = a.id and t.done_at is null and t.kind = 'visit-request') and not exists (select from scheduling.copy_line l where l.appointment_id = a.id)",
  'work about what nobody asks any more': "select from work.task t join scheduling.appointment a on a.id = t.subject_id where t.done_at is null and t.kind = 'visit-request' and a.status <> 'requested'",
  'a line to copy without work, or the other way': "select from work.task t left join scheduling.copy_line l on l.appointment_id = t.subject_id where t.kind = 'copy-to-ehr' and t.done_at is null and l.done_at is not null union all select from scheduling.copy_line l where l.done_at is null and not exists (select from work.task t where t.subject_id = l.appointment_id and t.kind = 'copy-to-ehr' and t.done_at is null)",
  'a visit of the EHR that hides behind one that was given up': "select from scheduling.received r join scheduling.appointment a on a.id = r.appointment_id left join scheduling.copy_line l on l.appointment_id = a.id where r.source = (select source from scheduling.calendar) and r.status in ('booked', 'requested') and a.status = 'cancelled' and (l.appointment_id is null or l.done_at is not null)",
}

describe('whatever people, the desk, the EHR and the jobs do at the same time', { timeout: 280_000 }, () => {
  let crowd: Crowd
  before(async () => {
    const t = await aHouse({ now: '2026-11-23T15:00:00Z' })
    const queue = new pg.Client({ connectionString: t.db.superUrl })
    await queue.connect()
    crowd = new Crowd(t, await aSchedule(t), await aDesk(t), [await aPatient(t), await aPatient(t), await aPatient(t), await aPatient(t)], queue)
    await crowd.rows('insert into scheduling.wait_settings (gap_minutes, from_minute, to_minute) values (5, 0, 1440)')
  })
  after(async () => { await crowd.queue.end(); await crowd.t.close() })

  for (const source of ['ehr', null] as const) {
    test(`nobody waits in a ring, and the schedule is right: kept ${source ? 'by an EHR' : 'here'}`, async () => {
      await keepCalendar(crowd.desk, { source, reminds: true })
      await crowd.settle()
      await crowd.act()
      for (const [what, query] of Object.entries(wrong)) assert.equal((await crowd.rows(query)).length, 0, what)
      const [{ visits, offers, received }] = await crowd.rows('select (select count(*)::int from scheduling.appointment) as visits, (select count(*)::int from scheduling.wait_offer) as offers, (select count(*)::int from scheduling.received) as received')
      assert.ok(visits > 10 && offers > 0 && received > 3, JSON.stringify({ visits, offers, received }))
    })
  }
})
