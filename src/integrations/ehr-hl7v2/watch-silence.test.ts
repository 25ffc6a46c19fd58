import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs } from '#test/signed-in.ts'
import { addSender } from './keep-sender.ts'
import { receiveText } from './receive-message.ts'
import { watchSilence } from './watch-silence.ts'

describe('a sender that falls silent', { timeout: 60_000 }, () => {
  let house: RunningHouse, id: string
  const persons = new Map<Role, string>()
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })   // a Monday, at ten
    await aPractice(house)
    for (const role of ['manager', 'front-desk'] as const) persons.set(role, (await aStaffPerson(house, { roles: [role] })).personId)
    const added = await addSender(house.system('records.import'), { source: 'county', facility: null, zone: 'America/New_York', numberSystem: null })
    id = added.ok ? added.id : assert.fail()
  })
  after(() => house.close())

  const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
  const open = async () => (await rows("select pool, title from work.task where kind = 'feed-silent' and done_at is null"))
  const watchAt = async (at: string) => { house.setNow(new Date(at)); return watchSilence(house.system('records.import')) }
  const send = (control: string) => receiveText(house.house, Buffer.from([`MSH|^~\\&|LAB|COUNTY|R|P|20261123143000-0500||ADT^A08|${control}|P|2.5.1`, 'PID|1||7^^^EHR^MR||Marlowe^Ann||19720417|F'].join('\r')), { source: 'county', zone: 'America/New_York', numberSystem: null })
  /** Signed in anew: no session outlives these jumps of the clock. */
  const post = async (role: Role, fields: Record<string, string>) => {
    const answer = await (await signedInAs(house, { personId: persons.get(role)!, roles: [role] })).post(`/console/feeds/senders/${id}`, fields)
    return { status: answer.status, to: answer.headers.get('location'), html: await answer.text() }
  }
  const say = (role: Role, hours: string) => post(role, { do: 'silence', hours })

  test('is work for the manager after ten open hours, once; nights and the weekend do not count', async () => {
    assert.match((await say('manager', '10')).to ?? '', /said=silence/)
    await send('1')
    assert.equal(await watchAt('2026-11-23T23:00:00Z'), 0)
    assert.deepEqual(await open(), [])
    house.setNow(new Date('2026-11-27T21:00:00Z'))   // Friday, four in the afternoon
    await send('2')
    assert.equal(await watchAt('2026-11-30T13:30:00Z'), 0, 'sixty-four hours, one of them open')
    assert.equal(await watchAt('2026-12-02T13:00:00Z'), 1)
    assert.equal(await watchAt('2026-12-02T14:17:00Z'), 1)
    assert.deepEqual(await open(), [{ pool: 'manager', title: 'Nothing has come from “county”' }])
  })
  test('ends by itself when it is heard again', async () => {
    await send('3')
    assert.equal(await watchAt('2026-12-02T15:17:00Z'), 0)
    assert.deepEqual(await open(), [])
  })
  test('is watched for as long as the manager says, and nobody else says so', async () => {
    for (const wrong of ['0', '401', '-3', '1.5', 'x', '9'.repeat(10_000)]) {
      const { status, html } = await say('manager', wrong)
      assert.equal(status, 422, wrong)
      assert.match(html, /Write a whole number from 1 to 400, or nothing\./)
    }
    assert.equal((await say('front-desk', '1')).status, 403)
    assert.deepEqual(await rows('select silent_after_hours as n from feeds.sender'), [{ n: 10 }])
    assert.match((await say('manager', '2')).to ?? '', /said=silence/)
    assert.equal(await watchAt('2026-12-03T20:00:00Z'), 1)
    assert.match((await say('manager', '')).to ?? '', /said=silence/)
    assert.deepEqual(await open(), [], 'not watched any more')
    assert.equal(await watchAt('2027-02-03T20:00:00Z'), 0)
    assert.equal((await rows("select 1 from audit.event where action = 'feeds.silence-set'")).length, 3)
  })
  test('one that may send no more is not missed', async () => {
    await say('manager', '1')
    assert.equal(await watchAt('2027-03-02T20:00:00Z'), 1)
    assert.match((await post('manager', { do: 'end' })).to ?? '', /said=ended/)
    assert.equal(await watchAt('2027-03-03T20:00:00Z'), 0)
    assert.deepEqual(await open(), [])
  })
})
