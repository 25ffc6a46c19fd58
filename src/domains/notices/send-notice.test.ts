import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { openWords, withdrawMail } from '#platform/email.ts'
import { dayIn } from '#platform/when.ts'
import { letActForAsSystem } from '#accounts'
import { aHouse, ctxOf, patientActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, type TestPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { textTime } from './choose-way.ts'
import { sendNotice, type Notice } from './send-notice.ts'
import { watchDelivery } from './watch-delivery.ts'

let t: TestHouse, locationId: string
const noon = '2026-11-23T17:00:00Z'
before(async () => {
  t = await aHouse({ now: noon })
  await aPractice(t)
  await t.db.owner.query("insert into platform.wide_job values ('test.remind', 'people', 'where they hear of it', true)")
  locationId = (await t.db.owner.query('select id from practice.location')).rows[0].id
})
after(() => t.close())

const job = (): Ctx<SystemActor> => t.system('test.remind')
const send = (notice: Notice) => inTransaction(job(), tx => sendNotice(tx, notice))
const visitOf = (patientId: string, more: Partial<Pick<Notice, 'notAfter' | 'dedupe'>> = {}): Notice => {
  const id = randomUUID()
  return { kind: 'visit-coming', patientId, dedupe: `${id}:1:1-day`, about: { type: 'appointment', id }, visit: { at: new Date('2026-12-01T14:30:00Z'), zone: 'America/New_York', locationId, path: '/portal/appointments' }, ...more }
}
const mails = async (patientId: string) => (await t.db.owner.query('select id, way, kind, to_address, subject, words, dropped_why, counted_on::text, not_after from platform.mail where patient_id = $1 order by queued_at, way desc, id', [patientId])).rows
const textOf = (mail: { id: string; words: Buffer }) => openWords({ house: t.house }, mail.id, mail.words).text
async function withPhone({ patientId }: { patientId: string }, choice: Record<string, unknown> = { prefers: 'text' }, address = `+1802555${String(Math.floor(Math.random() * 10_000)).padStart(4, '0')}`): Promise<string> {
  await t.db.owner.query("insert into notices.point values ('phone', $1, now()) on conflict do nothing", [address])
  const { rows } = await t.db.owner.query("insert into notices.reach (patient_id, kind, address, verified_at, verified_how) values ($1, 'phone', $2, now(), 'code') returning id", [patientId, address])
  const keys = Object.keys(choice)
  await t.db.owner.query(`insert into notices.choice (patient_id, set_at, ${keys.join(', ')}) values ($1, now(), ${keys.map((_, index) => `$${index + 2}`).join(', ')})`, [patientId, ...keys.map(key => (choice[key] === 'this' ? rows[0].id : choice[key]))])
  return address
}
const caregiver = async (of: TestPerson) => { const cora = await aPatientPerson(t); await letActForAsSystem(t.system('accounts.command'), { personId: cora.personId, patientId: of.patientId, basis: 'named-by-adult', endsAt: new Date('2027-01-01') }); return cora }
const at = async <T>(when: string, work: () => Promise<T>): Promise<T> => { t.setNow(when); try { return await work() } finally { t.setNow(noon) } }

describe('a notice', () => {
  test('of a visit goes to the patient and to who looks after them, with time and place and no other word; said twice it goes out once', async () => {
    const ana = await aPatientPerson(t, { name: 'Ana zq7canary' })
    const cora = await caregiver(ana)
    const notice = visitOf(ana.patientId)
    assert.deepEqual([await send(notice), await send(notice)], [{ told: 2 }, { told: 0 }])
    const sent = await mails(ana.patientId)
    assert.deepEqual(sent.map(({ to_address }) => to_address).sort(), [ana.email, cora.email].sort())
    assert.match(textOf(sent[0]!), /Tuesday, December 1, 2026 at 9:30\sAM EST, at Heron Street/)
    assert.doesNotMatch(textOf(sent[0]!), /zq7canary|Ana/)
  })
  test('says by mail the time where its reader is, too, where their clock shows another; not to who looks after them, and not in a text', async () => {
    const ana = await aPatientPerson(t)
    const cora = await caregiver(ana)
    await withPhone(ana, { prefers: 'mail', zone: 'Pacific/Honolulu' })
    await send(visitOf(ana.patientId))
    const said = Object.fromEntries((await mails(ana.patientId)).map(mail => [mail.to_address, textOf(mail)]))
    assert.match(said[ana.email]!, /December 1, 2026 at 9:30\sAM EST \(4:30\sAM HST where you are\), at Heron Street\./)
    assert.match(said[cora.email]!, /December 1, 2026 at 9:30\sAM EST, at Heron Street\./)
    const leo = await aPatientPerson(t)
    await withPhone(leo, { prefers: 'text', zone: 'America/Chicago' })
    await send(visitOf(leo.patientId))
    assert.match(textOf((await mails(leo.patientId))[0]), /9:30\sAM EST, Heron Street\. Call/)
    for (const [zone, clock] of [['America/Detroit', /EST, at/], ['Asia/Tokyo', /EST \(11:30\sPM GMT\+9 where/], ['Pacific/Kiritimati', /EST \(Wed, Dec 2, 4:30\sAM GMT\+14 where you are\), at/]] as const) {
      const one = await aPatientPerson(t)
      await withPhone(one, { prefers: 'mail', zone })
      await send(visitOf(one.patientId))
      assert.match(textOf((await mails(one.patientId))[0]), clock, zone)
    }
  })
  test('goes by text to whom likes texts, and by mail for the second one of the day', async () => {
    const ana = await aPatientPerson(t)
    const number = await withPhone(ana)
    await send(visitOf(ana.patientId))
    await send(visitOf(ana.patientId))
    const sent = await mails(ana.patientId)
    assert.deepEqual(sent.map(({ way, to_address }) => [way, to_address]), [['text', number], ['mail', ana.email]])
    assert.match(textOf(sent[0]!), /^Heron Street Clinic: visit Tue, Dec 1, 9:30\sAM EST, Heron Street\. Call \(802\) 555-0199\. STOP/)
  })
  test('SM-4 goes no more by text to a telephone that nobody has shown for a year, until a code or a yes from there shows it again; a safe one stays the only one', async () => {
    const [ana, leo] = [await aPatientPerson(t), await aPatientPerson(t)]
    await withPhone(ana)
    await withPhone(leo, { prefers: 'text', safe_reach: 'this' })
    for (const { patientId } of [ana, leo]) await t.db.owner.query("update notices.reach set verified_at = '2025-11-23T16:59:00Z' where patient_id = $1", [patientId])
    await send(visitOf(ana.patientId))
    await send(visitOf(leo.patientId))
    assert.deepEqual([(await mails(ana.patientId))[0].way, (await mails(leo.patientId))[0].way], ['mail', 'text'])
    await t.db.owner.query("update notices.reach set verified_at = '2025-11-23T17:01:00Z' where patient_id = $1", [ana.patientId])
    await send(visitOf(ana.patientId))
    assert.ok((await mails(ana.patientId)).some(mail => mail.way === 'text'))
  })
  test('by text waits for the morning where its reader is, not where the practice is', async () => {
    const ana = await aPatientPerson(t)
    await withPhone(ana, { prefers: 'text', zone: 'Pacific/Honolulu' })
    const told = await at('2026-11-23T15:00:00Z', () => send(visitOf(ana.patientId)))   // ten in New York, five in Honolulu
    assert.deepEqual(told, { told: 0, later: new Date('2026-11-23T18:00:00Z') })
    assert.deepEqual(await mails(ana.patientId), [])
  })
  test('that would come after its visit has begun is not put off: it becomes a mail, or work for the desk', async () => {
    const child = randomUUID()
    await withPhone({ patientId: child })
    const told = await at('2026-11-24T04:00:00Z', () => send(visitOf(child, { notAfter: new Date('2026-11-24T12:00:00Z') })))
    assert.deepEqual(told, { told: 0, nobody: 'unreachable' })
    const { rows } = await t.db.owner.query("select title, body from work.task where kind = 'tell-by-phone' and patient_id = $1", [child])
    assert.equal(rows.length, 1)
    assert.ok(!rows[0].body.includes('visit'))
  })
  test('goes to the safe way alone, not to who looks after them', async () => {
    const ana = await aPatientPerson(t)
    await caregiver(ana)
    const number = await withPhone(ana, { safe_reach: 'this' })
    assert.deepEqual(await send(visitOf(ana.patientId)), { told: 1 })
    assert.deepEqual((await mails(ana.patientId)).map(({ to_address }) => to_address), [number])
    assert.deepEqual((await send({ kind: 'something-new', patientId: ana.patientId, dedupe: randomUUID() })).told, 0, 'the day’s text is spent, and there is no other way')
  })
  test('to a safe phone that takes no texts is a call for the desk', async () => {
    const ana = await aPatientPerson(t)
    await withPhone(ana, { safe_reach: 'this', no_texts: true })
    assert.deepEqual(await send(visitOf(ana.patientId)), { told: 0, nobody: 'unreachable' })
    assert.equal((await t.db.owner.query("select from work.task where kind = 'tell-by-phone' and patient_id = $1", [ana.patientId])).rowCount, 1)
  })
  test('to somebody who wants neither time nor place said is a link', async () => {
    const ana = await aPatientPerson(t)
    await t.db.owner.query('insert into notices.choice (patient_id, set_at, is_brief) values ($1, now(), true)', [ana.patientId])
    await send(visitOf(ana.patientId))
    const words = textOf((await mails(ana.patientId))[0]!)
    assert.doesNotMatch(words, /December|9:30|Heron Street,|, at /)
    assert.match(words, /Open the link to see when/)
  })
  test('that waits is taken back with what it is about, and goes nowhere', async () => {
    const ana = await aPatientPerson(t)
    const notice = visitOf(ana.patientId)
    await send(notice)
    await assert.rejects(inTransaction(t.visitor(), tx => withdrawMail(tx, notice.about!)), /privilege|permission|42501/)
    assert.equal(await inTransaction(ctxOf(t.house, patientActor(randomUUID())), tx => withdrawMail(tx, notice.about!)), 0, 'another’s mail is not theirs to take back')
    assert.equal(await inTransaction(ctxOf(t.house, patientActor(ana.patientId)), tx => withdrawMail(tx, notice.about!)), 1)
    assert.deepEqual((await mails(ana.patientId)).map(({ dropped_why, words }) => [dropped_why, words]), [['withdrawn', null]])
  })
  test('two at the same moment spend one text', async () => {
    const ana = await aPatientPerson(t)
    await withPhone(ana)
    await Promise.all(Array.from({ length: 6 }, () => send(visitOf(ana.patientId))))
    assert.equal((await mails(ana.patientId)).filter(({ way }) => way === 'text').length, 1)
  })
  test('is not sent by who is no job', async () => {
    await assert.rejects(inTransaction(t.visitor(), tx => tx.db.client!.query('select notices.door_ways($1)', [randomUUID()])), { code: '42501' })
  })
})

describe('one text a day and three a week', () => {
  test('whatever is asked whenever, and none at night where they are', () => {
    const zones = ['America/New_York', 'Pacific/Honolulu', 'Pacific/Kiritimati', 'Etc/GMT+12', 'Australia/Lord_Howe', 'America/St_Johns']
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 40 * 24 * 60 }), { minLength: 1, maxLength: 60 }), fc.constantFrom(...zones), fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }), (minutes, zone, start) => {
      const days: string[] = []
      let now = start
      for (const minute of [...minutes].sort((a, b) => a - b)) {
        now = new Date(Math.max(now.getTime(), start.getTime() + minute * 60_000))
        const { at } = textTime(now, zone, days)
        const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(at))
        assert.ok(hour >= 8 && hour < 21, `${hour} in ${zone}`)
        if (at.getTime() > now.getTime()) continue
        days.push(dayIn(at, zone))
      }
      assert.equal(new Set(days).size, days.length)
      for (const day of days) assert.ok(days.filter(other => Math.abs(Date.parse(other) - Date.parse(day)) < 7 * 86_400_000 && other >= day).length <= 3, days.join())
    }), { numRuns: 500 })
  })
})

describe('what did not arrive', () => {
  test('is work for the desk, once for each person, however often it is looked for; a code that nobody typed is not', async () => {
    const ana = await aPatientPerson(t)
    await send(visitOf(ana.patientId))
    await send(visitOf(ana.patientId))
    await t.db.owner.query("update platform.mail set failed_at = now(), problem = 'EENVELOPE 550' where patient_id = $1", [ana.patientId])
    t.setNow('2026-11-23T17:05:00Z')
    await watchDelivery(t.system('notices.watch'))
    await watchDelivery(t.system('notices.watch'))
    assert.equal((await t.db.owner.query("select from work.task where kind = 'tell-by-phone' and patient_id = $1", [ana.patientId])).rowCount, 1)
  })
})
