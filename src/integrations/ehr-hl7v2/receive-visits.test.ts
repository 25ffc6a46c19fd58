import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { Client } from 'pg'
import { mergePatients, unmergePatients } from '#root/domains/records/merge-patients.ts'
import { withdrawResources } from '#records'
import { listOpenTimes, listVisitTypes } from '#scheduling'
import { keepCalendar } from '#root/domains/scheduling/keep-calendar.ts'
import { remindReceived, tellOfReceived } from '#root/domains/scheduling/remind-received.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { Frames, frame } from './frame-messages.ts'
import { addSender } from './keep-sender.ts'
import { processMessages } from './process-messages.ts'
import { serveMllp } from './serve-mllp.ts'

let t: TestHouse, s: TestSchedule, port: number, stop: () => Promise<void>, people = 0, control = 0
const deskOf = async (roles: readonly ('front-desk' | 'manager')[] = ['front-desk']) => ctxOf(t.house, staffActor(roles, (await aStaffPerson(t, { roles })).personId))
before(async () => {
  t = await aHouse({ now: '2026-11-23T15:00:00Z', env: { HL7_PORT: '0' } })
  s = await aSchedule(t)
  for (const source of ['ehr', 'other']) assert.ok((await addSender(t.system('records.import'), { source, facility: source.toUpperCase(), zone: 'America/New_York', numberSystem: 'ehr', isOwnEhr: source === 'ehr' })).ok)
  await keepCalendar(await deskOf(), { source: 'ehr', reminds: true })
  ;({ port, stop } = await serveMllp(t.house))
})
after(async () => { await stop(); await t.close() })

type Wish = { number: string; filler?: string; placer?: string; at?: string; sentAt?: string; from?: string; who?: string; born?: string; first?: string; length?: number }
const siu = (event: string, { number, filler = `F${number}`, placer = '', at = '20261201093000', sentAt = new Date(Date.UTC(2026, 10, 23, 8) + ++control * 1_000).toISOString().replace(/\D/g, '').slice(0, 14), from = 'EHR', who = '1234567893^Harrow^Nell', born = '19720417', first = 'Ana', length = 30 }: Wish) => [
  `MSH|^~\\&|EHR|${from}|R|P|${sentAt}-0500||SIU^${event}|C${++control}|P|2.5.1`, `SCH|${placer}|${filler}||||||CHK^Zq-canary check|${length}|MIN|^^^${at}`,
  `PID|1||${number}^^^EHR^MR||Marlowe${number}^${first}||${born}|F`, 'RGS|1', 'AIL|1||MAIN^^^Heron Street', `AIP|1||${who}`,
].join('\r')

function send(...messages: string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.concat(messages.map(one => frame(one)))))
    const [frames, got] = [new Frames(), [] as string[]]
    socket.on('data', (piece: Buffer) => {
      for (const one of frames.take(piece) as Buffer[]) got.push(one.toString())
      if (got.length >= messages.length) { socket.end(); resolve(got) }
    })
    socket.on('error', reject)
  })
}
async function take(...messages: string[]): Promise<void> {
  for (const answer of await send(...messages)) assert.match(answer, /MSA\|AA/)
  for (const source of ['ehr', 'other']) while (await processMessages(t.system('records.import'), source) > 0) continue
}
/** Visits that somebody is to hear of. */
async function waiting(): Promise<string[]> {
  const worker = new Client({ connectionString: t.db.workerUrl })
  await worker.connect()
  const { rows: jobs } = await worker.query("select payload ->> 'visitId' as id from graphile_worker._private_jobs where payload ->> 'visitId' is not null").finally(() => worker.end())
  return jobs.map(job => job.id as string)
}
const rows = async (query: string, ...values: unknown[]) => (await t.db.owner.query(query, values)).rows
const visits = async (number: string) => (await rows("select r.starts_at, r.status, r.version, r.with_name, r.location_id is not null as placed from scheduling.received r join records.patient p on p.id = r.patient_id where p.mrn = $1 order by r.starts_at", number))
const states = async (number: string) => (await visits(number)).map(row => `${row.starts_at.toISOString().slice(5, 16)} ${row.status}`)
const patientOf = async (number: string) => (await rows('select id from records.patient where mrn = $1', number))[0].id as string
const aNumber = () => `V${++people}`
const open = async (iso: string) => {
  const type = (await listVisitTypes(t.visitor())).find(one => one.name.en === 'Check-up')!
  return (await listOpenTimes(t.visitor(), { type, from: new Date(iso), to: new Date(Date.parse(iso) + 1), resourceId: s.resourceIds['nell-harrow']! })).length === 1
}

describe('visits of the EHR that keeps the calendar', () => {
  test('names that are cut in the middle of a character lose no word of a visit', async () => {
    const number = aNumber()
    const long = `${'a'.repeat(199)}\u{1f600}b`
    const wide = (event: string) => siu(event, { number, who: `^${'h'.repeat(199)}\u{1f600}` }).replace('Zq-canary check', long).replace('Heron Street', long)
    await take(wide('S12'))
    assert.deepEqual(await states(number), ['12-01T14:30 booked'])
    await take(wide('S15'))
    assert.deepEqual(await states(number), ['12-01T14:30 cancelled'])
  })
  test('booked, moved, come to, missed, cancelled, deleted: each message says what is so', async () => {
    const number = aNumber()
    await take(siu('S12', { number }))
    assert.deepEqual(await visits(number), [{ starts_at: new Date('2026-12-01T14:30:00Z'), status: 'booked', version: 1, with_name: 'Dr. Nell Harrow', placed: true }])
    await take(siu('S13', { number, at: '20261202100000' }))
    assert.deepEqual(await states(number), ['12-02T15:00 booked'])
    for (const [event, want] of [['S26', 'no-show'], ['S15', 'cancelled'], ['S14', 'booked'], ['S17', 'gone']] as const) {
      await take(siu(event, { number, at: '20261202100000' }))
      assert.deepEqual(await states(number), [`12-02T15:00 ${want}`], event)
    }
    assert.equal((await rows("select 1 from records.fact f join records.patient p on p.id = f.patient_id where p.mrn = $1 and f.kind = 'appointment' and f.is_fact", number)).length, 0)
  })

  test('in whatever order they come, and however often: the newest word counts', async () => {
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), fc.array(fc.nat(4), { maxLength: 3 }), async (order, again) => {
      const number = aNumber()
      const day = ['S12', 'S13', 'S14', 'S15', 'S13'].map((event, step) => siu(event, { number, at: `2026120${step + 1}093000`, sentAt: `20261123${String(100_000 + step).slice(0)}` }))
      for (const step of [...order, ...again]) await take(day[step]!)
      assert.deepEqual(await states(number), ['12-05T14:30 booked'])
    }), { numRuns: 8 })
  })

  test('what a sender said while its clock was years ahead is not the last word for ever; a time that is none stops nobody', async () => {
    const [number, other] = [aNumber(), aNumber()]
    await take(siu('S12', { number, sentAt: '20991231120000' }))
    t.setNow('2026-11-23T15:01:00Z')
    await take(siu('S13', { number, at: '20261208093000', sentAt: '20261123100100' }), siu('S12', { number: other, sentAt: '00010101000000' }), siu('S12', { number: other, filler: 'F9', at: '20261209093000+9999' }).replace('AIP|1', 'AIS|1|A|X^Y|20261209093000\rAIP|1'))
    assert.deepEqual([await states(number), await states(other)], [['12-08T14:30 booked'], ['12-01T14:30 booked', '12-09T14:30 booked']])
    t.setNow('2026-11-23T15:00:00Z')
  })
  test('take the time of ours while they stand, and no longer; those of another system and those of nobody of ours take none', async () => {
    const [number, iso, at] = [aNumber(), '2026-12-07T15:00:00Z', '20261207100000']
    assert.ok(await open(iso))
    await take(siu('S12', { number, at, from: 'OTHER' }), siu('S12', { number: aNumber(), at, who: '9^Stranger^Sam' }))
    assert.ok(await open(iso))
    await take(siu('S12', { number, at }))
    assert.ok(!await open(iso))
    assert.ok(await open('2026-12-07T15:30:00Z'), 'it may be touched')
    await take(siu('S13', { number, at: '20261207103000' }))
    assert.deepEqual([await open(iso), await open('2026-12-07T15:30:00Z')], [true, false])
    await take(siu('S15', { number, at: '' }))
    assert.deepEqual([await open('2026-12-07T15:30:00Z'), (await states(number)).includes('12-07T15:30 cancelled')], [true, true])
    await take(siu('S14', { number, at }))
    await keepCalendar(await deskOf(), { source: null, reminds: true })
    assert.ok(await open(iso), 'once it is kept here, the EHR’s visits take no time')
    await keepCalendar(await deskOf(), { source: 'ehr', reminds: true })
    assert.ok(!await open(iso))
  })

  test('are reminded of once for each time, and told of when the EHR moves or cancels them, in words that say no more than a time and a place', async () => {
    const number = aNumber()
    await take(siu('S12', { number, at: '20261210100000' }))
    const person = await aPatientPerson(t, { patientId: await patientOf(number) })
    const mails = async () => (await rows('select subject, queued_at from platform.mail where to_address = $1 and words is not null order by queued_at', person.email)).map(row => row.subject as string)
    const told = async () => (await rows("select t.touch from scheduling.received_told t join scheduling.received r on r.id = t.visit_id where r.patient_id = $1 order by t.at", person.patientId)).map(row => row.touch as string)
    const hours = async (from: string, count: number) => {
      const before = (await told()).length
      for (let hour = 0; hour < count; hour++) { t.setNow(new Date(Date.parse(from) + hour * 3_600_000)); await remindReceived(t.system('scheduling.remind')) }
      return (await told()).slice(before)
    }
    await rows('update scheduling.received set first_at = $1 where status = $2', '2026-11-20', 'booked')
    assert.deepEqual(await hours('2026-12-07T13:00:00Z', 24), ['3-days'])
    await take(siu('S13', { number, at: '20261211100000', sentAt: '20261208120000' }))
    const [{ id }] = await rows("select r.id from scheduling.received r join records.patient p on p.id = r.patient_id where p.mrn = $1", number) as [{ id: string }]
    assert.ok((await waiting()).includes(id))
    for (const turn of [1, 2]) { assert.ok(turn); await tellOfReceived(t.system('scheduling.tell-received'), id) }
    const moved = await mails()
    assert.equal(moved.length, 1, 'the reminder of the old time had not left, and is taken back')
    await take(siu('S14', { number, at: '20261211100000', sentAt: '20261208130000' }))
    assert.deepEqual(await hours('2026-12-08T18:00:00Z', 60), ['3-days', '1-day'])
    await take(siu('S15', { number, at: '20261211100000', sentAt: '20261210233000' }))
    await tellOfReceived(t.system('scheduling.tell-received'), id)
    const all = await mails()
    assert.equal(all.length, 1)
    assert.ok([...moved, ...all].every(subject => subject !== '' && !/canary|check/i.test(subject)), all.join())
    assert.deepEqual(await hours('2026-12-11T13:00:00Z', 2), [])
    t.setNow('2026-11-23T15:00:00Z')
  })

  test('are told of by nobody here where the EHR does so itself', async () => {
    const number = aNumber()
    await keepCalendar(await deskOf(), { source: 'ehr', reminds: false })
    await take(siu('S12', { number, at: '20261125100000' }))
    await rows('update scheduling.received set first_at = $1 where status = $2', '2026-11-20', 'booked')
    assert.equal(await remindReceived(t.system('scheduling.remind')), 0)
    await take(siu('S13', { number, at: '20261127100000' }))
    const told = (await rows("select r.id from scheduling.received r join records.patient p on p.id = r.patient_id where p.mrn = $1", number))[0].id as string
    assert.ok(!(await waiting()).includes(told))
    await keepCalendar(await deskOf(), { source: 'ehr', reminds: true })
  })

  test('go along when two patients become one, and come back', async () => {
    const [one, other] = [aNumber(), aNumber()]
    await take(siu('S12', { number: one, at: '20261214100000', first: 'Wren', born: '19800102' }), siu('S12', { number: other, at: '20261214110000', first: 'Wren', born: '19800102' }))
    const [a, b] = [await patientOf(one), await patientOf(other)]
    const of = async (id: string) => (await rows('select 1 from scheduling.received where patient_id = $1', id)).length
    const desk = await deskOf()
    assert.deepEqual(await mergePatients(desk, { keep: b, merge: a }), { ok: true })
    assert.deepEqual([await of(a), await of(b)], [0, 2])
    await take(siu('S13', { number: one, at: '20261214120000', first: 'Wren', born: '19800102' }))
    assert.deepEqual([await of(a), await of(b)], [0, 2])
    await unmergePatients(desk, a)
    assert.deepEqual([await of(a), await of(b)], [1, 1])
  })

  test('what its source deleted is gone, and what speaks of somebody else now is theirs alone', async () => {
    const [one, other] = [aNumber(), aNumber()]
    await take(siu('S12', { number: one, filler: 'SHARED', at: '20261215100000' }))
    await take(siu('S12', { number: other, filler: 'SHARED', at: '20261215100000' }))
    assert.deepEqual([await states(one), await states(other)], [['12-15T15:00 gone'], ['12-15T15:00 booked']])
    const [{ id }] = await rows("select source_id as id from records.resource where fhir_type = 'Appointment' and id = (select record_id from scheduling.received r join records.patient p on p.id = r.patient_id where p.mrn = $1)", other) as [{ id: string }]
    await withdrawResources(t.system('records.import'), 'ehr', [{ fhirType: 'Appointment', sourceId: id }])
    assert.deepEqual(await states(other), ['12-15T15:00 gone'])
    assert.ok(await open('2026-12-15T15:00:00Z'))
  })

  test('rubbish in a message costs nothing but itself', async () => {
    const number = aNumber()
    const wild = siu('S12', { number, at: '20261216100000' }).replace('CHK^Zq-canary check', `${'x'.repeat(500_000)}^<script>alert(1)</script>`).replace('AIP|1||1234567893^Harrow^Nell', `AIP|1||${Array.from({ length: 3_000 }, (_, i) => `${i}^N${i}^Q`).join('~')}`)
    await take(wild, siu('S12', { number, filler: 'P'.repeat(3_000), at: '20261216110000' }), siu('S12', { number, filler: "F'; drop table scheduling.received; --", at: '20261216120000' }))
    assert.equal((await visits(number)).length, 3)
    assert.match((await send(siu('S12', { number, filler: '', at: '20261216110000' })))[0]!, /MSA\|AE/)
    assert.match((await send(siu('S12', { number, filler: 'F77', at: '99999999999999' })))[0]!, /MSA\|AE/)
  })
})
