import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotAllowed, NotFound } from '#platform/errors.ts'
import { ctxOf, patientActor, staffActor } from '#test/ctx.ts'
import { aDesk, aPatientPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { listRecords, listProxies, parentUntil, stopActingFor, switchTo } from './act-for-another.ts'
import { letActForAsSystem } from './add-person.ts'
import { enterWithToken } from './enter-with-token.ts'
import { startSession } from './start-session.ts'

let house: RunningHouse
let desk: Ctx<StaffActor>
const noon = Date.parse('2026-11-23T15:00:00Z')
/** Twelve at the midnight that begins 1 December in New York. */
const child = { birthDate: '2014-12-01', twelve: Date.parse('2026-12-01T05:00:00Z') }
before(async () => {
  house = await aRunningHouse({ now: new Date(noon).toISOString() })
  await aPractice(house)
  desk = await aDesk(house)
})
after(() => house.close())
beforeEach(() => house.setNow(new Date(noon)))

const somebody = async (name = 'Leo Marsh', patientId?: string) => (await aPatientPerson(house, { name, ...(patientId && { patientId }) }))
/** Who was asked said yes; how one is asked and says yes stands in the tests of the pages. Gives the number that ends it again. */
async function lets(personId: string, patientId: string, { basis = 'named-by-adult', endsAt = new Date('2027-06-01T04:00:00Z') }: { basis?: 'parent-of-child' | 'named-by-adult'; endsAt?: Date } = {}): Promise<string> {
  await letActForAsSystem(house.system('accounts.command'), { personId, patientId, basis, endsAt })
  return (await inTransaction(desk, tx => listProxies(tx, patientId))).find(proxy => proxy.personId === personId)!.id
}
const start = async (personId: string) => (await inTransaction(house.visitor(), tx => startSession(tx, personId, { isStrong: true, userAgent: '', how: 'passkey' }))).token
type Side = Ctx<PatientActor | ProxyActor>
const enter = <T>(token: string, work: (tx: Side) => Promise<T>) => enterWithToken(house.visitor(), { token, face: 'portal' }, tx => work(tx as Side))
const turn = (token: string, patientId: string) => enter(token, tx => switchTo(tx, patientId))
/** How many results, notes and facts of the patient this session reads. */
async function reads(token: string, patientId: string): Promise<{ results: number; notes: number; facts: number } | undefined> {
  return enter(token, async tx => (await sql<{ results: number; notes: number; facts: number }>`
    select (select count(*)::int from records.result where patient_id = ${patientId}::uuid) as results,
      (select count(*)::int from records.note where patient_id = ${patientId}::uuid) as notes,
      (select count(*)::int from records.fact where patient_id = ${patientId}::uuid) as facts
  `.execute(tx.db.kysely)).rows[0])
}
const nothing = { results: 0, notes: 0, facts: 0 }
let sources = 0
async function aRecord(birthDate: string): Promise<string> {
  const patients = await bringRecords(house, `ehr-${++sources}`, [fhir.patient('p1', { birthDate, name: [{ given: [`Kim${sources}`], family: `Marlowe${sources}` }] }), fhir.lab('o1', '2345-7', 90), fhir.note('n1', 'All is well.'), fhir.condition('c1', 'Asthma')])
  return patients.get('p1')!
}

test('the parent’s view of results, notes and record ends with the midnight of the twelfth birthday where the practice is, on a live session', async () => {
  const [kim, parent] = [await aRecord(child.birthDate), await somebody()]
  assert.equal(parentUntil(child.birthDate, 'America/New_York').getTime(), child.twelve)
  await lets(parent.personId, kim, { basis: 'parent-of-child', endsAt: parentUntil(child.birthDate, 'America/New_York') })
  house.setNow(new Date(child.twelve - 60_000))
  const token = await start(parent.personId)
  await turn(token, kim)
  assert.deepEqual(await reads(token, kim), { results: 1, notes: 1, facts: 1 })
  house.setNow(new Date(child.twelve))
  assert.deepEqual(await reads(token, kim), nothing)
  await assert.rejects(turn(token, kim), NotFound)
  const { rows } = await house.db.owner.query('select max(ends_at) as ends from platform.access_grant where patient_id = $1', [kim])
  assert.equal(rows[0].ends.getTime(), child.twelve, 'no grant outlives it')
  assert.deepEqual(await enter(token, async tx => (await listRecords(tx)).map(({ isOwn }) => isOwn)), [true])
  for (const page of ['/portal/results', '/portal/notes', '/portal/record']) {
    const text = await (await fetch(house.url + page, { headers: { cookie: `rapport=${token}` } })).text()
    assert.ok(!/\/portal\/(results|notes)\/[0-9a-f-]{36}|All is well|Asthma/.test(text), page)
  }
})

test('a caregiver whom an adult names acts until the day that was chosen', async () => {
  const [ana, leo] = [await aRecord('1950-01-01'), await somebody()]
  const endsAt = new Date(noon + 30 * 86_400_000)
  await lets(leo.personId, ana, { endsAt })
  house.setNow(new Date(endsAt.getTime() - 1_000))
  const token = await start(leo.personId)
  await turn(token, ana)
  assert.deepEqual(await reads(token, ana), { results: 1, notes: 1, facts: 1 })
  house.setNow(endsAt)
  assert.deepEqual(await reads(token, ana), nothing)
})

test('what is taken back is over with the next request of a live session, within five seconds by the wall clock', async () => {
  const [ana, leo] = [await aRecord('1950-01-01'), await somebody()]
  const owner = await somebody('Ana Marlowe', ana)
  const id = await lets(leo.personId, ana)
  const token = await start(leo.personId)
  await turn(token, ana)
  const page = async () => (await fetch(`${house.url}/portal/results`, { headers: { cookie: `rapport=${token}` }, redirect: 'manual' })).text()
  assert.match(await page(), /href="\/portal\/results\/[0-9a-f-]{36}/)
  const started = performance.now()
  await stopActingFor(ctxOf(house.house, patientActor(ana, owner.personId)), id)
  assert.deepEqual(await reads(token, ana), nothing)
  assert.ok(!/\/portal\/results\/[0-9a-f-]{36}/.test(await page()))
  assert.ok(performance.now() - started < 5_000)
  assert.deepEqual(await enter(token, async tx => [tx.actor.kind, tx.actor.patientId]), ['patient', leo.patientId], 'the session is at its own record again')
  const { rows } = await house.db.owner.query('select count(*)::int as live from platform.access_grant where person_id = $1 and patient_id = $2 and revoked_at is null', [leo.personId, ana])
  assert.equal(rows[0].live, 0)
  await assert.rejects(turn(token, ana), NotFound)
  await assert.rejects(stopActingFor(desk, id), NotFound)
})

test('a caregiver has an own sign-in, and each of their looks is an own line in the patient’s access log', async () => {
  const [ana, leo] = [await aRecord('1950-01-01'), await somebody('Leo Quist')]
  const owner = await somebody('Ana Marlowe', ana)
  await lets(leo.personId, ana)
  const [his, hers] = [await start(leo.personId), await start(owner.personId)]
  const get = async (token: string, path: string) => (await fetch(house.url + path, { headers: { cookie: `rapport=${token}` } })).text()
  assert.ok(!(await get(hers, '/portal/access-log')).includes('Leo Quist looked'))
  await turn(his, ana)
  for (const path of ['/portal/results', '/portal/notes']) await get(his, path)
  const { rows } = await house.db.owner.query("select distinct actor_kind, person_id, action from audit.event where patient_id = $1 and actor_kind = 'proxy' order by action", [ana])
  assert.ok(rows.length >= 2 && rows.every(row => row.person_id === leo.personId), JSON.stringify(rows))
  assert.match(await get(hers, '/portal/access-log'), /Leo Quist/)
  assert.ok(!(await get(his, '/portal/access-log')).includes('Ana Marlowe'), 'the caregiver does not read who else looked')
})

test('a patient ends nobody else’s caregiver; roles without the right end none', async () => {
  const [ana, leo] = [await somebody('Ana Reyes'), await somebody()]
  const other = await lets(leo.personId, randomUUID())
  await assert.rejects(stopActingFor(ctxOf(house.house, patientActor(ana.patientId, ana.personId)), other), NotFound)
  for (const role of ['clinician', 'care-team', 'billing', 'editor'] as const) await assert.rejects(stopActingFor(ctxOf(house.house, staffActor([role])), other), NotAllowed)
  await stopActingFor(desk, other)
})

test('a session turns to one’s own record or to one that one acts for, and to no other', async () => {
  const [leo, mine] = [await somebody(), randomUUID()]
  await lets(leo.personId, mine)
  const token = await start(leo.personId)
  for (const patientId of [mine, leo.patientId]) {
    await turn(token, patientId)
    assert.equal(await enter(token, async tx => tx.actor.patientId), patientId)
  }
  await assert.rejects(turn(token, randomUUID()), NotFound)
  await assert.rejects(turn(token, (await somebody()).patientId), NotFound)
  assert.deepEqual((await enter(token, listRecords))?.map(({ patientId, isOwn }) => ({ patientId, isOwn })), [{ patientId: leo.patientId, isOwn: true }, { patientId: mine, isOwn: false }])
})
