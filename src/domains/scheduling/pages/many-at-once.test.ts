import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { hashToken, newToken } from '#platform/session.ts'
import { findHalfStates } from '#test/half-states.ts'
import { aPatientPerson } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, s: TestSchedule, ana: SignedIn
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  house.house.siteCache.isListening = true   // as in a house that runs: what the practice has set is kept
  const person = await aPatientPerson(house)
  ana = await signedInAs(house, { personId: person.personId, actingFor: person.patientId })
})
after(() => house.close())
beforeEach(() => clearVisits(house, 'work.task', 'work.task_step', 'work.page'))

const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
const timesOf = () => `/portal/appointments/new/${s.typeIds['check-up']}`
const time = (iso: string) => `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse(iso)}`
const post = (cookie: string, path: string, fields: Record<string, string>) => fetch(house.url + path, { method: 'POST', headers: { cookie, origin: house.url }, body: new URLSearchParams(fields), redirect: 'manual' })
const keep = async (iso: string, path = timesOf()) => (await post(ana.cookie, path, { how: 'in-person', time: time(iso) })).headers.get('location')!
const hundred = async (path: string, fields: () => Record<string, string>) => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => post(ana.cookie, path, fields())))
  return [...new Set(answers.map(answer => `${answer.status} ${answer.headers.get('location')}`))]
}
const facts = async () => (await rows(`select (select count(*)::int from scheduling.appointment) as visits, (select count(*)::int from scheduling.claim) as claims, (select count(*)::int from scheduling.hold) as holds,
  (select string_agg(step, ' ' order by version) from scheduling.appointment_step) as steps, (select count(*)::int from work.task where kind = 'estimate') as estimates`))[0]
const eventsOf = async (path: string) => (await rows("select action from audit.event where action like 'appointment.%' and $1 = any (ids::text[]) order by at, id", /[0-9a-f-]{36}/.exec(path)![0])).map(row => row.action)
const isWhole = async () => assert.deepEqual(await findHalfStates((text, values) => house.db.owner.query(text, values), house.house.now()), [])

describe('a hundred copies of one form at the same moment', { timeout: 180_000 }, () => {
  test('make one visit, one step, one event and one estimate, and all hundred lead to it', async () => {
    const held = await keep('2026-12-08T14:00:00Z')
    assert.deepEqual(await hundred(held, () => ({ _once: 'one-and-the-same-key', reason: '', pays: 'self' })), [`303 ${held.replace('held/', '')}?said=booked`])
    assert.deepEqual(await facts(), { visits: 1, claims: 1, holds: 0, steps: 'booked', estimates: 1 })
    assert.deepEqual(await eventsOf(held), ['appointment.booked'])
    await isWhole()
  })
  test('with a key each, as a hundred tabs would send, do so too', async () => {
    const held = await keep('2026-12-08T14:00:00Z')
    assert.deepEqual((await hundred(held, () => ({ _once: randomUUID(), reason: '', pays: 'self' }))).filter(answer => !answer.startsWith(`303 ${held.replace('held/', '')}?said=booked`)), [])
    assert.deepEqual(await facts(), { visits: 1, claims: 1, holds: 0, steps: 'booked', estimates: 1 })
    assert.deepEqual(await eventsOf(held), ['appointment.booked'])
    await isWhole()
  })
  test('keep one time for one person', async () => {
    await hundred(timesOf(), () => ({ how: 'in-person', time: time('2026-12-08T14:00:00Z') }))
    assert.deepEqual(await facts(), { visits: 0, claims: 1, holds: 1, steps: null, estimates: 0 })
    await isWhole()
  })
  test('move a visit once, and cancel it once', async () => {
    const visit = (await (await post(ana.cookie, await keep('2026-12-08T14:00:00Z'), { _once: randomUUID(), reason: '', pays: 'insurance' })).headers.get('location'))!.replace(/\?.*/, '')
    const held = await keep('2026-12-09T14:00:00Z', `${visit}/move`)
    assert.deepEqual(await hundred(held, () => ({ _once: 'the-key-of-the-move-form' })), [`303 ${visit}?said=moved`])
    assert.deepEqual(await facts(), { visits: 1, claims: 1, holds: 0, steps: 'booked moved', estimates: 0 })
    assert.equal((await hundred(`${visit}/cancel`, () => ({ _once: 'the-key-of-the-cancel-form', reason: 'other', version: '2' }))).length, 1)
    assert.deepEqual(await facts(), { visits: 1, claims: 0, holds: 0, steps: 'booked moved cancelled', estimates: 0 })
    assert.deepEqual(await eventsOf(visit), ['appointment.booked', 'appointment.moved', 'appointment.cancelled'])
    await isWhole()
  })
})

describe('five hundred people', { timeout: 240_000 }, () => {
  /** Each with a record, a session and the right to book. */
  async function signIn(count: number): Promise<string[]> {
    const people = Array.from({ length: count }, () => ({ person: randomUUID(), patient: randomUUID(), token: newToken() }))
    const all = [people.map(one => one.person), people.map(one => one.patient)]
    await house.db.owner.query(`insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at)
      select p.person, p.patient, c, v, 'self', '2020-01-01' from unnest($1::uuid[], $2::uuid[]) as p (person, patient), unnest(array['identity', 'appointments']) as c, unnest(array['see', 'change']) as v where c = 'appointments' or v = 'see'`, all)
    await house.db.owner.query(`insert into platform.session (token_hash, person_id, name, locale, roles, acting_for, acting_as, is_strong, device, created_at, seen_at, idle_minutes, absolute_until, proven_at)
      select t, person, 'One of many', 'en', '{}', patient, 'patient', true, 'a test', $4, $4, 15, $4::timestamptz + interval '12 hours', $4 from unnest($1::uuid[], $2::uuid[], $3::bytea[]) as p (person, patient, t)`,
      [...all, people.map(one => hashToken(one.token)), house.house.now()])
    return people.map(one => `rapport=${one.token}`)
  }

  test('want one time in the same moment: one has it, 499 read that it was just taken, with the nearest', async () => {
    const cookies = await signIn(500)
    const wanted = time('2026-11-24T14:00:00Z')
    const answers = await Promise.all(cookies.map(async cookie => {
      // On a machine that is busy with other things somebody may get no connection in time: they ask again, as people do.
      for (;;) {
        const answer = await post(cookie, timesOf(), { how: 'in-person', time: wanted })
        const body = await answer.text()
        if (answer.status !== 503 && answer.status !== 500) return { status: answer.status, body }
      }
    }))
    assert.deepEqual(Object.fromEntries([...Map.groupBy(answers, answer => answer.status)].map(([status, of]) => [status, of.length])), { 303: 1, 409: 499 })
    for (const { body } of answers.filter(answer => answer.status === 409)) {
      assert.match(body, /just taken/)
      const nearest = [...body.matchAll(/ value="([0-9a-f-]{36}\.[0-9a-f-]{36}\.\d+)"/g)].map(match => match[1])
      assert.equal(nearest.length, 6)
      assert.ok(!nearest.includes(wanted))
    }
    assert.deepEqual(await facts(), { visits: 0, claims: 1, holds: 1, steps: null, estimates: 0 })
    await isWhole()
  })
})
