import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { openWords } from '#platform/email.ts'
import { dayIn, instantAt } from '#platform/when.ts'
import { checkCode, sendCode } from '#notices'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aDesk, aPatientPerson } from '#test/people.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { bookForPatient } from './book-for-patient.ts'
import { remindPatients } from './remind-patients.ts'
import { visitLink, withLink } from './visit-link.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>
const zone = 'America/New_York'
const hourMs = 3_600_000
before(async () => {
  t = await aHouse({ now: '2026-10-20T15:00:00Z' })
  s = await aSchedule(t, {}, { exceptions: [] })
  desk = await aDesk(t)
})
after(() => t.close())
beforeEach(() => clearVisits(t, 'platform.mail'))

/** The same numbers for the same seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor((state / 2 ** 32) * below) }
}
async function book(patientId: string, startsAt: string): Promise<string> {
  const booked = await bookForPatient(desk, { patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: new Date(startsAt), reason: '', extraSeatBecause: 'before the doors open' })
  assert.ok(booked.ok, JSON.stringify(booked))
  return booked.id
}

// At half past six in the morning: three days and one day before it is too early to write to anybody.
for (const [when, startsAt] of [['clocks go back', '2026-11-02T11:30:00Z'], ['clocks go forward', '2027-03-15T10:30:00Z'], ['February has a 29th', '2028-03-01T11:30:00Z']] as const) {
  test(`reminders about the day on which ${when}, by a clock that jumps an hour either way: each once, in time, by day`, { timeout: 120_000 }, async () => {
    const [pick, starts] = [seeded(20261101), Date.parse(startsAt)]
    t.setNow(new Date(starts - 6 * 24 * hourMs))
    const ana = await aPatientPerson(t)
    const id = await book(ana.patientId, startsAt)
    for (let at = starts - 5 * 24 * hourMs; at < starts + 3 * hourMs; at += hourMs / 2) {
      t.setNow(new Date(at + (pick(3) - 1) * hourMs))
      await remindPatients(t.system('scheduling.remind'))
    }
    const { rows } = await t.db.owner.query<{ touch: string; at: Date; told: number }>('select touch, at, told from scheduling.reminder where appointment_id = $1 order by at', [id])
    assert.deepEqual(rows.map(row => [row.touch, row.told]), [['3-days', 1], ['1-day', 1]])
    for (const { touch, at } of rows) {
      const [left, day] = [starts - at.getTime(), dayIn(at, zone)]
      assert.ok(touch === '3-days' ? left <= 72 * hourMs && left > 24 * hourMs : left <= 24 * hourMs && left > 2 * hourMs, `${touch} at ${at.toISOString()}`)
      assert.ok(at >= instantAt(day, '08:00', zone) && at < instantAt(day, '20:00', zone), `${touch} at ${at.toISOString()}, at night`)
    }
    assert.equal((await t.db.owner.query("select from platform.mail where to_address = $1 and kind = 'visit-coming'", [ana.email])).rows.length, 2)
  })
}

test('a code is over after ten minutes of the clock, whichever way it jumps, and is good once', async () => {
  const address = 'ana-of-the-clock@patient.example'
  const ask = async () => {
    const sent = await inTransaction(t.visitor(), tx => sendCode(tx, { kind: 'mailbox', address }, { locale: 'en' }))
    assert.ok(sent.ok)
    const { rows: [mail] } = await t.db.owner.query("select id, words from platform.mail where to_address = $1 and kind = 'code' order by queued_at desc, id desc limit 1", [address])
    return { id: sent.codeId, code: /\d{6}/.exec(openWords({ house: t.house }, mail.id, mail.words).text)![0] }
  }
  const check = async ({ id, code }: { id: string; code: string }) => (await checkCode(t.visitor(), id, code)).ok
  t.setNow('2026-11-01T05:55:00Z')   // five minutes before the hour that comes twice
  const one = await ask()
  t.setNow('2026-11-01T06:55:00Z')   // 1:55 once more by the wall's clock, an hour later in truth
  assert.equal(await check(one), false)
  t.setNow('2026-11-01T06:04:59Z')
  assert.equal(await check(one), true)
  assert.equal(await check(one), false)
  t.setNow('2027-03-14T06:55:00Z')   // five minutes before the hour that is skipped
  const other = await ask()
  t.setNow('2027-03-14T07:04:59Z')   // 3:04 by the wall's clock
  assert.equal(await check(other), true)
  const late = await ask()
  t.setNow('2027-03-14T07:15:00Z')
  assert.equal(await check(late), false)
})

test('the link to a visit opens until the visit is over, by a clock that is put an hour forward and back', async () => {
  t.setNow('2026-10-31T15:00:00Z')
  const ana = await aPatientPerson(t)
  const id = await book(ana.patientId, '2026-11-02T14:00:00Z')
  const path = await inTransaction(t.system('scheduling.remind'), tx => visitLink(tx, id, { way: 'mail', to: ana.email, personId: ana.personId, locale: 'en' }))
  const opens = async (now: string) => { t.setNow(now); return (await withLink(t.visitor(), path.split('/').at(-1)!, 'opened', async (_, { visitId }) => visitId)) === id }
  assert.deepEqual([await opens('2026-11-01T05:30:00Z'), await opens('2026-11-01T06:30:00Z'), await opens('2026-11-02T14:29:59Z'), await opens('2026-11-02T15:29:59Z'), await opens('2026-11-02T13:29:59Z'), await opens('2026-11-02T14:30:00Z')], [true, true, true, false, true, false])
})
