import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { letActForAsSystem } from '#accounts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { openWords } from '#platform/email.ts'
import { aCalendar } from '#test/bookings.ts'
import { ctxOf, proxyActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, type TestPerson } from '#test/people.ts'
import { clearVisits, type TestSchedule } from '#test/schedule.ts'
import { acceptOffer } from './answer-offer.ts'
import { bookForPatient } from './book-for-patient.ts'
import { putOnWaitlist } from './join-waitlist.ts'
import { offerTimes } from './offer-times.ts'
import { tellOffers } from './tell-offers.ts'

let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>
before(async () => { ({ t, s, desk } = await aCalendar()) })
after(() => t.close())
/** Of all days only Wednesday at nine is free. */
const nine = '2026-11-25T14:00:00Z'
beforeEach(async () => {
  t.setNow('2026-11-23T15:00:00Z')
  await clearVisits(t, 'scheduling.wait_settings', 'scheduling.block', 'platform.mail', 'notices.silence')
  await t.db.owner.query('delete from notices.choice; delete from notices.reach')
  for (const [from, to] of [['2026-11-23T00:00:00Z', nine], ['2026-11-25T14:30:00Z', '2026-12-20T00:00:00Z']]) await t.db.owner.query("insert into scheduling.block (resource_id, starts_at, ends_at, kind) values ($1, $2, $3, 'leave')", [s.resourceIds['nell-harrow'], from, to])
})

const rows = async (text: string, ...values: unknown[]) => (await t.db.owner.query(text, values)).rows
const run = () => offerTimes(t.system('scheduling.wait'))
async function aWaiter(more: Parameters<typeof aPatientPerson>[1] = {}): Promise<TestPerson> {
  const person = await aPatientPerson(t, more)
  const put = await putOnWaitlist(desk, { patientId: person.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', priority: 0, reason: 'Zq-canary', resourceId: null, locationId: null, weekdays: [1, 2, 3, 4, 5], parts: ['morning'], untilDay: '2026-12-18' })
  assert.ok(put.ok)
  return person
}
async function byPhone({ patientId }: TestPerson, more = ''): Promise<void> {
  const number = `+1802555${String(Math.floor(Math.random() * 10_000)).padStart(4, '0')}`
  await t.db.owner.query("insert into notices.point values ('phone', $1, now()) on conflict do nothing", [number])
  await t.db.owner.query("insert into notices.reach (patient_id, kind, address, verified_at, verified_how) values ($1, 'phone', $2, now(), 'code')", [patientId, number])
  await t.db.owner.query(`insert into notices.choice (patient_id, set_at, prefers${more && ', safe_reach'}) select $1, now(), 'text'${more && ', r.id from notices.reach r where r.patient_id = $1'}`, [patientId])
}
const sent = () => rows('select to_address, way, subject from platform.mail where dropped_at is null order by to_address')
const offers = () => rows('select patient_id, told, told_at, ended_why from scheduling.wait_offer order by offered_at, id')

describe('telling of an offer', () => {
  test('goes on where it broke off: each is written to once, and no second group is made', async () => {
    const all = [await aWaiter(), await aWaiter(), await aWaiter()]
    await t.db.owner.query(`create function scheduling.break_off() returns trigger language plpgsql as $$ begin if new.to_address = '${all[1]!.email}' then raise 'the machine stopped'; end if; return new; end $$;
      create trigger break_off before insert on platform.mail for each row execute function scheduling.break_off()`)
    await assert.rejects(run(), /the machine stopped/)
    await assert.rejects(run(), /the machine stopped/)
    await t.db.owner.query('drop trigger break_off on platform.mail; drop function scheduling.break_off()')
    await run()
    await run()
    assert.deepEqual((await sent()).map(mail => mail.to_address), all.map(one => one.email).sort())
    assert.deepEqual((await offers()).map(offer => [offer.told, offer.ended_why]), [[1, null], [1, null], [1, null]])
  })
  test('does not happen once the time is taken, nor by night, though the offer was made by day', async () => {
    await aWaiter()
    await t.db.owner.query('create function scheduling.break_off() returns trigger language plpgsql as $$ begin raise \'stopped\'; end $$; create trigger break_off before insert on platform.mail for each row execute function scheduling.break_off()')
    await assert.rejects(run())
    await t.db.owner.query('drop trigger break_off on platform.mail; drop function scheduling.break_off()')
    t.setNow('2026-11-24T01:00:00Z')
    assert.equal(await tellOffers(t.system('scheduling.wait')), 0)
    const other = await aPatientPerson(t)
    t.setNow('2026-11-24T13:00:00Z')
    assert.ok((await bookForPatient(desk, { patientId: other.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: new Date(nine), reason: '' })).ok)
    assert.equal(await tellOffers(t.system('scheduling.wait')), 0)
    assert.deepEqual(await sent(), [])
  })
  test('goes the safe way alone, and by no second text of the day: that waits for the morning, or is told by mail', async () => {
    const [safe, spent] = [await aWaiter(), await aWaiter()]
    await byPhone(safe, 'safe')
    await byPhone(spent)
    await t.db.owner.query("insert into platform.mail (id, to_address, way, kind, subject, patient_id, queued_at, sent_at, erased_at, counted_on) select gen_random_uuid(), '+18025550100', 'text', 'visit-coming', 'x', p, '2026-11-23T14:00:00Z', '2026-11-23T14:00:00Z', '2026-11-23T14:00:00Z', '2026-11-23' from unnest($1::uuid[]) p", [[safe.patientId, spent.patientId]])
    await run()
    assert.deepEqual((await sent()).filter(mail => mail.subject !== 'x').map(mail => [mail.way, mail.to_address]), [['mail', spent.email]])
    t.setNow('2026-11-24T12:59:00Z')
    await run()
    assert.equal((await sent()).filter(mail => mail.subject !== 'x').length, 1)
    t.setNow('2026-11-24T13:00:00Z')
    await run()
    await run()
    assert.deepEqual((await sent()).filter(mail => mail.subject !== 'x').map(mail => mail.way).sort(), ['mail', 'text'])
    assert.ok((await sent()).every(mail => mail.to_address !== safe.email))
    const { rows: [text] } = await t.db.owner.query("select id, words from platform.mail where way = 'text' and subject <> 'x'")
    const said = openWords({ house: t.house }, text.id, text.words).text
    assert.match(said, /an earlier time: Wed, Nov 25, 9:00\sAM EST[^]*\/portal\/appointments \(802\) 555-0199\. STOP ends texts\.$/, 'the list of visits, where it stands first: a longer address would leave no room for how to end texts')
    assert.ok(said.length <= 160)
  })
  test('of whoever cannot be told leaves their place to the next', async () => {
    await t.db.owner.query('insert into scheduling.wait_settings (group_size) values (1)')
    const gone = await aWaiter()
    t.setNow('2026-11-23T15:01:00Z')
    const next = await aWaiter()
    await byPhone(gone, 'safe')
    await t.db.owner.query('update notices.choice set no_texts = true where patient_id = $1', [gone.patientId])
    await run()
    t.setNow('2026-11-23T15:02:00Z')
    await run()
    assert.deepEqual((await offers()).map(offer => [offer.patient_id, offer.ended_why]), [[gone.patientId, 'untold'], [next.patientId, null]])
    assert.deepEqual((await sent()).map(mail => mail.to_address), [next.email])
  })
  test('speaks their language, and reaches who looks after them, who may say yes', async () => {
    const luis = await aWaiter({ locale: 'es' })
    const cora = await aPatientPerson(t)
    await letActForAsSystem(t.system('accounts.command'), { personId: cora.personId, patientId: luis.patientId, basis: 'named-by-adult', endsAt: new Date('2027-01-01') })
    await run()
    const letters = await rows('select id, to_address, words from platform.mail order by to_address')
    const of = (to: string) => { const found = letters.find(one => one.to_address === to); return openWords({ house: t.house }, found.id, found.words).text }
    assert.match(of(luis.email), /Hay una hora antes para usted: miércoles, 25 de noviembre de 2026, 9:00\sa\.m\. EST, en Heron Street/)
    assert.match(of(cora.email), /There is an earlier time for you: Wednesday, November 25/)
    for (const words of [of(luis.email), of(cora.email)]) assert.doesNotMatch(words, /Zq-canary|Check-up|Chequeo|Harrow|Ana/)
    const [{ id }] = await rows('select id from scheduling.wait_offer')
    assert.ok((await acceptOffer(ctxOf(t.house, proxyActor(luis.patientId, cora.personId)), id, { pays: 'insurance' })).ok)
    assert.deepEqual(await rows('select booked_as from scheduling.appointment'), [{ booked_as: 'proxy' }])
  })
})
