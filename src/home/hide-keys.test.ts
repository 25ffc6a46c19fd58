import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { aStaffPerson, aVisitor } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs } from '#test/signed-in.ts'
import { hideKeys } from './hide-keys.ts'

test('links, codes in groups and codes of six figures are hidden; times, telephones and prices are not', () => {
  assert.equal(hideKeys('Open https://clinic.example/reset/abcDEF_123 now, or type ABCD-EFGH-JKMN-PQRS-TUVW-XYZ2.'), 'Open https://clinic.example/… now, or type ….')
  assert.equal(hideKeys('Your code is 482913.'), 'Your code is ….')
  for (const plain of ['Call 802-555-0100.', 'On December 7, 2026 at 8:00 AM', 'It costs $210.00', 'https://clinic.example/', '05401-1234']) assert.equal(hideKeys(plain), plain)
})
describe('a mail that opens an account', () => {
  let house: RunningHouse
  before(async () => { house = await aRunningHouse() })
  after(() => house.close())

  test('is read whole by a manager alone, and only where nothing carries mail', async () => {
    const boss = await aStaffPerson(house, { roles: ['manager'] })
    await aVisitor(house).post('/reset', { email: boss.email })
    await house.db.owner.query("update platform.mail set kept_at = now() where to_address = $1", [boss.email])
    const { rows: [{ id }] } = await house.db.owner.query('select id from platform.mail where to_address = $1', [boss.email])
    const see = async (role: 'manager' | 'front-desk') => (await (await signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role] })).personId, roles: [role], name: randomUUID() })).get(`/console/outbox/${id}`)).text()
    const link = /https?:\/\/[^\s<]+\/reset\/[\w-]{20,}/
    assert.match(await see('manager'), link)
    const desk = await see('front-desk')
    assert.doesNotMatch(desk, link)
    assert.match(desk, /What opens something is not shown/)
    await house.db.owner.query("update platform.mail set kept_at = null, failed_at = now() where id = $1", [id])
    assert.doesNotMatch(await see('manager'), link, 'where mail leaves, it is for its reader alone')
  })
})
