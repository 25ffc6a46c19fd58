import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { ctxOf, staffActor } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { openTask } from '../open-task.ts'

let house: RunningHouse, desk: SignedIn, personId: string
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  await aPractice(house)
  personId = (await aStaffPerson(house, { roles: ['front-desk'] })).personId
  desk = await signedInAs(house, { personId, roles: ['front-desk'] })
})
after(() => house.close())

const said = async (body: string): Promise<string> => {
  const id = await inTransaction(ctxOf(house.house, staffActor(['front-desk'], personId)), tx => openTask(tx, { kind: 'question', title: 'A task', body, pool: 'front-desk', dueInBusinessMinutes: 60 }))
  return /<p class="as-written">([^]*?)<\/p>/.exec(await (await desk.get(`/console/inbox/${id}`)).text())![1]!
}

test('an address of the console in a task is a link to that page, whatever the console was called then', async () => {
  assert.equal(await said('Say whose it is: https://old.example/console/patients/1a-2#reach. Then go on.'), 'Say whose it is: <a href="/console/patients/1a-2#reach">Open the page</a>. Then go on.')
  assert.equal(await said('Look: /console/schedule/newcomers/1a-2.'), 'Look: <a href="/console/schedule/newcomers/1a-2">Open the page</a>.')
  assert.equal(await said('http://127.0.0.1:4100/console/a and http://x.example/console/b'), '<a href="/console/a">Open the page</a> and <a href="/console/b">Open the page</a>')
})
test('any other address is words', async () => {
  for (const body of ['See https://evil.example/portal/console/a', 'javascript:/console/a', 'https://evil.example//console/a', 'x/console/a']) assert.equal(await said(body), body)
})
