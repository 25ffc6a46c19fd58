import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { instantOf, one, readCalendarText, textOf } from '#test/read-calendar.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, s: TestSchedule, nell: SignedIn, desk: SignedIn, manager: SignedIn, patient: string, n = 0
const signIn = async (role: Role) => signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role], name: `A ${role}` })).personId, roles: [role] })
const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  ;[nell, desk, manager] = [await signIn('clinician'), await signIn('front-desk'), await signIn('manager')]
  await rows("update practice.clinician set person_id = $1 where slug = 'nell-harrow'", nell.personId)
  await rows('update practice.profile set name = name')
  patient = (await bringRecords(house, 'ehr', [fhir.patient('p1', { name: [{ given: ['Zoé, "Ñ"; \\'], family: `Canary${'ü'.repeat(60)}` }] })])).get('p1')!
})
after(() => house.close())
beforeEach(() => { house.setNow('2026-11-23T15:00:00Z') })

const here = '/console/schedule/feed'
async function make(fields: Record<string, string> = {}, who = nell): Promise<string> {
  const html = await (await who.post(here, fields)).text()
  const path = /\/calendar\/[\w-]{43}\.ics/.exec(html)?.[0]
  assert.ok(path, html.slice(html.indexOf('<main'), html.indexOf('<main') + 800))
  return path
}
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${house.url}${path}`, { headers: { 'x-forwarded-for': `198.51.100.${++n % 250}`, ...headers } })
const read = async (path: string) => readCalendarText(await (await get(path)).text())
const events = async (path: string) => (await read(path)).parts.filter(part => part.kind === 'VEVENT')
const visit = (start: string, { version = 1, status = 'booked', mode = 'in-person', resource = 'nell-harrow' } = {}) => rows(`insert into scheduling.appointment (patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, reason, status, confirm_by, version, booked_at, booked_as)
  values ($1, $2, $3, $4, $5, $6, $6::timestamptz + interval '30 minutes', 'Zq-canary chest', $7, $6, $8, '2026-11-01', 'staff') returning id`, patient, s.typeIds['check-up'], s.resourceIds[resource], s.placeId, mode, start, status, version).then(([row]) => row.id as string)

describe('a clinician’s own calendar', () => {
  test('says "Appointment" with time and place of the last week and the next ninety days, and names nobody', async () => {
    const wanted = [await visit('2026-11-16T16:00:00Z', { status: 'completed' }), await visit('2026-11-24T14:00:00Z', { version: 3 }), await visit('2026-12-01T15:00:00Z', { status: 'cancelled', version: 2 }), await visit('2026-12-02T15:00:00Z', { status: 'requested', mode: 'phone' }), await visit('2027-02-20T15:00:00Z')]
    for (const start of ['2026-11-15T15:00:00Z', '2027-02-22T15:00:00Z']) await visit(start)
    await visit('2026-11-24T16:00:00Z', { resource: 'ivo-marsh' })
    const text = await (await get(await make())).text()
    const calendar = readCalendarText(text)
    const found = calendar.parts.filter(part => part.kind === 'VEVENT')
    assert.deepEqual(found.map(event => one(event, 'UID').value.split('@')[0]), wanted)
    assert.deepEqual(found.map(event => `${one(event, 'STATUS').value} ${one(event, 'SEQUENCE').value} ${one(event, 'TRANSP').value}`), ['CONFIRMED 0 OPAQUE', 'CONFIRMED 2 OPAQUE', 'CANCELLED 1 TRANSPARENT', 'TENTATIVE 0 OPAQUE', 'CONFIRMED 0 OPAQUE'])
    assert.deepEqual(found.map(event => new Date(instantOf(event, calendar, 'DTSTART')).toISOString().slice(0, 16)), ['2026-11-16T16:00', '2026-11-24T14:00', '2026-12-01T15:00', '2026-12-02T15:00', '2027-02-20T15:00'])
    assert.deepEqual([...new Set(found.map(event => textOf(event, 'SUMMARY')))], ['Appointment'])
    assert.deepEqual(found.map(event => event.lines.filter(line => line.name === 'LOCATION').map(line => line.value).join()), ['Heron Street', 'Heron Street', 'Heron Street', '', 'Heron Street'])
    assert.doesNotMatch(text.replaceAll('\r\n ', ''), /Canary|canary|Check-up|Zo/)
  })

  test('is not sent again while nothing has changed; a change is', async () => {
    const path = await make()
    const first = await get(path)
    const etag = first.headers.get('etag')!
    assert.deepEqual([first.status, first.headers.get('content-type'), first.headers.get('cache-control')], [200, 'text/calendar; charset=utf-8', 'private, no-cache'])
    house.setNow('2026-11-23T16:00:00Z')
    assert.deepEqual([(await get(path, { 'if-none-match': `W/${etag}` })).status, (await get(path, { 'if-none-match': `"x", ${etag}` })).status, (await get(path, { 'if-none-match': '"x"' })).status], [304, 304, 200])
    await rows("update scheduling.appointment set starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour', version = version + 1 where starts_at = '2026-11-24T14:00:00Z'")
    assert.equal((await get(path, { 'if-none-match': etag })).status, 200)
  })

  test('is shown once, made anew and ended by its owner alone; an old address is worth nothing', async () => {
    const old = await make()
    assert.ok(!(await (await nell.get(here)).text()).includes('/calendar/'))
    const path = await make()
    assert.deepEqual([(await get(old)).status, (await get(path)).status], [404, 200])
    assert.equal((await nell.post(here, { do: 'end' })).status, 303)
    assert.equal((await get(path)).status, 404)
    assert.equal((await desk.get(here)).status, 403)
    assert.equal((await (await signIn('clinician')).post(here, {})).status, 422, 'who is no clinician of the practice has no schedule')
    for (const bad of ['/calendar/x.ics', `/calendar/${'A'.repeat(43)}.ics`, `/calendar/${'A'.repeat(43)}`, `/calendar/${'A'.repeat(5_000)}.ics`, '/calendar/%00.ics', "/calendar/' or 1=1.ics"]) assert.equal((await get(bad)).status, 404, bad)
    assert.deepEqual(await rows('select from scheduling.feed where length(token_hash) < 32'), [])
    const trail = (await rows("select action, count(*)::int as n from audit.event where action like 'schedule.feed-%' group by 1 order by 1")).map(row => row.action)
    assert.deepEqual(trail, ['schedule.feed-ended', 'schedule.feed-made', 'schedule.feed-read'])
  })

  test('names who comes only where the manager lets it and the clinician wants it, and no more from the second the manager says no', async () => {
    assert.equal((await nell.post(here, { details: 'yes' })).status, 422)
    assert.equal((await desk.post('/console/schedule/calendar', { names: 'yes' })).status, 403)
    assert.equal((await manager.post('/console/schedule/calendar', { names: 'yes' })).status, 303)
    const [plain, path] = [await make(), await make({ details: 'yes' })]
    assert.equal((await get(plain)).status, 404)
    const before = Number((await rows("select count(*) from audit.event where action = 'appointments.viewed' and patient_id = $1 and job = 'scheduling.feed'", patient))[0].count)
    const found = await events(path)
    assert.ok(found.every(event => textOf(event, 'SUMMARY') === `Zoé, "Ñ"; \\ Canary${'ü'.repeat(60)}, Check-up`), found.map(event => one(event, 'SUMMARY').value).join())
    assert.equal(Number((await rows("select count(*) from audit.event where action = 'appointments.viewed' and patient_id = $1 and job = 'scheduling.feed'", patient))[0].count), before + 1)
    assert.equal((await manager.post('/console/schedule/calendar', { names: 'no' })).status, 303)
    assert.deepEqual([...new Set((await events(path)).map(event => textOf(event, 'SUMMARY')))], ['Appointment'])
  })

  test('is worth nothing once its owner may not sign in, and does not come back with them', async () => {
    const path = await make()
    await rows('update accounts.person set disabled_at = now() where id = $1', nell.personId)
    assert.equal((await get(path)).status, 404)
    const { endFeeds } = await import('#root/domains/scheduling/own-feed.ts')
    await endFeeds(house.system('scheduling.sweep'))
    await rows('update accounts.person set disabled_at = null where id = $1', nell.personId)
    assert.equal((await get(path)).status, 404)
  })

  test('the address stands in no log and no table; who tries many is slowed down', async () => {
    const path = await make()
    await get(path)
    const token = path.slice('/calendar/'.length, -4)
    assert.ok(house.logged.every(line => !line.includes(token)))
    assert.ok(house.logged.some(line => line.includes('/calendar/:file')))
    for (const { schema, name } of await rows("select schemaname as schema, tablename as name from pg_tables where schemaname in ('scheduling', 'audit', 'platform')")) {
      assert.equal((await rows(`select from ${schema}.${name} t where t::text like '%' || $1 || '%'`, token)).length, 0, name)
    }
    const answers = new Set<number>()
    for (let tries = 0; tries < 65; tries++) answers.add((await get(path)).status)
    assert.deepEqual([...answers].sort(), [200, 429])
  })

  test('nobody but its owner and the job reads a row or opens a door', async () => {
    await assert.rejects(house.db.owner.query("set role rapport_app; select scheduling.door_open_feed('{}')"), { code: '42501' })
    await house.db.owner.query('reset role')
  })
})
