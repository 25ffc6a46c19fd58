import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { after, afterEach, before, describe, test } from 'node:test'
import pg from 'pg'
import { attempt, inTransaction, sql } from '#platform/db.ts'
import { keepHearing, type Hearing } from '#platform/keep-hearing.ts'
import { mostOfOneSession } from '#platform/live-hub.ts'
import { touch } from '#platform/touch.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

const schedule = '/console/live/schedule'
const id = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`

/** One open stream, and all that came on it. */
type Open = { status: number; headers: IncomingMessage['headers']; text: () => string; ids: () => string[][]; ended: Promise<void>; isEnded: () => boolean; close: () => void }
async function open(url: string, path: string, cookie: string, more: Record<string, string> = {}): Promise<Open> {
  const call = request(url + path, { headers: { cookie, accept: 'text/event-stream', 'accept-encoding': 'gzip, br', ...more }, agent: false })
  call.end()
  const [response] = await once(call, 'response') as [IncomingMessage]
  let [text, isEnded] = ['', false]
  response.setEncoding('utf8').on('data', (piece: string) => { text += piece }).on('error', () => {})
  call.on('error', () => {})
  const ended = new Promise<void>(resolve => response.on('close', () => { isEnded = true; resolve() }))
  const messages = () => text.split('\n\n').filter(one => one.startsWith('data: ')).map(one => (JSON.parse(one.slice(6)) as { ids: string[] }).ids)
  return { status: response.statusCode!, headers: response.headers, text: () => text, ids: messages, ended, isEnded: () => isEnded, close: () => { call.destroy() } }
}
const until = async (isSo: () => boolean, ms = 3_000) => { for (const end = Date.now() + ms; !isSo() && Date.now() < end;) await new Promise(resolve => setTimeout(resolve, 5)); assert.ok(isSo(), 'it did not come to that') }
const within = async (promise: Promise<void>, ms: number) => { const begun = Date.now(); await Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error(`not within ${ms} ms`)), ms))]); return Date.now() - begun }

describe('open screens', () => {
  let house: RunningHouse, hearing: Hearing, desk: SignedIn
  before(async () => {
    house = await aRunningHouse()
    hearing = keepHearing({ url: house.db.appUrl, ears: [house.house.live.ear()], log: house.house.log })
    await hearing.ready
    desk = await signedInAs(house, { roles: ['front-desk'] })
  })
  after(async () => { house.house.live.stop(); await hearing.stop(); await house.close() })
  const opened: Open[] = []
  afterEach(() => { for (const one of opened.splice(0)) one.close() })
  const hear = async (path = schedule, who: { cookie: string } = desk, more: Record<string, string> = {}) => { const one = await open(house.url, path, who.cookie, more); opened.push(one); return one }
  const say = (...ids: number[]) => inTransaction(house.system('platform.sweep'), async tx => { for (const one of ids) touch(tx, { topic: 'schedule', ids: [id(one)] }) })
  const asSuper = async (query: string) => { const client = new pg.Client({ connectionString: house.db.superUrl }); await client.connect(); try { await client.query(query) } finally { await client.end() } }
  const count = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rowCount

  test('hear ids and nothing else, once for a transaction, when it is committed', async () => {
    const stream = await hear()
    assert.equal(stream.status, 200)
    await inTransaction(house.system('platform.sweep'), async tx => {
      touch(tx, { topic: 'schedule', ids: [id(1)] })
      touch(tx, { topic: 'schedule', ids: [id(2), id(1)] })
      await new Promise(resolve => setTimeout(resolve, 100))
      assert.deepEqual(stream.ids(), [])
    })
    await until(() => stream.ids().length > 0)
    assert.deepEqual(stream.ids(), [[id(1), id(2)]])
    assert.match(stream.text(), /^retry: \d{4}\n\ndata: \{"ids":\["[0-9a-f-]+","[0-9a-f-]+"\]\}\n\n$/)
  })
  test('hear nothing of what was rolled back, whole or in part', async () => {
    const stream = await hear()
    await assert.rejects(inTransaction(house.system('platform.sweep'), async tx => { touch(tx, { topic: 'schedule', ids: [id(1)] }); throw new Error('no') }))
    await inTransaction(house.system('platform.sweep'), async tx => {
      const tried = await attempt(tx, async inner => { touch(inner, { topic: 'schedule', ids: [id(2)] }); for (let twice = 0; twice < 2; twice++) await sql`insert into platform.rate_count values ('test', 'x', now(), 1)`.execute(inner.db.kysely) })
      assert.equal(tried.ok, false)
    })
    await say(3)
    await until(() => stream.ids().length > 0)
    assert.deepEqual(stream.ids(), [[id(3)]])
    assert.throws(() => touch({ db: house.visitor().db }, { topic: 'schedule', ids: [] }), /belongs into the transaction/)
  })
  test('of more than a notification holds it is said that it is many', async () => {
    const stream = await hear()
    await say(...Array.from({ length: 500 }, (_, index) => index))
    await until(() => stream.ids().length > 0)
    assert.deepEqual(stream.ids(), [[]])
  })
  test('are never squeezed, stored or gathered by a proxy, and may connect to this house alone', async () => {
    const { headers } = await hear()
    assert.equal(headers['content-encoding'], undefined)
    assert.match(String(headers['content-type']), /^text\/event-stream/)
    assert.match(String(headers['cache-control']), /no-store/)
    assert.equal(headers['x-accel-buffering'], 'no')
    assert.match(String(headers['content-security-policy']), /connect-src 'self';/)
    assert.match((await desk.get('/console/schedule')).headers.get('content-security-policy')!, /connect-src 'self';/)
  })
  test('are for who may see the schedule: nobody else, and who works here and tries is written down', async () => {
    const [patient, manager, weak] = [await signedInAs(house, { actingFor: id(9) }), await signedInAs(house, { roles: ['manager'] }), await signedInAs(house, { roles: ['front-desk'], isStrong: false })]
    assert.equal((await hear(schedule, { cookie: '' })).status, 401)
    assert.equal((await hear(schedule, { cookie: 'rapport=' + 'x'.repeat(43) })).status, 401)
    for (const who of [patient, manager, weak]) assert.equal((await hear(schedule, who)).status, 403)
    assert.equal((await hear('/portal/live/visits', desk)).status, 403)
    assert.equal(await count("select from audit.event where action = 'access.denied' and person_id = $1 and detail->>'page' = $2", manager.personId, schedule), 1)
    assert.equal((await hear(schedule, desk, { 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.equal((await fetch(house.url + schedule, { method: 'POST', headers: { cookie: desk.cookie, origin: house.url } })).status, 405)
    const head = await fetch(house.url + schedule, { method: 'HEAD', headers: { cookie: desk.cookie } })
    assert.deepEqual([head.status, await head.text(), house.house.live.count], [200, '', 0])
  })
  test('of a patient hear of that patient alone, and close when they turn to another', async () => {
    const [ana, other] = [await signedInAs(house, { actingFor: id(11) }), await signedInAs(house, { actingFor: id(12) })]
    const [hers, theirs, desks] = [await hear('/portal/live/visits', ana), await hear('/portal/live/visits', other), await hear()]
    await inTransaction(house.system('platform.sweep'), async tx => touch(tx, { topic: 'visits', ids: [id(5)], patientId: id(11) }))
    await until(() => hers.ids().length > 0)
    await say(6)
    await until(() => desks.ids().length > 0)
    assert.deepEqual([hers.ids(), theirs.ids(), desks.ids()], [[[id(5)]], [], [[id(6)]]])
    await house.db.owner.query("update platform.session set acting_for = $2 where id = $1", [ana.sessionId, id(12)])
    assert.ok(await within(hers.ended, 1_300) < 1_300)
    assert.match(hers.text(), /event: ended/)
  })
  for (const [how, change] of [
    ['is ended', "ended_at = now(), ended_because = 'signed-out'"], ['lies still too long', "seen_at = seen_at - interval '1 hour'"], ['is over', 'absolute_until = seen_at'], ['may no longer', "roles = '{billing}'"],
  ] as const) {
    test(`a session that ${how} hears nothing more and its streams are closed within a second`, async () => {
      const who = await signedInAs(house, { roles: ['front-desk'] })
      const stream = await hear(schedule, who)
      await asSuper(`set session_replication_role = replica; update platform.session set ${change} where id = '${who.sessionId}'`)   // past the trigger that holds roles to the person's
      await say(7)
      assert.ok(await within(stream.ended, 1_300) < 1_300)
      assert.deepEqual(stream.ids(), [])
      assert.match(stream.text(), /event: ended/)
    })
  }
  test('keep no session alive', async () => {
    const who = await signedInAs(house, { roles: ['front-desk'] })
    const seen = async () => (await house.db.owner.query('select seen_at from platform.session where id = $1', [who.sessionId])).rows[0].seen_at as Date
    const first = await seen()
    house.setNow('2026-11-23T15:10:00Z')
    await hear(schedule, who)
    await fetch(`${house.url}/console/schedule`, { headers: { cookie: who.cookie, 'rapport-live': 'yes' } })
    assert.deepEqual(await seen(), first)
    await who.get('/console/schedule')
    assert.notDeepEqual(await seen(), first)
    house.setNow('2026-11-23T15:00:00Z')
  })
  test('a thousand of one session are four', async () => {
    const first = await hear()
    for (let round = 0; round < 10; round++) await Promise.all(Array.from({ length: 100 }, async () => { const one = await open(house.url, schedule, desk.cookie); if (one.status === 200) void one.ended.then(() => one.close()) }))
    await until(() => house.house.live.count === mostOfOneSession)
    await first.ended
    assert.match(first.text(), /event: elsewhere/)
  })
  test('are told to look again when the database was gone', async () => {
    const stream = await hear()
    await asSuper("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rapport listener' and datname = current_database()")
    await until(() => /event: refresh/.test(stream.text()))
    await say(8)
    await until(() => stream.ids().length > 0)
  })
  test('wait while it cannot be asked whether they still may, and look again then', async () => {
    const stream = await hear()
    await house.db.owner.query('revoke execute on function platform.still_in from public, rapport_app')
    await say(9)
    await new Promise(resolve => setTimeout(resolve, 300))
    assert.doesNotMatch(stream.text(), /data:/)
    await house.db.owner.query('grant execute on function platform.still_in to rapport_app')
    await until(() => /event: refresh/.test(stream.text()))
  })
  test('one line of the database serves them all', async () => {
    for (let index = 0; index < 3; index++) await hear(schedule, await signedInAs(house, { roles: ['clinician'] }))
    assert.equal(await count("select from pg_stat_activity where application_name = 'rapport listener' and datname = current_database()"), 1)
  })
  test('end when the house stops, which does not wait for them', async () => {
    const stream = await hear()
    house.house.live.stop()
    await within(stream.ended, 500)
    assert.doesNotMatch(stream.text(), /event: ended/)
    assert.equal((await hear()).status, 503)
  })
})
